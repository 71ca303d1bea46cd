"""Treaties, memoranda and standing letters as gates: nothing crosses between agencies without one in force."""

from __future__ import annotations

from typing import Any, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import Deed
from kernel.querysets import GuardedModel, GuardedQuerySet
from sharing.agreements import terms
from sharing.agreements.terms import Terms


class Purpose(models.TextChoices):
    INVESTIGATION = "investigation", _("Criminal investigation")
    PROSECUTION = "prosecution", _("Prosecution and trial")
    PREVENTION = "prevention", _("Preventing a crime")
    IMMINENT_DANGER = "imminent-danger", _("Imminent danger to life")
    ASSET_RECOVERY = "asset-recovery", _("Freezing and recovering assets")


class Condition(models.TextChoices):
    """What a recipient promises. Each says who enforces it."""

    NO_ONWARD = "no-onward", _("Not passed on without the owner's permission")
    NO_COURT = "no-court", _("Not used in court without the owner's permission")
    PURPOSE_ONLY = "purpose-only", _("Used for the stated purpose only")
    NAMED_READERS = "named-readers", _("Read by the named officers only")
    NO_COPY = "no-copy", _("No copies made outside this portal")
    TELL_OUTCOME = "tell-outcome", _("The owner is told what came of it")
    NO_EVIDENCE = "no-evidence", _("For orientation only: never evidence")
    NO_DEATH_PENALTY = "no-death-penalty", _("Not for proceedings that may lead to the death penalty")
    RESERVE = "reserve", _("Kept in reserve, as the reader guarantees in writing")


ENFORCED_BY = {
    Condition.NO_ONWARD: _("Enforced by this node: what was received cannot be released again."),
    Condition.NO_COURT: _("Enforced by law: the recipient's prosecutors are bound by the agreement."),
    Condition.PURPOSE_ONLY: _("Enforced by persons: the reader promises it on opening."),
    Condition.NAMED_READERS: _("Enforced by this node: nobody else is let in."),
    Condition.NO_COPY: _("Enforced by persons: this node offers no download, but cannot stop a camera."),
    Condition.TELL_OUTCOME: _("Enforced by persons: the reader promises it on opening."),
    Condition.NO_EVIDENCE: _("Enforced by law: it has no value as proof where it comes from."),
    Condition.NO_DEATH_PENALTY: _("Enforced by law: the recipient's state is bound by the agreement."),
    Condition.RESERVE: _("Enforced by persons: accepting the conditions is the written guarantee, and is kept."),
}


class AgreementQuerySet(GuardedQuerySet["Agreement"]):
    def visible_to(self, officer: Any) -> Self:
        """The agreements one's agency is a party to."""
        if Deed.AGREEMENTS_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        mine = Party.objects.filter(agreement=OuterRef("pk"), agency_id=officer.agency_id)
        return self.filter(Exists(mine))._scoped(f"officer {officer.pk}")

    def in_force(self) -> Self:
        """Signed by all, not suspended or ended, and within its dates by the database's clock."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=Now()), status=Agreement.Status.IN_FORCE, starts_at__lte=Now())

    def between(self, one: Any, other: Any) -> Self:
        """Those to which both agencies (ids) are parties."""
        return self.filter(
            Exists(Party.objects.filter(agreement=OuterRef("pk"), agency_id=one)),
            Exists(Party.objects.filter(agreement=OuterRef("pk"), agency_id=other)),
        )


class Agreement(GuardedModel):
    """What two or more agencies promised each other: for which purposes, with which handling codes, from when until when."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in-force", _("In force")
        SUSPENDED = "suspended", _("Suspended")
        ENDED = "ended", _("Ended")

    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    purposes = ArrayField(models.CharField(max_length=20, choices=Purpose), default=list)
    handling_codes = ArrayField(models.CharField(max_length=34), default=list)  # "scheme:code", as accepted by the parties
    covers_deconfliction = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(db_default=Now())
    status_reason = models.CharField(max_length=500, blank=True)
    status_at = models.DateTimeField(db_default=Now())
    suspended_by = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["draft", "in-force", "suspended", "ended"]), name="agreement_status_known"),
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="agreement_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference})"


class Article(models.Model):
    """One article of an agreement: what it lets its parties do. Seen with its agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="articles")
    number = models.CharField(max_length=12)
    text = models.TextField(max_length=4_000)
    purposes = ArrayField(models.CharField(max_length=20, choices=Purpose), default=list)

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_article_per_number")]


class VersionQuerySet(models.QuerySet["Version"]):
    def standing(self) -> Self:
        """Signed by every party and begun, the newest first: the first of an agreement is the one in force."""
        return self.filter(agreed_at__isnull=False, starts_at__lte=Now()).order_by("-number")

    def waiting(self) -> Self:
        """Written, neither signed by every party nor dropped."""
        return self.filter(agreed_at=None, dropped_at=None)


class Version(models.Model):
    """The terms of an agreement from one day on: written once, hashed, signed by every party. Seen with its agreement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    terms = models.JSONField()  # terms.written
    changed = models.CharField(max_length=1_000, blank=True)
    reason = models.CharField(max_length=1_000, blank=True)
    starts_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(db_default=Now())
    agreed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(agreed_at=None, dropped_at=None), name="one_version_waits_for_signatures"
            ),
            models.CheckConstraint(condition=Q(agreed_at=None) | Q(dropped_at=None), name="what_was_agreed_is_not_dropped"),
        ]

    @property
    def read(self) -> Terms:
        return terms.read(self.terms)


class Signature(models.Model):
    """One party's signature under one version's hash, with which proof of presence. Seen with its agreement."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    proof = models.UUIDField(null=True)  # none where it was signed before proof was asked for
    signed_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["version", "agency"], name="a_party_signs_a_version_once")]


class Party(models.Model):
    """An agency bound by an agreement once one of its officers has signed. Seen with its agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="an_agency_is_a_party_once")]
