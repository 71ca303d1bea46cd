"""Who may be the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from cases.entities.actions import Likely
from cases.entities.models import EntityType
from cases.entities.serializers.mentions import IdentifierIn, IdentifierOut, NamedOut, show_named


class BegunIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()
    etype = serializers.ChoiceField(choices=EntityType.choices)
    name = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    aliases = serializers.ListField(child=serializers.CharField(max_length=300), max_length=20, required=False)
    identifiers = serializers.ListField(child=IdentifierIn(), max_length=20, required=False)


class OtherIn(serializers.Serializer[Any]):
    other_id = serializers.UUIDField(help_text="The other mention.")


class PairIn(serializers.Serializer[Any]):
    pair_id = serializers.UUIDField()


class IdOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class LikelyOut(NamedOut):
    likeness = serializers.FloatField(help_text="Of the names: 0 to 1.")
    same = IdentifierOut(many=True, help_text="Identifiers both carry.")


class HeldApartOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    one = serializers.UUIDField(source="one_id")
    other = serializers.UUIDField(source="other_id")
    made_at = serializers.DateTimeField()


class LikelyListOut(serializers.Serializer[Any]):
    results = LikelyOut(many=True)


class ComparedOut(LikelyListOut):
    apart = HeldApartOut(many=True, help_text="Pairs that one's agency holds apart.")


def show_likely(each: Likely) -> Mapping[str, Any]:
    """One that may be the same, and why."""
    return {**show_named(each.row), "likeness": each.likeness, "same": IdentifierOut(each.numbers, many=True).data}
