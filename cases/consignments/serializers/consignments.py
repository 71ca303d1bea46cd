"""Consignments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from cases.casefiles.serializers import OfficerOut
from cases.consignments.actions import OpenConsignment
from cases.consignments.goods import MEASURED, Goods
from cases.consignments.serializers.route import ObservationOut, WayOut
from cases.entities.identifiers import Validity


def text(most: int) -> serializers.CharField:
    return serializers.CharField(max_length=most, required=False, allow_blank=True)


def amount(places: int) -> serializers.DecimalField:
    return serializers.DecimalField(20, places, required=False, allow_null=True, min_value=Decimal(0))


def unit() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=MEASURED, required=False, allow_blank=True)


def currency() -> serializers.RegexField:
    return serializers.RegexField("^[A-Z]{3}$", required=False, allow_blank=True)


def subject() -> serializers.UUIDField:
    return serializers.UUIDField(required=False, allow_null=True, help_text="A person or organisation that you see.")


class ChangeConsignmentIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=160, required=False)
    waybill = text(80)
    bill_of_lading = text(80)
    containers = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=40)
    conveyance = text(160)
    declared_goods = text(300)
    declared_quantity = amount(6)
    declared_unit = unit()
    declared_value = amount(2)
    declared_currency = currency()
    suspected_kind = serializers.ChoiceField(choices=Goods.choices, required=False, allow_blank=True)
    suspected_goods = text(300)
    suspected_quantity = amount(6)
    suspected_unit = unit()
    suspected_value = amount(2)
    suspected_currency = currency()
    consignor = text(200)
    consignor_subject_id = subject()
    consignee = text(200)
    consignee_subject_id = subject()
    carrier = text(200)
    carrier_subject_id = subject()
    notes = text(5_000)


class ConsignmentIn(ChangeConsignmentIn):
    title = serializers.CharField(max_length=160)


class ConsignmentMadeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()


class ConsignmentOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="consignment.id")
    title = serializers.CharField(source="consignment.title")
    declared = serializers.CharField(source="consignment.declared")
    suspected = serializers.CharField(source="consignment.suspected")
    way = WayOut()


class BoxOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    valid = serializers.ChoiceField(choices=Validity.choices, help_text="ISO 6346: flagged, never refused.")


class FactsOut(serializers.Serializer[Any]):
    """The columns of a consignment as they stand."""

    waybill = serializers.CharField()
    bill_of_lading = serializers.CharField()
    conveyance = serializers.CharField()
    declared_goods = serializers.CharField()
    declared_quantity = serializers.DecimalField(20, 6, allow_null=True)
    declared_unit = serializers.CharField()
    declared_value = serializers.DecimalField(20, 2, allow_null=True)
    declared_currency = serializers.CharField()
    suspected_kind = serializers.CharField()
    suspected_goods = serializers.CharField()
    suspected_quantity = serializers.DecimalField(20, 6, allow_null=True)
    suspected_unit = serializers.CharField()
    suspected_value = serializers.DecimalField(20, 2, allow_null=True)
    suspected_currency = serializers.CharField()
    consignor = serializers.CharField()
    consignee = serializers.CharField()
    carrier = serializers.CharField()
    notes = serializers.CharField()
    made_by = OfficerOut()
    made_at = serializers.DateTimeField()


class ConsignmentDetailOut(ConsignmentOut):
    facts = FactsOut(source="consignment")
    containers = BoxOut(source="boxes", many=True)
    subjects = serializers.SerializerMethodField(help_text="Linked subjects that you see, by party.")
    observations = ObservationOut(source="way.observations", many=True)

    def get_subjects(self, opened: OpenConsignment) -> dict[str, str]:
        return {party: str(subject.pk) for party, subject in opened.subjects.items()}
