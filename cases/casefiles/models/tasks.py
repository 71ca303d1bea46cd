"""What is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel, GuardedQuerySet

LAST_DAY = date(9999, 12, 30)
"""Its end is a moment in every zone; that of the day after is none that clocks can say."""


class Task(GuardedModel):
    """Something to be done in a case, by somebody, by some day. What became of it is told by its entries."""

    class State(models.TextChoices):
        OPEN = "open", _("To do")
        DOING = "doing", _("Doing")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    RUNNING = (State.OPEN, State.DOING)

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    assignee = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "doing", "done", "dropped"]), name="task_state_known"),
            models.CheckConstraint(condition=Q(state__in=["open", "doing"]) ^ Q(ended_at__isnull=False), name="an_ended_task_has_its_day"),
            models.CheckConstraint(condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="only_an_ended_task_was_ended_by_somebody"),
        ]
        indexes = [
            models.Index(fields=["casefile", "-made_at"], name="tasks_of_a_case"),
            models.Index(fields=["assignee", "due_on"], condition=Q(state__in=["open", "doing"]), name="tasks_of_an_officer"),
        ]

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def due_at(self) -> datetime | None:
        """The end of the day it is due, where its assignee is."""
        day = min(self.due_on, LAST_DAY) if self.due_on else None
        return datetime.combine(day, time(23, 59), ZoneInfo(self.assignee.time_zone)) if day else None

    @property
    def is_late(self) -> bool:
        """Whether it is still to be done after its day."""
        return self.is_running and self.due_at is not None and self.due_at < timezone.now()

    @property
    def days_late(self) -> int:
        """How many whole days it is overdue where its assignee is."""
        return (timezone.now() - self.due_at).days if self.is_late and self.due_at else 0


class OfTask(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the task."""
        return self.filter(task__in=Task.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class TaskEntry(GuardedModel):
    """One thing that was done with a task or said of it. It stays as it was written."""

    class Kind(models.TextChoices):
        SET = "set", _("Set the task")
        COMMENT = "comment", _("Commented")
        CHANGED = "changed", _("Changed the task")
        STATE = "state", _("Moved the task")
        ENDED = "ended", _("Ended the task")
        REOPENED = "reopened", _("Took the task up again")

    untold: Sequence[Officer] = ()  # set by the deed that wrote it: whom it speaks to and who does not see the case
    sight_includes = frozenset({"task"})

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(max_length=10_000, blank=True)
    assignee = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=Task.State)
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = OfTask.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["set", "comment", "changed", "state", "ended", "reopened"], state__in=["open", "doing", "done", "dropped"]
                ),
                name="task_entry_vocabulary_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["set", "state", "ended"]) | ~Q(text=""), name="a_comment_or_a_change_of_a_task_has_words"
            ),
        ]
        indexes = [models.Index(fields=["task", "-at"], name="entries_of_a_task")]


class TaskMention(GuardedModel):
    """A colleague to whom a comment speaks, who saw its case then and was told."""

    sight_includes = frozenset({"task", "entry"})

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="mentions")
    entry = models.ForeignKey(TaskEntry, on_delete=models.PROTECT, related_name="mentions")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    objects = OfTask.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "officer"], name="a_comment_speaks_to_an_officer_once")]
