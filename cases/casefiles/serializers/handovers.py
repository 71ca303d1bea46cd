"""Hand-overs."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import Handover
from cases.casefiles.serializers.people import OfficerOut


class HandoverIn(serializers.Serializer[Any]):
    casefile_id = serializers.UUIDField()
    unit_id = serializers.UUIDField(help_text="Another unit of your agency.")
    reason = serializers.CharField(max_length=5_000, help_text="Read by the receiving supervisors before they see the case.")
    shows_title = serializers.BooleanField(default=False)
    team_stays = serializers.BooleanField(default=False)


class HandoverFilterIn(serializers.Serializer[Any]):
    casefile_id = serializers.UUIDField(required=False)
    waiting = serializers.BooleanField(required=False, default=False, help_text="Only those that wait for your answer.")


class HandoverAnswerIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=5_000)


class AcceptIn(serializers.Serializer[Any]):
    lead_id = serializers.UUIDField()
    team = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=200)


class UnitNameOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class HandoverStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Handover.Status.choices)


class HandoverOut(HandoverStateOut):
    reference = serializers.CharField()
    title = serializers.CharField(help_text="Empty unless it was chosen.")
    from_unit = UnitNameOut()
    to_unit = UnitNameOut()
    reason = serializers.CharField()
    team_stays = serializers.BooleanField()
    proposed_by = OfficerOut()
    proposed_at = serializers.DateTimeField()
    lapses_at = serializers.DateTimeField()
    decided_by = OfficerOut(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField()
    lead = OfficerOut(allow_null=True)
