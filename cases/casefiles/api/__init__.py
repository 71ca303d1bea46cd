"""Case files for machines: the same deeds as on the pages."""

from cases.casefiles.api.casefile import CaseViewSet, show_case
from cases.casefiles.api.closings import ClosingViewSet
from cases.casefiles.api.tasks import TaskViewSet

__all__ = ["CaseViewSet", "ClosingViewSet", "TaskViewSet", "show_case"]
