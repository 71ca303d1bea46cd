"""Seizures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from accounts.forms import a_time_zone
from cases.casefiles.serializers import OfficerOut
from cases.consignments.goods import Goods, Unit
from cases.consignments.models import SeizureStep, SeizureVersion
from cases.consignments.serializers.consignments import amount, currency, subject, text


class ChangeSeizureIn(serializers.Serializer[Any]):
    goods = serializers.ChoiceField(choices=Goods.choices, required=False)
    description = serializers.CharField(max_length=500, required=False)
    net = serializers.DecimalField(20, 6, min_value=Decimal(0), required=False)
    gross = amount(6)
    unit = serializers.ChoiceField(choices=Unit.choices, required=False)
    money = currency()
    purity = serializers.DecimalField(
        5, 2, required=False, allow_null=True, min_value=Decimal(0), max_value=Decimal(100), help_text="Per cent."
    )
    estimated_value = amount(2)
    estimated_currency = currency()
    value_basis = text(300)
    place = serializers.CharField(max_length=160, required=False)
    country = serializers.CharField(max_length=60, required=False)
    time_zone = serializers.CharField(max_length=60, required=False, validators=[a_time_zone])
    seized_at = serializers.DateTimeField(required=False)
    seized_by = serializers.CharField(max_length=200, required=False)
    authority = serializers.ChoiceField(choices=SeizureVersion.Authority.choices, required=False)
    authority_reference = text(120)
    from_whom = text(200)
    from_subject_id = subject()
    packaging = text(300)
    seal = text(80)
    witnesses = text(500)


class SeizureIn(ChangeSeizureIn):
    goods = serializers.ChoiceField(choices=Goods.choices)
    description = serializers.CharField(max_length=500)
    net = serializers.DecimalField(20, 6, min_value=Decimal(0))
    unit = serializers.ChoiceField(choices=Unit.choices)
    place = serializers.CharField(max_length=160)
    country = serializers.CharField(max_length=60)
    seized_at = serializers.DateTimeField()
    seized_by = serializers.CharField(max_length=200)
    authority = serializers.ChoiceField(choices=SeizureVersion.Authority.choices)
    consignment_id = serializers.UUIDField(required=False, allow_null=True)
    leg_id = serializers.UUIDField(required=False, allow_null=True)


class SeizureCorrectionIn(ChangeSeizureIn):
    number = serializers.IntegerField(min_value=1, max_value=30_000, help_text="The version that you had open.")
    reason = serializers.CharField(max_length=500)


class StepIn(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=SeizureStep.Status.choices)
    happened_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=160)
    done_by = serializers.CharField(max_length=200)
    words = text(500)


class SeizureAskedIn(serializers.Serializer[Any]):
    goods = serializers.ChoiceField(choices=Goods.choices, required=False)


class SeizureMadeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class SeizureVersionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    goods = serializers.ChoiceField(choices=Goods.choices)
    description = serializers.CharField()
    net = serializers.DecimalField(20, 6)
    gross = serializers.DecimalField(20, 6, allow_null=True)
    unit = serializers.ChoiceField(choices=Unit.choices)
    money = serializers.CharField()
    purity = serializers.DecimalField(5, 2, allow_null=True)
    estimated_value = serializers.DecimalField(20, 2, allow_null=True)
    estimated_currency = serializers.CharField()
    value_basis = serializers.CharField()
    place = serializers.CharField()
    country = serializers.CharField()
    seized_at = serializers.DateTimeField()
    seized_by = serializers.CharField()
    authority = serializers.ChoiceField(choices=SeizureVersion.Authority.choices)
    authority_reference = serializers.CharField()
    from_whom = serializers.CharField()
    packaging = serializers.CharField()
    seal = serializers.CharField()
    witnesses = serializers.CharField()
    reason = serializers.CharField()


class StepOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=SeizureStep.Status.choices)
    happened_at = serializers.DateTimeField()
    place = serializers.CharField()
    done_by = serializers.CharField()
    words = serializers.CharField()


class SeizureOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="seizure.id")
    casefile_id = serializers.UUIDField(source="seizure.casefile_id")
    consignment_id = serializers.UUIDField(source="seizure.consignment_id", allow_null=True)
    leg_id = serializers.UUIDField(source="seizure.leg_id", allow_null=True)
    version = SeizureVersionOut()
    status = serializers.ChoiceField(source="step.status", choices=SeizureStep.Status.choices)


class SeizureDetailOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="seizure.id")
    version = SeizureVersionOut()
    versions = SeizureVersionOut(many=True)
    steps = StepOut(many=True)
    subject_id = serializers.UUIDField(source="subject.id", default=None, allow_null=True, help_text="From whom, if you see it.")
    made_by = OfficerOut(source="seizure.made_by")


class TotalOut(serializers.Serializer[Any]):
    goods = serializers.ChoiceField(source="amount.goods", choices=Goods.choices)
    quantity = serializers.DecimalField(40, 6, source="amount.quantity")
    unit = serializers.ChoiceField(source="amount.unit", choices=Unit.choices)
    currency = serializers.CharField(source="amount.currency")
    count = serializers.IntegerField(help_text="Of so many seizures.")
