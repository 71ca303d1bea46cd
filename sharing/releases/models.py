"""Releases: exactly which renditions one agency gives another, for what, under which agreement, until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import Group
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer, Principal, Unit
from accounts.roles import Deed
from cases.casefiles.models import CaseFile
from cases.records.handling import Atom
from cases.records.models import Record, Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet
from sharing.agreements import steps
from sharing.agreements.models import Agreement, Article, Condition, Purpose
from sharing.agreements.steps import Step

WAITS_FOR = timedelta(hours=72)
"""What is not approved by then lapses: an approval is of a need that is there now."""


class ReleaseQuerySet(GuardedQuerySet["Release"]):
    def visible_to(self, officer: Any) -> Self:
        """Inside the giving agency: those who see the case it comes from. At the recipient: its addressees, once it was approved."""
        if Deed.RELEASES_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        ours = Q(agency_id=officer.agency_id, casefile__in=CaseFile.objects.visible_to(officer).values("pk"))
        return self.filter(ours | Q(pk__in=self.model.objects.received_by(officer).values("pk")))._scoped(f"officer {officer.pk}")

    def received_by(self, officer: Any) -> Self:
        """Approved releases that have left by the database's clock, addressed to the officer by name, or to a unit they belong to."""
        unit = Q(recipient_unit__group__in=Principal.objects.held_by(officer))
        named = Exists(Addressee.objects.filter(release=OuterRef("pk"), officer_id=officer.pk))
        crossed = self.filter(status__in=Release.CROSSED, leaves_at__lte=Now(), recipient_id=officer.agency_id)
        return crossed.filter(unit | named)._scoped(f"officer {officer.pk}")

    def awaiting_approval(self) -> Self:
        return self.filter(status=Release.Status.AWAITING)

    def live(self) -> Self:
        """Approved and gone out, neither recalled nor past its end, by the database's clock."""
        return self.filter(status=Release.Status.APPROVED, leaves_at__lte=Now(), ends_at__gt=Now())

    def can_be_stopped(self) -> Self:
        """Approved, and its time to leave has not come, by the database's clock."""
        return self.filter(status=Release.Status.APPROVED, leaves_at__gt=Now())

    def lapsed(self) -> Self:
        """They wait, and were not decided in time, by the database's clock."""
        return self.awaiting_approval().filter(requested_at__lte=Now() - WAITS_FOR)


class Release(GuardedModel):
    """The legal record of what was given. Sight follows from it as grants to the release's own group (records.RecordGrant)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AWAITING = "awaiting", _("Awaiting approval")
        SENT_BACK = "sent-back", _("Sent back")
        REFUSED = "refused", _("Refused")
        LAPSED = "lapsed", _("Lapsed")
        APPROVED = "approved", _("Released")
        STOPPED = "stopped", _("Stopped before it left")
        RECALLED = "recalled", _("Recalled")

    CROSSED = (Status.APPROVED, Status.RECALLED)
    sight_includes = frozenset({"agreement"})

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="+")
    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recipient_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    legal_basis = models.CharField(max_length=500)
    conditions = ArrayField(models.CharField(max_length=20, choices=Condition), default=list)
    further_conditions = ArrayField(models.CharField(max_length=700), default=list)  # restrictions in words that its records carry
    cover_note = models.CharField(max_length=1_000, blank=True)
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    requested_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(db_default=Now())
    supervisors = models.PositiveSmallIntegerField(default=1)  # how many must approve it, as sharing.agreements.steps found
    legal = models.BooleanField(default=False)  # and whether a legal review must
    content_hash = models.CharField(max_length=64, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    leaves_at = models.DateTimeField(null=True)  # until then it can be stopped, and its recipients see nothing
    told_at = models.DateTimeField(null=True)  # when its recipients were told; they saw it before
    stopped_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=500, blank=True)
    expired_at = models.DateTimeField(null=True)  # when its end was written down; sight had ended by itself
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")

    objects = ReleaseQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="one_release_per_reference_and_agency"),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")), name="four_eyes"),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "recalled"])
                | Q(approved_by__isnull=False, approved_hash=F("content_hash"), agreement__isnull=False) & ~Q(content_hash=""),
                name="what_was_approved_is_what_leaves",
            ),
            models.CheckConstraint(condition=Q(supervisors__gte=1) | Q(legal=True), name="somebody_approves_a_release"),
            models.CheckConstraint(condition=~Q(agency=F("recipient")), name="a_release_crosses_a_border"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "awaiting", "sent-back", "refused", "lapsed", "approved", "stopped", "recalled"]),
                name="release_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "recalled", "stopped"]) | Q(leaves_at__isnull=False),
                name="what_was_approved_leaves_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="stopped") | Q(stopped_by__isnull=False, stopped_at__isnull=False), name="somebody_stopped_it"
            ),
            models.CheckConstraint(
                condition=~Q(status="recalled") | Q(recalled_by__isnull=False) & ~Q(recall_reason=""), name="a_recall_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-approved_at"], name="releases_received"),
            models.Index(fields=["casefile", "-requested_at"], name="releases_of_a_case"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def has_left(self) -> bool:
        """Whether its time to leave has come, for the page; sight itself begins by the database's clock."""
        return self.leaves_at is not None and self.leaves_at <= timezone.now()

    @property
    def lapses_at(self) -> datetime:
        return self.requested_at + WAITS_FOR

    @property
    def is_over(self) -> bool:
        """Whether its end has come, for the page; sight itself is ended by the database's clock."""
        return self.ends_at <= timezone.now()


