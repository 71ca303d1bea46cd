"""Asking who can see a record, and why: for everybody at once, or for one person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from audit.ledger import record as write
from cases.records import rules
from cases.records.events import Event
from cases.records.models import Record, RecordGrant, Rendition
from cases.records.rules import Sight
from kernel.errors import NotFound
from kernel.verdict import Verdict, refuse


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether one person sees one rendition, and the steps to that answer. `name` is as it was asked for."""

    record: Record
    rendition: Rendition
    name: str
    verdict: Verdict
    steps: list[Verdict]


@transaction.atomic(durable=True)
def explain_sight(*, officer: Officer, record_id: UUID) -> list[Sight]:
    """Who can see a record, and why, as far as the asker may know. Raises NotFound."""
    record = Record.objects.visible_to(officer).select_related("agency").one(record_id)
    write(Event.SIGHT_EXPLAINED, actor=officer, subject=record, owner=record.agency_id)
    return rules.who_can_see(officer, record)


@transaction.atomic(durable=True)
def check_person(
    *, officer: Officer, record_id: UUID, rendition_id: UUID | None = None, person_id: UUID | None = None, email: str = ""
) -> Checked:
    """Whether one person sees a rendition, step by step: a colleague, or by e-mail an officer of an agency it was released to.

    Of somebody of another agency no step is told, and somebody who has no sight looks like nobody at all. Raises NotFound.
    """
    record = Record.objects.visible_to(officer).select_related("agency").one(record_id)
    seen = Rendition.objects.visible_to(officer).filter(record=record)
    rendition = seen.one(rendition_id) if rendition_id else seen.newest_of_each().first()
    if rendition is None:
        raise NotFound
    rendition.record = record
    people = Officer.objects.select_related("agency", "unit")
    person = (people.filter(pk=person_id) if person_id else people.filter(email__iexact=email)).first()
    own = person is not None and person.agency_id == officer.agency_id
    if person_id and not own:
        raise NotFound
    verdict = refuse(rules.NOTHING_LETS)
    if person and (own or _given_to(person, officer, record)):
        explained = rules.explain(person, rendition, told_to=officer)
        verdict = explained if own or explained else verdict
    steps = list(rules.trail(person, rendition, told_to=officer)) if person and own else [verdict]
    write(Event.SIGHT_EXPLAINED, actor=officer, subject=record, owner=record.agency_id, person=person_id or email)
    return Checked(record, rendition, person.name if person and own else email, verdict, steps)


def _given_to(person: Officer, officer: Officer, record: Record) -> bool:
    """Whether the asker's agency owns the record and gave it to the person's."""
    owns = record.agency_id == officer.agency_id
    return owns and RecordGrant.objects.filter(content_object=record, recipient=person.agency_id).exists()
