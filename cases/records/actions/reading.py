"""Listing and opening records, and who opened them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Agency, Officer, roles_of
from accounts.roles import in_words
from audit import models as audit
from audit.ledger import record as write
from cases.casefiles.models import CaseFile
from cases.records import grants, rules
from cases.records.events import Event
from cases.records.models import CaseHeader, CaseLink, Record, Rendition
from cases.records.rules import Sight
from kernel.errors import NotFound
from kernel.querysets import Page, page_of
from kernel.verdict import Verdict

LOOKS = Q(kind__endswith="rendition.opened") | Q(kind__endswith=".viewed")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in a list, and the rendition of it that its reader would open."""

    record: Record
    rendition: Rendition


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record as its reader sees it: one rendition, the others they may open, why they may, and who else sees it."""

    record: Record
    rendition: Rendition
    renditions: list[Rendition]
    header: CaseHeader | None
    home: CaseFile | None
    links: list[CaseLink]
    why: Verdict
    sights: list[Sight]


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a record: by name in one's own agency, else by agency and role alone."""

    at: datetime
    agency: Agency
    name: str
    role: str
    rendition: Rendition | None


@transaction.atomic(durable=True)
def list_records(*, officer: Officer, q: str = "", kind: str = "", after: str = "", size: int = 50) -> Page[RecordRow]:
    """The records an officer may know of, those shown to them last first; with filters, those made last first. Raises Invalid."""
    seen = Record.objects.visible_to(officer).select_related("agency")
    if q or kind:
        titled = Rendition.objects.visible_to(officer).filter(title__icontains=q).values("record")
        wanted = seen.filter(Q(reference__iexact=q) | Q(pk__in=titled)) if q else seen
        found = (wanted.filter(kind=kind) if kind else wanted).newest(by="made_at", after=after, size=size)
        page = Page([row.pk for row in found.rows], found.cursor)
    else:
        page = grants.newest(officer, after=after, size=size)
    records = seen.in_bulk(page.rows)
    shown = Rendition.objects.visible_to(officer).filter(record__in=page.rows).newest_of_each()
    renditions = {rendition.record_id: rendition for rendition in shown}
    rows = [RecordRow(records[pk], renditions[pk]) for pk in page.rows if pk in records and pk in renditions]
    write(Event.RECORDS_LISTED, actor=officer, owner=officer.agency_id, count=len(rows), query={"q": q, "kind": kind})
    return Page(rows, page.cursor)


@transaction.atomic(durable=True)
def open_rendition(*, officer: Officer, record_id: UUID, rendition_id: UUID | None = None) -> OpenRecord:
    """Show one rendition of a record, the newest one may see unless another is named; the ledger keeps its hash and the grants it
    was seen by. Raises NotFound.
    """  # fmt: skip
    record = Record.objects.visible_to(officer).select_related("agency", "made_by").one(record_id)
    seen = Rendition.objects.visible_to(officer).filter(record=record)
    rendition = seen.one(rendition_id) if rendition_id else seen.newest_of_each().first()
    if rendition is None:
        raise NotFound
    rendition.record = record
    why = rules.explain(officer, rendition)
    opened = OpenRecord(
        record=record,
        rendition=rendition,
        renditions=list(seen.order_by("-number")),
        header=CaseHeader.objects.visible_to(officer).filter(rendition=rendition).first(),
        home=CaseFile.objects.visible_to(officer).filter(pk=record.home_id).first(),
        links=list(CaseLink.objects.visible_to(officer).filter(record=record).select_related("casefile")),
        why=why,
        sights=rules.who_can_see(officer, record),
    )
    hashed = bytes.fromhex(rendition.content_hash)
    write(
        Event.RENDITION_OPENED, actor=officer, subject=record, owner=record.agency_id, rendition_hash=hashed, via=why.rests_on,
        rendition=rendition.pk,
    )  # fmt: skip
    return opened


@transaction.atomic(durable=True)
def list_readings(*, officer: Officer, record_id: UUID, after: str = "", size: int = 50) -> tuple[Record, Page[Reading]]:
    """Who opened a record, the latest first, from the ledger. Its owner learns of another agency's readers the agency, role and time.

    A recipient learns of its own readers of the versions they were given themselves. Raises NotFound, Invalid for a broken cursor.
    """
    record = Record.objects.visible_to(officer).select_related("agency").one(record_id)
    renditions = {r.pk: r for r in Rendition.objects.visible_to(officer).filter(record=record)}
    lines = audit.Event.objects.about(record.pk, *renditions).filter(LOOKS, decision="", rendition_hash__isnull=False)
    if record.agency_id != officer.agency_id:
        given = [bytes.fromhex(rendition.content_hash) for rendition in renditions.values()]
        lines = lines.filter(agency_id=officer.agency_id, rendition_hash__in=given)
    page = page_of(lines, by="at", after=after, size=size)
    write(Event.READINGS_LISTED, actor=officer, subject=record, owner=record.agency_id, count=len(page.rows))
    return record, Page(_readings(officer, page.rows, {r.content_hash: r for r in renditions.values()}), page.cursor)


def _readings(officer: Officer, lines: list[audit.Event], renditions: dict[str, Rendition]) -> list[Reading]:
    actors = [line.actor_id for line in lines if line.actor_id]
    agencies = Agency.objects.in_bulk([line.agency_id for line in lines if line.agency_id])
    names = {person.pk: person.name for person in Officer.objects.filter(pk__in=actors, agency=officer.agency_id)}
    roles = roles_of(actors)
    return [
        Reading(
            at=line.at,
            agency=agencies[line.agency_id],
            name=names.get(line.actor_id, "") if line.actor_id else "",
            role=in_words(roles[line.actor_id]) if line.actor_id else "",
            rendition=renditions.get(bytes(line.rendition_hash or b"").hex()),
        )
        for line in lines
        if line.agency_id
    ]
