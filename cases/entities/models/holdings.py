"""Lists taken in."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from cases.entities.models.imports import FileImport
from cases.records.models import Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet


class Intake(GuardedModel):
    """One file of holdings taken into a register: which file, which side of it, and when its last row was in (null: cut off).

    `file_import` where it came by a mapping.
    """

    sight_includes = frozenset({"rendition"})

    rendition = models.OneToOneField(Rendition, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=1, blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    done_at = models.DateTimeField(null=True)
    file_import = models.ForeignKey(FileImport, on_delete=models.PROTECT, null=True, related_name="intakes")

    class Intakes(GuardedQuerySet["Intake"]):
        def visible_to(self, officer: Any) -> Self:
            return self.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    objects = Intakes.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
