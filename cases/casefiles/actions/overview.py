"""A case as its first page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.actions.links import Linked, links_of
from cases.casefiles.events import Event
from cases.casefiles.models import Bookmark, CaseClosing, CaseFile, Offence, OtherReference, Task
from cases.casefiles.storage import keep_open

NEXT = 5


@dataclass(frozen=True, slots=True)
class ViewedCase:
    """A case file as its first page shows it: with the open tasks that are due first, and whether its reader pinned it."""

    casefile: CaseFile
    tasks: list[Task]
    is_pinned: bool
    offences: list[Offence]
    references: list[OtherReference]
    closings: list[CaseClosing]
    links: list[Linked]


@transaction.atomic(durable=True)
def view_case(*, officer: Officer, casefile_id: UUID) -> ViewedCase:
    """Show a case file's first page to an officer; the looking is recorded. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    tasks = Task.objects.visible_to(officer).filter(casefile=casefile, state=Task.State.OPEN).select_related("assignee")
    keep_open(officer, casefile)
    record(Event.CASE_VIEWED, actor=officer, subject=casefile, owner=casefile.agency_id)
    is_pinned = Bookmark.objects.visible_to(officer).filter(casefile=casefile).exclude(pinned_at=None).exists()
    offences = Offence.objects.visible_to(officer).filter(casefile=casefile).order_by("code", "began_on", "pk")
    references = OtherReference.objects.visible_to(officer).filter(casefile=casefile).order_by("kind", "number")
    next_tasks = list(tasks.order_by("due_on", "made_at")[:NEXT])
    closings = CaseClosing.objects.visible_to(officer).filter(casefile=casefile).select_related("made_by").order_by("-made_at", "-pk")
    links = links_of(officer, casefile)
    return ViewedCase(casefile, next_tasks, is_pinned, list(offences), list(references), list(closings[:NEXT]), links)
