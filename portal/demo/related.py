"""Operation Harbor Ledger: how those whom it names are related, as Ana judges it."""

from __future__ import annotations

from typing import Any

from accounts.models import Officer
from cases.entities import actions as entities
from cases.entities.models import Mention, Subject
from cases.records.models import Rendition


def judge_relations(people: dict[str, Officer]) -> None:
    """Who calls whom and who pays whom, each on a paragraph; one that was taken back; and a driver who is there twice."""
    ana = people["ana"]
    tio, number, seller, buyer = (_subject(ana, name) for name in ("Tio", "The Lagoon number", "Harrow & Finch", "Polar Brisa"))
    interview = _version(ana, "Interview note, dock foreman")
    driver = entities.note_mention(officer=ana, rendition_id=interview.pk, paragraph=2, etype="person", name="Tio")
    entities.make_subject(officer=ana, mention_ids=[driver.pk])
    said: dict[str, Any] = {"officer": ana, "supports": [(interview.pk, 1)]}
    entities.relate_subjects(
        **said,
        subject_id=tio.pk,
        other_id=number.pk,
        kind="uses",
        confidence="high",
        description="He gave the number to the foreman himself.",
    )
    owner = entities.relate_subjects(**said, subject_id=tio.pk, other_id=number.pk, kind="owns", confidence="low")
    entities.end_relation(officer=ana, relation_id=owner.pk, reason="The foreman said that he uses it, not that it is his.")
    invoiced: dict[str, Any] = {"officer": ana, "supports": [(_version(ana, "Invoice set, seven reefers").pk, 1)]}
    entities.relate_subjects(
        **invoiced, subject_id=buyer.pk, other_id=seller.pk, kind="pays", description="Seven invoices, far over market."
    )


def _subject(officer: Officer, name: str) -> Subject:
    mention = Mention.objects.visible_to(officer).filter(name__startswith=name).order_by("made_at", "pk")[:1].get()
    return entities.make_subject(officer=officer, mention_ids=[mention.pk])


def _version(officer: Officer, title: str) -> Rendition:
    return Rendition.objects.visible_to(officer).filter(title=title).order_by("number")[:1].get()
