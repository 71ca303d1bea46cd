"""Hits: two agencies look at the same person, number or place. A hit says whom to call, and nothing else."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer, Principal, Unit
from accounts.roles import Deed
from cases.entities.identifiers import IdentifierType
from cases.entities.models import Mention
from kernel.querysets import GuardedModel, GuardedQuerySet


class ComparedPair(models.Model):
    """Two agencies whose holdings are being compared, because an agreement in force covers it. Gone when none does.

    When a pair appears, what the two recorded before is compared as well.
    """

    low = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    high = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="a_pair_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="a_compared_pair_is_written_one_way"),
        ]


class HitQuerySet(GuardedQuerySet["Hit"]):
    def visible_to(self, officer: Any) -> Self:
        """Hits with a side the officer may see. A silent side looks exactly like no match."""
        mine = HitSide.objects.visible_to(officer).filter(hit=OuterRef("pk"))
        return self.filter(Exists(mine))._scoped(f"officer {officer.pk}")


class Hit(GuardedModel):
    """One identifier held by two agencies with an agreement that covers comparing. One row per identifier and pair of agencies.

    It bears no time: when it was found would tell one side how long the other has kept silent. Each side has its own.
    """

    identifier_type = models.CharField(max_length=16, choices=IdentifierType)
    country = models.CharField(max_length=60, blank=True)
    normalised = models.CharField(max_length=200)
    low = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    high = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agreement_id = models.UUIDField()

    objects = HitQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["identifier_type", "country", "normalised", "low", "high"], name="one_hit_per_identifier_and_pair"
            ),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="a_pair_is_written_one_way"),
        ]
        indexes = [models.Index(fields=["normalised"], name="hits_by_identifier")]

    def other_id(self, agency_id: UUID) -> UUID:
        """The agency on the other side."""
        return self.high_id if self.low_id == agency_id else self.low_id


class HitSideQuerySet(GuardedQuerySet["HitSide"]):
    def visible_to(self, officer: Any) -> Self:
        """Told sides of one's own agency whose mention one sees, and those of one's own desk that the other agency was told of.

        Where the desk was given to the other agency, everybody at the desk may see the hit: they may be called about it, and
        know no more than the caller. Where it was not, the file is silent at home too.
        """
        if Deed.DECONFLICTION_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        desk = Q(shown_at__isnull=False, unit__group__in=Principal.objects.held_by(officer))
        file = Exists(Mention.objects.visible_to(officer).filter(pk=OuterRef("mention")))
        return self.filter(desk | file, agency_id=officer.agency_id, told_at__isnull=False)._scoped(f"officer {officer.pk}")

    def new(self) -> Self:
        return self.filter(told_at__isnull=False, state=HitSide.State.NEW)


class HitSide(GuardedModel):
    """One mention's side of a hit: whose it is, which desk, what that desk was told and what it told.

    `told_at`: this side was told of the other. `shown_at`: the other side was told of this desk. Neither is ever taken back.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_CONTACT = "in-contact", _("In contact")
        SETTLED = "settled", _("Settled")
        NOT_THE_SAME = "not-the-same", _("Not the same")

    ANSWERS = (State.IN_CONTACT, State.SETTLED, State.NOT_THE_SAME)

    sight_includes = frozenset({"hit"})

    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="sides")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    urgent_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    state_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=1_000, blank=True)

    objects = HitSideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["hit", "mention"], name="a_mention_once_per_hit"),
            models.CheckConstraint(condition=Q(state__in=["new", "in-contact", "settled", "not-the-same"]), name="hit_state_known"),
            models.CheckConstraint(condition=Q(told_at__isnull=False) | Q(state="new"), name="only_who_was_told_answers"),
        ]
        indexes = [models.Index(fields=["agency", "-told_at"], name="hits_of_an_agency")]

    @property
    def other(self) -> Agency:
        """The agency on the other side."""
        return self.hit.high if self.hit.low_id == self.agency_id else self.hit.low
