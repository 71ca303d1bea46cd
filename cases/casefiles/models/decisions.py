"""The log of decisions."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel


class CaseDecision(GuardedModel):
    """An entry in a case's log of decisions. It stays as it was written: a correction is a new entry that names the old one."""

    sight_includes = frozenset({"casefile", "corrects"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="decisions")
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    what = models.CharField(max_length=500)
    why = models.TextField(max_length=5_000)
    basis = models.CharField(max_length=500)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        indexes = [models.Index(fields=["casefile", "-written_at"], name="decisions_of_a_case")]
