"""Recording what was seized, correcting it by further versions, saying what became of it, and adding it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.models import CaseFile
from cases.casefiles.storage import touch
from cases.consignments import rules
from cases.consignments.actions.consignments import hold_case
from cases.consignments.events import Event
from cases.consignments.goods import Amount, Total, Unit, totals
from cases.consignments.models import Consignment, Leg, Seizure, SeizureStep, SeizureVersion
from cases.entities.models import Subject
from kernel.errors import Conflict, Invalid
from kernel.querysets import GuardedQuerySet, Page

FACTS = (
    "goods", "description", "gross", "net", "unit", "money", "purity", "estimated_value", "estimated_currency", "value_basis", "place",
    "country", "time_zone", "seized_at", "seized_by", "authority", "authority_reference", "from_whom", "from_subject_id", "packaging",
    "seal", "witnesses",
)  # fmt: skip
WANTED = ("description", "place", "country", "seized_by")
SAID_WANTED = {"description": rules.WHAT_WANTED, "seized_by": rules.WHO_WANTED}
ENDS = (SeizureStep.Status.RETURNED, SeizureStep.Status.DESTROYED)


@dataclass(frozen=True, slots=True)
class SeizureRow:
    """A seizure in a list: what counts of it, and what became of the goods last."""

    seizure: Seizure
    version: SeizureVersion
    step: SeizureStep


@dataclass(frozen=True, slots=True)
class Seizures:
    """A page of seizures, the newest first, and what all of them come to, not only those of the page."""

    page: Page[SeizureRow]
    totals: Sequence[Total]


@dataclass(frozen=True, slots=True)
class OpenSeizure:
    """A seizure as its reader may see it, with every version and step; from whom, as far as they see that subject."""

    seizure: Seizure
    version: SeizureVersion
    versions: Sequence[SeizureVersion]
    steps: Sequence[SeizureStep]
    subject: Subject | None

    @property
    def left_alone(self) -> list[str]:
        """A link that the reader does not see: a form of theirs does not touch it."""
        return ["from_subject"] if self.version.from_subject_id and not self.subject else []


@transaction.atomic(durable=True)
def list_seizures(
    *, officer: Officer, casefile_id: UUID | None = None, consignment_id: UUID | None = None, goods: str = "", after: str = "",
    size: int = 50,
) -> Seizures:  # fmt: skip
    """The seizures of a case or a consignment, or of all cases that one sees, with what they come to. Raises NotFound, Invalid."""
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id) if casefile_id else None
    asked = asked_seizures(officer, casefile_id=casefile_id, consignment_id=consignment_id, goods=goods)
    page = asked.select_related("casefile", "consignment").newest(by="made_at", after=after, size=size)
    alike = _versions(officer, asked).order_by().values("goods", "unit", "money").annotate(sum=Sum("net"), times=Count("pk"))
    counted = alike.values_list("goods", "sum", "unit", "money", "times")
    query = {"goods": goods, "consignment": consignment_id}
    record(Event.SEIZURES_LISTED, actor=officer, subject=casefile, owner=officer.agency_id, count=len(page.rows), query=query)
    return Seizures(Page(rows_of(officer, page.rows), page.cursor), totals(Amount(*row) for row in counted))


def asked_seizures(
    officer: Officer, *, casefile_id: UUID | None = None, consignment_id: UUID | None = None, goods: str = ""
) -> GuardedQuerySet[Seizure]:
    """The seizures of one's own agency's cases that fit what was asked."""
    rows: GuardedQuerySet[Seizure] = Seizure.objects.visible_to(officer)
    for name, value in {"casefile": casefile_id, "consignment": consignment_id}.items():
        rows = rows.filter(**{name: value}) if value else rows
    if goods:
        rows = rows.filter(pk__in=SeizureVersion.objects.visible_to(officer).current().filter(goods=goods).values("seizure"))
    return rows


def rows_of(officer: Officer, seizures: Sequence[Seizure]) -> list[SeizureRow]:
    """Seizures with their newest version and step, in two statements for all of them."""
    of_these = {"seizure__in": [each.pk for each in seizures]}
    versions = {each.seizure_id: each for each in SeizureVersion.objects.visible_to(officer).current().filter(**of_these)}
    steps = SeizureStep.objects.visible_to(officer).filter(**of_these).order_by("happened_at", "made_at")
    last = {each.seizure_id: each for each in steps}
    return [SeizureRow(each, versions[each.pk], last[each.pk]) for each in seizures]


@transaction.atomic(durable=True)
def open_seizure(*, officer: Officer, seizure_id: UUID) -> OpenSeizure:
    """One seizure with all that was ever said of it; the looking is recorded. Raises NotFound."""
    shown = ("consignment", "leg", "made_by", *(f"casefile__{name}" for name in SHOWN))
    seizure: Seizure = Seizure.objects.visible_to(officer).select_related(*shown).one(seizure_id)
    versions = list(SeizureVersion.objects.visible_to(officer).filter(seizure=seizure).select_related("written_by").order_by("-number"))
    steps = SeizureStep.objects.visible_to(officer).filter(seizure=seizure).select_related("made_by")
    linked = versions[0].from_subject_id
    subject = Subject.objects.visible_to(officer).filter(pk=linked).first() if linked else None
    record(Event.SEIZURE_VIEWED, actor=officer, subject=seizure.casefile, owner=seizure.casefile.agency_id, seizure=seizure.pk)
    return OpenSeizure(seizure, versions[0], versions, list(steps.order_by("-happened_at", "-made_at")), subject)


@transaction.atomic(durable=True)
def record_seizure(
    *, officer: Officer, casefile_id: UUID, consignment_id: UUID | None = None, leg_id: UUID | None = None, **facts: Any
) -> Seizure:
    """Record what was seized in a case, maybe of one of its consignments at a place of the route. It begins as held.

    Raises NotFound, NotAllowed (casefiles.can_work), Conflict if the case is closed, Invalid for what rules.hold_seizable refuses, a
    consignment of another case, a place of another route, or a subject that one does not see.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.hold_workable(officer, casefile)
    leg = Leg.objects.visible_to(officer).filter(pk=leg_id, consignment__casefile=casefile).first() if leg_id else None
    if leg_id and (leg is None or consignment_id not in (None, leg.consignment_id)):
        raise Invalid(fields={"leg": rules.NO_SUCH_LEG})
    of = leg.consignment_id if leg else consignment_id
    if of and not Consignment.objects.visible_to(officer).filter(casefile=casefile, pk=of).exists():
        raise Invalid(fields={"consignment": rules.NO_SUCH_CONSIGNMENT})
    seizure: Seizure = Seizure.objects.create(casefile=casefile, consignment_id=of, leg=leg, made_by=officer)
    version = _written(officer, SeizureVersion(seizure=seizure, number=1, written_by=officer), facts)
    SeizureStep.objects.create(
        seizure=seizure, status=SeizureStep.Status.HELD, happened_at=version.seized_at, place=version.place, done_by=version.seized_by,
        made_by=officer,
    )  # fmt: skip
    touch(casefile.pk)
    record(Event.SEIZURE_RECORDED, actor=officer, subject=casefile, owner=casefile.agency_id, seizure=seizure.pk, goods=version.goods)
    return seizure


