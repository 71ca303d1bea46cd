"""What officers did not want to be offered again."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Agency, Officer
from cases.records.models import Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet


class Declined(GuardedModel):
    """A thing found in a text that one agency does not take for said by a version; taken back by ending the row.

    Only a digest of it is kept: the text it stood in may have been somebody else's, and it need be known again, not read.
    """

    sight_includes = frozenset({"rendition"})

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Those(GuardedQuerySet["Declined"]):
        def visible_to(self, officer: Any) -> Self:
            """Those of one's own agency that stand, where the version is seen."""
            mine = self.filter(agency_id=officer.agency_id, ended_at=None)
            return mine.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    objects = Those.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["rendition", "agency", "digest"], condition=Q(ended_at=None), name="a_suggestion_declined_once_per_version"
            )
        ]
