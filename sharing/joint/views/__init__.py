"""Joint cases, for people."""

from sharing.joint.views.cases import (
    admit,
    approve,
    close,
    contribution,
    decline,
    end_admission,
    give,
    join,
    joint_cases,
    new,
    one,
    withdraw,
)
from sharing.joint.views.leaving import leave, leave_some, left_behind, take_back
from sharing.joint.views.tasks import change_task, end_task, move_task, reopen_task, task, tasks

__all__ = [
    "admit",
    "approve",
    "change_task",
    "close",
    "contribution",
    "decline",
    "end_admission",
    "end_task",
    "give",
    "join",
    "joint_cases",
    "leave",
    "leave_some",
    "left_behind",
    "move_task",
    "new",
    "one",
    "reopen_task",
    "take_back",
    "task",
    "tasks",
    "withdraw",
]