@transaction.atomic(durable=True)
def correct_seizure(*, officer: Officer, seizure_id: UUID, number: int, reason: str, **facts: Any) -> SeizureVersion:
    """Say anew what was seized; what is not named is as it was, and the older versions stay. `number` is the version one had open.

    Raises as record_seizure does, Conflict if it was corrected since, Invalid for a reason without words.
    """
    seizure = _held(officer, seizure_id)
    if seizure.number != number:
        raise Conflict(rules.SEIZURE_CORRECTED_SINCE)
    rules.hold_words(reason, "reason", rules.REASON_WANTED)
    old = SeizureVersion.objects.visible_to(officer).get(seizure=seizure, number=number)
    fresh = SeizureVersion(seizure=seizure, number=number + 1, written_by=officer, reason=reason)
    was = {name: getattr(old, name) for name in FACTS}
    version = _written(officer, fresh, was | facts, kept=old.from_subject_id)
    seizure.number = version.number
    seizure.save(update_fields=["number"])
    touch(seizure.casefile_id)
    told: dict[str, Any] = {"seizure": seizure.pk, "number": version.number, "reason": reason}
    record(Event.SEIZURE_CORRECTED, actor=officer, subject=seizure.casefile, owner=seizure.casefile.agency_id, **told)
    return version


