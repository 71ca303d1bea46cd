"""How advice looks to a machine, and what it may send."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from sharing.prosecution.actions import OpenAdvice
from sharing.prosecution.models import Advice


class AdvisingOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    agency = serializers.CharField(source="agency.short_name")


class AdviceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=Advice.Kind.choices)
    title = serializers.CharField()
    casefile_id = serializers.UUIDField(allow_null=True)
    joint_id = serializers.UUIDField(allow_null=True)
    author = AdvisingOut()
    written_at = serializers.DateTimeField()


class ReplyOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    author = AdvisingOut()
    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class ReaderOut(serializers.Serializer[Any]):
    officer = AdvisingOut()
    let_in_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True, help_text="When they first read it.")


class AdviceDetailOut(AdviceOut):
    text = serializers.CharField()
    replies = ReplyOut(many=True)
    readers = ReaderOut(many=True, help_text="Who is behind the wall beside its author.")


class AdviceIn(serializers.Serializer[Any]):
    casefile_id = serializers.UUIDField(required=False, help_text="This or `joint_id`.")
    joint_id = serializers.UUIDField(required=False)
    title = serializers.CharField(max_length=160)
    text = serializers.CharField(max_length=20_000)
    to = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=20, help_text="Officers who see the case.")


class AdviceFilterIn(serializers.Serializer[Any]):
    casefile_id = serializers.UUIDField(required=False)
    joint_id = serializers.UUIDField(required=False)


class ReplyIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000)


class ReaderIn(serializers.Serializer[Any]):
    member_id = serializers.UUIDField()


class AdviceStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()


class WrittenBehindOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


def show_advice(advice: Advice) -> dict[str, Any]:
    return dict(AdviceOut(advice).data)


def show_opened(opened: OpenAdvice) -> dict[str, Any]:
    return show_advice(opened.advice) | {
        "text": opened.advice.text,
        "replies": ReplyOut(opened.replies, many=True).data,
        "readers": ReaderOut(opened.readers, many=True).data,
    }
