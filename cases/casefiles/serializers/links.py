"""Linked cases."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import CaseFile, LinkedCases
from cases.casefiles.serializers.people import OfficerOut


class UnlinkIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class LinkCaseIn(UnlinkIn):
    reference = serializers.CharField(max_length=40, help_text="Of a case that you see.")
    kind = serializers.ChoiceField(choices=LinkedCases.Kind.choices, help_text="What the case of the address is to the other.")


class LinkMadeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=LinkedCases.Kind.choices)
    ended_at = serializers.DateTimeField(allow_null=True)


class OtherCaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=CaseFile.Status.choices)


class LinkedCaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="link.id")
    kind = serializers.ChoiceField(source="link.kind", choices=LinkedCases.Kind.choices)
    word = serializers.CharField(help_text="What this case is to the other.")
    case = OtherCaseOut()
    reason = serializers.CharField(source="link.reason")
    made_by = OfficerOut(source="link.made_by")
    made_at = serializers.DateTimeField(source="link.made_at")
    ended_by = OfficerOut(source="link.ended_by", allow_null=True)
    ended_at = serializers.DateTimeField(source="link.ended_at", allow_null=True)
    end_reason = serializers.CharField(source="link.end_reason")
