"""Who at a desk hears of a hit: exactly those who may see it, and nobody who may not."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from accounts import notices
from accounts.grants import members
from accounts.models import Notice, Officer, Unit
from accounts.roles import Deed
from sharing.deconfliction.models import HitSide

DESK_HITS = "deconfliction.desk.hits"
"""New hits wait at a desk: one notice however many there are; its subject is the unit."""
URGENT = "deconfliction.hit.urgent"
"""Somebody fears for people; its subject is the reader's own side of the hit."""


def tell_desk(unit: Unit, sides: Collection[HitSide]) -> None:
    """One notice to each officer at the desk who may see at least one of these sides, in the caller's transaction."""
    notices.post(DESK_HITS, to=readers(unit, sides, besides=_waiting(unit.pk)), subject_id=unit.pk)


def warn(unit: Unit, side: HitSide) -> None:
    """A notice of its own to everybody at the desk who may see this side, in the caller's transaction."""
    notices.post(URGENT, to=readers(unit, [side]), subject_id=side.pk)


def settle(side: HitSide) -> None:
    """Somebody answered: the side waits for nobody, and the desk for those alone who may see another new one."""
    notices.settle(URGENT, subject_id=side.pk)
    new = HitSide.objects.unscoped("whether a desk has new hits").filter(unit=side.unit_id).new()
    if not new.filter(shown_at__isnull=False).exists():
        for officer in Officer.objects.filter(pk__in=_waiting(side.unit_id)).select_related("agency"):
            if not HitSide.objects.visible_to(officer).filter(unit=side.unit_id).new().exists():
                notices.settle(DESK_HITS, subject_id=side.unit_id, officer=officer)


def readers(unit: Unit, sides: Collection[HitSide], besides: Collection[UUID] = ()) -> list[Officer]:
    """The desk's officers who may see one of these sides. A desk that was shown is asked as a whole, a silent file officer by officer."""
    desk = members(unit.group).who_may(Deed.DECONFLICTION_READ).exclude(pk__in=besides).select_related("agency")
    if any(side.shown_at for side in sides):
        return list(desk)
    these = [side.pk for side in sides]
    return [officer for officer in desk if HitSide.objects.visible_to(officer).filter(pk__in=these).exists()]


def _waiting(unit_id: UUID) -> list[UUID]:
    """Who has the desk's notice before them already."""
    return list(Notice.objects.filter(kind=DESK_HITS, subject_id=unit_id, done_at=None).values_list("officer", flat=True))
