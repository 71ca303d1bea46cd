"""Routes and observations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from accounts.forms import a_time_zone
from cases.casefiles.serializers import OfficerOut
from cases.consignments.models import Observation


class Seconds(serializers.IntegerField):
    """A length of time."""

    def to_representation(self, value: Any) -> int:
        return int(value.total_seconds())


class ChangeLegIn(serializers.Serializer[Any]):
    place = serializers.CharField(max_length=160, required=False)
    country = serializers.CharField(max_length=60, required=False, help_text="ISO code, or its name.")
    locode = serializers.RegexField("^[A-Z]{2}[A-Z0-9]{3}$", required=False, allow_blank=True, help_text="UN/LOCODE.")
    latitude = serializers.DecimalField(8, 6, required=False, allow_null=True, min_value=Decimal(-90), max_value=Decimal(90))
    longitude = serializers.DecimalField(9, 6, required=False, allow_null=True, min_value=Decimal(-180), max_value=Decimal(180))
    time_zone = serializers.CharField(max_length=60, required=False, validators=[a_time_zone])
    planned_arrival_at = serializers.DateTimeField(required=False, allow_null=True)
    planned_departure_at = serializers.DateTimeField(required=False, allow_null=True)


class LegIn(ChangeLegIn):
    place = serializers.CharField(max_length=160)
    country = serializers.CharField(max_length=60, help_text="ISO code, or its name.")
    before_id = serializers.UUIDField(required=False, allow_null=True, help_text="The place before which it comes; else at the end.")


class ChangeObservationIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Observation.Kind.choices, required=False)
    leg_id = serializers.UUIDField(required=False, allow_null=True)
    place = serializers.CharField(max_length=160, required=False, allow_blank=True)
    happened_at = serializers.DateTimeField(required=False)
    observed_by = serializers.CharField(max_length=160, required=False)
    source = serializers.CharField(max_length=300, required=False, allow_blank=True)  # type: ignore[assignment]
    rendition_id = serializers.UUIDField(required=False, allow_null=True, help_text="The version of an item in which it stands.")
    paragraph = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=999)


class ObservationIn(ChangeObservationIn):
    kind = serializers.ChoiceField(choices=Observation.Kind.choices, help_text="void only corrects.")
    happened_at = serializers.DateTimeField()
    observed_by = serializers.CharField(max_length=160)


class CorrectionIn(ChangeObservationIn):
    reason = serializers.CharField(max_length=500)


class LegOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    position = serializers.IntegerField()
    place = serializers.CharField()
    country = serializers.CharField()
    locode = serializers.CharField()
    latitude = serializers.DecimalField(8, 6, allow_null=True)
    longitude = serializers.DecimalField(9, 6, allow_null=True)
    time_zone = serializers.CharField()
    planned_arrival_at = serializers.DateTimeField(allow_null=True)
    planned_departure_at = serializers.DateTimeField(allow_null=True)


class PlaceOut(serializers.Serializer[Any]):
    leg = LegOut()
    arrived = serializers.DateTimeField(source="stay.arrived", allow_null=True)
    departed = serializers.DateTimeField(source="stay.departed", allow_null=True)
    transit_seconds = Seconds(source="times.transit", allow_null=True, help_text="On the way to it.")
    dwell_seconds = Seconds(source="times.dwell", allow_null=True, help_text="In it.")
    late_in_seconds = Seconds(source="times.late_in", allow_null=True, help_text="Less than nothing: early.")
    late_out_seconds = Seconds(source="times.late_out", allow_null=True)
    disordered = serializers.BooleanField(source="times.disordered", help_text="Its times are out of order.")
    is_current = serializers.BooleanField()


class ObservationOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Observation.Kind.choices)
    leg_id = serializers.UUIDField(allow_null=True)
    place = serializers.CharField(source="where")
    happened_at = serializers.DateTimeField()
    observed_by = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    corrects_id = serializers.UUIDField(allow_null=True)
    reason = serializers.CharField()
    noted_by = OfficerOut()
    noted_at = serializers.DateTimeField()


class WayOut(serializers.Serializer[Any]):
    places = PlaceOut(many=True)
    is_waiting = serializers.BooleanField(source="clock.is_waiting")
    since = serializers.DateTimeField(source="clock.since", allow_null=True, help_text="Waiting, or on the way, since.")
    total_seconds = Seconds(source="clock.total", allow_null=True)
    late_seconds = Seconds(source="clock.late", allow_null=True)
    is_over = serializers.BooleanField(source="clock.is_over")
