"""How a case looks to a machine, and what it may send."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import CaseFile, NoticeMode, OtherReference, Task


class OfficerOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CaseUnitOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CaseOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=CaseFile.Status.choices)
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


class OffenceIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=6, help_text="Of the International Classification of Crime for Statistical Purposes.")
    began_on = serializers.DateField(required=False, allow_null=True)
    ended_on = serializers.DateField(required=False, allow_null=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=160)


class OffenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    began_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    place = serializers.CharField()


class ReferenceIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=OtherReference.Kind.choices)
    number = serializers.CharField(max_length=80)
    body = serializers.CharField(required=False, allow_blank=True, max_length=120)


class ReferenceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=OtherReference.Kind.choices)
    number = serializers.CharField()
    body = serializers.CharField()


class SchemeIn(serializers.Serializer[Any]):
    pattern = serializers.CharField(max_length=40, help_text="With {draw}, and {agency} and {year} where wanted.")


class CaseDecisionIn(serializers.Serializer[Any]):
    what = serializers.CharField(max_length=500)
    why = serializers.CharField(max_length=5_000)
    basis = serializers.CharField(max_length=500)
    decided_on = serializers.DateField()
    decided_by_id = serializers.UUIDField(required=False, help_text="A colleague; whoever enters it, where nobody is named.")
    corrects_id = serializers.UUIDField(required=False, allow_null=True)


class CaseDecisionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    what = serializers.CharField()
    why = serializers.CharField()
    basis = serializers.CharField()
    decided_on = serializers.DateField()
    decided_by = OfficerOut()
    written_by = OfficerOut()
    written_at = serializers.DateTimeField()
    corrects = serializers.UUIDField(source="corrects_id", allow_null=True)


class CaseTextOut(CaseOut):
    summary = serializers.CharField()
    audience_reason = serializers.CharField()
    notice_mode = serializers.ChoiceField(choices=NoticeMode.choices)


class CaseDetailOut(CaseTextOut):
    seen_by = CircleOut(many=True)


class CaseStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=CaseFile.Status.choices)
    audience = serializers.ChoiceField(choices=CaseFile.Audience.choices)


class CaseFilterIn(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, max_length=100, default="")
    status = serializers.ChoiceField(choices=CaseFile.Status.choices, required=False, allow_blank=True, default="")
    unit_id = serializers.UUIDField(required=False)
    mine = serializers.BooleanField(required=False, default=False)
    pinned = serializers.BooleanField(required=False, default=False)


class CasesIn(serializers.Serializer[Any]):
    casefiles = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


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


class ChangeCaseIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=160, required=False)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    status = serializers.ChoiceField(choices=[CaseFile.Status.OPEN.value, CaseFile.Status.DORMANT.value], required=False)


class StandingIn(serializers.Serializer[Any]):
    unit_id = serializers.UUIDField(required=False)


class MemberIn(serializers.Serializer[Any]):
    officer_id = serializers.UUIDField()


class MemberOut(OfficerOut):
    rank = serializers.CharField()
    unit = serializers.CharField(source="unit.name")


class NoteIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000)


class NoteOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    author = OfficerOut()
    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class WrittenOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    written_at = serializers.DateTimeField()


class TaskIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    assignee_id = serializers.UUIDField()
    due_on = serializers.DateField(required=False, allow_null=True)


class TaskFilterIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=Task.State.choices, required=False, allow_blank=True, default="")


class TaskOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    assignee = OfficerOut()
    due_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=Task.State.choices)
    made_by = OfficerOut()
    made_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class EndTaskIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[Task.State.DONE.value, Task.State.DROPPED.value], default=Task.State.DONE.value)


class EndTasksIn(EndTaskIn):
    tasks = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class TaskStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Task.State.choices)


class DeedOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    name = serializers.CharField(help_text="Empty for the portal itself.")


class LooksIn(serializers.Serializer[Any]):
    looks = serializers.BooleanField(required=False, default=False)
