"""Closing a case with its outcome, and opening it again. Both stay in its history."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.actions.handovers import drop_handover
from cases.casefiles.actions.task_ends import write_end
from cases.casefiles.events import Event
from cases.casefiles.models import CaseClosing, CaseFile, Task
from kernel.errors import Conflict, Invalid
from kernel.querysets import GuardedQuerySet, Page


@transaction.atomic(durable=True)
def list_closings(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[CaseClosing]]:
    """The case, and when and why it was closed or opened again, the newest first. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    rows = CaseClosing.objects.visible_to(officer).filter(casefile=casefile).select_related("made_by")
    page = rows.newest(by="made_at", after=after, size=size)
    record(Event.CLOSINGS_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows))
    return casefile, page


@transaction.atomic(durable=True)
def begin_closing(*, officer: Officer, casefile_id: UUID) -> tuple[CaseFile, list[Task]]:
    """The case, and the open tasks that somebody has to drop if it is closed now. Raises NotFound, NotAllowed (rules.can_close)."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    rules.can_close(officer, casefile).enforce()
    tasks = list(_open_tasks(officer, casefile).select_related("assignee").order_by("due_on", "made_at"))
    record(Event.TASKS_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(tasks), query={"state": "open"})
    return casefile, tasks


@transaction.atomic(durable=True)
def close_case(*, officer: Officer, casefile_id: UUID, outcome: str, reason: str, drop_tasks: bool = False) -> CaseFile:
    """Close a case: it stays readable, and nobody works on it. Its open tasks are dropped with it, if that is said, and so
    is an offer to another unit.

    Raises NotFound, NotAllowed (rules.can_close), Conflict if it is closed, Invalid while tasks are open that are not to be
    dropped, for an outcome that is none, or a reason without words.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_close(officer, casefile).enforce()
    rules.hold_open(casefile)
    if outcome not in CaseFile.Outcome.values:
        raise Invalid
    tasks = list(_open_tasks(officer, casefile).select_related("assignee").order_by("pk").locked())
    if tasks and not drop_tasks:
        raise Invalid(fields={"drop_tasks": rules.TASKS_OPEN})
    _write(officer, casefile, outcome=outcome, reason=reason, dropped=len(tasks))
    for task in tasks:
        task.casefile = casefile
        write_end(officer, task, Task.State.DROPPED)
    drop_handover(officer, casefile)
    record(Event.CASE_CLOSED, actor=officer, subject=casefile, owner=casefile.agency_id, outcome=outcome, reason=reason, dropped=len(tasks))
    return casefile


@transaction.atomic(durable=True)
def reopen_case(*, officer: Officer, casefile_id: UUID, reason: str) -> CaseFile:
    """Open a closed case again. Tasks that were dropped stay dropped.

    Raises NotFound, NotAllowed (rules.can_close), Conflict if it is not closed, Invalid for a reason without words.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_close(officer, casefile).enforce()
    if casefile.status != CaseFile.Status.CLOSED:
        raise Conflict(rules.NOT_CLOSED)
    before = casefile.outcome
    _write(officer, casefile, reason=reason)
    record(Event.CASE_REOPENED, actor=officer, subject=casefile, owner=casefile.agency_id, before=before, reason=reason)
    return casefile


def _open_tasks(officer: Officer, casefile: CaseFile) -> GuardedQuerySet[Task]:
    rows: GuardedQuerySet[Task] = Task.objects.visible_to(officer).filter(casefile=casefile, state__in=Task.RUNNING)
    return rows


def _write(officer: Officer, casefile: CaseFile, *, reason: str, outcome: str = "", dropped: int = 0) -> None:
    """The case as it stands from now on, and the entry in its history."""
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    now = timezone.now()
    casefile.status = CaseFile.Status.CLOSED if outcome else CaseFile.Status.OPEN
    casefile.outcome, casefile.closed_at, casefile.active_at = outcome, now if outcome else None, now
    casefile.save(update_fields=["status", "outcome", "closed_at", "active_at"])
    CaseClosing.objects.create(casefile=casefile, outcome=outcome, reason=reason, dropped=dropped, made_by=officer)
