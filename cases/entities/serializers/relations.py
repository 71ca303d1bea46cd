"""How subjects are related."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from cases.entities.actions import Related
from cases.entities.models import Relation, RelationKind, Subject


class SupportIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()
    paragraph = serializers.IntegerField(min_value=1, max_value=1_000)


class SupportsIn(serializers.Serializer[Any]):
    supports = serializers.ListField(child=SupportIn(), min_length=1, max_length=40)


class NewRelationIn(SupportsIn):
    subject_id = serializers.UUIDField()
    other_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=RelationKind.choices, help_text="How the subject is related to the other one.")
    confidence = serializers.ChoiceField(choices=Relation.Confidence.choices, required=False)
    description = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="Read by those who see every one of its supports."
    )
    began_on = serializers.DateField(required=False, allow_null=True)
    ceased_on = serializers.DateField(required=False, allow_null=True)


class RelationsIn(serializers.Serializer[Any]):
    subject_id = serializers.UUIDField(required=False)
    ended = serializers.BooleanField(required=False, default=False, help_text="Also those that were taken back.")


class WhyIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class MergeIn(WhyIn):
    other_id = serializers.UUIDField()


class MergeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kept_id = serializers.UUIDField()
    made_at = serializers.DateTimeField()


class RelationStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    made_at = serializers.DateTimeField()


class EndOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField(source="called")  # type: ignore[assignment]
    etype = serializers.CharField()
    category = serializers.ChoiceField(choices=Subject.Category.choices)


class SupportOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="row.id")
    rendition_id = serializers.UUIDField(source="row.rendition_id")
    paragraph = serializers.IntegerField(source="row.paragraph")
    ended_at = serializers.DateTimeField(source="row.ended_at", allow_null=True)
    newer_rendition_id = serializers.UUIDField(source="newer.id", allow_null=True, default=None, help_text="A newer version stands.")


class RelationOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="relation.id")
    subject = EndOut()
    kind = serializers.ChoiceField(source="relation.kind", choices=RelationKind.choices)
    other = EndOut()
    confidence = serializers.ChoiceField(source="relation.confidence", choices=Relation.Confidence.choices)
    description = serializers.CharField(source="relation.said")
    began_on = serializers.DateField(source="relation.days.0", allow_null=True)
    ceased_on = serializers.DateField(source="relation.days.1", allow_null=True)
    made_at = serializers.DateTimeField(source="relation.made_at")
    ended_at = serializers.DateTimeField(source="relation.ended_at", allow_null=True)
    end_reason = serializers.CharField(source="relation.why_ended")
    stands = serializers.BooleanField(help_text="Whether a paragraph that one sees supports it in its newest version.")
    supports = SupportOut(many=True)


def show_relation(related: Related) -> Mapping[str, Any]:
    """A relation with those of its supports that its reader sees."""
    return RelationOut(related).data


def with_supports(sent: dict[str, Any]) -> dict[str, Any]:
    """The paragraphs as the action takes them."""
    return {**sent, "supports": {(each["rendition_id"], each["paragraph"]) for each in sent["supports"]}}
