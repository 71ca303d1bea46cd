"""Who hears of a hit: exactly those who may see it, and nobody who may not."""

from __future__ import annotations

from django.db.models import Q

from accounts import notices
from accounts.grants import members
from accounts.models import Notice, Officer, OfficerQuerySet, Unit
from accounts.roles import Deed
from cases.entities.models import Mention
from sharing.deconfliction.models import HitSide, HitSideQuerySet

DESK_HITS = "deconfliction.desk.hits"
"""New hits wait at a desk: one notice however many there are; its subject is the unit."""
URGENT = "deconfliction.hit.urgent"
"""Somebody fears for people; its subject is the reader's own side of the hit."""


def tell_desk(unit: Unit, sides: HitSideQuerySet) -> None:
    """One notice to everybody who may see at least one of these sides of the desk, in the caller's transaction."""
    told_already = Notice.objects.filter(kind=DESK_HITS, subject_id=unit.pk, done_at=None).values("officer")
    notices.post(DESK_HITS, to=readers(unit, sides).exclude(pk__in=told_already), subject_id=unit.pk)


def warn(side: HitSide) -> None:
    """A notice of its own to everybody who may see this side, in the caller's transaction."""
    this = HitSide.objects.unscoped("whom to warn").filter(pk=side.pk)
    notices.post(URGENT, to=readers(side.unit, this), subject_id=side.pk)


def settle(side: HitSide) -> None:
    """Somebody answered: the side waits for nobody, and the desk for those alone who may see another new one."""
    notices.settle(URGENT, subject_id=side.pk)
    new = HitSide.objects.unscoped("whether a desk has new hits").filter(unit=side.unit_id).new()
    done = Notice.objects.filter(kind=DESK_HITS, subject_id=side.unit_id, done_at=None).exclude(officer__in=readers(side.unit, new))
    for notice in done.select_related("officer"):
        notices.settle(DESK_HITS, subject_id=side.unit_id, officer=notice.officer)


def readers(unit: Unit, sides: HitSideQuerySet) -> OfficerQuerySet:
    """`HitSide.visible_to` turned round: the officers who see at least one of these sides of one desk."""
    mentions = Mention.objects.unscoped("who hears of a hit").filter(pk__in=sides.values("mention"))
    who = Q(pk__in=mentions.readers().values("pk"))
    if sides.filter(shown_at__isnull=False).exists():
        who |= Q(pk__in=members(unit.group_id).values("pk"))
    return Officer.objects.who_may(Deed.DECONFLICTION_READ).filter(who, agency=unit.agency_id)
