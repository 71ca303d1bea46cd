"""What a case is about."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import OtherReference


class OffenceIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=6, help_text="Of the International Classification of Crime for Statistical Purposes.")
    began_on = serializers.DateField(required=False, allow_null=True)
    ended_on = serializers.DateField(required=False, allow_null=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=160)


class OffenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    began_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    place = serializers.CharField()


class ReferenceIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=OtherReference.Kind.choices)
    number = serializers.CharField(max_length=80)
    body = serializers.CharField(required=False, allow_blank=True, max_length=120)


class ReferenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=OtherReference.Kind.choices)
    number = serializers.CharField()
    body = serializers.CharField()


class SchemeIn(serializers.Serializer[Any]):
    pattern = serializers.CharField(max_length=40, help_text="With {draw}, and {agency} and {year} where wanted.")
