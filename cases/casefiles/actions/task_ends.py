"""How a task goes on: taken in hand, done or dropped, and taken up again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import notices
from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.tasks import ASSIGNED, held_task, write_entry
from cases.casefiles.events import Event
from cases.casefiles.models import Task, TaskEntry
from kernel.errors import Conflict, Invalid, NotFound

ENDS = (Task.State.DONE, Task.State.DROPPED)


@transaction.atomic(durable=True)
def move_task(*, officer: Officer, task_id: UUID, state: str) -> Task:
    """A task is taken in hand ("doing"), or laid back to be done ("open").

    Raises NotFound, NotAllowed (rules.can_work_on_task), Conflict if it was ended, its case is closed or it stands so already, Invalid.
    """
    task = held_task(officer, task_id)
    rules.can_work_on_task(officer, task).enforce()
    rules.hold_open(task.casefile)
    rules.hold_running(task)
    if state not in Task.RUNNING:
        raise Invalid
    if state == task.state:
        raise Conflict(rules.TASK_STAYS)
    _stand(task, Task.State(state))
    write_entry(officer, task, TaskEntry.Kind.STATE)
    record(Event.TASK_MOVED, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, task=task.pk, state=state)
    return task


@transaction.atomic(durable=True)
def end_task(*, officer: Officer, task_id: UUID, state: str = Task.State.DONE) -> Task:
    """A task is done, or dropped. Raises NotFound, NotAllowed (rules.can_work_on_task), Conflict if it was ended before, Invalid."""
    task: Task = Task.objects.visible_to(officer).select_related("casefile__lead", "assignee").locked().one(task_id)
    _end(officer, task, state)
    return task


@transaction.atomic(durable=True)
def end_tasks(*, officer: Officer, task_ids: Collection[UUID], state: str = Task.State.DONE) -> list[Task]:
    """Several tasks are done, or dropped: all of them or none. Raises as end_task does."""
    tasks = list(
        Task.objects.visible_to(officer).select_related("casefile__lead", "assignee").locked().filter(pk__in=task_ids).order_by("pk")
    )
    if not tasks or len(tasks) != len(set(task_ids)):
        raise NotFound
    for task in tasks:
        _end(officer, task, state)
    return tasks


@transaction.atomic(durable=True)
def reopen_task(*, officer: Officer, task_id: UUID, reason: str) -> Task:
    """A task that was ended is to be done after all; it comes back to its assignee's desk.

    Raises NotFound, NotAllowed (rules.can_work_on_task, rules.can_be_set), Conflict if it was not ended or its case is closed, Invalid for
    a reason without words.
    """
    task = held_task(officer, task_id)
    rules.can_work_on_task(officer, task).enforce()
    rules.hold_open(task.casefile)
    if task.is_running:
        raise Conflict(rules.TASK_RUNS)
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    rules.can_be_set(task.assignee, task.casefile).enforce()
    _stand(task, Task.State.OPEN)
    write_entry(officer, task, TaskEntry.Kind.REOPENED, reason)
    notices.post(ASSIGNED, to=[task.assignee], subject_id=task.pk, due_at=task.due_at)
    record(Event.TASK_REOPENED, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, task=task.pk, reason=reason)
    return task


def write_end(officer: Officer, task: Task, state: Task.State) -> None:
    """A task in hand is ended, in the caller's transaction."""
    _stand(task, state, ended_at=timezone.now(), ended_by=officer)
    write_entry(officer, task, TaskEntry.Kind.ENDED)
    notices.settle(ASSIGNED, subject_id=task.pk)
    record(Event.TASK_ENDED, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, task=task.pk, state=state)


def _stand(task: Task, state: Task.State, *, ended_at: datetime | None = None, ended_by: Officer | None = None) -> None:
    task.state, task.ended_at, task.ended_by = state, ended_at, ended_by
    task.save(update_fields=["state", "ended_at", "ended_by"])


def _end(officer: Officer, task: Task, state: str) -> None:
    rules.can_work_on_task(officer, task).enforce()
    rules.hold_running(task)
    if state not in ENDS:
        raise Invalid
    write_end(officer, task, Task.State(state))
