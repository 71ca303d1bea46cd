"""Notes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.serializers.people import OfficerOut


class NoteIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000)


class NoteOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    author = OfficerOut()
    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class WrittenOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    written_at = serializers.DateTimeField()
