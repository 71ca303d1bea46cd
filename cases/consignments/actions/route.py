"""The places of a route, and what was observed along it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.storage import touch
from cases.consignments import rules
from cases.consignments.actions.consignments import hold_case
from cases.consignments.events import Event
from cases.consignments.models import Consignment, Leg, Observation, Seizure
from cases.records.models import Rendition
from kernel.errors import Conflict, Invalid

FACTS = (
    "place", "country", "locode", "latitude", "longitude", "time_zone", "planned_arrival_at", "planned_departure_at",
)  # fmt: skip
Kind = Observation.Kind


@transaction.atomic(durable=True)
def add_leg(*, officer: Officer, consignment_id: UUID, place: str, country: str, before_id: UUID | None = None, **facts: Any) -> Leg:
    """Add a place to a route, at its end or before another. `facts` are columns as FACTS names them.

    Raises NotFound, NotAllowed (casefiles.can_work), Conflict if the case is closed or the route full, Invalid for a place that the route
    does not have, a plan that departs before it arrives, half a position, and times outside calendars.
    """
    consignment = _held(officer, consignment_id)
    legs = Leg.objects.visible_to(officer).filter(consignment=consignment)
    if legs.count() >= rules.MOST_LEGS:
        raise Conflict(rules.ROUTE_FULL, most=rules.MOST_LEGS)
    if before_id:
        follower = legs.filter(pk=before_id).first()
        if follower is None:
            raise Invalid(fields={"before": rules.NO_SUCH_LEG})
        position = follower.position
        legs.filter(position__gte=position).update(position=F("position") + 1)
    else:
        position = (legs.aggregate(last=Max("position"))["last"] or 0) + 1
    leg = Leg(consignment=consignment, position=position, made_by=officer)
    _take(leg, {"place": place, "country": country, **facts})
    leg.save(force_insert=True)
    _record(Event.LEG_ADDED, officer, consignment, leg=leg.pk)
    return leg


@transaction.atomic(durable=True)
def view_leg(*, officer: Officer, leg_id: UUID) -> Leg:
    """One place of a route, for whoever is about to change it; the looking is recorded. Raises NotFound."""
    leg: Leg = Leg.objects.visible_to(officer).select_related(*(f"consignment__casefile__{name}" for name in SHOWN)).one(leg_id)
    _look(officer, leg.consignment)
    return leg


@transaction.atomic(durable=True)
def view_observation(*, officer: Officer, observation_id: UUID) -> Observation:
    """One observation, for whoever is about to correct it; the looking is recorded. Raises NotFound."""
    shown = ("leg", *(f"consignment__casefile__{name}" for name in SHOWN))
    observation: Observation = Observation.objects.visible_to(officer).select_related(*shown).one(observation_id)
    _look(officer, observation.consignment)
    return observation


@transaction.atomic(durable=True)
def change_leg(*, officer: Officer, leg_id: UUID, **facts: Any) -> Leg:
    """Say anew where a place lies or what is planned for it; what is not named stays. Raises as add_leg does.

    Where something was observed or seized the place stays that place (Conflict): what was seen there was seen there.
    """
    consignment = _held(officer, Leg.objects.visible_to(officer).one(leg_id).consignment_id)
    leg: Leg = Leg.objects.visible_to(officer).locked().one(leg_id)
    changed = _take(leg, facts)
    if {"place", "country", "time_zone"} & set(changed) and _is_told_of(officer, leg):
        raise Conflict(rules.LEG_OBSERVED)
    if changed:
        leg.save(update_fields=changed)
        _record(Event.LEG_CHANGED, officer, consignment, leg=leg.pk, changed=sorted(changed))
    return leg


@transaction.atomic(durable=True)
def remove_leg(*, officer: Officer, leg_id: UUID) -> UUID:
    """Take a place off a route at which nothing was observed or seized. Returns the consignment. Raises NotFound, NotAllowed, Conflict."""
    consignment = _held(officer, Leg.objects.visible_to(officer).one(leg_id).consignment_id)
    leg = Leg.objects.visible_to(officer).locked().one(leg_id)
    if _is_told_of(officer, leg):
        raise Conflict(rules.LEG_OBSERVED)
    Leg.objects.visible_to(officer).filter(pk=leg.pk).delete()
    _record(Event.LEG_REMOVED, officer, consignment, leg=leg_id)
    return consignment.pk


@transaction.atomic(durable=True)
def note_observation(
    *, officer: Officer, consignment_id: UUID, kind: str, happened_at: datetime, observed_by: str, leg_id: UUID | None = None, **facts: Any
) -> Observation:
    """Note that the consignment arrived, departed or was seen, where, when, by whom, and where that stands (`facts`).

    Raises NotFound, NotAllowed (casefiles.can_work), Conflict if the case is closed or that place has such a time already, Invalid
    for a time to come, a place that is none of the route, or an item that one does not see.
    """
    consignment = _held(officer, consignment_id)
    if kind == Kind.VOID:
        raise Invalid(fields={"kind": rules.NOTHING_TO_VOID})
    given = {"kind": kind, "happened_at": happened_at, "observed_by": observed_by, "leg_id": leg_id, **facts}
    made = _observed(officer, consignment, **given)
    _record(Event.OBSERVATION_NOTED, officer, consignment, observation=made.pk, of=kind)
    return made


@transaction.atomic(durable=True)
def correct_observation(*, officer: Officer, observation_id: UUID, reason: str, **facts: Any) -> Observation:
    """Correct what was noted by a new observation, with the reason; the old one stays as it was. `kind` void: it did not happen.

    What is not named is as it was. Raises as note_observation does, and Conflict for one that was corrected before.
    """
    old: Observation = Observation.objects.visible_to(officer).one(observation_id)
    consignment = _held(officer, old.consignment_id)
    if Observation.objects.visible_to(officer).filter(corrects=old).exists():
        raise Conflict(rules.CORRECTED_ALREADY)
    rules.hold_words(reason, "reason", rules.REASON_WANTED)
    names = ("kind", "happened_at", "observed_by", "leg_id", "place", "source", "rendition_id", "paragraph")
    was = {name: getattr(old, name) for name in names}
    made = _observed(officer, consignment, corrects=old, reason=reason, **was | facts)
    _record(Event.OBSERVATION_CORRECTED, officer, consignment, observation=made.pk, corrects=old.pk, of=made.kind, reason=reason)
    return made


def _observed(
    officer: Officer, consignment: Consignment, *, kind: str, happened_at: datetime, observed_by: str, leg_id: UUID | None,
    place: str = "", source: str = "", rendition_id: UUID | None = None, paragraph: int | None = None,
    corrects: Observation | None = None, reason: str = "",
) -> Observation:  # fmt: skip
    if kind not in Kind.values:
        raise Invalid
    rules.hold_happened(timezone.now(), happened_at)
    leg = Leg.objects.visible_to(officer).filter(consignment=consignment, pk=leg_id).first() if leg_id else None
    if leg_id and leg is None:
        raise Invalid(fields={"leg": rules.NO_SUCH_LEG})
    if leg is None:
        if kind in {Kind.ARRIVED, Kind.DEPARTED}:
            raise Invalid(fields={"leg": rules.ON_ROUTE})
        rules.hold_words(place, "place", rules.PLACE_WANTED)
    if paragraph is not None and rendition_id is None:
        raise Invalid(fields={"paragraph": rules.NO_SUCH_PARAGRAPH})
    kept = corrects is not None and corrects.rendition_id == rendition_id
    if rendition_id and not kept and not Rendition.objects.visible_to(officer).filter(pk=rendition_id).exists():
        raise Invalid(fields={"rendition": rules.NO_SUCH_ITEM})
    rules.hold_free(is_taken=_is_taken(officer, consignment, kind, leg, corrects))
    made: Observation = Observation.objects.create(
        consignment=consignment, leg=leg, kind=kind, place=place, happened_at=happened_at, observed_by=observed_by, source=source,
        rendition_id=rendition_id, paragraph=paragraph, corrects=corrects, reason=reason, noted_by=officer,
    )  # fmt: skip
    return made


def _is_taken(officer: Officer, consignment: Consignment, kind: str, leg: Leg | None, corrects: Observation | None) -> bool:
    """Whether another observation that stands says the same of the place."""
    if kind not in {Kind.ARRIVED, Kind.DEPARTED}:
        return False
    rows = Observation.objects.visible_to(officer).filter(consignment=consignment)
    corrected = rows.exclude(corrects=None).values("corrects")
    same = rows.filter(kind=kind, leg=leg).exclude(pk__in=corrected)
    return bool((same.exclude(pk=corrects.pk) if corrects else same).exists())


def _is_told_of(officer: Officer, leg: Leg) -> bool:
    """Whether something was observed or seized at this place."""
    return any(rows.objects.visible_to(officer).filter(leg=leg).exists() for rows in (Observation, Seizure))


def _held(officer: Officer, consignment_id: UUID) -> Consignment:
    """The consignment, held so that its route is written by one after the other, for whoever works on its case."""
    hold_case(officer, Consignment.objects.visible_to(officer).one(consignment_id).casefile_id)
    consignment: Consignment = Consignment.objects.visible_to(officer).select_related("casefile").locked().one(consignment_id)
    return consignment


def _take(leg: Leg, facts: dict[str, Any]) -> list[str]:
    if not set(facts) <= set(FACTS):
        raise Invalid
    changed = [name for name, value in facts.items() if value != getattr(leg, name)]
    for name in changed:
        setattr(leg, name, facts[name])
    rules.hold_words(leg.place, "place", rules.PLACE_WANTED)
    rules.hold_words(leg.country, "country", rules.PLACE_WANTED)
    if (leg.latitude is None) != (leg.longitude is None):
        raise Invalid(fields={"latitude": rules.POSITION_WANTED})
    rules.hold_in_time(planned_arrival_at=leg.planned_arrival_at, planned_departure_at=leg.planned_departure_at)
    if leg.planned_arrival_at and leg.planned_departure_at and leg.planned_departure_at < leg.planned_arrival_at:
        raise Invalid(fields={"planned_departure_at": rules.PLAN_REVERSED})
    return changed


def _look(officer: Officer, consignment: Consignment) -> None:
    owner = consignment.casefile.agency_id
    record(Event.CONSIGNMENT_VIEWED, actor=officer, subject=consignment.casefile, owner=owner, consignment=consignment.pk)


def _record(event: Event, officer: Officer, consignment: Consignment, **more: Any) -> None:
    touch(consignment.casefile_id)
    record(event, actor=officer, subject=consignment.casefile, owner=consignment.casefile.agency_id, consignment=consignment.pk, **more)
