"""Comparing what was recorded since: the deed of the clock, and the only one that tells anybody of a match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from accounts.models import Unit
from audit.ledger import record
from cases.entities import outbox
from cases.entities.models import Mention
from sharing.agreements.versions import version_in_force
from sharing.deconfliction import matching, notices
from sharing.deconfliction.events import Event
from sharing.deconfliction.matching import Key, Meeting, Pair
from sharing.deconfliction.models import ComparedPair, Hit, HitSide

K = TypeVar("K")


@transaction.atomic(durable=True)
def compare_changes(*, now: datetime, limit: int = 2_500) -> int:
    """Compare the oldest queued mentions with those of every agency whose agreement covers it; returns how many were taken.

    Who is told, where a mention of one agency meets a mention of another: each side hears of the other's desk if the *other*
    mention's notice mode is "both". A side that is "owner only" is told all the same and is never shown; to the other side
    nothing happens that would not happen without a match: no row it can see, no notice, no line, no count. Where both are
    silent, nothing is written at all. A mention whose mode changes is queued again and tells then; what was told stays told.

    Safe twice, late and in parallel: the queue's rows are claimed, the mentions that met are locked before their mode is
    read, and what is already told is left as it is. What was recorded before an agreement came into force is compared then.
    """
    pairs = matching.covered_pairs()
    _follow(pairs)
    claimed = outbox.claim(limit)
    met = matching.meetings(claimed, pairs) if claimed and pairs else []
    if met:
        told, shown = _keep(met, now)
        _tell(told)
        _own_up({side.pk: side for side in (*told, *shown)}.values())
    return len(claimed)


def _follow(pairs: Collection[Pair]) -> None:
    """Queue everything of one side of a pair that was not compared so far; forget the pairs that are covered no longer."""
    known = {Pair(low, high): pk for pk, low, high in ComparedPair.objects.values_list("pk", "low", "high")}
    gone = [pk for pair, pk in known.items() if pair not in pairs]
    new = [pair for pair in pairs if pair not in known]
    if gone:
        ComparedPair.objects.filter(pk__in=gone).delete()
    if new:
        ComparedPair.objects.bulk_create([ComparedPair(low_id=low, high_id=high) for low, high in new], ignore_conflicts=True)
        before = Mention.objects.unscoped("comparing what was recorded before an agreement")
        outbox.put(before.filter(agency__in={pair.low for pair in new}).values_list("pk", flat=True).iterator())


def _keep(met: Iterable[Meeting], now: datetime) -> tuple[list[HitSide], list[HitSide]]:
    """Write what the two sides of each meeting may know. Returns the sides that are told, and those that are shown, just now."""
    mentions = _locked({pk for meeting in met for pk in meeting.low | meeting.high})
    heard = [meeting for meeting in met if not all(mentions[pk].is_silent for pk in meeting.low | meeting.high)]
    halves = _halves(heard)
    sides = [side for low, high in halves for side in (*low, *high)]
    moved = [side for side in sides if _sits_elsewhere(side, mentions[side.mention_id])]
    shown = [side for side in sides if side.shown_at is None and not mentions[side.mention_id].is_silent]
    for side in shown:
        side.shown_at = now
    told = [
        side
        for low, high in halves
        for mine, theirs in ((low, high), (high, low))
        if any(each.shown_at for each in theirs)
        for side in mine
        if side.told_at is None
    ]
    for side in told:
        side.told_at = now
    _write(sides, moved=moved, shown=shown, told=told, now=now)
    return told, shown


def _locked(mention_ids: Collection[UUID]) -> dict[UUID, Mention]:
    """The mentions with the desk and mode they have now; nobody can silence one while it is being told of."""
    rows = Mention.objects.unscoped("who hears of a match").filter(pk__in=mention_ids).order_by("pk")
    return {row.pk: row for row in rows.select_for_update(no_key=True).only("agency", "unit", "notice_mode")}


def _halves(heard: Collection[Meeting]) -> list[tuple[list[HitSide], list[HitSide]]]:
    """The sides of each meeting, as they are kept or about to be."""
    hits = _hits(heard)
    rows = HitSide.objects.unscoped("what was told already").filter(hit__in=[hit.pk for hit in hits.values()])
    kept = {(side.hit_id, side.mention_id): side for side in rows}

    def sides(hit: Hit, held: Iterable[UUID]) -> list[HitSide]:
        found = [kept.get((hit.pk, pk)) or HitSide(mention_id=pk) for pk in sorted(held)]
        for side in found:
            side.hit = hit
        return found

    return [(sides(hits[m.key, m.pair], m.low), sides(hits[m.key, m.pair], m.high)) for m in heard]


def _hits(heard: Collection[Meeting]) -> dict[tuple[Key, Pair], Hit]:
    rows = Hit.objects.unscoped("hits found already").filter(normalised__in={meeting.key.normalised for meeting in heard})
    hits = {(Key(h.identifier_type, h.country, h.normalised), Pair(h.low_id, h.high_id)): h for h in rows}
    new = {
        (m.key, m.pair): Hit(
            identifier_type=m.key.type, country=m.key.country, normalised=m.key.normalised,
            low_id=m.pair.low, high_id=m.pair.high, agreement_id=m.agreement_id,
        )
        for m in heard
        if (m.key, m.pair) not in hits
    }  # fmt: skip
    Hit.objects.bulk_create(new.values())
    return hits | new


def _sits_elsewhere(side: HitSide, mention: Mention) -> bool:
    """Give the side its mention's desk. A desk that was shown is not exchanged for one whose file is silent: that would show it."""
    before, side.agency_id = side.unit_id, mention.agency_id
    if not (mention.is_silent and side.shown_at):
        side.unit_id = mention.unit_id
    return before != side.unit_id


