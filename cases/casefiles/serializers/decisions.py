"""The log of decisions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.serializers.people import OfficerOut


class CaseDecisionIn(serializers.Serializer[Any]):
    what = serializers.CharField(max_length=500)
    why = serializers.CharField(max_length=5_000)
    basis = serializers.CharField(max_length=500)
    decided_on = serializers.DateField()
    decided_by_id = serializers.UUIDField(required=False, help_text="A colleague; whoever enters it, where nobody is named.")
    corrects_id = serializers.UUIDField(required=False, allow_null=True)


class CaseDecisionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    what = serializers.CharField()
    why = serializers.CharField()
    basis = serializers.CharField()
    decided_on = serializers.DateField()
    decided_by = OfficerOut()
    written_by = OfficerOut()
    written_at = serializers.DateTimeField()
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)
