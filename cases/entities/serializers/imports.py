"""Files from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.entities import actions, currencies, moments, transport
from cases.entities.actions import OpenImport, Plan
from cases.entities.identifiers import IdentifierType
from cases.entities.models import EntityType, FileImport, Format
from cases.entities.transport import NUMBER

OF_DEALINGS = [name for fields in transport.DEALING_FIELDS.values() for name in fields]
FIELDS = [*transport.FIELDS, *(f"{NUMBER}{kind}" for kind in IdentifierType.values), *OF_DEALINGS]


class ImportsIn(serializers.Serializer[Any]):
    casefile = serializers.UUIDField()


class UploadIn(ImportsIn):
    file = serializers.FileField(help_text="CSV, .xlsx or .ods; told by its content and not by its name.")


class ColumnIn(serializers.Serializer[Any]):
    header = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    field = serializers.ChoiceField(choices=FIELDS, required=False, allow_blank=True, default="", help_text="Left out where empty.")
    country = serializers.CharField(max_length=60, required=False, allow_blank=True, default="", help_text="Of its numbers.")


class MapIn(serializers.Serializer[Any]):
    sheet = serializers.IntegerField(min_value=0, max_value=1_000, required=False, default=0)
    header = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False, default=1, help_text="Its row; 0 for none.")
    encoding = serializers.ChoiceField(choices=transport.ENCODINGS, required=False, help_text="Of CSV; as it looks unless given.")
    delimiter = serializers.ChoiceField(
        choices=[(sign, repr(sign)) for sign in transport.DELIMITERS], required=False, help_text="Of CSV; as it looks unless given."
    )
    dates = serializers.ChoiceField(choices=transport.DateOrder.choices, help_text="Order of what is not written as ISO 8601.")
    etype = serializers.ChoiceField(choices=EntityType.choices, required=False, default=EntityType.PERSON)
    rows = serializers.ChoiceField(choices=transport.Kind.choices, required=False, default=transport.Kind.ENTITIES)
    decimals = serializers.ChoiceField(choices=[(".", "."), (",", ",")], required=False, help_text="Wanted for payments.")
    currency = serializers.CharField(
        max_length=currencies.LONGEST, required=False, allow_blank=True, default="", help_text="Of payments that say none."
    )
    zone = serializers.CharField(
        max_length=moments.LONGEST_ZONE, required=False, allow_blank=True, default="", help_text="Of times that say none."
    )
    own = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="Account or number where a row leaves one end empty."
    )
    ends = serializers.BooleanField(required=False, default=True, help_text="Whether accounts and numbers become mentions.")
    columns = serializers.ListField(child=ColumnIn(), min_length=1, max_length=200, help_text="From the first on.")
    title = serializers.CharField(max_length=200)
    handling_code = serializers.CharField(max_length=20)
    handling_text = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    register_id = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="A register of the case; a new one unless given."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["rows"] == transport.Kind.MONEY and "decimals" not in attrs:
            raise serializers.ValidationError({"decimals": _("Say which sign stands before the decimals.")})
        return {"decimals": ".", **attrs}

    def validate_zone(self, zone: str) -> str:
        try:
            moments.zone_of(zone)
        except ValueError as unknown:
            raise serializers.ValidationError(moments.UNREADABLE) from unknown
        return zone


class UndoIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class ImportOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    case = serializers.UUIDField(source="casefile_id")
    name = serializers.CharField()
    title = serializers.CharField()
    format = serializers.ChoiceField(choices=Format.choices)
    digest = serializers.CharField(help_text="SHA-256 of the file.")
    size = serializers.IntegerField()
    state = serializers.ChoiceField(choices=FileImport.State.choices)
    percent = serializers.IntegerField()
    total = serializers.IntegerField()
    read = serializers.IntegerField()
    new = serializers.IntegerField()
    known = serializers.IntegerField()
    faulty = serializers.IntegerField()
    flagged = serializers.IntegerField(help_text="Numbers whose check digit does not hold.")
    made_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class SheetOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    is_hidden = serializers.BooleanField()


class FirstRowOut(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.CharField())


class TroubleOut(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    column = serializers.CharField()
    said = serializers.CharField()


class ImportDetailOut(ImportOut):
    sheets = SheetOut(many=True)
    first = serializers.ListField(child=FirstRowOut(many=True), help_text="Of each sheet the first rows.")
    faults = TroubleOut(many=True, help_text="The first of them.")
    failure = serializers.CharField()
    renditions = serializers.ListField(child=serializers.UUIDField(), help_text="The versions of the register that it made.")


class ImportStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=FileImport.State.choices)


def show_import(job: FileImport) -> Mapping[str, Any]:
    """An import in a list."""
    return ImportOut(job).data


def show_open_import(opened: OpenImport) -> Mapping[str, Any]:
    """One import, with what is in its file and what is wrong there."""
    job = opened.job
    return {
        **ImportOut(job).data,
        "sheets": [{"name": name, "is_hidden": hidden} for name, hidden in job.sheets],
        "first": [[{"row": number, "cells": cells} for number, cells in rows] for rows in job.first],
        "faults": TroubleOut(actions.troubles_of(job), many=True).data,
        "failure": actions.failure_of(job),
        "renditions": [rendition.pk for rendition in opened.renditions],
    }


def plan_of(job: FileImport, given: Mapping[str, Any]) -> Plan:
    """What a machine said of the columns, as the action takes it."""
    kept = transport.Reading(**job.reading)
    reading = transport.Reading(
        job.format, given["sheet"], given.get("encoding") or kept.encoding, given.get("delimiter") or kept.delimiter
    )
    columns = [transport.Column(**column) for column in given["columns"]]
    more = {name: given[name] for name in ("rows", "decimals", "zone", "own", "ends")} | {"currency": given["currency"].upper()}
    mapping = transport.TableMapping(given["header"], given["dates"], given["etype"], columns, **more)
    return Plan(reading, mapping, given["title"], given["handling_code"], given["handling_text"], given["register_id"])
