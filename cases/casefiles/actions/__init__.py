"""What is done with case files: the only place that writes them."""

from cases.casefiles.actions import handovers, notes, prosecutor, task_comments, tasks
from cases.casefiles.actions.activity import ActivityLine, read_activity
from cases.casefiles.actions.casefile import (
    change_case,
    keep_standing_file,
    list_cases,
    open_case,
    rest_cases,
)
from cases.casefiles.actions.closings import begin_closing, close_case, list_closings, reopen_case
from cases.casefiles.actions.decisions import enter_decision, list_decisions
from cases.casefiles.actions.desk import Desk, list_desk, pin_cases, unpin_cases
from cases.casefiles.actions.exports import export_cases, export_tasks, heading_of
from cases.casefiles.actions.facts import add_offence, add_reference, remove_offence, remove_reference, set_scheme
from cases.casefiles.actions.handovers import (
    OpenHandover,
    begin_handover,
    lapse_handovers,
    list_handovers,
    propose_handover,
    read_handover,
    refuse_handover,
    withdraw_handover,
)
from cases.casefiles.actions.links import Linked, Links, link_cases, list_links, unlink_cases
from cases.casefiles.actions.notes import (
    Notes,
    OpenNote,
    change_note,
    list_notes,
    open_note,
    pin_note,
    unpin_note,
    write_note,
)
from cases.casefiles.actions.overview import view_case
from cases.casefiles.actions.prosecutor import change_prosecutor
from cases.casefiles.actions.task_comments import comment_task
from cases.casefiles.actions.task_ends import end_task, end_tasks, move_task, reopen_task
from cases.casefiles.actions.tasks import RUNNING, OpenTask, change_task, list_due_tasks, list_my_tasks, list_tasks, open_task, set_task
from cases.casefiles.actions.team import add_to_team, change_lead, list_team, take_off_team

NOTICES = {**tasks.NOTICES, **task_comments.NOTICES, **notes.NOTICES, **handovers.NOTICES, **prosecutor.NOTICES}
STANDING = {**tasks.STANDING, **task_comments.STANDING, **notes.STANDING, **handovers.STANDING, **prosecutor.STANDING}

__all__ = [
    "NOTICES",
    "RUNNING",
    "STANDING",
    "ActivityLine",
    "Desk",
    "Linked",
    "Links",
    "Notes",
    "OpenHandover",
    "OpenNote",
    "OpenTask",
    "add_offence",
    "add_reference",
    "add_to_team",
    "begin_closing",
    "begin_handover",
    "change_case",
    "change_lead",
    "change_note",
    "change_prosecutor",
    "change_task",
    "close_case",
    "comment_task",
    "end_task",
    "end_tasks",
    "enter_decision",
    "export_cases",
    "export_tasks",
    "heading_of",
    "keep_standing_file",
    "lapse_handovers",
    "link_cases",
    "list_cases",
    "list_closings",
    "list_decisions",
    "list_desk",
    "list_due_tasks",
    "list_handovers",
    "list_links",
    "list_my_tasks",
    "list_notes",
    "list_tasks",
    "list_team",
    "move_task",
    "open_case",
    "open_note",
    "open_task",
    "pin_cases",
    "pin_note",
    "propose_handover",
    "read_activity",
    "read_handover",
    "refuse_handover",
    "remove_offence",
    "remove_reference",
    "reopen_case",
    "reopen_task",
    "rest_cases",
    "set_scheme",
    "set_task",
    "take_off_team",
    "unlink_cases",
    "unpin_cases",
    "unpin_note",
    "view_case",
    "withdraw_handover",
    "write_note",
]
