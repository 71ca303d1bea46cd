"""Mentions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.casefiles.models import NoticeMode
from cases.entities import names
from cases.entities.actions import Named
from cases.entities.identifiers import IdentifierType, Validity
from cases.entities.models import EntityType

MOST_MENTIONS = 200


class IdentifierIn(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=IdentifierType.choices)
    country = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="A code or an English name.")
    raw = serializers.CharField(max_length=200, help_text="As it is written; a wrong check digit is flagged, never refused.")


class AttributesIn(serializers.Serializer[Any]):
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=300), max_length=50, required=False, help_text="Known as; other kinds beside."
    )
    nicknames = serializers.ListField(child=serializers.CharField(max_length=300), max_length=50, required=False)
    transliterations = serializers.ListField(child=serializers.CharField(max_length=300), max_length=50, required=False)
    maiden = serializers.ListField(child=serializers.CharField(max_length=300), max_length=50, required=False)
    false_names = serializers.ListField(
        child=serializers.CharField(max_length=300), max_length=50, required=False, help_text="On false papers."
    )
    second_surname = serializers.CharField(max_length=200, required=False)
    name_order = serializers.ChoiceField(choices=names.Order.choices, required=False)
    script = serializers.ChoiceField(choices=names.Script.choices, required=False, help_text="ISO 15924.")
    happened = serializers.ListField(
        child=serializers.CharField(max_length=10), max_length=20, required=False, help_text="Of an event: ISO, may be partial."
    )
    born = serializers.ListField(
        child=serializers.CharField(max_length=10), max_length=20, required=False, help_text="ISO, may be partial."
    )
    given = serializers.CharField(max_length=200, required=False)
    surname = serializers.CharField(max_length=200, required=False)
    gender = serializers.CharField(max_length=40, required=False)
    country = serializers.CharField(max_length=60, required=False)
    place = serializers.CharField(max_length=200, required=False)
    address = serializers.CharField(max_length=500, required=False)


class NewMentionIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()
    etype = serializers.ChoiceField(choices=EntityType.choices)
    name = serializers.CharField(max_length=300)
    paragraph = serializers.IntegerField(min_value=1, max_value=50, required=False, allow_null=True)
    identifiers = serializers.ListField(child=IdentifierIn(), max_length=50, required=False)
    attributes = AttributesIn(required=False)


class TakeOverIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField(help_text="The newer version.")
    from_rendition_id = serializers.UUIDField(help_text="The older version.")
    mention_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_MENTIONS, required=False, help_text="All of them unless given."
    )


class MentionsIn(serializers.Serializer[Any]):
    rendition = serializers.UUIDField(required=False)
    case = serializers.UUIDField(required=False)
    q = serializers.CharField(required=False, allow_blank=True, max_length=100, default="", help_text="In a case: name or number.")
    etype = serializers.ChoiceField(choices=EntityType.choices, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("rendition" in attrs) == ("case" in attrs):
            raise serializers.ValidationError({"rendition": _("Name a rendition or a case.")})
        return attrs


class ChosenIn(serializers.Serializer[Any]):
    mention_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_MENTIONS)


class NoticeModeIn(serializers.Serializer[Any]):
    notice_mode = serializers.ChoiceField(choices=NoticeMode.choices)


class NoticeModeOut(NoticeModeIn):
    id = serializers.UUIDField()


class StateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    made_at = serializers.DateTimeField()


class TakenOut(serializers.Serializer[Any]):
    ids = serializers.ListField(child=serializers.UUIDField())


class IdentifierOut(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=IdentifierType.choices)
    country = serializers.CharField()
    raw = serializers.CharField()
    normalised = serializers.CharField()
    valid = serializers.ChoiceField(choices=Validity.choices)


class MentionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="mention.id")
    rendition = serializers.UUIDField(source="mention.rendition_id")
    paragraph = serializers.IntegerField(source="mention.paragraph", allow_null=True)
    etype = serializers.ChoiceField(source="mention.etype", choices=EntityType.choices)
    name = serializers.CharField(source="mention.name")
    attributes = serializers.DictField(source="mention.attributes")
    made_at = serializers.DateTimeField(source="mention.made_at")
    identifiers = IdentifierOut(many=True)


class NamedOut(MentionOut):
    subjects = serializers.ListField(child=serializers.UUIDField(), help_text="Of one's own agency.")


class SourceOut(serializers.Serializer[Any]):
    mention = serializers.UUIDField(source="id")
    rendition = serializers.UUIDField(source="rendition_id")
    version = serializers.IntegerField(source="rendition.number")
    paragraph = serializers.IntegerField(allow_null=True, help_text="Graded in the item of that rendition.")
    dated_on = serializers.DateField(source="rendition.dated_on", allow_null=True)


def show_named(row: Named) -> Mapping[str, Any]:
    """A mention in a list."""
    return {**MentionOut(row).data, "subjects": [subject.pk for subject in row.subjects]}
