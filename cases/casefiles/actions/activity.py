"""What was done with a case, as its ledger lines tell those who see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from audit import models as audit
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, LinkedCases
from kernel.querysets import Page, page_of

LOOKS = (".viewed", ".listed", "rendition.opened")


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One ledger line about a case, by somebody of the agency (or by the portal itself)."""

    at: datetime
    kind: str
    name: str


@transaction.atomic(durable=True)
def read_activity(
    *, officer: Officer, casefile_id: UUID, looks: bool = False, after: str = "", size: int = 50
) -> tuple[CaseFile, Page[ActivityLine]]:
    """The case and what was done with it, the newest first; `looks` adds who only looked. Raises NotFound, Invalid."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    page = page_of(lines_about(officer, casefile, looks=looks), by="at", after=after, size=size)
    names = dict(Officer.objects.filter(pk__in={line.actor_id for line in page.rows}).values_list("pk", "name"))
    record(Event.ACTIVITY_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows))
    deeds = [ActivityLine(line.at, line.kind, names.get(line.actor_id, "")) for line in page.rows]
    return casefile, Page(deeds, page.cursor)


def lines_about(officer: Officer, casefile: CaseFile, *, looks: bool = False) -> audit.EventQuerySet:
    """What the agency did with a case, and with those of its links that the officer sees."""
    links = LinkedCases.objects.visible_to(officer).of(casefile).values_list("pk", flat=True)
    lines = audit.Event.objects.about(casefile.pk, *links).filter(decision="", agency_id=casefile.agency_id)
    for verb in () if looks else LOOKS:
        lines = lines.exclude(kind__endswith=verb)
    return lines
