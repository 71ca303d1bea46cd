"""Notices said in words. A notice is a kind and an id; its room says what it means to this reader now, or nothing at this moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from sys import intern
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Agency, Notice, Officer
from accounts.notices import Standing, Waiting
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from sharing.agreements import actions as agreements
from sharing.deconfliction import actions as deconfliction
from sharing.joint import actions as joint
from sharing.prosecution import actions as prosecution
from sharing.releases import actions as releases
from sharing.releases.actions import notices as told
from sharing.releases.models import Release

SPOKEN: dict[str, Callable[[Officer, UUID], Waiting | None]] = {
    **casefiles.NOTICES, **entities.NOTICES, **intelligence.NOTICES, **agreements.NOTICES, **deconfliction.NOTICES,
    **joint.NOTICES, **prosecution.NOTICES, **releases.NOTICES,
}  # fmt: skip
Status = Release.Status
SHOWN = 50
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """One notice and what it says to its reader."""

    notice: Notice
    waiting: Waiting


def _releases(officer: Officer, *statuses: str, side: str = "agency") -> QuerySet[Any, Any]:
    """Releases that the officer sees from one side: `agency` gives, `recipient` takes."""
    return Release.objects.visible_to(officer).filter(status__in=statuses, **{side: officer.agency_id}).values("pk")


def _agency_watched(officer: Officer) -> QuerySet[Any, Any]:
    agencies = Agency.objects.filter(pk=officer.agency_id).values("pk")
    return agencies if Deed.LEDGER_READ in officer.deeds else agencies.none()


STANDING: dict[str, Standing] = {
    **casefiles.STANDING, **entities.STANDING, **intelligence.STANDING, **agreements.STANDING, **deconfliction.STANDING,
    **joint.STANDING, **prosecution.STANDING,
    told.AWAITING: lambda officer: _releases(officer, Status.AWAITING),
    told.DECIDED: lambda officer: _releases(officer, Status.APPROVED, Status.SENT_BACK, Status.REFUSED, Status.STOPPED, Status.RECALLED),
    told.RECEIVED: lambda officer: _releases(officer, Status.APPROVED, side="recipient"),
    told.RECALLED: lambda officer: _releases(officer, Status.RECALLED, side="recipient"),
    told.LAPSED: lambda officer: _releases(officer, Status.LAPSED),
    told.EXPIRED: lambda officer: _releases(officer, Status.APPROVED),
    told.PROJECTION: _agency_watched,
}  # fmt: skip
"""Says of the same notices as SPOKEN that they stand, but of all of a kind at once."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the words of a statement were found for: equal while the person, the agency and what they may do are the same."""

    officer: Officer = field(compare=False)
    pk: UUID
    agency: UUID
    deeds: frozenset[str]


@lru_cache(maxsize=4096)
def _things(kind: str, reader: Reader) -> RawSQL | None:
    """The statement that finds what stands of a kind, in words: finding these anew for every page took most of a page's time.

    It passed the compiler's guard when it was put in words, and the database still decides at each reading. None where nothing can stand.
    """
    try:
        words, values = STANDING[kind](reader.officer).query.sql_with_params()
    except EmptyResultSet:
        return None
    return RawSQL(intern(words), values)  # noqa: S611  # Django's own words of a guarded query


def standing(officer: Officer) -> list[Notice]:
    """Open notices whose things the officer sees at this moment, the newest first, in a statement for each kind that is there.

    The others stay as they are: they stand again when their things do.
    """
    reader = Reader(officer, officer.pk, officer.agency_id, officer.deeds)
    mine = Notice.objects.filter(officer=officer, done_at=None)
    kinds = STANDING.keys() & set(mine.values_list("kind", flat=True).distinct())
    found = [(kind, things) for kind in kinds if (things := _things(kind, reader))]
    rows = [notice for kind, things in found for notice in mine.filter(kind=kind, subject_id__in=things)]
    return sorted(rows, key=lambda notice: notice.posted_at, reverse=True)


def waiting_for(officer: Officer) -> list[Said]:
    """The newest standing notices in words, the soonest due first, then the newest."""
    spoken = [(notice, SPOKEN[notice.kind](officer, notice.subject_id)) for notice in standing(officer)[:SHOWN]]
    said = [Said(notice, waiting) for notice, waiting in spoken if waiting]
    return sorted(said, key=lambda s: s.waiting.due or NEVER)
