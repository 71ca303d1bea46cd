"""How a hit looks to a machine: the same fields as on its page, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from sharing.deconfliction.actions import Contact, Listed, View
from sharing.deconfliction.models import HitSide


class MentionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    record = serializers.UUIDField()


class HitOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.UUIDField(help_text="The same on both sides, to speak of it over the phone.")
    type = serializers.CharField()
    country = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField()
    mention = MentionOut(allow_null=True, help_text="One's own; null where the reader does not see the file it is in.")
    other_agency = serializers.CharField()
    state = serializers.ChoiceField(choices=HitSide.State.choices)
    told_at = serializers.DateTimeField()


class ContactOut(serializers.Serializer[Any]):
    agency = serializers.CharField()
    desk = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    hours = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    local_time = serializers.CharField()


class HitDetailOut(HitOut):
    note = serializers.CharField()
    urgent_at = serializers.DateTimeField(allow_null=True)
    they_warned_at = serializers.DateTimeField(allow_null=True)
    contacts = ContactOut(many=True)
    not_shown_because = serializers.CharField(help_text="Why no desk is shown; empty where one is.")
    they_see = ContactOut(many=True)


class StateIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=HitSide.State.choices, required=False, allow_blank=True, default="")


class AnswerIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[(state.value, state.label) for state in HitSide.ANSWERS])
    note = serializers.CharField(required=False, allow_blank=True, max_length=1_000, default="")


class AnsweredOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=HitSide.State.choices)
    state_at = serializers.DateTimeField()


class UrgentOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    both_sides_warned = serializers.BooleanField()


def show_hit(hit: Listed | View) -> dict[str, Any]:
    side, mention = hit.side, hit.mention
    return {
        "id": side.pk,
        "reference": side.hit_id,
        "type": side.hit.identifier_type,
        "country": side.hit.country,
        "value": side.hit.normalised,
        "unit": side.unit.name,
        "mention": {"id": mention.pk, "name": mention.name, "record": mention.rendition.record_id} if mention else None,
        "other_agency": side.other.short_name,
        "state": side.state,
        "told_at": side.told_at,
    }


def show_view(view: View) -> dict[str, Any]:
    return show_hit(view) | {
        "note": view.side.note,
        "urgent_at": view.side.urgent_at,
        "they_warned_at": view.they_warned_at,
        "contacts": show_contacts(view.theirs),
        "not_shown_because": view.covered.reason,
        "they_see": show_contacts(view.ours),
    }


def show_contacts(contacts: Iterable[Contact]) -> list[dict[str, Any]]:
    return [
        {
            "agency": contact.agency.short_name,
            "desk": contact.desk.name,
            "phone": contact.desk.phone,
            "email": contact.desk.email,
            "hours": contact.desk.hours,
            "languages": contact.desk.languages,
            "local_time": contact.local_time,
        }
        for contact in contacts
    ]
