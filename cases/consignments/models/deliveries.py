"""Controlled deliveries: a consignment that is let pass under watch, and the authorities that let it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.consignments.models.consignments import Consignment, OfConsignment
from kernel.querysets import GuardedModel, GuardedQuerySet


class Delivery(GuardedModel):
    """A suspect consignment may pass through countries with the knowledge and under the supervision of their authorities.

    UN Convention against Illicit Traffic 1988, arts. 1(g) and 11; UNTOC, arts. 2(i) and 20. What happened to it are steps, `state` is
    that of the newest one; `told` names what the officers in charge were last told of.
    """

    class Kind(models.TextChoices):
        """UNTOC art. 20(4)."""

        INTACT = "intact", _("The goods go on intact")
        REMOVED = "removed", _("The goods are taken out")
        PART = "part", _("The goods are replaced in part")
        WHOLE = "whole", _("The goods are replaced in whole")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Under way")
        DELIVERED = "delivered", _("Delivered and intercepted")
        SEIZED = "seized", _("Seized on the way")
        LOST = "lost", _("Lost sight of")
        CALLED_OFF = "called-off", _("Called off")

    OPEN = (State.PLANNED, State.RUNNING)
    ENDS = (State.DELIVERED, State.SEIZED, State.LOST, State.CALLED_OFF)
    sight_includes = frozenset({"consignment"})

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    purpose = models.CharField(max_length=500)
    coordinator = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    told = ArrayField(models.CharField(max_length=120), default=list)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = OfConsignment.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(kind__in=["intact", "removed", "part", "whole"])
                & Q(state__in=["planned", "running", "delivered", "seized", "lost", "called-off"]),
                name="delivery_vocabulary_known",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="a_delivery_has_its_purpose"),
            models.UniqueConstraint(
                fields=["consignment"], condition=Q(state__in=["planned", "running"]), name="one_open_delivery_per_consignment"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING


class OfDelivery(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the delivery."""
        return self.filter(delivery__in=Delivery.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class DeliveryStep(GuardedModel):
    """What became of a controlled delivery at one time, by whom. It stays as it was written."""

    sight_includes = frozenset({"delivery"})

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=Delivery.State)
    words = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = OfDelivery.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["delivery", "state"], name="a_delivery_is_in_a_state_once"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "running", "delivered", "seized", "lost", "called-off"])
                & (Q(state__in=["planned", "running"]) | ~Q(words="")),
                name="what_ends_a_delivery_has_its_words",
            ),
        ]


class Authorisation(GuardedModel):
    """What one country's competent authority answered, from when until when. It stays; its newest that has begun counts."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    sight_includes = frozenset({"delivery"})

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="authorisations")
    country = models.CharField(max_length=60)
    answer = models.CharField(max_length=9, choices=Answer)
    authority = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    conditions = models.CharField(max_length=1_000, blank=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = OfDelivery.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(answer__in=["given", "refused", "withdrawn"]), name="authorisation_answer_known"),
            models.CheckConstraint(condition=~Q(authority="") & ~Q(country=""), name="an_authorisation_says_whose_it_is"),
            models.CheckConstraint(
                condition=Q(answer="given", starts_at__isnull=False, ends_at__gt=F("starts_at"))
                | ~Q(answer="given") & Q(starts_at=None, ends_at=None),
                name="what_is_given_holds_for_a_time",
            ),
        ]
        indexes = [models.Index(fields=["delivery", "-made_at"], name="authorisations_of_a_delivery")]
