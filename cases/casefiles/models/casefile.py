"""The file itself, and who may see and work on it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer, Principal, Unit
from accounts.roles import Deed
from kernel.grants import Grant
from kernel.querysets import GuardedModel, GuardedQuerySet

INSIDE = {
    "level": "restricted",
    "wording": _("Case file: for its audience alone"),
    "note": _("The inside of a case. It is never released."),
}
COMPARTMENT = {"level": "secret", "wording": _("Compartment: case team only"), "note": _("Never widened.")}


class NoticeMode(models.TextChoices):
    """Who hears when another agency holds the same person, number or place."""

    BOTH = "both", _("Both desks are told whom to call")
    OWNER_ONLY = "owner-only", _("Only we are told; the other side gets no match")


class CaseFileQuerySet(GuardedQuerySet["CaseFile"]):
    def visible_to(self, officer: Any) -> Self:
        """The files whose audience the officer belongs to, if their role reads cases."""
        return self.holding("view", officer)

    def holding(self, right: str, officer: Any) -> Self:
        if Deed.CASES_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        held = CaseGrant.objects.live().for_right(right).filter(group__in=Principal.objects.held_by(officer))
        return self.filter(pk__in=held.values("content_object"))._scoped(f"officer {officer.pk}")

    def open(self) -> Self:
        return self.exclude(status=CaseFile.Status.CLOSED)

    def of_team_of(self, officer: Any) -> Self:
        """Those the officer leads or is on the team of."""
        return self.filter(Q(lead_id=officer.pk) | Q(team__in=Principal.objects.held_by(officer)))


class CaseFile(GuardedModel):
    """One agency's file on one matter, or a unit's standing file for what belongs to no case yet."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DORMANT = "dormant", _("Dormant")
        CLOSED = "closed", _("Closed")

    class Outcome(models.TextChoices):
        CHARGED = "charged", _("Charged")
        CONVICTED = "convicted", _("Convicted")
        ACQUITTED = "acquitted", _("Acquitted")
        NO_OFFENCE = "no-offence", _("No offence found")
        UNSOLVED = "unsolved", _("Unsolved")
        TRANSFERRED = "transferred", _("Transferred")
        MERGED = "merged", _("Merged into another case")
        OTHER = "other", _("Other outcome")

    class Audience(models.TextChoices):
        TEAM = "team", _("The case team")
        UNIT = "unit", _("The whole unit")
        AGENCY = "agency", _("The whole agency")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    summary = models.TextField(max_length=10_000, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    is_standing = models.BooleanField(default=False)
    lead = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    prosecutor = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.TEAM)
    audience_reason = models.CharField(max_length=500, blank=True)
    is_compartment = models.BooleanField(default=False)
    notice_mode = models.CharField(max_length=12, choices=NoticeMode, default=NoticeMode.OWNER_ONLY)
    team = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    active_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)

    objects = CaseFileQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view", "work")
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="one_case_per_reference_and_agency"),
            models.UniqueConstraint(fields=["unit"], condition=Q(is_standing=True), name="one_standing_file_per_unit"),
            models.CheckConstraint(condition=Q(is_compartment=False) | Q(audience="team"), name="a_compartment_is_never_widened"),
            models.CheckConstraint(condition=Q(audience="team") | ~Q(audience_reason=""), name="a_wider_audience_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["open", "dormant", "closed"], audience__in=["team", "unit", "agency"], notice_mode__in=NoticeMode.values
                ),
                name="case_vocabulary_known",
            ),
            models.CheckConstraint(condition=Q(status="closed") ^ Q(closed_at=None), name="a_closed_case_has_its_day"),
            models.CheckConstraint(condition=Q(status="closed") ^ Q(outcome=""), name="a_closed_case_has_its_outcome"),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "",
                        "charged",
                        "convicted",
                        "acquitted",
                        "no-offence",
                        "unsolved",
                        "transferred",
                        "merged",
                        "other",
                    ]
                ),
                name="case_outcome_known",
            ),
        ]
        indexes = [models.Index(fields=["-active_at", "id"], name="cases_by_activity")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def marking(self) -> dict[str, Any]:
        """What a page that tells of its inside is marked with."""
        return COMPARTMENT if self.is_compartment else INSIDE

    def audience_groups(self) -> list[int]:
        """The groups whose members may see the file: always its team, and its unit or agency where it was widened."""
        wider = {self.Audience.UNIT: self.unit.group_id, self.Audience.AGENCY: self.agency.group_id}
        return [self.team_id, *([wider[self.Audience(self.audience)]] if self.audience in wider else [])]

    def groups_outside(self, former: Unit | None = None) -> list[int]:
        """The unit's and the agency's groups where they do not belong to the audience, and those of a unit it was with before."""
        near = [self.unit.group_id, self.agency.group_id, *([former.group_id] if former else [])]
        return [group for group in near if group not in self.audience_groups()]


class CaseGrant(Grant):
    """A group may view, or work on, a case file."""

    content_object = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="grants")

    class Meta:
        unique_together: ClassVar[list[Any]] = []
        constraints = [
            models.UniqueConstraint(
                fields=["group", "permission", "content_object", "cause"], nulls_distinct=False, name="one_case_grant_per_cause"
            )
        ]
        indexes = [models.Index(fields=["group", "permission", "content_object"], condition=Q(ended_at=None), name="case_grants_held")]


class InsideQuerySet(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly by those who see the file."""
        return self.filter(casefile__in=CaseFile.objects.seen_by(officer))._scoped(f"officer {officer.pk}")
