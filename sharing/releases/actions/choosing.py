"""What can be chosen when a release is written: versions in a case, units and officers at the other side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Agency, Officer, Unit
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.records.models import CaseLink, Record, Rendition
from kernel.errors import Invalid
from sharing.agreements.models import Agreement
from sharing.releases import rules
from sharing.releases.actions import contents
from sharing.releases.actions.contents import Plan
from sharing.releases.events import Event
from sharing.releases.models import Release


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer may choose from; nothing of the other side before its agency is chosen."""

    casefile: CaseFile
    agencies: Sequence[Agency]
    taker: Agency | None = None
    renditions: Sequence[Rendition] = ()
    units: Sequence[Unit] = ()
    officers: Sequence[Officer] = ()


@transaction.atomic(durable=True)
def begin_release(*, officer: Officer, casefile_id: UUID, recipient_id: UUID | None = None) -> Choice:
    """What could be released from a case, and to whom: the newest original of each record, every version made to leave, the case's
    readers-to-be at the chosen agency. Raises NotFound, NotAllowed (rules.can_draft), Invalid for an agency that is none.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").one(casefile_id)
    rules.can_draft(officer, casefile).enforce()
    agencies = list(Agency.objects.exclude(pk=officer.agency_id).order_by("name"))
    if recipient_id is None:
        found = Choice(casefile, agencies)
    else:
        taker = next((agency for agency in agencies if agency.pk == recipient_id), None)
        if taker is None:
            raise Invalid(rules.NO_SUCH_AGENCY, fields={"recipient": rules.NO_SUCH_AGENCY})
        units, officers = _readers_at(officer, taker)
        found = Choice(casefile, agencies, taker, _offered(officer, casefile), units, officers)
    record(
        Event.CHOICE_LISTED, actor=officer, subject=casefile, owner=officer.agency_id, count=len(found.renditions), recipient=recipient_id
    )
    return found


def candidates(officer: Officer, casefile: CaseFile) -> Any:
    """Everything an officer sees of the records at home in a case or linked to it, but its header."""
    linked = CaseLink.objects.visible_to(officer).filter(casefile=casefile).values("record")
    records = Record.objects.visible_to(officer).filter(Q(home=casefile) | Q(pk__in=linked)).exclude(kind=Record.Kind.CASE_HEADER)
    return Rendition.objects.visible_to(officer).filter(record__in=records.values("pk")).select_related("record__agency__jurisdiction")


def plan_of(officer: Officer, release: Release) -> Plan:
    """A release in hand as it was typed, for its requester to change."""
    seen = Rendition.objects.visible_to(officer).filter(pk__in=contents.ids_of(release)).select_related("record")
    headers = [row for row in seen if row.record.kind == Record.Kind.CASE_HEADER]
    titled = any(header.kind == Rendition.Kind.ORIGINAL for header in headers)
    return Plan(
        recipient_id=release.recipient_id, unit_id=release.recipient_unit_id, officer_ids=contents.officers_of(release),
        rendition_ids=[row.pk for row in seen if row not in headers], purpose=release.purpose, legal_basis=release.legal_basis,
        header="title" if titled else "reference" if headers else "", conditions=release.conditions, cover_note=release.cover_note,
        ends_at=release.ends_at,
    )  # fmt: skip


def _offered(officer: Officer, casefile: CaseFile) -> list[Rendition]:
    mine = candidates(officer, casefile)
    newest = [row.pk for row in mine.newest_of_each()]
    made_to_leave = Q(kind__in=[Rendition.Kind.TEAR_LINE, Rendition.Kind.REDACTED])
    return list(mine.filter(Q(pk__in=newest) | made_to_leave).order_by("title", "record", "number"))


def _readers_at(officer: Officer, taker: Agency) -> tuple[list[Unit], list[Officer]]:
    """Its units; its officers too where the two agencies know each other by an agreement in force."""
    agreed = Agreement.objects.unscoped("whether two agencies know each other's officers").in_force()
    units = list(Unit.objects.filter(agency=taker).order_by("name"))
    if not agreed.between(officer.agency_id, taker.pk).exists():
        return units, []
    able = Officer.objects.who_may(Deed.RELEASES_ACCEPT).filter(agency=taker)
    return units, list(able.select_related("unit").order_by("name"))
