"""Case files: what an agency works on. A file's inside (notes, tasks, team) is seen by its audience and never crosses a border."""

from cases.casefiles.models.casefile import COMPARTMENT, INSIDE, CaseFile, CaseFileQuerySet, CaseGrant, InsideQuerySet, NoticeMode
from cases.casefiles.models.closings import CaseClosing
from cases.casefiles.models.counsel import Counsel
from cases.casefiles.models.decisions import CaseDecision
from cases.casefiles.models.desk import Bookmark, BookmarkQuerySet
from cases.casefiles.models.facts import Offence, OtherReference, ReferenceScheme
from cases.casefiles.models.handovers import Handover, HandoverQuerySet
from cases.casefiles.models.links import FROM_HERE, FROM_THERE, LinkedCases
from cases.casefiles.models.notes import Note, NoteMention, NoteVersion
from cases.casefiles.models.tasks import Task, TaskEntry, TaskMention

__all__ = [
    "COMPARTMENT",
    "FROM_HERE",
    "FROM_THERE",
    "INSIDE",
    "Bookmark",
    "BookmarkQuerySet",
    "CaseClosing",
    "CaseDecision",
    "CaseFile",
    "CaseFileQuerySet",
    "CaseGrant",
    "Counsel",
    "Handover",
    "HandoverQuerySet",
    "InsideQuerySet",
    "LinkedCases",
    "Note",
    "NoteMention",
    "NoteVersion",
    "NoticeMode",
    "Offence",
    "OtherReference",
    "ReferenceScheme",
    "Task",
    "TaskEntry",
    "TaskMention",
]
