"""What is done with case files: the only place that writes them."""

from cases.casefiles.actions.activity import ActivityLine, read_activity
from cases.casefiles.actions.casefile import (
    change_case,
    close_case,
    keep_standing_file,
    list_cases,
    open_case,
    reopen_case,
    view_case,
)
from cases.casefiles.actions.notes import list_notes, write_note
from cases.casefiles.actions.tasks import NOTICES, STANDING, end_task, list_tasks, set_task
from cases.casefiles.actions.team import add_to_team, change_lead, list_team, take_off_team

__all__ = [
    "NOTICES",
    "STANDING",
    "ActivityLine",
    "add_to_team",
    "change_case",
    "change_lead",
    "close_case",
    "end_task",
    "keep_standing_file",
    "list_cases",
    "list_notes",
    "list_tasks",
    "list_team",
    "open_case",
    "read_activity",
    "reopen_case",
    "set_task",
    "take_off_team",
    "view_case",
    "write_note",
]
