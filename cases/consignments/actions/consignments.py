"""Noting, changing and reading consignments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.models import CaseFile
from cases.casefiles.storage import touch
from cases.consignments import rules
from cases.consignments.events import Event
from cases.consignments.models import PARTIES, Consignment
from cases.consignments.storage import Way, ways_of
from cases.entities.identifiers import IdentifierType, Validity, normalise
from cases.entities.models import Subject
from cases.records.models import Rendition
from kernel.errors import Invalid
from kernel.querysets import Page

TEXTS = (
    "title", "waybill", "bill_of_lading", "containers", "conveyance", "notes", *PARTIES,
    *(f"{name}_{part}" for name in ("declared", "suspected") for part in ("goods", "quantity", "unit", "value", "currency")),
    "suspected_kind",
)  # fmt: skip
LINKS = tuple(f"{party}_subject_id" for party in PARTIES)


@dataclass(frozen=True, slots=True)
class Listed:
    """A consignment in a list, with its way as it stands."""

    consignment: Consignment
    way: Way


@dataclass(frozen=True, slots=True)
class Box:
    """A container number as it was written, and whether it keeps ISO 6346."""

    number: str
    valid: str

    @property
    def is_wrong(self) -> bool:
        return self.valid == Validity.NO


@dataclass(frozen=True, slots=True)
class OpenConsignment:
    """A consignment as its reader may see it: linked subjects and items are there as far as they see them."""

    consignment: Consignment
    way: Way
    boxes: Sequence[Box]
    subjects: dict[str, Subject]
    items: dict[UUID, Rendition]

    @property
    def left_alone(self) -> list[str]:
        """Links to subjects that the reader does not see: a form of theirs does not touch them."""
        return [f"{each}_subject" for each in PARTIES if getattr(self.consignment, f"{each}_subject_id") and each not in self.subjects]


@transaction.atomic(durable=True)
def list_consignments(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[Listed]]:
    """The case and its consignments, those noted last first, each with where it is. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    page = Consignment.objects.visible_to(officer).filter(casefile=casefile).newest(by="made_at", after=after, size=size)
    ways = ways_of(officer, page.rows, now=timezone.now())
    record(Event.CONSIGNMENTS_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows))
    return casefile, Page([Listed(each, ways[each.pk]) for each in page.rows], page.cursor)


@transaction.atomic(durable=True)
def open_consignment(*, officer: Officer, consignment_id: UUID, now: datetime | None = None) -> OpenConsignment:
    """One consignment with its way and everything observed; the looking is recorded. Raises NotFound."""
    shown = (*(f"casefile__{name}" for name in SHOWN), "made_by")
    consignment = Consignment.objects.visible_to(officer).select_related(*shown).one(consignment_id)
    way = ways_of(officer, [consignment], now=now or timezone.now())[consignment.pk]
    linked = {party: getattr(consignment, f"{party}_subject_id") for party in PARTIES}
    subjects = Subject.objects.visible_to(officer).in_bulk([pk for pk in linked.values() if pk])
    cited = {each.rendition_id for each in way.observations if each.rendition_id}
    items = Rendition.objects.visible_to(officer).select_related("record").in_bulk(cited) if cited else {}
    boxes = [Box(each, normalise(IdentifierType.CONTAINER, "", each)[1]) for each in consignment.containers]
    record(
        Event.CONSIGNMENT_VIEWED,
        actor=officer,
        subject=consignment.casefile,
        owner=consignment.casefile.agency_id,
        consignment=consignment.pk,
    )
    return OpenConsignment(consignment, way, boxes, {party: subjects[pk] for party, pk in linked.items() if pk in subjects}, items)


def hold_case(officer: Officer, casefile_id: UUID) -> CaseFile:
    """The case, held before anything in it: who closes it waits, or was quicker. Raises NotFound, NotAllowed, Conflict as hold_workable."""
    casefile: CaseFile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.hold_workable(officer, casefile)
    return casefile


@transaction.atomic(durable=True)
def note_consignment(*, officer: Officer, casefile_id: UUID, title: str, **facts: Any) -> Consignment:
    """Note goods on their way in a case; `facts` are columns as TEXTS and LINKS name them. A wrong container number is only flagged.

    Raises NotFound, NotAllowed (casefiles.can_work), Conflict if the case is closed, Invalid for an amount without its unit or a
    value without its currency (rules.hold_paired), and for a linked subject that one does not see.
    """
    casefile = hold_case(officer, casefile_id)
    made = Consignment(casefile=casefile, made_by=officer)
    _take(officer, made, {"title": title, **facts})
    made.save(force_insert=True)
    touch(casefile.pk)
    record(Event.CONSIGNMENT_NOTED, actor=officer, subject=casefile, owner=casefile.agency_id, consignment=made.pk)
    return made


@transaction.atomic(durable=True)
def change_consignment(*, officer: Officer, consignment_id: UUID, **facts: Any) -> Consignment:
    """Say anew what is known of a consignment; what is not named stays. Raises as note_consignment does."""
    hold_case(officer, Consignment.objects.visible_to(officer).one(consignment_id).casefile_id)
    consignment: Consignment = Consignment.objects.visible_to(officer).select_related("casefile").locked().one(consignment_id)
    changed = _take(officer, consignment, facts)
    if changed:
        consignment.changed_at = timezone.now()
        consignment.save(update_fields=[*changed, "changed_at"])
        touch(consignment.casefile_id)
        told: dict[str, Any] = {"consignment": consignment.pk, "changed": sorted(changed)}
        record(Event.CONSIGNMENT_CHANGED, actor=officer, subject=consignment.casefile, owner=consignment.casefile.agency_id, **told)
    return consignment


def _take(officer: Officer, consignment: Consignment, facts: dict[str, Any]) -> list[str]:
    """Put the facts into the row and say which changed."""
    if not set(facts) <= {*TEXTS, *LINKS}:
        raise Invalid
    rules.hold_words(facts.get("title", consignment.title), "title", rules.TITLE_WANTED)
    changed = [name for name, value in facts.items() if value != getattr(consignment, name)]
    for name in changed:
        setattr(consignment, name, facts[name])
    for name in ("declared", "suspected"):
        rules.hold_paired(
            {f"{name}_{part}": getattr(consignment, f"{name}_{part}") for part in ("quantity", "unit", "value", "currency")}, name
        )
    for name in set(changed) & set(LINKS):
        if facts[name] and not Subject.objects.visible_to(officer).filter(pk=facts[name], etype__in=rules.PARTY_KINDS).exists():
            raise Invalid(fields={name.removesuffix("_id"): rules.NO_SUCH_SUBJECT})
    return changed
