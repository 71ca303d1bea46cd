"""The way of a consignment, place by place, and what was observed of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.consignments.models.consignments import Consignment, OfConsignment
from cases.records.models import Rendition
from kernel.querysets import GuardedModel


class Leg(GuardedModel):
    """A place on the way, in its order, with the plan for it. What really happened there are observations."""

    sight_includes = frozenset({"consignment"})

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="legs")
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=160)
    country = models.CharField(max_length=60)
    locode = models.CharField(max_length=5, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    planned_arrival_at = models.DateTimeField(null=True)
    planned_departure_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = OfConsignment.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["consignment", "position"], name="one_leg_per_position", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(condition=~Q(place="") & ~Q(country=""), name="a_leg_has_its_place_and_country"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_leg_lies_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(planned_arrival_at=None) | Q(planned_departure_at=None) | Q(planned_departure_at__gte=F("planned_arrival_at")),
                name="a_plan_departs_after_it_arrives",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.country})"


class Observation(GuardedModel):
    """Somebody saw the consignment arrive, depart or merely be there. It stays: a correction is a new one that names the old one."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Arrived")
        DEPARTED = "departed", _("Departed")
        SEEN = "seen", _("Seen")
        VOID = "void", _("Did not happen")

    sight_includes = frozenset({"consignment", "leg", "corrects"})

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="observations")
    leg = models.ForeignKey(Leg, null=True, on_delete=models.PROTECT, related_name="observations")
    kind = models.CharField(max_length=8, choices=Kind)
    place = models.CharField(max_length=160, blank=True)
    happened_at = models.DateTimeField()
    observed_by = models.CharField(max_length=160)
    source = models.CharField(max_length=300, blank=True)
    rendition = models.ForeignKey(Rendition, null=True, on_delete=models.PROTECT, related_name="+")
    paragraph = models.PositiveSmallIntegerField(null=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    noted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())

    objects = OfConsignment.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(kind__in=["arrived", "departed", "seen", "void"]), name="observation_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["seen", "void"]) | ~Q(leg=None), name="what_arrives_or_departs_does_so_at_a_place_of_the_route"
            ),
            models.CheckConstraint(condition=~Q(leg=None) | ~Q(place=""), name="an_observation_has_its_place"),
            models.CheckConstraint(condition=~Q(corrects=None) | ~Q(kind="void"), name="only_what_was_noted_did_not_happen"),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(reason=""), name="a_correction_has_its_reason"),
            models.CheckConstraint(condition=Q(paragraph=None) | ~Q(rendition=None), name="a_paragraph_is_of_an_item"),
        ]
        indexes = [models.Index(fields=["consignment", "-happened_at"], name="observations_of_a_consignment")]

    @property
    def where(self) -> str:
        return self.place or (self.leg.place if self.leg else "")
