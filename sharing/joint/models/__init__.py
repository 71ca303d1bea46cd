"""Joint cases of several agencies: cover and inside, seats, what was given, and what was agreed to be done."""

from sharing.joint.models.case import (
    MARKING,
    PROMISED,
    Admission,
    Contribution,
    ContributionQuerySet,
    Entry,
    JointCase,
    JointCaseQuerySet,
    Mandate,
    Party,
    PartyQuerySet,
    new_reference,
)
from sharing.joint.models.tasks import AgreedEntry, AgreedTask, AgreedTaskQuerySet

__all__ = [
    "MARKING",
    "PROMISED",
    "Admission",
    "AgreedEntry",
    "AgreedTask",
    "AgreedTaskQuerySet",
    "Contribution",
    "ContributionQuerySet",
    "Entry",
    "JointCase",
    "JointCaseQuerySet",
    "Mandate",
    "Party",
    "PartyQuerySet",
    "new_reference",
]
