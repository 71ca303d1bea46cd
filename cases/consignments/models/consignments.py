"""Goods on their way."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Officer
from cases.casefiles.models import CaseFile, InsideQuerySet
from cases.consignments.goods import Goods, Unit, said
from cases.entities.models import Subject
from kernel.querysets import GuardedModel, GuardedQuerySet

PARTIES = ("consignor", "consignee", "carrier")


def amounts(name: str) -> list[models.CheckConstraint]:
    """What holds of an amount and a value whose columns begin so: each has its unit, and neither is less than nothing."""
    quantity, unit, value, currency = (f"{name}_{part}" for part in ("quantity", "unit", "value", "currency"))
    return [
        models.CheckConstraint(
            condition=Q(**{quantity: None, unit: ""}) | Q(**{f"{quantity}__gte": 0, f"{unit}__in": Unit.values}) & ~Q(**{unit: "money"}),
            name=f"{name}_quantity_has_its_unit",
        ),
        models.CheckConstraint(
            condition=Q(**{value: None, currency: ""}) | Q(**{f"{value}__gte": 0, f"{currency}__regex": "^[A-Z]{3}$"}),
            name=f"{name}_value_has_its_currency",
        ),
    ]


class Consignment(GuardedModel):
    """Goods on their way: what the papers say of them, and what is suspected. It has no grants: it never leaves the case."""

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    waybill = models.CharField(max_length=80, blank=True)
    bill_of_lading = models.CharField(max_length=80, blank=True)
    containers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    conveyance = models.CharField(max_length=160, blank=True)
    declared_goods = models.CharField(max_length=300, blank=True)
    declared_quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    declared_unit = models.CharField(max_length=10, choices=Unit, blank=True)
    declared_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    declared_currency = models.CharField(max_length=3, blank=True)
    suspected_kind = models.CharField(max_length=16, choices=Goods, blank=True)
    suspected_goods = models.CharField(max_length=300, blank=True)
    suspected_quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    suspected_unit = models.CharField(max_length=10, choices=Unit, blank=True)
    suspected_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    suspected_currency = models.CharField(max_length=3, blank=True)
    consignor = models.CharField(max_length=200, blank=True)
    consignor_subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    consignee = models.CharField(max_length=200, blank=True)
    consignee_subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    carrier = models.CharField(max_length=200, blank=True)
    carrier_subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    notes = models.TextField(max_length=5_000, blank=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True)

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            *amounts("declared"),
            *amounts("suspected"),
            models.CheckConstraint(condition=Q(suspected_kind__in=["", *Goods.values]), name="suspected_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="a_consignment_has_its_name"),
        ]
        indexes = [models.Index(fields=["casefile", "-made_at"], name="consignments_of_a_case")]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> str:
        """Goods, quantity and value as the papers have them, in one line."""
        return self._line(self.declared_goods, "declared")

    @property
    def suspected(self) -> str:
        kind = self.get_suspected_kind_display() if self.suspected_kind else ""
        return self._line(" · ".join(filter(None, (kind, self.suspected_goods))), "suspected")

    def _line(self, goods: str, name: str) -> str:
        quantity, unit, value, currency = (getattr(self, f"{name}_{part}") for part in ("quantity", "unit", "value", "currency"))
        return " · ".join(filter(None, (goods, said(quantity, unit), said(value, Unit.MONEY, currency))))


class OfConsignment(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the consignment."""
        return self.filter(consignment__in=Consignment.objects.seen_by(officer))._scoped(f"officer {officer.pk}")
