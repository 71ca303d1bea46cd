"""What was seized."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles.models import CaseFile, InsideQuerySet
from cases.consignments.goods import Amount, Goods, Unit, said
from cases.consignments.models.consignments import Consignment
from cases.consignments.models.route import Leg
from cases.entities.models import Subject
from kernel.querysets import GuardedModel, GuardedQuerySet


class Seizure(GuardedModel):
    """Something that was seized in a case, in the words of its newest version. It has no grants: it never leaves the case."""

    sight_includes = frozenset({"casefile", "consignment", "leg"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    consignment = models.ForeignKey(Consignment, null=True, on_delete=models.PROTECT, related_name="seizures")
    leg = models.ForeignKey(Leg, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(leg=None) | ~Q(consignment=None), name="a_seizure_on_a_leg_is_of_its_consignment")
        ]
        indexes = [models.Index(fields=["casefile", "-made_at"], name="seizures_of_a_case")]


class OfSeizure(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the seizure."""
        return self.filter(seizure__in=Seizure.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    def current(self) -> Self:
        """Of each seizure what counts: its newest version."""
        return self.filter(number=F("seizure__number"))


class SeizureVersion(GuardedModel):
    """What was said of a seizure at one time. It stays: a correction is a further version, with its reason."""

    class Authority(models.TextChoices):
        WARRANT = "warrant", _("Warrant")
        COURT_ORDER = "court-order", _("Court order")
        CONSENT = "consent", _("Consent")
        FLAGRANTE = "flagrante", _("Caught in the act")
        INSPECTION = "inspection", _("Customs or border inspection")
        OTHER = "other", _("Another authority")

    sight_includes = frozenset({"seizure"})

    seizure = models.ForeignKey(Seizure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    goods = models.CharField(max_length=16, choices=Goods)
    description = models.CharField(max_length=500)
    gross = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    net = models.DecimalField(max_digits=20, decimal_places=6)
    unit = models.CharField(max_length=10, choices=Unit)
    money = models.CharField(max_length=3, blank=True)
    purity = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    estimated_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    estimated_currency = models.CharField(max_length=3, blank=True)
    value_basis = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=160)
    country = models.CharField(max_length=60)
    time_zone = models.CharField(max_length=60, default="UTC")
    seized_at = models.DateTimeField()
    seized_by = models.CharField(max_length=200)
    authority = models.CharField(max_length=12, choices=Authority)
    authority_reference = models.CharField(max_length=120, blank=True)
    from_whom = models.CharField(max_length=200, blank=True)
    from_subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    packaging = models.CharField(max_length=300, blank=True)
    seal = models.CharField(max_length=80, blank=True)
    witnesses = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    objects = OfSeizure.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["seizure", "number"], name="one_version_per_seizure_and_number"),
            models.CheckConstraint(
                condition=Q(goods__in=Goods.values, unit__in=Unit.values)
                & Q(authority__in=["warrant", "court-order", "consent", "flagrante", "inspection", "other"]),
                name="seizure_vocabulary_known",
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0) & (Q(gross=None) | Q(gross__gte=F("net"))), name="net_is_no_more_than_gross"
            ),
            models.CheckConstraint(
                condition=Q(unit="money", money__regex="^[A-Z]{3}$") | ~Q(unit="money") & Q(money=""), name="seized_money_has_its_currency"
            ),
            models.CheckConstraint(
                condition=Q(estimated_value=None, estimated_currency="")
                | Q(estimated_value__gte=0, estimated_currency__regex="^[A-Z]{3}$"),
                name="estimated_value_has_its_currency",
            ),
            models.CheckConstraint(condition=Q(purity=None) | Q(purity__gte=0, purity__lte=100), name="purity_is_of_a_hundred"),
            models.CheckConstraint(condition=Q(number=1) ^ ~Q(reason=""), name="a_corrected_seizure_has_its_reason"),
        ]  # fmt: skip

    @property
    def amount(self) -> Amount:
        return Amount(self.goods, self.net, self.unit, self.money)

    @property
    def quantity(self) -> str:
        """The net amount, and the gross one where it was weighed."""
        net, gross = said(self.net, self.unit, self.money), said(self.gross, self.unit, self.money)
        return str(_("%(net)s net, %(gross)s gross") % {"net": net, "gross": gross}) if gross else net

    @property
    def value(self) -> str:
        return said(self.estimated_value, Unit.MONEY, self.estimated_currency)


class SeizureStep(GuardedModel):
    """What became of seized goods, step by step. It stays as it was written."""

    class Status(models.TextChoices):
        HELD = "held", _("Held")
        TESTED = "tested", _("Tested")
        RETURNED = "returned", _("Returned")
        DESTROYED = "destroyed", _("Destroyed")
        HANDED_OVER = "handed-over", _("Handed over")

    sight_includes = frozenset({"seizure"})

    seizure = models.ForeignKey(Seizure, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=12, choices=Status)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    done_by = models.CharField(max_length=200)
    words = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = OfSeizure.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status__in=["held", "tested", "returned", "destroyed", "handed-over"]), name="seizure_status_known"
            )
        ]
        indexes = [models.Index(fields=["seizure", "-happened_at"], name="steps_of_a_seizure")]
