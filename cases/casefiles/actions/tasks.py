"""What is to be done in a case, by whom, until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Task
from cases.casefiles.storage import colleague, touch
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page

ASSIGNED = "casefiles.task.assigned"
ENDS = (Task.State.DONE, Task.State.DROPPED)


@transaction.atomic(durable=True)
def list_tasks(*, officer: Officer, casefile_id: UUID, state: str = "", after: str = "", size: int = 50) -> tuple[CaseFile, Page[Task]]:
    """The case and its tasks, those set last first. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    tasks = Task.objects.visible_to(officer).filter(casefile=casefile).select_related("assignee", "made_by")
    page = (tasks.filter(state=state) if state else tasks).newest(by="made_at", after=after, size=size)
    record(Event.TASKS_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows), query={"state": state})
    return casefile, page


@transaction.atomic(durable=True)
def set_task(*, officer: Officer, casefile_id: UUID, title: str, assignee_id: UUID, due_on: date | None = None) -> Task:
    """Give somebody who sees the case something to do in it, and leave word on their desk; `due_on` is a day where they are.

    Raises NotFound (for officers of other agencies too), NotAllowed (rules.can_work, rules.can_be_set), Conflict in a closed case.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    assignee = colleague(officer, assignee_id)
    rules.can_be_set(assignee, casefile).enforce()
    task: Task = Task.objects.create(casefile=casefile, title=title, assignee=assignee, due_on=due_on, made_by=officer)
    notices.post(ASSIGNED, to=[assignee], subject_id=task.pk, due_at=_end_of(due_on, assignee))
    touch(casefile.pk)
    record(Event.TASK_SET, actor=officer, subject=casefile, owner=casefile.agency_id, task=task.pk, assignee=assignee.pk, due_on=due_on)
    return task


@transaction.atomic(durable=True)
def end_task(*, officer: Officer, task_id: UUID, state: str = Task.State.DONE) -> Task:
    """A task is done, or dropped. Raises NotFound, NotAllowed (rules.can_end_task), Conflict if it was ended before, Invalid."""
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


def _end(officer: Officer, task: Task, state: str) -> None:
    rules.can_end_task(officer, task).enforce()
    if task.state != Task.State.OPEN:
        raise Conflict(rules.TASK_ENDED)
    if state not in ENDS:
        raise Invalid
    task.state, task.ended_at = Task.State(state), timezone.now()
    task.save(update_fields=["state", "ended_at"])
    notices.settle(ASSIGNED, subject_id=task.pk)
    touch(task.casefile_id)
    record(Event.TASK_ENDED, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, task=task.pk, state=state)


def _end_of(day: date | None, officer: Officer) -> datetime | None:
    return datetime.combine(day, time(23, 59), ZoneInfo(officer.time_zone)) if day else None


def _open_tasks(officer: Officer) -> QuerySet[Task]:
    tasks: QuerySet[Task] = Task.objects.visible_to(officer).filter(state=Task.State.OPEN, assignee=officer)
    return tasks


def _waiting(officer: Officer, task_id: UUID) -> Waiting | None:
    """A task as its assignee's desk says it; nothing once it is ended or out of their sight."""
    task = _open_tasks(officer).select_related("casefile").filter(pk=task_id).first()
    if task is None:
        return None
    url = reverse("casefiles:tasks", args=[task.casefile_id])
    return Waiting(
        title=task.title, text=str(task.casefile), url=url, icon="list-checks", chip=_("Task"), due=_end_of(task.due_on, officer)
    )


NOTICES = {ASSIGNED: _waiting}
STANDING: dict[str, Standing] = {ASSIGNED: lambda officer: _open_tasks(officer).values("pk")}
