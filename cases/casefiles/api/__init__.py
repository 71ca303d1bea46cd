"""Case files for machines: the same deeds as on the pages."""

from cases.casefiles.api.casefile import CaseViewSet, show_case
from cases.casefiles.api.closings import ClosingViewSet
from cases.casefiles.api.handovers import HandoverViewSet
from cases.casefiles.api.links import CaseLinksViewSet, LinkedCaseViewSet
from cases.casefiles.api.notes import NoteViewSet
from cases.casefiles.api.tasks import TaskViewSet

__all__ = [
    "CaseLinksViewSet",
    "CaseViewSet",
    "ClosingViewSet",
    "HandoverViewSet",
    "LinkedCaseViewSet",
    "NoteViewSet",
    "TaskViewSet",
    "show_case",
]