@transaction.atomic(durable=True)
def add_step(
    *, officer: Officer, seizure_id: UUID, status: str, happened_at: datetime, place: str, done_by: str, words: str = ""
) -> SeizureStep:
    """Say what became of seized goods. What was returned or destroyed has no further step.

    Raises NotFound, NotAllowed (casefiles.can_work), Conflict if the case is closed or the goods are gone, Invalid for a time to come
    or before the seizure.
    """
    seizure = _held(officer, seizure_id)
    steps = SeizureStep.objects.visible_to(officer).filter(seizure=seizure)
    if steps.filter(status__in=ENDS).exists():
        raise Conflict(rules.GOODS_GONE)
    rules.hold_happened(timezone.now(), happened_at)
    if status not in SeizureStep.Status.values:
        raise Invalid
    if happened_at < SeizureVersion.objects.visible_to(officer).get(seizure=seizure, number=seizure.number).seized_at:
        raise Invalid(fields={"happened_at": rules.BEFORE_SEIZURE})
    rules.hold_words(place, "place", rules.PLACE_WANTED)
    rules.hold_words(done_by, "done_by", rules.WHO_WANTED)
    facts = {"status": status, "happened_at": happened_at, "place": place, "done_by": done_by, "words": words}
    step: SeizureStep = SeizureStep.objects.create(seizure=seizure, made_by=officer, **facts)
    touch(seizure.casefile_id)
    told: dict[str, Any] = {"seizure": seizure.pk, "status": status}
    record(Event.SEIZURE_STEPPED, actor=officer, subject=seizure.casefile, owner=seizure.casefile.agency_id, **told)
    return step


def _held(officer: Officer, seizure_id: UUID) -> Seizure:
    hold_case(officer, Seizure.objects.visible_to(officer).one(seizure_id).casefile_id)
    seizure: Seizure = Seizure.objects.visible_to(officer).select_related("casefile").locked().one(seizure_id)
    return seizure


def _written(officer: Officer, version: SeizureVersion, facts: dict[str, Any], *, kept: UUID | None = None) -> SeizureVersion:
    """A version as it stays. A link that was there before is no new one."""
    if not set(facts) <= set(FACTS):
        raise Invalid
    rules.hold_seizable(facts, now=timezone.now())
    for name in WANTED:
        rules.hold_words(facts.get(name, ""), name, SAID_WANTED.get(name, rules.PLACE_WANTED))
    linked = facts.get("from_subject_id")
    if linked and linked != kept and not Subject.objects.visible_to(officer).filter(pk=linked, etype__in=rules.PARTY_KINDS).exists():
        raise Invalid(fields={"from_subject": rules.NO_SUCH_SUBJECT})
    for name, value in facts.items():
        setattr(version, name, value)
    if version.unit != Unit.MONEY:
        version.money = ""
    version.save(force_insert=True)
    return version


def _versions(officer: Officer, asked: GuardedQuerySet[Seizure]) -> Any:
    return SeizureVersion.objects.visible_to(officer).current().filter(seizure__in=asked.values("pk"))
