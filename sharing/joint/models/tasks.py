"""What the agencies of a joint case agreed to do."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from kernel.querysets import GuardedModel, GuardedQuerySet
from sharing.joint.models.case import Admission, InsideQuerySet, JointCase, Party


class AgreedTaskQuerySet(InsideQuerySet):
    """Seen by the team alone, as everything inside."""

    def held(self) -> Self:
        """With `is_held`: whether its assignee is admitted by the owning agency at this moment. Whoever is not has nothing to do here."""
        admitted = Admission.objects.standing().filter(party=OuterRef("party"), officer=OuterRef("assignee"), officer__is_active=True)
        return self.annotate(is_held=Exists(admitted))

    def running(self) -> Self:
        """Still to be done, in a joint case that goes on."""
        return self.filter(state__in=AgreedTask.RUNNING, joint__closed_at=None)

    def waiting_for(self, officer: Any) -> Self:
        """What is the officer's own to do, and what their agency has to do and nobody holds."""
        own = Q(assignee=officer.pk, is_held=True) | Q(party__agency=officer.agency_id, is_held=False)
        return self.held().running().filter(own)


class AgreedTask(GuardedModel):
    """Something that one agency of a joint case is to do, by some day, and perhaps by whom. What became of it is told by its entries."""

    class State(models.TextChoices):
        OPEN = "open", _("To do")
        DOING = "doing", _("Doing")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    RUNNING = (State.OPEN, State.DOING)

    is_held: bool  # by AgreedTaskQuerySet.held
    sight_includes = frozenset({"joint", "party"})

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="tasks")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000, blank=True)
    assignee = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = AgreedTaskQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "doing", "done", "dropped"]), name="agreed_task_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "doing"], ended_at=None, ended_by=None)
                | Q(state__in=["done", "dropped"]) & ~Q(ended_at=None) & ~Q(ended_by=None),
                name="an_agreed_task_is_ended_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["joint", "-made_at"], name="tasks_of_a_joint_case"),
            models.Index(fields=["assignee"], condition=Q(state__in=["open", "doing"]), name="agreed_tasks_of_an_officer"),
        ]

    @property
    def holder(self) -> Officer | None:
        """Who has it in hand: nobody, once their agency has left or their admission ended. The row is read with `held()`."""
        return self.assignee if self.is_held else None

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def due_at(self) -> datetime | None:
        """The end of the day it is due, where whoever holds it is, else where whoever set it is."""
        place = (self.holder or self.made_by).time_zone
        return datetime.combine(self.due_on, time(23, 59), ZoneInfo(place)) if self.due_on else None

    @property
    def is_late(self) -> bool:
        """Whether it is still to be done after its day."""
        return self.is_running and self.due_at is not None and self.due_at < timezone.now()

    @property
    def days_late(self) -> int:
        return (timezone.now() - self.due_at).days if self.is_late and self.due_at else 0


class OfAgreedTask(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the task."""
        return self.filter(task__in=AgreedTask.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class AgreedEntry(GuardedModel):
    """One thing that was done with a task of a joint case or said of it. It stays as it was written."""

    class Kind(models.TextChoices):
        SET = "set", _("Set the task")
        COMMENT = "comment", _("Commented")
        CHANGED = "changed", _("Changed the task")
        STATE = "state", _("Moved the task")
        ENDED = "ended", _("Ended the task")
        REOPENED = "reopened", _("Took the task up again")

    sight_includes = frozenset({"task"})

    task = models.ForeignKey(AgreedTask, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(max_length=10_000, blank=True)
    assignee = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=AgreedTask.State)
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = OfAgreedTask.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["set", "comment", "changed", "state", "ended", "reopened"], state__in=["open", "doing", "done", "dropped"]
                ),
                name="agreed_entry_vocabulary_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["set", "state"]) | Q(kind="ended", state="done") | ~Q(text=""),
                name="what_is_said_or_dropped_of_an_agreed_task_has_words",
            ),
        ]
        indexes = [models.Index(fields=["task", "-at"], name="entries_of_an_agreed_task")]
