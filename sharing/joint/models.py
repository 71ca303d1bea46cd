"""Joint cases of several agencies: what each wrote for all of them, and the records each gave, under one agreement.

No agency's case file is opened to another. Each has a file of its own for the joint case; what is in it stays there until it is given.
"""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer, Principal
from accounts.roles import Deed
from cases.casefiles.models import CaseFile
from cases.casefiles.storage import draw
from cases.records.models import Record, Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet
from sharing.agreements.models import Agreement, Article, Condition, Purpose, Version

PROMISED = frozenset({Condition.NO_ONWARD, Condition.NO_COURT})
"""What every agency promises for its team by joining. Whatever else a record demands of its reader keeps it out of a joint case."""

MARKING = {
    "level": "restricted",
    "wording": _("Joint case: for its team of several agencies"),
    "note": _("It stays in the case. What else leaves, leaves by a release."),
}
"""What a page that tells of a joint case is marked with."""


def new_reference() -> str:
    """Drawn, never counted."""
    return f"J-{draw(8)}"


class PartyQuerySet(GuardedQuerySet["Party"]):
    def visible_to(self, officer: Any) -> Self:
        """Seen with the joint case's cover."""
        return self.filter(joint__in=JointCase.objects.visible_to(officer).values("pk"))._scoped(f"officer {officer.pk}")

    def led_by(self, officer: Any) -> Self:
        """The seats of the officer's own agency, if they supervise: asked, or joined."""
        if not {Deed.CASES_READ, Deed.CASES_LEAD} <= officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        return self.filter(agency_id=officer.agency_id, state__in=Party.STANDING)._scoped(f"officer {officer.pk}")

    def sat_by(self, officer: Any) -> Self:
        """The joined seats of the officer's own agency to which they are admitted at this moment."""
        held = Principal.objects.held_by(officer)
        mine = Admission.objects.standing().filter(party=OuterRef("pk"), officer_id=officer.pk)
        seats = self.filter(Exists(mine), agency_id=officer.agency_id, state=Party.State.JOINED, group__in=held)
        return seats._scoped(f"officer {officer.pk}")


class JointCaseQuerySet(GuardedQuerySet["JointCase"]):
    def visible_to(self, officer: Any) -> Self:
        """Its cover, which tells nothing of its matter: for the supervisors of each agency asked or joined, and for its team."""
        if Deed.CASES_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        led = Party.objects.led_by(officer).values("joint")
        return self.filter(Q(pk__in=led) | Q(pk__in=self.model.objects.inside(officer).values("pk")))._scoped(f"officer {officer.pk}")

    def inside(self, officer: Any) -> Self:
        """Those that the officer is admitted to, while their agreement is in force by the database's clock."""
        if Deed.CASES_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        seats = Party.objects.sat_by(officer).values("joint")
        agreed = Agreement.objects.unscoped("whether what a joint case stands under is in force").in_force()
        return self.filter(pk__in=seats, agreement__in=agreed.values("pk"))._scoped(f"officer {officer.pk}")


class JointCase(GuardedModel):
    """The cover: whose it is, under which agreement, for what purpose. What it is about is its mandate's to say."""

    sight_includes = frozenset({"agreement"})

    host = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")  # of the agreement, as it was opened under
    purpose = models.CharField(max_length=20, choices=Purpose)
    opened_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    closed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = JointCaseQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | ~Q(closed_at=None) & ~Q(closed_by=None),
                name="a_joint_case_is_closed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Party(GuardedModel):
    """An agency's seat: asked, and joined once a supervisor of that agency said so. Its group holds whom that agency admitted."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked to join")
        JOINED = "joined", _("Takes part")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Left")

    STANDING = (State.ASKED, State.JOINED)
    sight_includes = frozenset({"joint"})

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    casefile = models.OneToOneField(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = PartyQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["joint", "agency"], name="an_agency_sits_once_in_a_joint_case"),
            models.CheckConstraint(condition=Q(state__in=["asked", "joined", "declined", "left"]), name="seat_state_known"),
            models.CheckConstraint(condition=Q(state="asked") ^ Q(answered_by__isnull=False), name="somebody_answers_for_a_seat"),
            models.CheckConstraint(condition=~Q(state="joined") | Q(casefile__isnull=False), name="who_joins_has_a_file_of_its_own"),
        ]


class InsideQuerySet(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen by the team alone."""
        return self.filter(joint__in=JointCase.objects.inside(officer).values("pk"))._scoped(f"officer {officer.pk}")