def _write(sides: Iterable[HitSide], *, moved: Iterable[HitSide], shown: Iterable[HitSide], told: Iterable[HitSide], now: datetime) -> None:
    HitSide.objects.bulk_create([side for side in sides if side._state.adding])  # noqa: SLF001  Django's own word for it
    rows = HitSide.objects.unscoped("keeping what was told")
    for unit_id, here in _by(moved, lambda side: side.unit_id).items():
        rows.filter(pk__in=[side.pk for side in here]).update(unit=unit_id)
    rows.filter(pk__in=[side.pk for side in shown]).update(shown_at=now)
    rows.filter(pk__in=[side.pk for side in told]).update(told_at=now)


def _tell(told: Iterable[HitSide]) -> None:
    """One notice per officer and desk, however many hits there are, and one line per desk."""
    by_unit = _by(told, lambda side: side.unit_id)
    for unit in Unit.objects.filter(pk__in=by_unit).order_by("pk"):
        sides = by_unit[unit.pk]
        notices.tell_desk(unit, HitSide.objects.unscoped("who hears of it").filter(pk__in=[side.pk for side in sides]))
        record(Event.HIT_FOUND, actor=None, subject=unit, owner=unit.agency_id, via=_agreements(sides), count=len(sides),
               sides=[side.pk for side in sides])  # fmt: skip


def _own_up(changed: Iterable[HitSide]) -> None:
    """A desk that another agency was told of is given away: its own agency's ledger says so, but not before it may know of the hit."""
    known = [side for side in changed if side.told_at and side.shown_at]
    by_unit = _by(known, lambda side: (side.unit_id, side.agency_id, side.hit.other_id(side.agency_id)))
    for (unit_id, agency_id, to), sides in sorted(by_unit.items()):
        record(Event.DESK_SHOWN, actor=None, subject=Unit(pk=unit_id), owner=agency_id, via=_agreements(sides), count=len(sides),
               to=to, sides=[side.pk for side in sides])  # fmt: skip


def _agreements(sides: Iterable[HitSide]) -> list[str]:
    """What it rests on, with the version that stands as it is told: one kept with the hit would tell how long it was silent."""
    agreements = {side.hit.agreement_id for side in sides}
    standing = [version_in_force(agreement_id) for agreement_id in agreements]
    return sorted({*(f"agreement:{pk}" for pk in agreements), *(f"version:{version.pk}" for version in standing if version)})


def _by(sides: Iterable[HitSide], what: Callable[[HitSide], K]) -> dict[K, list[HitSide]]:
    found: dict[K, list[HitSide]] = defaultdict(list)
    for side in sides:
        found[what(side)].append(side)
    return found
