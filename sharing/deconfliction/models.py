"""Hits: two agencies look at the same person, number or place. A hit says whom to call, and nothing else."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Membership, Unit
from accounts.roles import Deed
from cases.entities.models import Mention
from kernel.querysets import GuardedModel, GuardedQuerySet


class HitQuerySet(GuardedQuerySet["Hit"]):
    def visible_to(self, officer: Any) -> Self:
        """Hits of which the officer's own desk was told. A silent side looks exactly like no match."""
        if Deed.DECONFLICTION_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        mine = HitSide.objects.visible_to(officer).filter(hit=OuterRef("pk"))
        return self.filter(Exists(mine))._scoped(f"officer {officer.pk}")


class Hit(GuardedModel):
    """One identifier held by two agencies with an agreement that covers comparing. One row per identifier and pair of agencies."""

    identifier_type = models.CharField(max_length=16)
    country = models.CharField(max_length=8, blank=True)
    normalised = models.CharField(max_length=200)
    low = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    high = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agreement_id = models.UUIDField()
    found_at = models.DateTimeField(db_default=Now())

    objects = HitQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["identifier_type", "country", "normalised", "low", "high"], name="one_hit_per_identifier_and_pair"
            ),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="a_pair_is_written_one_way"),
        ]


class HitSideQuerySet(GuardedQuerySet["HitSide"]):
    def visible_to(self, officer: Any) -> Self:
        """Told sides of the units the officer belongs to."""
        units = Q(unit__group__in=Membership.objects.held_by(officer).values("group"))
        return self.filter(units, agency_id=officer.agency_id, told_at__isnull=False)._scoped(f"officer {officer.pk}")


class HitSide(GuardedModel):
    """One agency's side of a hit: whose mention, which desk, and whether that desk may know of the other side."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_CONTACT = "in-contact", _("In contact")
        SETTLED = "settled", _("Settled")
        NOT_THE_SAME = "not-the-same", _("Not the same")

    sight_includes = frozenset({"hit"})

    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="sides")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    state_at = models.DateTimeField(db_default=Now())

    objects = HitSideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["hit", "mention"], name="a_mention_once_per_hit")]
        indexes = [models.Index(fields=["unit", "-told_at"], name="hits_of_a_desk")]