class Mandate(GuardedModel):
    """What a joint case is about."""

    joint = models.OneToOneField(JointCase, on_delete=models.PROTECT, related_name="mandate")
    title = models.CharField(max_length=160)
    summary = models.TextField(max_length=10_000, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()


class AdmissionQuerySet(GuardedQuerySet["Admission"]):
    def visible_to(self, officer: Any) -> Self:
        """The team sees the whole team; a supervisor who is not on it sees whom their own agency admitted."""
        seats = Party.objects.unscoped("whose seats the team sees").filter(joint__in=JointCase.objects.inside(officer).values("pk"))
        led = Party.objects.led_by(officer)
        return self.filter(Q(party__in=seats.values("pk")) | Q(party__in=led.values("pk")))._scoped(f"officer {officer.pk}")

    def standing(self) -> Self:
        return self.filter(ended_at=None)._scoped("who is admitted")


class Admission(GuardedModel):
    """An agency let one of its own officers on the team. Whom another agency's supervisor took off it is not let on again."""

    sight_includes = frozenset({"party"})

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="admissions")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    admitted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    admitted_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party", "officer"], condition=Q(ended_at=None), name="an_officer_is_admitted_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | ~Q(ended_at=None) & ~Q(ended_by=None), name="an_admission_is_ended_by_somebody"
            ),
        ]


class Entry(GuardedModel):
    """A note, or a decision, for everybody on the team. It stays as it was written."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        DECISION = "decision", _("Decision")

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(max_length=20_000)
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(kind__in=["note", "decision"]), name="entry_kind_known")]
        indexes = [models.Index(fields=["joint", "-written_at"], name="entries_of_a_joint_case")]


class ContributionQuerySet(GuardedQuerySet["Contribution"]):
    def visible_to(self, officer: Any) -> Self:
        """The team's, and one's own agency's for its supervisors: of versions that they see, for a line says no less than its version.

        What waits to be given is its own agency's alone.
        """
        inside = Q(joint__in=JointCase.objects.inside(officer).values("pk")) & (~Q(approved_at=None) | Q(party__agency=officer.agency_id))
        led = Q(party__in=Party.objects.led_by(officer).values("pk"))
        return self.filter(inside | led, rendition__in=Rendition.objects.visible_to(officer).values("pk"))._scoped(f"officer {officer.pk}")

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def given(self) -> Self:
        """Approved, and not withdrawn since: what the other teams see."""
        return self.standing().exclude(approved_at=None)

    def waiting(self) -> Self:
        """Asked for, and neither approved nor withdrawn yet: nothing of it has crossed."""
        return self.standing().filter(approved_at=None)


class Contribution(GuardedModel):
    """One version of a record that its owner gives to the other agencies' teams, as grants under the agreement.

    One officer asks, another approves with fresh proof of presence; until then it is nothing to the others.
    """

    sight_includes = frozenset({"joint", "party", "record", "rendition"})

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="contributions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, related_name="+"
    )  # of the agreement, as it was approved under
    proof = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["joint", "rendition"], condition=Q(withdrawn_at=None), name="a_version_is_given_once_to_a_joint_case"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None) | ~Q(withdrawn_at=None) & ~Q(withdrawn_by=None),
                name="a_contribution_is_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None, proof=None) | ~Q(approved_at=None) & ~Q(approved_by=None) & ~Q(proof=None),
                name="a_contribution_is_approved_with_proof",
            ),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="four_eyes_on_a_contribution"),
        ]
