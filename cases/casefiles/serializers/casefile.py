"""Cases."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import CaseFile, NoticeMode
from cases.casefiles.serializers.closings import ClosingOut
from cases.casefiles.serializers.links import LinkedCaseOut
from cases.casefiles.serializers.people import OfficerOut


class CaseUnitOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=CaseFile.Status.choices)
    outcome = serializers.ChoiceField(choices=CaseFile.Outcome.choices, allow_blank=True, help_text="Empty unless it is closed.")
    agency = serializers.CharField(source="agency.short_name")
    unit = CaseUnitOut()
    lead = OfficerOut()
    audience = serializers.ChoiceField(choices=CaseFile.Audience.choices)
    is_standing = serializers.BooleanField()
    is_compartment = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    active_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class CircleOut(serializers.Serializer[Any]):
    agency = serializers.CharField(source="agency.short_name")
    sentence = serializers.CharField()


class CaseTextOut(CaseOut):
    summary = serializers.CharField()
    audience_reason = serializers.CharField()
    notice_mode = serializers.ChoiceField(choices=NoticeMode.choices)
    prosecutor = OfficerOut(allow_null=True, help_text="Where the agency's role data puts one on every case.")


class CounselOut(serializers.Serializer[Any]):
    service = serializers.CharField(source="service.short_name")
    law = serializers.CharField()
    asked_at = serializers.DateTimeField(allow_null=True, help_text="Null while no joint case with it was opened about this case.")


class ChangeOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    count = serializers.IntegerField()
    names = serializers.ListField(child=serializers.CharField())
    at = serializers.DateTimeField()


class SinceOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField(help_text="When your visit before this one ended.")
    changes = ChangeOut(many=True)


class CaseDetailOut(CaseTextOut):
    since = SinceOut(allow_null=True, help_text="What others did since you were here last; null at your first visit.")
    seen_by = CircleOut(many=True)
    closings = ClosingOut(many=True)
    linked_cases = LinkedCaseOut(many=True)
    counsel = CounselOut(allow_null=True, help_text="The prosecution service that advises from the first day.")


class CaseStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=CaseFile.Status.choices)
    audience = serializers.ChoiceField(choices=CaseFile.Audience.choices)


class CaseFilterIn(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")
    status = serializers.ChoiceField(choices=CaseFile.Status.choices, required=False, allow_blank=True, default="")
    outcome = serializers.ChoiceField(choices=CaseFile.Outcome.choices, required=False, allow_blank=True, default="")
    unit_id = serializers.UUIDField(required=False)
    mine = serializers.BooleanField(required=False, default=False)
    pinned = serializers.BooleanField(required=False, default=False)


class CasesIn(serializers.Serializer[Any]):
    casefiles = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class RestIn(CasesIn):
    status = serializers.ChoiceField(choices=[CaseFile.Status.OPEN.value, CaseFile.Status.DORMANT.value])


class DeskOut(serializers.Serializer[Any]):
    pinned = CaseOut(many=True)
    recent = CaseOut(many=True)


class NewCaseIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=160)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    unit_id = serializers.UUIDField(required=False)
    team = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=200)
    audience = serializers.ChoiceField(choices=CaseFile.Audience.choices, required=False)
    audience_reason = serializers.CharField(required=False, allow_blank=True, max_length=500)
    is_compartment = serializers.BooleanField(required=False)
    notice_mode = serializers.ChoiceField(choices=NoticeMode.choices, required=False, allow_blank=True)
    prosecutor_id = serializers.UUIDField(required=False, help_text="Wanted where a prosecutor is on every case of the agency.")


class ChangeCaseIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=160, required=False)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    status = serializers.ChoiceField(choices=[CaseFile.Status.OPEN.value, CaseFile.Status.DORMANT.value], required=False)


class StandingIn(serializers.Serializer[Any]):
    unit_id = serializers.UUIDField(required=False)


class DeedOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    name = serializers.CharField(help_text="Empty for the portal itself.")


class LooksIn(serializers.Serializer[Any]):
    looks = serializers.BooleanField(required=False, default=False)
