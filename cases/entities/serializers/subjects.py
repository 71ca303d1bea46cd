"""Subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from cases.entities.actions import Portrait, SubjectRow
from cases.entities.models import EntityType, Subject
from cases.entities.serializers.mentions import ChosenIn, NamedOut, SourceOut, show_named
from cases.entities.serializers.relations import MergeOut, RelationOut, show_relation


class SubjectIn(serializers.Serializer[Any]):
    label = serializers.CharField(  # type: ignore[assignment]
        max_length=200, required=False, allow_blank=True, help_text="Read by those who see every one of its mentions."
    )
    category = serializers.ChoiceField(choices=Subject.Category.choices, required=False)
    category_reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class NewSubjectIn(SubjectIn, ChosenIn):
    pass


class SubjectsIn(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")
    etype = serializers.ChoiceField(choices=EntityType.choices, required=False, allow_blank=True, default="")
    category = serializers.ChoiceField(choices=Subject.Category.choices, required=False, allow_blank=True, default="")


class SubjectOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="subject.id")
    label = serializers.CharField(source="subject.called", help_text="Or the first mention's name.")  # type: ignore[assignment]
    etype = serializers.ChoiceField(source="subject.etype", choices=EntityType.choices)
    category = serializers.ChoiceField(source="subject.category", choices=Subject.Category.choices)
    category_reason = serializers.CharField(source="subject.reason")
    made_at = serializers.DateTimeField(source="subject.made_at")


class SubjectRowOut(SubjectOut):
    mentions = serializers.IntegerField(help_text="Those one sees.")


class FactOut(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()
    mentions = serializers.ListField(child=serializers.UUIDField())
    sources = SourceOut(many=True)
    disputed = serializers.BooleanField()


class PortraitOut(SubjectOut):
    facts = FactOut(many=True)
    mentions = NamedOut(many=True)
    alike = NamedOut(many=True, help_text="Further mentions one sees that may be the same: by an identifier or by name.")
    related = RelationOut(many=True)
    merges = MergeOut(many=True, help_text="What was put together with it, to be undone.")
    cases = serializers.ListField(child=serializers.UUIDField())


def show_row(row: SubjectRow) -> Mapping[str, Any]:
    """A subject in a list."""
    return SubjectRowOut(row).data


def show_portrait(portrait: Portrait) -> Mapping[str, Any]:
    """A subject as its page shows it."""
    facts = [
        {
            "label": str(fact.label),
            "value": value,
            "mentions": [each.pk for each in said_by],
            "sources": SourceOut(said_by, many=True).data,
            "disputed": fact.disputed,
        }
        for fact in portrait.facts
        for value, said_by in fact.values.items()
    ]
    return {
        **SubjectOut(portrait).data,
        "facts": facts,
        "mentions": [show_named(row) for row in portrait.rows],
        "alike": [show_named(each.row) for each in portrait.alike],
        "merges": [MergeOut(each.merge).data for each in portrait.merges],
        "related": [show_relation(each) for each in portrait.related],
        "cases": [case.pk for case in portrait.cases],
    }
