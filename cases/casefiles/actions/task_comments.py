"""What is said of a task, and to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.tasks import MENTIONED, held_task, write_entry
from cases.casefiles.events import Event
from cases.casefiles.models import Task, TaskEntry, TaskMention
from cases.casefiles.speaking import called, sees


@transaction.atomic(durable=True)
def comment_task(*, officer: Officer, task_id: UUID, text: str, tell: Collection[UUID] = ()) -> TaskEntry:
    """Say something of a task, for good. Whose task it is and who set it hear of it, and whom it speaks to.

    Whoever does not see the case hears nothing; those it speaks to by name stand in the comment's `untold`, for its author alone.
    Raises NotFound (for officers of other agencies in `tell` too), NotAllowed (rules.can_work_on_task), Conflict if the case is closed.
    """
    task = held_task(officer, task_id)
    rules.can_work_on_task(officer, task).enforce()
    rules.hold_open(task.casefile)
    entry = write_entry(officer, task, TaskEntry.Kind.COMMENT, text)
    spoken = {each.pk: each for each in called(officer, text, tell) if each.pk != officer.pk}
    hearing = {each.pk: each for each in _near(officer, task)} | spoken
    seeing = [each for each in hearing.values() if sees(each, task.casefile)]
    entry.untold = [each for each in spoken.values() if each not in seeing]
    TaskMention.objects.bulk_create(TaskMention(task=task, entry=entry, officer=each) for each in seeing)
    notices.post(MENTIONED, to=seeing, subject_id=task.pk)
    told = [each.pk for each in seeing]
    record(Event.TASK_COMMENTED, actor=officer, subject=task.casefile, owner=task.casefile.agency_id, task=task.pk, told=told)
    return entry


def _near(officer: Officer, task: Task) -> Iterator[Officer]:
    """Whose task it is, and who set it."""
    yield from Officer.objects.filter(pk__in={task.assignee_id, task.made_by_id} - {officer.pk}, is_active=True)


def _unread(officer: Officer) -> QuerySet[TaskMention]:
    mine: QuerySet[TaskMention] = TaskMention.objects.visible_to(officer).filter(officer=officer, read_at=None)
    return mine


def _waiting(officer: Officer, task_id: UUID) -> Waiting | None:
    """A comment as the desk of whom it speaks to says it; nothing once it is read or out of their sight."""
    found = _unread(officer).select_related("task__casefile", "entry__author").filter(task=task_id).order_by("-entry__at").first()
    if found is None:
        return None
    title = _("%(name)s commented on a task") % {"name": found.entry.author.name}
    url = reverse("casefiles:task", args=[task_id])
    return Waiting(title=title, text=found.task.title, url=url, icon="list-checks", chip=_("Task"), tone="info")


NOTICES = {MENTIONED: _waiting}
STANDING: dict[str, Standing] = {MENTIONED: lambda officer: _unread(officer).values("task")}
