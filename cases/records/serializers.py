"""How records look to a machine, and what it may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.casefiles.models import CaseFile
from cases.records.actions import Checked, OpenRecord, RecordRow
from cases.records.models import Record, Rendition


class RecordFilterIn(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")
    kind = serializers.ChoiceField(choices=Record.Kind.choices, required=False, allow_blank=True, default="")


class RenditionIn(serializers.Serializer[Any]):
    rendition = serializers.UUIDField(required=False)


class RenditionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Rendition.Kind.choices)
    title = serializers.CharField()
    language = serializers.CharField()
    dated_on = serializers.DateField(allow_null=True)
    handling_scheme = serializers.CharField()
    handling_code = serializers.CharField()
    handling_wording = serializers.CharField()
    handling_text = serializers.CharField()
    handling_countries = serializers.ListField(child=serializers.CharField())
    content_hash = serializers.CharField()
    made_at = serializers.DateTimeField()


class RecordOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="record.id")
    reference = serializers.CharField(source="record.reference")
    kind = serializers.ChoiceField(source="record.kind", choices=Record.Kind.choices)
    agency = serializers.CharField(source="record.agency.short_name")
    rendition = RenditionOut()


class SightOut(serializers.Serializer[Any]):
    agency = serializers.CharField(source="agency.short_name")
    sentence = serializers.CharField()
    sees = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    release = serializers.UUIDField(source="release_id", allow_null=True)


class HeaderOut(serializers.Serializer[Any]):
    reference = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    desk = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    hours = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())


class ReasonOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()


class OpenRecordOut(RecordOut):
    renditions = RenditionOut(many=True)
    header = HeaderOut(allow_null=True, help_text="What a case header says; null for other kinds.")
    home = serializers.UUIDField(allow_null=True, help_text="The case it is kept in; null where the reader does not see it.")
    cases = serializers.ListField(child=serializers.UUIDField(), help_text="Further cases it is linked to that the reader sees.")
    why = ReasonOut()
    seen_by = SightOut(many=True)


class RecordReadingOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    agency = serializers.CharField(source="agency.short_name")
    name = serializers.CharField(help_text="Of one's own agency alone.")
    role = serializers.CharField()
    rendition = serializers.UUIDField(source="rendition.id", allow_null=True, default=None)


class CheckIn(serializers.Serializer[Any]):
    officer_id = serializers.UUIDField(required=False, source="person_id", help_text="A colleague.")
    email = serializers.EmailField(required=False, help_text="Anybody of one's agency, or of one that it was released to.")
    rendition_id = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("person_id") or attrs.get("email")):
            raise serializers.ValidationError({"officer_id": _("Say whom to check.")})
        return attrs


class CheckStepOut(ReasonOut):
    speaks_for = serializers.BooleanField()


class CheckedOut(serializers.Serializer[Any]):
    sees = serializers.BooleanField()
    why = ReasonOut()
    steps = CheckStepOut(many=True)


class LinkIn(serializers.Serializer[Any]):
    case_id = serializers.UUIDField()


class LinkOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    made_at = serializers.DateTimeField()


class AudienceIn(serializers.Serializer[Any]):
    audience = serializers.ChoiceField(choices=CaseFile.Audience.choices)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class AudienceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    audience = serializers.ChoiceField(choices=CaseFile.Audience.choices)


def show_row(row: RecordRow) -> Mapping[str, Any]:
    """A record in a list."""
    return RecordOut(row).data


def show_record(opened: OpenRecord) -> dict[str, Any]:
    """A record as its page shows it."""
    return {
        **RecordOut(opened).data,
        "renditions": RenditionOut(opened.renditions, many=True).data,
        "header": HeaderOut(opened.header).data if opened.header else None,
        "home": opened.home.pk if opened.home else None,
        "cases": [link.casefile_id for link in opened.links],
        "why": {"code": opened.why.code, "sentence": opened.why.reason},
        "seen_by": SightOut(opened.sights, many=True).data,
    }


def show_checked(checked: Checked) -> dict[str, Any]:
    """The answer for one person, and the steps to it."""
    return {
        "sees": bool(checked.verdict),
        "why": {"code": checked.verdict.code, "sentence": checked.verdict.reason},
        "steps": [{"code": step.code, "sentence": step.reason, "speaks_for": bool(step)} for step in checked.steps],
    }
