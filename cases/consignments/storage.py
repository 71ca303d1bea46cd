"""The way of consignments as their observations tell it, read for whoever looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Officer
from cases.consignments.elapsed import Clock, Stay, Times, clock
from cases.consignments.models import Consignment, Leg, Observation

Kind = Observation.Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the way, what was noted there and stands, and its times."""

    leg: Leg
    stay: Stay
    times: Times
    arrival: Observation | None
    departure: Observation | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The places in their order, every observation (the newest first, corrected ones too), and the clock of the whole."""

    places: Sequence[Place]
    observations: Sequence[Observation]
    corrected: frozenset[UUID]
    clock: Clock
    last_seen: Observation | None
    unseen_for: timedelta | None

    @property
    def current(self) -> Place | None:
        return None if self.clock.current is None else self.places[self.clock.current]

    @property
    def next(self) -> Place | None:
        """Where it is on its way to."""
        onward = None if self.clock.current is None else self.clock.current + 1
        return self.places[onward] if onward is not None and not self.clock.is_waiting and onward < len(self.places) else None


def ways_of(officer: Officer, consignments: Iterable[Consignment], *, now: datetime) -> dict[UUID, Way]:
    """The way of each consignment, in two statements for all of them."""
    ids = [each.pk for each in consignments]
    legs: dict[UUID, list[Leg]] = defaultdict(list)
    noted: dict[UUID, list[Observation]] = defaultdict(list)
    for leg in Leg.objects.visible_to(officer).filter(consignment__in=ids).order_by("position"):
        legs[leg.consignment_id].append(leg)
    rows = Observation.objects.visible_to(officer).filter(consignment__in=ids).select_related("leg", "noted_by")
    for row in rows.order_by("-happened_at", "-noted_at"):
        noted[row.consignment_id].append(row)
    return {pk: way_of(legs[pk], noted[pk], now=now) for pk in ids}


def way_of(legs: Sequence[Leg], noted: Sequence[Observation], *, now: datetime) -> Way:
    corrected = frozenset(each.corrects_id for each in noted if each.corrects_id)
    standing = [each for each in noted if each.pk not in corrected and each.kind != Kind.VOID]
    at: dict[tuple[UUID | None, str], Observation] = {(each.leg_id, each.kind): each for each in standing}
    pairs = [(at.get((leg.pk, Kind.ARRIVED)), at.get((leg.pk, Kind.DEPARTED))) for leg in legs]
    stays = [
        Stay(leg.planned_arrival_at, leg.planned_departure_at, _moment(arrival), _moment(departure))
        for leg, (arrival, departure) in zip(legs, pairs, strict=True)
    ]
    timed = clock(stays, now=now)
    places = [
        Place(leg, stay, times, *pair, is_current=place == timed.current)
        for place, (leg, stay, times, pair) in enumerate(zip(legs, stays, timed.times, pairs, strict=True))
    ]
    last = standing[0] if standing else None
    return Way(places, noted, corrected, timed, last, now - last.happened_at if last else None)


def _moment(seen: Observation | None) -> datetime | None:
    return seen.happened_at if seen else None
