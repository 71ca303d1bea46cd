"""How a case ended, and that it was opened again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel


class CaseClosing(GuardedModel):
    """A case was closed with an outcome, or (without one) opened again. It stays as it was written."""

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="closings")
    outcome = models.CharField(max_length=12, choices=CaseFile.Outcome, blank=True)
    reason = models.TextField(max_length=5_000)
    dropped = models.PositiveIntegerField(default=0)  # open tasks that were dropped with it
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", *CaseFile.Outcome.values]), name="closing_outcome_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_closing_has_its_reason"),
            models.CheckConstraint(condition=~Q(outcome="") | Q(dropped=0), name="opening_again_drops_no_task"),
        ]
        indexes = [models.Index(fields=["casefile", "-made_at"], name="closings_of_a_case")]

    @property
    def word(self) -> str:
        """What happened, as a list says it."""
        return str(_("Closed: %(outcome)s") % {"outcome": self.get_outcome_display()} if self.outcome else _("Opened again"))
