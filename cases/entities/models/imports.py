"""A file from outside on its way into a register, and the mappings an agency remembers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import Deed
from cases.casefiles.models import CaseFile
from cases.records.models import Record
from kernel.querysets import GuardedModel, GuardedQuerySet


class Format(models.TextChoices):
    CSV = "csv", _("Text (CSV)")
    XLSX = "xlsx", _("Workbook (.xlsx)")
    ODS = "ods", _("Workbook (.ods)")


class FileImportQuerySet(GuardedQuerySet["FileImport"]):
    def visible_to(self, officer: Any) -> Self:
        """Seen by those who see the case file it goes into and read records: whoever will read the register."""
        if Deed.INTELLIGENCE_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        return self.filter(casefile__in=CaseFile.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    def due(self, now: datetime) -> Self:
        """Those that wait for a worker, or whose worker was not heard of for the time of its claim; the longest waiting first."""
        free = Q(claim_ends_at=None) | Q(claim_ends_at__lt=now)
        return self.filter(free, state__in=FileImport.WORKED).order_by("queued_at", "pk")


class FileImport(GuardedModel):
    """One file: what it is, how it is read, how far it has come. Its content lies in the storage until it is in, or dropped.

    `position` is the row of the file that was done last; whoever goes on begins behind it. `claim` is the worker's who has it now.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("To be mapped")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("Dropped")
        UNDONE = "undone", _("Taken back")

    WORKED = (State.CHECKING, State.WAITING, State.RUNNING)
    ENDED = (State.DONE, State.DROPPED, State.UNDONE)

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)  # the file's, as the officer's machine called it
    stored = models.CharField(max_length=40, editable=False)
    digest = models.CharField(max_length=64)  # SHA-256 of the file, hexadecimal
    size = models.BigIntegerField()  # bytes
    format = models.CharField(max_length=4, choices=Format)
    sheets = models.JSONField(default=list)  # [name, is hidden]
    first = models.JSONField(default=list)  # of each sheet the first rows: [number, cells]
    reading = models.JSONField(default=dict)  # transport.Reading
    mapping = models.JSONField(default=dict)  # transport.TableMapping
    title = models.CharField(max_length=200, blank=True)
    handling_code = models.CharField(max_length=20, blank=True)
    handling_text = models.CharField(max_length=500, blank=True)
    register = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.UPLOADED)
    total = models.PositiveIntegerField(default=0)  # rows, once it was checked
    position = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)  # numbers whose check digit does not hold
    faults = models.JSONField(default=list)  # the first of them: [row, column, code, params]
    failure = models.JSONField(default=dict)  # code and params of the sentence that says why it failed
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    started_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    queued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True, editable=False)
    claim_ends_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)  # the file itself
    undone_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    objects = FileImportQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "uploaded", "checking", "checked", "waiting", "running", "done", "cancelled", "failed", "dropped", "undone",
                    ]
                ),
                name="import_state_known",
            ),
            models.CheckConstraint(condition=~Q(state="undone") | ~Q(undone_reason=""), name="what_was_taken_back_says_why"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["casefile", "-made_at", "-id"], name="imports_of_a_case"),
            models.Index(fields=["queued_at"], condition=Q(state__in=["checking", "waiting", "running"]), name="imports_due"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def is_worked(self) -> bool:
        return self.state in self.WORKED

    @property
    def good(self) -> int:
        """Rows that can be taken in, as far as they were looked at."""
        return self.read - self.faulty

    @property
    def percent(self) -> int:
        """Of the rows; 0 while their number is not known."""
        return min(100, self.read * 100 // self.total) if self.total else 0

    def left(self, now: datetime) -> timedelta | None:
        """How long the rest takes at the pace so far; None until there is a pace."""
        if self.state != self.State.RUNNING or not (self.started_at and self.read and self.total):
            return None
        return (now - self.started_at) / self.read * max(self.total - self.read, 0)


class ImportMappingQuerySet(GuardedQuerySet["ImportMapping"]):
    def visible_to(self, officer: Any) -> Self:
        """One's own agency's, for those who record."""
        if Deed.INTELLIGENCE_RECORD not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        return self.filter(agency_id=officer.agency_id)._scoped(f"officer {officer.pk}")


class ImportMapping(GuardedModel):
    """What the columns of one kind of table mean, remembered by an agency under a name. It holds headers and no rows."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    mapping = models.JSONField()  # transport.TableMapping
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = ImportMappingQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_mapping_per_name_and_agency")]

    def __str__(self) -> str:
        return self.name
