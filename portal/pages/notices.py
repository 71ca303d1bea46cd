"""Notices said in words. A notice is a kind and an id; its room says what it means to this reader now, or nothing at this moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Agency, Notice, Officer
from accounts.notices import Standing, Waiting
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.consignments import actions as consignments
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from kernel.querysets import in_words
from sharing.agreements import actions as agreements
from sharing.deconfliction import actions as deconfliction
from sharing.joint import actions as joint
from sharing.prosecution import actions as prosecution
from sharing.releases import actions as releases
from sharing.releases.actions import notices as told
from sharing.releases.models import Release

SPOKEN: dict[str, Callable[[Officer, UUID], Waiting | None]] = {
    **casefiles.NOTICES, **consignments.NOTICES, **entities.NOTICES, **intelligence.NOTICES, **agreements.NOTICES,
    **deconfliction.NOTICES, **joint.NOTICES, **prosecution.NOTICES, **releases.NOTICES,
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
    **casefiles.STANDING, **consignments.STANDING, **entities.STANDING, **intelligence.STANDING, **agreements.STANDING,
    **deconfliction.STANDING, **joint.STANDING, **prosecution.STANDING,
    told.AWAITING: lambda officer: _releases(officer, Status.AWAITING),
    told.DECIDED: lambda officer: _releases(officer, Status.APPROVED, Status.SENT_BACK, Status.REFUSED, Status.RECALLED),
    told.RECEIVED: lambda officer: _releases(officer, Status.APPROVED, side="recipient"),
    told.RECALLED: lambda officer: _releases(officer, Status.RECALLED, side="recipient"),
    told.EXPIRED: lambda officer: _releases(officer, Status.APPROVED),
    told.PROJECTION: _agency_watched,
}  # fmt: skip
"""Says of the same notices as SPOKEN that they stand, but of all of a kind at once."""


def standing(officer: Officer) -> list[Notice]:
    """Open notices whose things the officer sees at this moment, the newest first, in a statement for each kind that is there.

    The others stay as they are: they stand again when their things do.
    """
    mine = Notice.objects.filter(officer=officer, done_at=None)
    kinds = STANDING.keys() & set(mine.values_list("kind", flat=True).distinct())
    found = [(kind, things) for kind in kinds if (things := in_words(STANDING[kind], officer))]
    rows = [notice for kind, things in found for notice in mine.filter(kind=kind, subject_id__in=things)]
    return sorted(rows, key=lambda notice: notice.posted_at, reverse=True)


def waiting_for(officer: Officer) -> list[Said]:
    """The newest standing notices in words, the soonest due first, then the newest."""
    spoken = [(notice, SPOKEN[notice.kind](officer, notice.subject_id)) for notice in standing(officer)[:SHOWN]]
    said = [Said(notice, waiting) for notice, waiting in spoken if waiting]
    return sorted(said, key=lambda s: s.waiting.due or NEVER)
