"""How an item looks to a machine, and what it may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from cases.intelligence import grading
from cases.intelligence.actions import ItemRow, OpenItem, Part
from cases.intelligence.models import Paragraph
from cases.intelligence.rules import MOST_PARAGRAPHS
from cases.records import handling
from cases.records.serializers import RenditionOut


class HandledIn(serializers.Serializer[Any]):
    handling_scheme = serializers.ChoiceField(choices=handling.Scheme.choices, required=False, help_text="The agency's unless given.")
    handling_text = serializers.CharField(required=False, allow_blank=True, max_length=500, help_text="For codes that need words.")
    handling_countries = serializers.ListField(
        child=serializers.CharField(max_length=8), required=False, max_length=50, help_text="For the code REL-TO."
    )


class ParagraphIn(HandledIn):
    """One numbered statement, in the order of the list."""

    text = serializers.CharField(max_length=20_000)
    kind = serializers.ChoiceField(choices=Paragraph.Kind.choices, required=False)
    scheme = serializers.ChoiceField(choices=grading.Scheme.choices)
    source_code = serializers.CharField(max_length=2)
    information_code = serializers.CharField(max_length=2)
    handling_code = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text="The item's handling unless given.")


class ItemIn(HandledIn):
    title = serializers.CharField(max_length=200)
    dated_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.CharField(max_length=8, required=False)
    handling_code = serializers.CharField(max_length=20)
    paragraphs = serializers.ListField(child=ParagraphIn(), min_length=1, max_length=MOST_PARAGRAPHS)


class NewItemIn(ItemIn):
    case_id = serializers.UUIDField(source="casefile_id", help_text="The case file one works on, or the unit's standing file.")


class CorrectionIn(ItemIn):
    reason = serializers.CharField(max_length=500)


class TearLineIn(ItemIn):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class OfCaseIn(serializers.Serializer[Any]):
    case = serializers.UUIDField(required=False, help_text="Only the items of this case file.")
    since = serializers.DateTimeField(required=False, help_text="Of a case: only those with a version made after this.")


class ItemStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Of the rendition.")
    record = serializers.UUIDField(source="record_id")
    reference = serializers.CharField(source="record.reference")
    kind = serializers.CharField()
    content_hash = serializers.CharField()
    made_at = serializers.DateTimeField()


class GradeOut(serializers.Serializer[Any]):
    scheme = serializers.CharField()
    source_code = serializers.CharField()
    information_code = serializers.CharField()
    words = serializers.CharField(source="grade_words")


class LikenessOut(serializers.Serializer[Any]):
    scheme = serializers.CharField()
    source_code = serializers.CharField()
    information_code = serializers.CharField()
    words = serializers.CharField()
    is_exact = serializers.BooleanField(help_text="Whether the definitions of both scales agree.")
    remark = serializers.CharField(help_text="What the other scale has no code for.")


class ParagraphOut(GradeOut):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    handling_scheme = serializers.CharField()
    handling_code = serializers.CharField()
    handling_wording = serializers.CharField()
    handling_text = serializers.CharField()
    handling_countries = serializers.ListField(child=serializers.CharField())


class HandlingLikenessOut(serializers.Serializer[Any]):
    scheme = serializers.CharField()
    code = serializers.CharField(source="said.code.code", allow_null=True, default=None, help_text="Null where the scheme cannot say it.")
    wording = serializers.CharField(source="said.code.wording", allow_null=True, default=None)
    text = serializers.CharField(source="said.text", default="", help_text="What the code leaves unsaid.")
    countries = serializers.ListField(child=serializers.CharField(), source="said.countries", default=list)


YOUR_SCALE = "The grade as the scale of one's own agency would put it: a view, to be kept nowhere. Null on that scale."
YOUR_SCHEME = "The handling as the scheme of one's own agency would say it: a view; the original binds. Null in that scheme."


class PartOut(ParagraphOut):
    grade_in_your_scale = LikenessOut(allow_null=True, help_text=YOUR_SCALE)
    handling_in_your_scheme = HandlingLikenessOut(allow_null=True, help_text=YOUR_SCHEME)


class ItemOut(RenditionOut):
    record = serializers.UUIDField(source="record_id")
    reference = serializers.CharField(source="record.reference")
    agency = serializers.CharField(source="record.agency.short_name")


class PieceOut(serializers.Serializer[Any]):
    text = serializers.CharField(trim_whitespace=False)
    kept = serializers.BooleanField(help_text="Both versions have it in this place.")


class ChangeOut(serializers.Serializer[Any]):
    before = ParagraphOut(allow_null=True, help_text="Null where the paragraph is new.")
    after = ParagraphOut(allow_null=True, help_text="Null where it was taken out.")
    was = PieceOut(many=True)
    now = PieceOut(many=True)
    reworded = serializers.BooleanField()
    regraded = serializers.BooleanField()
    rehandled = serializers.BooleanField()


class ComparedOut(serializers.Serializer[Any]):
    earlier = ItemOut()
    later = ItemOut()
    changes = ChangeOut(many=True)


class ItemRowOut(ItemOut):
    grade = GradeOut(allow_null=True, help_text="Of its first information.")


class OpenItemOut(ItemOut):
    handling_in_your_scheme = HandlingLikenessOut(allow_null=True, help_text=YOUR_SCHEME)
    paragraphs = PartOut(many=True)
    versions = serializers.ListField(child=serializers.UUIDField(), help_text="Those one may open, the newest first.")
    case = serializers.UUIDField(allow_null=True, help_text="The file it is kept in; null where the reader does not see it.")
    newer = serializers.UUIDField(allow_null=True, help_text="The version that stands in its place.")
    corrected = serializers.BooleanField(help_text="Its owner corrected it after one had read it.")
    why = serializers.CharField()


def show_row(row: ItemRow) -> Mapping[str, Any]:
    """An item in a list."""
    return {**ItemOut(row.rendition).data, "grade": GradeOut(row.graded).data if row.graded else None}


def show_part(part: Part) -> Mapping[str, Any]:
    """A paragraph, with what its reader's agency would say of it."""
    grade = LikenessOut(part.grade).data if part.grade else None
    return {**ParagraphOut(part.paragraph).data, "grade_in_your_scale": grade, "handling_in_your_scheme": _handling(part.handling)}


def show_item(item: OpenItem) -> Mapping[str, Any]:
    """An item as its page shows it."""
    return {
        **ItemOut(item.rendition).data,
        "handling_in_your_scheme": _handling(item.handling),
        "paragraphs": [show_part(part) for part in item.parts],
        "versions": [version.pk for version in item.versions],
        "case": item.casefile.pk if item.casefile else None,
        "newer": item.newer.pk if item.newer else None,
        "corrected": item.corrected,
        "why": item.why.reason,
    }


def _handling(like: handling.Likeness | None) -> Mapping[str, Any] | None:
    return HandlingLikenessOut(like).data if like else None
