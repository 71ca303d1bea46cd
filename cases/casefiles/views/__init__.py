"""The pages of case files: the list, a new one, and the tabs of one that belong to this room."""

from cases.casefiles.views.casefile import activity, case_page, cases, change, export, new, overview, pin, rest, standing
from cases.casefiles.views.closings import close, reopen
from cases.casefiles.views.decisions import decisions
from cases.casefiles.views.facts import offences, references, remove_offence, remove_reference
from cases.casefiles.views.handovers import hand_over, handover, handover_page, refuse_handover, withdraw_handover
from cases.casefiles.views.links import links, unlink
from cases.casefiles.views.notes import change_note, note, notes, pin_note
from cases.casefiles.views.tasks import change_task, end_task, end_tasks, export_tasks, move_task, my_tasks, reopen_task, task, tasks
from cases.casefiles.views.team import lead, prosecutor, take_off, team

__all__ = [
    "activity",
    "case_page",
    "cases",
    "change",
    "change_note",
    "change_task",
    "close",
    "decisions",
    "end_task",
    "end_tasks",
    "export",
    "export_tasks",
    "hand_over",
    "handover",
    "handover_page",
    "lead",
    "links",
    "move_task",
    "my_tasks",
    "new",
    "note",
    "notes",
    "offences",
    "overview",
    "pin",
    "pin_note",
    "prosecutor",
    "references",
    "refuse_handover",
    "remove_offence",
    "remove_reference",
    "reopen",
    "reopen_task",
    "rest",
    "standing",
    "take_off",
    "task",
    "tasks",
    "team",
    "unlink",
    "withdraw_handover",
]
