"""Working notes."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel


class Note(GuardedModel):
    """A working note. It has no grants: it is never released."""

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=20_000)
    written_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        indexes = [models.Index(fields=["casefile", "-written_at"], name="notes_of_a_case")]
