"""What a text was found to name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from cases.entities.actions import MOST_OFFERED, Part, Suggestion
from cases.entities.identifiers import Validity
from cases.entities.identifiers.found import LONGEST_TEXT
from cases.entities.models import EntityType


class TextIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()
    text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False)
    paragraph = serializers.IntegerField(
        min_value=1, max_value=50, required=False, allow_null=True, help_text="If the text stands in that version."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs | {"parts": [Part(attrs.pop("paragraph", None), attrs.pop("text"))]}


class DeclinedIn(TextIn):
    keys = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=MOST_OFFERED),
        min_length=1,
        max_length=MOST_OFFERED,
        help_text="Of this text.",
    )


class AcceptedIn(DeclinedIn):
    mention_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="The mention whose identifiers they are; else each is a mention."
    )


class OfferAgainIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()


class CountOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()


class SuggestionOut(serializers.Serializer[Any]):
    key = serializers.IntegerField(help_text="Says which, for the same text sent again.")
    start = serializers.IntegerField(source="found.start", help_text="In characters; line breaks count as one.")
    end = serializers.IntegerField(source="found.end")
    raw = serializers.CharField(source="found.raw")
    type = serializers.CharField(source="found.type", help_text="A type of identifier, or date or money.")
    country = serializers.CharField(source="found.country")
    normalised = serializers.CharField(source="found.normalised")
    valid = serializers.ChoiceField(source="found.valid", choices=Validity.choices)
    doubt = serializers.CharField(source="found.doubt")
    etype = serializers.ChoiceField(choices=EntityType.choices)
    paragraph = serializers.IntegerField(allow_null=True)
    known = serializers.BooleanField(help_text="Noted of this version already.")
    declined = serializers.BooleanField()


class SuggestionsOut(serializers.Serializer[Any]):
    results = SuggestionOut(many=True, help_text="In the order of the text; of what overlaps the strictest check first.")


def show_suggestion(row: Suggestion) -> Mapping[str, Any]:
    """One find."""
    return SuggestionOut(row).data
