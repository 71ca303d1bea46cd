"""A case as its first page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions.activity import lines_about
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.actions.links import Linked, links_of
from cases.casefiles.events import Event
from cases.casefiles.models import Bookmark, CaseClosing, CaseDecision, CaseFile, Counsel, Handover, Note, Offence, OtherReference, Task
from cases.casefiles.storage import keep_open

NEXT, LINES = 5, 200
IN_WORDS = (Event.NOTE_WRITTEN, Event.DECISION_ENTERED, Event.TASK_SET)


@dataclass(frozen=True, slots=True)
class Change:
    """Deeds of one kind since the reader was here: how many, by whom, and when the last of them was."""

    kind: str
    count: int
    names: list[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Since:
    """What others did with a case since its reader's visit before this one: the newest of what they wrote, and the rest by kind."""

    at: datetime
    notes: list[Note]
    decisions: list[CaseDecision]
    tasks: list[Task]
    changes: list[Change]

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def others(self) -> list[Change]:
        """The kinds of which no words are shown."""
        return [change for change in self.changes if change.kind not in IN_WORDS]


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
    since: Since | None
    offer: Handover | None
    counsel: Counsel | None


@transaction.atomic(durable=True)
def view_case(*, officer: Officer, casefile_id: UUID, now: datetime | None = None) -> ViewedCase:
    """Show a case file's first page to an officer, with what others did since they were here; the looking is recorded. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN, "prosecutor").one(casefile_id)
    tasks = Task.objects.visible_to(officer).filter(casefile=casefile, state__in=Task.RUNNING).select_related("assignee")
    last = keep_open(officer, casefile, now=now)
    record(Event.CASE_VIEWED, actor=officer, subject=casefile, owner=casefile.agency_id)
    is_pinned = Bookmark.objects.visible_to(officer).filter(casefile=casefile).exclude(pinned_at=None).exists()
    offences = Offence.objects.visible_to(officer).filter(casefile=casefile).order_by("code", "began_on", "pk")
    references = OtherReference.objects.visible_to(officer).filter(casefile=casefile).order_by("kind", "number")
    next_tasks = list(tasks.order_by("due_on", "made_at")[:NEXT])
    closings = CaseClosing.objects.visible_to(officer).filter(casefile=casefile).select_related("made_by").order_by("-made_at", "-pk")
    links = links_of(officer, casefile)
    offer = Handover.objects.visible_to(officer).filter(casefile=casefile).waiting().select_related("to_unit").first()
    since = _since(officer, casefile, last) if last else None
    counsel = Counsel.objects.visible_to(officer).filter(casefile=casefile).select_related("service").first()
    return ViewedCase(
        casefile, next_tasks, is_pinned, list(offences), list(references), list(closings[:NEXT]), links, since, offer, counsel
    )


def _since(officer: Officer, casefile: CaseFile, at: datetime) -> Since:
    notes = Note.objects.visible_to(officer).filter(casefile=casefile, written_at__gt=at).exclude(author=officer)
    decisions = CaseDecision.objects.visible_to(officer).filter(casefile=casefile, written_at__gt=at).exclude(written_by=officer)
    tasks = Task.objects.visible_to(officer).filter(casefile=casefile, made_at__gt=at).exclude(made_by=officer)
    lines = lines_about(officer, casefile).filter(at__gt=at).exclude(actor_id=officer.pk).order_by("-at", "-pk")
    return Since(
        at=at,
        notes=list(notes.select_related("author").order_by("-written_at", "pk")[:NEXT]),
        decisions=list(decisions.select_related("decided_by").order_by("-written_at", "pk")[:NEXT]),
        tasks=list(tasks.select_related("assignee").order_by("-made_at", "pk")[:NEXT]),
        changes=_by_kind(lines.values_list("kind", "actor_id", "at")[:LINES]),
    )


def _by_kind(lines: Iterable[tuple[str, UUID | None, datetime]]) -> list[Change]:
    """The newest kind first."""
    kinds: dict[str, list[tuple[UUID | None, datetime]]] = {}
    for kind, actor_id, at in lines:
        kinds.setdefault(kind, []).append((actor_id, at))
    actors = {actor_id for deeds in kinds.values() for actor_id, _at in deeds if actor_id}
    names = dict(Officer.objects.filter(pk__in=actors).values_list("pk", "name"))
    return [
        Change(kind, len(deeds), sorted({names[actor_id] for actor_id, _at in deeds if actor_id in names}), deeds[0][1])
        for kind, deeds in kinds.items()
    ]
