"""Mentions and subjects for machines: the same deeds as on the pages."""

from cases.entities.api.dealings import CallViewSet, TransactionViewSet
from cases.entities.api.handovers import TakingViewSet
from cases.entities.api.imports import ImportViewSet
from cases.entities.api.likely import LikelyViewSet
from cases.entities.api.mentions import MentionViewSet, NoticeModeViewSet
from cases.entities.api.relations import RelationViewSet, SupportViewSet
from cases.entities.api.subjects import MergeViewSet, SubjectViewSet
from cases.entities.api.suggestions import SuggestionViewSet

__all__ = [
    "CallViewSet",
    "ImportViewSet",
    "LikelyViewSet",
    "MentionViewSet",
    "MergeViewSet",
    "NoticeModeViewSet",
    "RelationViewSet",
    "SubjectViewSet",
    "SuggestionViewSet",
    "SupportViewSet",
    "TakingViewSet",
    "TransactionViewSet",
]
