"""Controlled deliveries."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.serializers import OfficerOut
from cases.consignments.models import Authorisation, Delivery
from cases.consignments.passage import Word
from cases.consignments.serializers.consignments import text


class CoordinatorIn(serializers.Serializer[Any]):
    coordinator_id = serializers.UUIDField()


class DeliveryIn(CoordinatorIn):
    kind = serializers.ChoiceField(choices=Delivery.Kind.choices, help_text="What happens to the goods: UNTOC art. 20(4).")
    purpose = serializers.CharField(max_length=500)


class AuthorisationIn(serializers.Serializer[Any]):
    country = serializers.CharField(max_length=60, help_text="As the route has it.")
    answer = serializers.ChoiceField(choices=Authorisation.Answer.choices)
    authority = serializers.CharField(max_length=200)
    reference = text(120)
    legal_basis = text(300)
    starts_at = serializers.DateTimeField(required=False, allow_null=True, help_text="Of what is given.")
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    conditions = text(1_000)


class EndIn(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=[(state.value, state.label) for state in Delivery.ENDS])
    reason = serializers.CharField(max_length=500)


class DeliveryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    consignment_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Delivery.Kind.choices)
    purpose = serializers.CharField()
    coordinator = OfficerOut()
    state = serializers.ChoiceField(choices=Delivery.State.choices)
    made_at = serializers.DateTimeField()


class AuthorisationOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    country = serializers.CharField()
    answer = serializers.ChoiceField(choices=Authorisation.Answer.choices)
    authority = serializers.CharField()
    reference = serializers.CharField()
    legal_basis = serializers.CharField()
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    conditions = serializers.CharField()
    made_at = serializers.DateTimeField()


class PassageOut(serializers.Serializer[Any]):
    country = serializers.CharField()
    word = serializers.ChoiceField(choices=[each.value for each in Word], help_text="holds and lapses (within a day) let it pass.")


class DeliveryStepOut(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=Delivery.State.choices)
    words = serializers.CharField()
    made_by = OfficerOut()
    made_at = serializers.DateTimeField()


class DeliveryDetailOut(serializers.Serializer[Any]):
    delivery = DeliveryOut()
    countries = PassageOut(source="passages", many=True)
    overdue = serializers.SerializerMethodField(help_text="Legs at which it should have been seen to arrive by now.")
    authorisations = AuthorisationOut(many=True)
    steps = DeliveryStepOut(many=True)

    def get_overdue(self, opened: Any) -> list[str]:
        return [str(place.leg.pk) for place in opened.overdue]
