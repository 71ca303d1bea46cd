"""Mentions (what a rendition says of somebody or something) and subjects (what one agency concludes from them)."""

from cases.entities.models.holdings import Intake
from cases.entities.models.imports import FileImport, FileImportQuerySet, Format, ImportMapping, ImportMappingQuerySet
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
from cases.entities.models.subjects import Subject, SubjectMention, SubjectMentionQuerySet, SubjectQuerySet

__all__ = [
    "ATTRIBUTES",
    "LISTS",
    "EntityType",
    "FileImport",
    "FileImportQuerySet",
    "Format",
    "Identifier",
    "IdentifierQuerySet",
    "ImportMapping",
    "ImportMappingQuerySet",
    "Intake",
    "Mention",
    "MentionChange",
    "MentionQuerySet",
    "Subject",
    "SubjectMention",
    "SubjectMentionQuerySet",
    "SubjectQuerySet",
]
