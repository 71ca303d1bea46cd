"""The prosecution service that the law wants beside a case from its first day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Agency
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel


class Counsel(GuardedModel):
    """A case waits for a prosecution service to be asked to a joint case about it; and by which one it was. The file stays shut to it."""

    sight_includes = frozenset({"casefile"})

    casefile = models.OneToOneField(CaseFile, on_delete=models.PROTECT, related_name="counsel")
    service = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=300)
    wanted_at = models.DateTimeField(db_default=Now())
    joint_id = models.UUIDField(null=True)  # of a higher room
    asked_at = models.DateTimeField(null=True)

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(law=""), name="counsel_has_its_law"),
            models.CheckConstraint(
                condition=Q(joint_id=None, asked_at=None) | ~Q(joint_id=None) & ~Q(asked_at=None), name="counsel_is_asked_by_a_case"
            ),
        ]
