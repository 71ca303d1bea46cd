"""Officers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class OfficerOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class MemberIn(serializers.Serializer[Any]):
    officer_id = serializers.UUIDField()


class MemberOut(OfficerOut):
    rank = serializers.CharField()
    unit = serializers.CharField(source="unit.name")
