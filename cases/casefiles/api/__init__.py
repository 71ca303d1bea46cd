"""Case files for machines: the same deeds as on the pages."""

from cases.casefiles.api.casefile import CaseViewSet, show_case
from cases.casefiles.api.tasks import TaskViewSet

__all__ = ["CaseViewSet", "TaskViewSet", "show_case"]
