"""Controlled deliveries: planning one, what each country answered, starting, ending, and watching one that is under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.storage import colleague, touch
from cases.consignments import rules
from cases.consignments.actions.consignments import hold_case
from cases.consignments.elapsed import NO_TIME
from cases.consignments.events import Event
from cases.consignments.models import Authorisation, Consignment, Delivery, DeliveryStep
from cases.consignments.passage import Passage, Word, passages, same
from cases.consignments.storage import Place, Way, ways_of
from kernel.errors import Conflict, Invalid
from kernel.verdict import Verdict

State = Delivery.State
TROUBLED = "consignments.delivery.troubled"
TOLD_LENGTH = 120
SEEN = ("coordinator", "made_by", "consignment", *(f"consignment__casefile__{name}" for name in SHOWN))


@dataclass(frozen=True, slots=True)
class OpenDelivery:
    """A controlled delivery with all that was done and answered, and how it stands at this moment."""

    delivery: Delivery
    steps: Sequence[DeliveryStep]
    authorisations: Sequence[Authorisation]
    passages: Sequence[Passage]
    overdue: Sequence[Place]
    way: Way
    may_direct: Verdict

    @property
    def obstacles(self) -> list[Passage]:
        """All that stands in the way of starting, or of going on."""
        return [each for each in self.passages if not each.holds]

    @property
    def may_start(self) -> bool:
        return self.delivery.state == State.PLANNED and bool(self.passages) and not self.obstacles


@transaction.atomic(durable=True)
def plan_delivery(*, officer: Officer, consignment_id: UUID, kind: str, purpose: str, coordinator_id: UUID) -> Delivery:
    """Plan to let a consignment pass under watch; nothing passes before every country on its route said so.

    Raises NotFound (for a coordinator of another agency too), NotAllowed (casefiles.can_work), Conflict if the case is closed or the
    consignment has such a delivery that has not ended, NotAllowed for a
    coordinator who does not work on the case (rules.can_coordinate), Invalid for one without a purpose.
    """
    casefile = hold_case(officer, Consignment.objects.visible_to(officer).one(consignment_id).casefile_id)
    consignment: Consignment = Consignment.objects.visible_to(officer).select_related("casefile").locked().one(consignment_id)
    if kind not in Delivery.Kind.values:
        raise Invalid
    rules.hold_words(purpose, "purpose", rules.PURPOSE_WANTED)
    coordinator = _coordinator(officer, coordinator_id, casefile)
    if Delivery.objects.visible_to(officer).filter(consignment=consignment, state__in=Delivery.OPEN).exists():
        raise Conflict(rules.OPEN_ALREADY)
    facts = {"kind": kind, "purpose": purpose, "coordinator": coordinator, "made_by": officer}
    delivery: Delivery = Delivery.objects.create(consignment=consignment, **facts)
    _step(officer, delivery, State.PLANNED)
    _record(Event.DELIVERY_PLANNED, officer, delivery, goods=kind, coordinator=coordinator.pk)
    return delivery


@transaction.atomic(durable=True)
def list_deliveries(*, officer: Officer, consignment_id: UUID) -> list[Delivery]:
    """The controlled deliveries of a consignment, the newest first; the looking is recorded. Raises NotFound."""
    consignment = Consignment.objects.visible_to(officer).select_related("casefile").one(consignment_id)
    rows = Delivery.objects.visible_to(officer).filter(consignment=consignment).select_related("coordinator")
    found = list(rows.order_by("-made_at", "pk"))
    casefile, told = consignment.casefile, {"consignment": consignment.pk, "count": len(found)}
    record(Event.DELIVERIES_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, **told)
    return found


@transaction.atomic(durable=True)
def open_delivery(*, officer: Officer, delivery_id: UUID, now: datetime | None = None) -> OpenDelivery:
    """One controlled delivery as it stands; the looking is recorded. Raises NotFound."""
    delivery: Delivery = Delivery.objects.visible_to(officer).select_related(*SEEN).one(delivery_id)
    _record(Event.DELIVERY_VIEWED, officer, delivery, is_work=False)
    return _opened(officer, delivery, now or timezone.now())


@transaction.atomic(durable=True)
def note_authorisation(*, officer: Officer, delivery_id: UUID, **facts: Any) -> Authorisation:
    """Note what a country's authority answered: given from when until when, refused, or withdrawn. Its newest answer counts.

    Raises NotFound, NotAllowed (casefiles.can_work), Conflict if the case is closed or the delivery has ended, Invalid
    (rules.hold_answer).
    """
    delivery = _held(officer, delivery_id)
    _hold_open(delivery)
    rules.hold_answer(facts)
    noted: Authorisation = Authorisation.objects.create(delivery=delivery, made_by=officer, **facts)
    _record(Event.AUTHORISATION_NOTED, officer, delivery, answer=noted.answer, country=noted.country)
    return noted


@transaction.atomic(durable=True)
def name_coordinator(*, officer: Officer, delivery_id: UUID, coordinator_id: UUID) -> Delivery:
    """Let another officer of the team answer for it. Raises NotFound, NotAllowed (rules.can_direct), Conflict, Invalid."""
    delivery = _held(officer, delivery_id)
    rules.can_direct(officer, delivery, delivery.consignment.casefile).enforce()
    _hold_open(delivery)
    before, delivery.coordinator = delivery.coordinator_id, _coordinator(officer, coordinator_id, delivery.consignment.casefile)
    delivery.told = []
    delivery.save(update_fields=["coordinator", "told"])
    notices.settle(TROUBLED, subject_id=delivery.pk)
    _record(Event.COORDINATOR_CHANGED, officer, delivery, before=before, coordinator=delivery.coordinator_id)
    return delivery


@transaction.atomic(durable=True)
def start_delivery(*, officer: Officer, delivery_id: UUID) -> Delivery:
    """Let it pass. Raises NotFound, NotAllowed (rules.can_direct), Conflict if it is not planned, or some country does not let it pass."""
    delivery = _held(officer, delivery_id)
    rules.can_direct(officer, delivery, delivery.consignment.casefile).enforce()
    if delivery.state != State.PLANNED:
        raise Conflict(rules.NOT_PLANNED)
    opened = _opened(officer, delivery, timezone.now())
    rules.hold_passing(opened.passages)
    _step(officer, delivery, State.RUNNING)
    _record(Event.DELIVERY_STARTED, officer, delivery, countries=[each.country for each in opened.passages])
    return delivery


@transaction.atomic(durable=True)
def end_delivery(*, officer: Officer, delivery_id: UUID, outcome: str, reason: str) -> Delivery:
    """Say how it ended, with the words for it; one that was never started can only be called off.

    Raises NotFound, NotAllowed (rules.can_direct), Conflict if it has ended or was not started, Invalid.
    """
    delivery = _held(officer, delivery_id)
    rules.can_direct(officer, delivery, delivery.consignment.casefile).enforce()
    _hold_open(delivery)
    if outcome not in Delivery.ENDS:
        raise Invalid
    rules.hold_words(reason, "reason", rules.REASON_WANTED)
    if delivery.state == State.PLANNED and outcome != State.CALLED_OFF:
        raise Conflict(rules.NOT_STARTED)
    _step(officer, delivery, State(outcome), reason)
    notices.settle(TROUBLED, subject_id=delivery.pk)
    _record(Event.DELIVERY_ENDED, officer, delivery, outcome=outcome, reason=reason)
    return delivery


@transaction.atomic(durable=True)
def watch_deliveries(*, now: datetime | None = None) -> int:
    """Tell whoever coordinates a delivery under way, and whoever leads its case, of each thing that goes wrong, once. How many deliveries.

    What goes wrong: an authorisation that lapses within a day, lapsed or was withdrawn, a country that never answered, a place at which
    the consignment should have been seen to arrive.
    """
    rows = Delivery.objects.unscoped("what goes wrong with what is under way").filter(state=State.RUNNING).select_related(*SEEN)
    found = 0
    for delivery in rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk"):
        charged = (delivery.coordinator, delivery.consignment.casefile.lead)
        eyes = next((each for each in charged if Delivery.objects.visible_to(each).filter(pk=delivery.pk).exists()), None)
        if eyes is None:  # what nobody in charge sees is not therefore well
            continue
        troubles = sorted(_troubles(_opened(eyes, delivery, now or timezone.now())))
        if troubles == delivery.told:
            continue
        new, delivery.told = set(troubles) - set(delivery.told), troubles
        delivery.save(update_fields=["told"])
        if new:
            found += 1
            notices.settle(TROUBLED, subject_id=delivery.pk)
            notices.post(TROUBLED, to=set(charged), subject_id=delivery.pk)
            casefile = delivery.consignment.casefile
            record(Event.DELIVERY_TOLD, actor=None, subject=casefile, owner=casefile.agency_id, delivery=delivery.pk)
        elif not troubles:
            notices.settle(TROUBLED, subject_id=delivery.pk)
    return found


def _troubles(opened: OpenDelivery) -> Iterator[str]:
    for each in opened.passages:
        if each.word != Word.HOLDS:
            yield f"{each.word}:{same(each.country)}"[:TOLD_LENGTH]  # as it is kept, or it would be told again and again
    for place in opened.overdue:
        yield f"overdue:{place.leg.pk}"


def _opened(officer: Officer, delivery: Delivery, now: datetime) -> OpenDelivery:
    way = ways_of(officer, [delivery.consignment], now=now)[delivery.consignment_id]
    rows = {"delivery": delivery}
    steps = list(DeliveryStep.objects.visible_to(officer).filter(**rows).select_related("made_by").order_by("-made_at", "pk"))
    answers = list(Authorisation.objects.visible_to(officer).filter(**rows).select_related("made_by").order_by("-made_at", "-pk"))
    return OpenDelivery(
        delivery=delivery, steps=steps, authorisations=answers, way=way,
        passages=passages([place.leg.country for place in way.places], answers, now=now),
        overdue=[place for place in way.places if not place.arrival and (place.times.late_in or NO_TIME) > NO_TIME],
        may_direct=rules.can_direct(officer, delivery, delivery.consignment.casefile),
    )  # fmt: skip


def _coordinator(officer: Officer, coordinator_id: UUID, casefile: Any) -> Officer:
    named = colleague(officer, coordinator_id)
    rules.can_coordinate(named, casefile).enforce()
    return named


def _hold_open(delivery: Delivery) -> None:
    if not delivery.is_open:
        raise Conflict(rules.DELIVERY_OVER)


def _held(officer: Officer, delivery_id: UUID) -> Delivery:
    """The delivery, held so that what is done with it is done one after the other, for whoever works on its open case."""
    seen = Delivery.objects.visible_to(officer).select_related("consignment").one(delivery_id)
    hold_case(officer, seen.consignment.casefile_id)
    delivery: Delivery = Delivery.objects.visible_to(officer).select_related(*SEEN).locked().one(delivery_id)
    return delivery


def _step(officer: Officer, delivery: Delivery, state: Delivery.State, words: str = "") -> None:
    DeliveryStep.objects.create(delivery=delivery, state=state, words=words, made_by=officer)
    delivery.state, delivery.told = state, []
    delivery.save(update_fields=["state", "told"])


def _record(event: Event, officer: Officer, delivery: Delivery, *, is_work: bool = True, **more: Any) -> None:
    casefile = delivery.consignment.casefile
    if is_work:
        touch(casefile.pk)
    record(event, actor=officer, subject=casefile, owner=casefile.agency_id, delivery=delivery.pk, **more)


def _troubled(officer: Officer, delivery_id: UUID) -> Waiting | None:
    """What goes wrong, as the desk says it; nothing once it is well, over, or out of sight."""
    delivery = _standing(officer).filter(pk=delivery_id).select_related("consignment__casefile").first()
    if delivery is None:
        return None
    return Waiting(
        title=_("Look after the controlled delivery: %(title)s") % {"title": delivery.consignment.title},
        text=_("An authorisation lapses or is missing, or the consignment was not seen where it should be by now."),
        url=reverse("consignments:delivery", args=[delivery.pk]),
        icon="package",
        chip=_("Under way"),
        tone="warn",
    )


def _standing(officer: Officer) -> Any:
    return Delivery.objects.visible_to(officer).filter(state=State.RUNNING).exclude(told=[])


NOTICES = {TROUBLED: _troubled}
STANDING: dict[str, Standing] = {TROUBLED: lambda officer: _standing(officer).values("pk")}
