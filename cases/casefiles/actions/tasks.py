"""What is to be done in a case, by whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Task, TaskEntry, TaskMention
from cases.casefiles.storage import colleague, touch
from kernel.errors import Conflict, Invalid
from kernel.querysets import GuardedQuerySet, Page

ASSIGNED = "casefiles.task.assigned"
MENTIONED = "casefiles.task.mentioned"
RUNNING = "running"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task with what was done with it and said of it, the newest first."""

    task: Task
    page: Page[TaskEntry]


@transaction.atomic(durable=True)
def list_tasks(*, officer: Officer, casefile_id: UUID, state: str = "", after: str = "", size: int = 50) -> tuple[CaseFile, Page[Task]]:
    """The case and its tasks, those set last first. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    tasks = Task.objects.visible_to(officer).filter(casefile=casefile).select_related("assignee", "made_by", "ended_by")
    page = _in_state(tasks, state).newest(by="made_at", after=after, size=size)
    record(Event.TASKS_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows), query={"state": state})
    return casefile, page


@transaction.atomic(durable=True)
def list_my_tasks(*, officer: Officer, state: str = RUNNING, after: str = "", size: int = 50) -> Page[Task]:
    """The officer's own tasks in all cases that they see, those set last first. Raises Invalid for a broken cursor."""
    page: Page[Task] = _in_state(_mine(officer), state).newest(by="made_at", after=after, size=size)
    record(Event.TASKS_READ, actor=officer, owner=officer.agency_id, count=len(page.rows), query={"state": state, "whose": "own"})
    return page


@transaction.atomic(durable=True)
def list_due_tasks(*, officer: Officer, size: int = 5) -> Sequence[Task]:
    """The first of the officer's own tasks to be done, those due soonest first."""
    tasks = list(_in_state(_mine(officer), RUNNING).order_by(F("due_on").asc(nulls_last=True), "made_at", "pk")[:size])
    record(Event.TASKS_READ, actor=officer, owner=officer.agency_id, count=len(tasks), query={"state": RUNNING, "whose": "own"})
    return tasks


@transaction.atomic(durable=True)
def open_task(*, officer: Officer, task_id: UUID, after: str = "", size: int = 50) -> OpenTask:
    """One task with its history; what speaks to the officer there waits no longer. Raises NotFound, Invalid for a broken cursor."""
    shown = ("assignee", "made_by", "ended_by", *(f"casefile__{name}" for name in SHOWN))
    task: Task = Task.objects.visible_to(officer).select_related(*shown).one(task_id)
    entries = TaskEntry.objects.visible_to(officer).filter(task=task).select_related("author", "assignee")
    page = entries.newest(by="at", after=after, size=size)
    if TaskMention.objects.visible_to(officer).filter(task=task, officer=officer, read_at=None).update(read_at=Now()):
        notices.settle(MENTIONED, subject_id=task.pk, officer=officer)
    record(Event.TASK_READ, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, task=task.pk, count=len(page.rows))
    return OpenTask(task, page)


@transaction.atomic(durable=True)
def set_task(*, officer: Officer, casefile_id: UUID, title: str, assignee_id: UUID, due_on: date | None = None) -> Task:
    """Give somebody who sees the case something to do in it, and leave word on their desk; `due_on` is a day where they are.

    Raises NotFound (for officers of other agencies and those gone too), NotAllowed (rules.can_work, rules.can_be_set), Conflict in a
    closed case.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    assignee = colleague(officer, assignee_id)
    rules.can_be_set(assignee, casefile).enforce()
    task: Task = Task.objects.create(casefile=casefile, title=title, assignee=assignee, due_on=due_on, made_by=officer)
    write_entry(officer, task, TaskEntry.Kind.SET)
    notices.post(ASSIGNED, to=[assignee], subject_id=task.pk, due_at=task.due_at)
    record(Event.TASK_SET, actor=officer, subject=casefile, owner=casefile.agency_id, task=task.pk, assignee=assignee.pk, due_on=due_on)
    return task


@transaction.atomic(durable=True)
def change_task(*, officer: Officer, task_id: UUID, assignee_id: UUID, due_on: date | None, reason: str) -> Task:
    """Give a task to somebody else, or another day, for a reason; it comes anew to the desk of whoever has to do it.

    Raises NotFound (for officers of other agencies and those gone too), NotAllowed (rules.can_work, rules.can_be_set), Conflict if it
    was ended, its case is closed, or nothing would change; Invalid for a reason without words.
    """
    task = held_task(officer, task_id)
    rules.can_work(officer, task.casefile).enforce()
    rules.hold_open(task.casefile)
    rules.hold_running(task)
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    if (assignee_id, due_on) == (task.assignee_id, task.due_on):
        raise Conflict(rules.TASK_STAYS)
    before: dict[str, Any] = {"from": task.assignee_id, "from_due_on": task.due_on}
    task.assignee, task.due_on = colleague(officer, assignee_id), due_on
    rules.can_be_set(task.assignee, task.casefile).enforce()
    task.save(update_fields=["assignee", "due_on"])
    write_entry(officer, task, TaskEntry.Kind.CHANGED, reason)
    notices.settle(ASSIGNED, subject_id=task.pk)
    notices.post(ASSIGNED, to=[task.assignee], subject_id=task.pk, due_at=task.due_at)
    facts: dict[str, Any] = {"task": task.pk, "assignee": task.assignee_id, "due_on": task.due_on, **before}
    record(Event.TASK_CHANGED, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, **facts)
    return task


def held_task(officer: Officer, task_id: UUID) -> Task:
    """A task in the officer's sight, held together with its case. Raises NotFound."""
    casefile_id = Task.objects.visible_to(officer).one(task_id).casefile_id
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    task: Task = Task.objects.visible_to(officer).select_related("assignee").locked().one(task_id)
    task.casefile = casefile
    return task


def write_entry(officer: Officer, task: Task, kind: TaskEntry.Kind, text: str = "") -> TaskEntry:
    """A line in the history of a task, with how the task stands now; in the caller's transaction."""
    touch(task.casefile_id)
    return _entered(task=task, kind=kind, text=text, assignee=task.assignee, due_on=task.due_on, state=task.state, author=officer)


def _entered(**facts: Any) -> TaskEntry:
    entry: TaskEntry = TaskEntry.objects.create(**facts)
    return entry


def _in_state(tasks: GuardedQuerySet[Task], state: str) -> GuardedQuerySet[Task]:
    if state == RUNNING:
        return tasks.filter(state__in=Task.RUNNING)
    return tasks.filter(state=state) if state else tasks


def _mine(officer: Officer) -> GuardedQuerySet[Task]:
    mine: GuardedQuerySet[Task] = (
        Task.objects.visible_to(officer).filter(assignee=officer).select_related("casefile", "assignee", "made_by", "ended_by")
    )
    return mine


def _waiting(officer: Officer, task_id: UUID) -> Waiting | None:
    """A task as its assignee's desk says it; nothing once it is ended or out of their sight."""
    task = _in_state(_mine(officer), RUNNING).filter(pk=task_id).first()
    if task is None:
        return None
    url = reverse("casefiles:task", args=[task.pk])
    return Waiting(title=task.title, text=str(task.casefile), url=url, icon="list-checks", chip=_("Task"), due=task.due_at)


NOTICES = {ASSIGNED: _waiting}
STANDING: dict[str, Standing] = {ASSIGNED: lambda officer: _in_state(_mine(officer), RUNNING).values("pk")}
