"""A case on its way to another unit of the same agency."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, Principal, Unit
from accounts.roles import Deed
from cases.casefiles.models.casefile import CaseFile
from kernel.querysets import GuardedModel, GuardedQuerySet


class HandoverQuerySet(GuardedQuerySet["Handover"]):
    def visible_to(self, officer: Any) -> Self:
        """Whoever sees the case; a supervisor who proposed or decided it; and, while it waits, the receiving unit's supervisors."""
        case = Q(casefile__in=CaseFile.objects.seen_by(officer))
        if Deed.CASES_LEAD not in officer.deeds:
            return self.filter(case)._scoped(f"officer {officer.pk}")
        own = Q(proposed_by=officer.pk) | Q(decided_by=officer.pk)
        asked = Q(to_unit__group__in=Principal.objects.held_by(officer), to_unit__agency=officer.agency_id)
        waits = Q(status=Handover.Status.PROPOSED, lapses_at__gt=Now())
        return self.filter(case | own | (asked & waits))._scoped(f"officer {officer.pk}")

    def waiting(self) -> Self:
        return self.filter(status=Handover.Status.PROPOSED)


class Handover(GuardedModel):
    """One supervisor offers a case to another unit, another one of that unit takes it or not. Nobody does both.

    Until it is taken, the receiving side reads this cover and nothing of the case: its reference, its title if that was chosen, the
    offering unit and the reason given. What it says never changes; it is decided once.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed unanswered")

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="handovers")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=160, blank=True)
    reason = models.TextField(max_length=5_000)
    team_stays = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    lapses_at = models.DateTimeField()
    decided_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=5_000, blank=True)
    lead = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["casefile"], condition=Q(status="proposed"), name="one_handover_of_a_case_at_a_time"),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "accepted", "refused", "withdrawn", "lapsed"]), name="handover_status_known"
            ),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="a_case_is_handed_to_another_unit"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_handover_has_its_reason"),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "refused"]) | ~Q(decided_by=None) & ~Q(decided_by=F("proposed_by")),
                name="a_handover_takes_four_eyes",
            ),
            models.CheckConstraint(condition=Q(status="proposed") ^ ~Q(decided_at=None), name="a_decided_handover_has_its_day"),
            models.CheckConstraint(condition=Q(status="accepted") ^ Q(lead=None), name="an_accepted_handover_has_a_lead"),
        ]
        indexes = [
            models.Index(fields=["to_unit", "-proposed_at"], name="handovers_to_a_unit"),
            models.Index(fields=["lapses_at"], condition=Q(status="proposed"), name="handovers_that_lapse"),
        ]
