"""Mentions and subjects for machines: the same deeds as on the pages."""

from cases.entities.api.handovers import TakingViewSet
from cases.entities.api.imports import ImportViewSet
from cases.entities.api.mentions import MentionViewSet, NoticeModeViewSet
from cases.entities.api.subjects import SubjectViewSet

__all__ = ["ImportViewSet", "MentionViewSet", "NoticeModeViewSet", "SubjectViewSet", "TakingViewSet"]
