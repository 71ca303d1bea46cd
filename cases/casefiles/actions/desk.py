"""An officer's own desk: the cases pinned to it, and those last opened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import Bookmark, CaseFile
from kernel.errors import NotFound

OF_CASE = tuple(f"casefile__{edge}" for edge in SHOWN)


@dataclass(frozen=True, slots=True)
class Desk:
    """Cases at hand: those pinned, the last pinned first; those opened, the last opened first."""

    pinned: list[CaseFile]
    recent: list[CaseFile]


@transaction.atomic(durable=True)
def list_desk(*, officer: Officer, size: int = 6) -> Desk:
    """What the officer pinned and what they last opened, of the cases they still see: at most so many of each."""
    marks = Bookmark.objects.visible_to(officer).select_related("casefile", *OF_CASE)
    pinned = [mark.casefile for mark in marks.exclude(pinned_at=None).order_by("-pinned_at", "pk")[:size]]
    recent = [mark.casefile for mark in marks.exclude(opened_at=None).order_by("-opened_at", "pk")[:size]]
    record(Event.DESK_LISTED, actor=officer, owner=officer.agency_id, count=len({case.pk for case in (*pinned, *recent)}))
    return Desk(pinned, recent)


@transaction.atomic(durable=True)
def pin_cases(*, officer: Officer, casefile_ids: Collection[UUID]) -> int:
    """Keep cases at hand, for oneself alone; all of them or none. Returns how many. Raises NotFound."""
    cases = _named(officer, casefile_ids)
    Bookmark.objects.bulk_create([Bookmark(officer=officer, casefile=casefile) for casefile in cases], ignore_conflicts=True)
    Bookmark.objects.visible_to(officer).filter(casefile__in=[casefile.pk for casefile in cases]).update(pinned_at=timezone.now())
    for casefile in cases:
        record(Event.CASE_PINNED, actor=officer, subject=casefile, owner=casefile.agency_id)
    return len(cases)


@transaction.atomic(durable=True)
def unpin_cases(*, officer: Officer, casefile_ids: Collection[UUID]) -> int:
    """Take cases off the pinned ones; all of them or none. Returns how many. Raises NotFound."""
    cases = _named(officer, casefile_ids)
    Bookmark.objects.visible_to(officer).filter(casefile__in=[casefile.pk for casefile in cases]).update(pinned_at=None)
    for casefile in cases:
        record(Event.CASE_UNPINNED, actor=officer, subject=casefile, owner=casefile.agency_id)
    return len(cases)


def _named(officer: Officer, casefile_ids: Collection[UUID]) -> list[CaseFile]:
    cases = list(CaseFile.objects.visible_to(officer).filter(pk__in=casefile_ids).order_by("pk"))
    if not cases or len(cases) != len(set(casefile_ids)):
        raise NotFound
    return cases
