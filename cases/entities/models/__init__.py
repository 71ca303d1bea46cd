"""Mentions (what a rendition says of somebody or something) and subjects (what one agency concludes from them)."""

from cases.entities.models.dealings import Call, Dealing, DealingQuerySet, Transaction
from cases.entities.models.holdings import Intake
from cases.entities.models.imports import FileImport, FileImportQuerySet, Format, ImportMapping, ImportMappingQuerySet
from cases.entities.models.likely import HeldApart, NameKey
from cases.entities.models.mentions import (
    ATTRIBUTES,
    LISTS,
    EntityType,
    Identifier,
    IdentifierQuerySet,
    Mention,
    MentionChange,
    MentionQuerySet,
)
from cases.entities.models.merges import SubjectMerge
from cases.entities.models.relations import FROM_HERE, FROM_THERE, Relation, RelationKind, RelationSupport
from cases.entities.models.subjects import Subject, SubjectMention, SubjectMentionQuerySet, SubjectQuerySet
from cases.entities.models.suggestions import Declined

__all__ = [
    "ATTRIBUTES",
    "FROM_HERE",
    "FROM_THERE",
    "LISTS",
    "Call",
    "Dealing",
    "DealingQuerySet",
    "Declined",
    "EntityType",
    "FileImport",
    "FileImportQuerySet",
    "Format",
    "HeldApart",
    "Identifier",
    "IdentifierQuerySet",
    "ImportMapping",
    "ImportMappingQuerySet",
    "Intake",
    "Mention",
    "MentionChange",
    "MentionQuerySet",
    "NameKey",
    "Relation",
    "RelationKind",
    "RelationSupport",
    "Subject",
    "SubjectMention",
    "SubjectMentionQuerySet",
    "SubjectMerge",
    "SubjectQuerySet",
    "Transaction",
]