class WithRelease(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen with the release: its cover is one thing, what its lines show is decided by records."""
        return self.filter(release__in=Release.objects.visible_to(officer).values("pk"))._scoped(f"officer {officer.pk}")


class InsideRelease(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen inside the giving agency only: why it was approved, refused or sent back is nobody else's business."""
        ours = Release.objects.visible_to(officer).filter(agency_id=officer.agency_id)
        return self.filter(release__in=ours.values("pk"))._scoped(f"officer {officer.pk}")


class Accepted(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Inside the giving agency all; elsewhere one's own: the recipients of a release do not see each other."""
        releases = Release.objects.visible_to(officer)
        ours = Q(release__in=releases.filter(agency_id=officer.agency_id).values("pk"))
        return self.filter(ours | Q(release__in=releases.values("pk"), officer_id=officer.pk))._scoped(f"officer {officer.pk}")


class Line(GuardedModel):
    """One rendition that leaves, with the rights it leaves with. A line shows no content: the rendition's own predicate does."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="lines")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    rights = ArrayField(models.CharField(max_length=12), default=list)
    conditions = ArrayField(models.CharField(max_length=20, choices=Condition), default=list)

    objects = WithRelease.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "rendition"], name="a_rendition_leaves_once_per_release")]


class Addressee(models.Model):
    """An officer named as a recipient. Reached through its release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="addressees")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "officer"], name="an_officer_is_named_once_per_release")]


class Decision(GuardedModel):
    """What one of those who must approve decided on one exact content, with which proof of presence. Voided when it is asked anew."""

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent-back", _("Sent back")
        REFUSED = "refused", _("Refused")

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="decisions")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=Step, default=Step.SUPERVISOR)
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.CharField(max_length=1_000, blank=True)
    content_hash = models.CharField(max_length=64)
    proof = models.UUIDField(null=True)
    decided_at = models.DateTimeField(db_default=Now())
    voided_at = models.DateTimeField(null=True)

    objects = InsideRelease.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["release", "officer"], condition=Q(voided_at=None), name="an_officer_decides_once_per_release"),
            models.CheckConstraint(condition=Q(step__in=["supervisor", "legal"]), name="decision_step_known"),
        ]


class Comment(GuardedModel):
    """What somebody of the giving agency says about a release that waits. It stays, and nobody outside ever reads it."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="comments")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2_000)
    said_at = models.DateTimeField(db_default=Now())

    objects = InsideRelease.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]


class Acceptance(GuardedModel):
    """A reader accepted these very conditions; it made them a member of the release's group."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="acceptances")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    accepted_at = models.DateTimeField(db_default=Now())

    objects = Accepted.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["release", "officer"], name="conditions_are_accepted_once")]


class ApprovalRuleQuerySet(GuardedQuerySet["ApprovalRule"]):
    def visible_to(self, officer: Any) -> Self:
        """Those of one's own agency, for whoever reads its releases or its ledger: the table says nothing of any release."""
        mine = self.filter(agency_id=officer.agency_id) if officer.deeds & {Deed.RELEASES_READ, Deed.LEDGER_READ} else self.none()
        return mine._scoped(f"officer {officer.pk}")

    def standing(self) -> Self:
        return self.filter(ended_at=None)


class ApprovalRule(GuardedModel):
    """One row of an agency's table of who must approve what (sharing.agreements.steps): reviewed data. It is ended, never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    atom = models.CharField(max_length=12, choices=Atom, blank=True)
    country = models.CharField(max_length=8, blank=True)  # steps.HOME, steps.ABROAD, a country's code, or any
    personal = models.BooleanField(default=False)
    from_source = models.BooleanField(default=False)
    supervisors = models.PositiveSmallIntegerField()
    legal = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    objects = ApprovalRuleQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(supervisors__lte=steps.MOST_SUPERVISORS), name="two_supervisors_at_most"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_approval_rule_has_its_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason=""),
                name="an_approval_rule_ends_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-added_at"], name="approval_rules_of_an_agency")]

    @property
    def row(self) -> steps.Row:
        """As the pure answer reads it."""
        return steps.Row(
            self.pk, self.supervisors, legal=self.legal, atom=self.atom, country=self.country, personal=self.personal,
            from_source=self.from_source,
        )  # fmt: skip
