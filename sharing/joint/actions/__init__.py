"""What is done with joint cases: the only place that writes them."""

from sharing.joint.actions.approvals import ViewedContribution, approve_contribution, open_contribution
from sharing.joint.actions.contributions import contribute, withdraw_contribution
from sharing.joint.actions.inside import ViewedJoint, list_joint_cases, view_joint_case, write_entry
from sharing.joint.actions.leaving import Parting, leave_joint_case, list_left_behind, take_back_left_behind, view_leaving
from sharing.joint.actions.notices import NOTICES, STANDING
from sharing.joint.actions.projection import check_joint_sight
from sharing.joint.actions.seats import (
    admit_officer,
    close_joint_case,
    decline_joint_case,
    end_admission,
    join_joint_case,
    open_joint_case,
)
from sharing.joint.actions.tasks import (
    RUNNING,
    OpenAgreed,
    change_agreed_task,
    comment_agreed_task,
    end_agreed_task,
    list_agreed_tasks,
    list_due_agreed_tasks,
    list_my_agreed_tasks,
    move_agreed_task,
    open_agreed_task,
    reopen_agreed_task,
    set_agreed_task,
)

__all__ = [
    "NOTICES",
    "RUNNING",
    "STANDING",
    "OpenAgreed",
    "Parting",
    "ViewedContribution",
    "ViewedJoint",
    "admit_officer",
    "approve_contribution",
    "change_agreed_task",
    "check_joint_sight",
    "close_joint_case",
    "comment_agreed_task",
    "contribute",
    "decline_joint_case",
    "end_admission",
    "end_agreed_task",
    "join_joint_case",
    "leave_joint_case",
    "list_agreed_tasks",
    "list_due_agreed_tasks",
    "list_joint_cases",
    "list_left_behind",
    "list_my_agreed_tasks",
    "move_agreed_task",
    "open_agreed_task",
    "open_contribution",
    "open_joint_case",
    "reopen_agreed_task",
    "set_agreed_task",
    "take_back_left_behind",
    "view_joint_case",
    "view_leaving",
    "withdraw_contribution",
    "write_entry",
]
