"""Notes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.serializers.people import OfficerOut


class NoteIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000, help_text="CommonMark without HTML, pictures or headings.")
    tell = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, help_text="Colleagues to be told, if they see the case."
    )


class NoteChangeIn(NoteIn):
    number = serializers.IntegerField(min_value=1, max_value=32_767, help_text="The version that was read.")
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200)


class NotesIn(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")


class NoteOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    author = OfficerOut()
    text = serializers.CharField()
    number = serializers.IntegerField()
    written_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField(allow_null=True)
    pinned_at = serializers.DateTimeField(allow_null=True)


class NoteVersionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    text = serializers.CharField()
    reason = serializers.CharField()
    written_at = serializers.DateTimeField()


class OpenNoteOut(NoteOut):
    versions = NoteVersionOut(many=True)


class WrittenOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    written_at = serializers.DateTimeField()


class NoteWrittenOut(WrittenOut):
    number = serializers.IntegerField()
    untold = OfficerOut(many=True, help_text="Who does not see the case and was not told.")
