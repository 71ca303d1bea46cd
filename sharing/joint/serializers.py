"""How a joint case looks to a machine."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from sharing.agreements.models import Purpose
from sharing.joint.actions import OpenAgreed, Parting, ViewedContribution, ViewedJoint
from sharing.joint.models import AgreedEntry, AgreedTask, Entry, JointCase, Party


class JointOut(serializers.Serializer[Any]):
    """The cover."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    host = serializers.CharField(source="host.short_name")
    agreement = serializers.CharField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class SeatOut(serializers.Serializer[Any]):
    agency = serializers.CharField(source="agency.short_name")
    state = serializers.ChoiceField(choices=Party.State.choices)
    answered_at = serializers.DateTimeField(allow_null=True)


class AdmissionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    officer = serializers.CharField(source="officer.name")
    agency = serializers.UUIDField(source="party.agency_id")
    admitted_at = serializers.DateTimeField()


class EntryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Entry.Kind.choices)
    text = serializers.CharField()
    author = serializers.CharField(source="author.name")
    agency = serializers.CharField(source="agency.short_name")
    written_at = serializers.DateTimeField()


class ContributionOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    record = serializers.UUIDField(source="record_id")
    rendition = serializers.UUIDField(source="rendition_id")
    title = serializers.CharField(source="rendition.title")
    owner = serializers.CharField(source="record.agency.short_name")
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class LineOut(ContributionOut):
    number = serializers.IntegerField(source="rendition.number")
    asked_by = serializers.CharField(source="made_by.name")
    approved_by = serializers.CharField(source="approved_by.name", default="")
    approved_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = serializers.CharField()


class ContributionDetailOut(LineOut):
    to = serializers.ListField(child=serializers.CharField(), help_text="The agencies whose teams see it.")
    allowed = serializers.BooleanField(help_text="Whether the policy lets it be given now.")
    why_not = serializers.CharField()
    may_approve = serializers.BooleanField(help_text="Whether the reader is a second pair of eyes.")
    content_hash = serializers.CharField(help_text="What an approval is bound to.")


class AgreedTaskOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    joint_id = serializers.UUIDField()
    title = serializers.CharField()
    text = serializers.CharField()
    agency = serializers.CharField(source="party.agency.short_name", help_text="Which does it.")
    agency_left = serializers.SerializerMethodField(help_text="Whether that agency has left since.")
    assignee = serializers.CharField(source="holder.name", default=None, help_text="Null also once their admission ended.")
    due_on = serializers.DateField(allow_null=True)
    is_late = serializers.BooleanField()
    days_late = serializers.IntegerField(help_text="Whole days.")
    state = serializers.ChoiceField(choices=AgreedTask.State.choices)
    made_by = serializers.CharField(source="made_by.name")
    made_at = serializers.DateTimeField()
    ended_by = serializers.CharField(source="ended_by.name", default=None)
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_agency_left(self, task: AgreedTask) -> bool:
        return task.party.state == Party.State.LEFT


class AgreedTaskDetailOut(AgreedTaskOut):
    may_move = serializers.BooleanField(help_text="Whether the reader may move it on, change or end it.")
    may_comment = serializers.BooleanField()


class AgreedEntryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=AgreedEntry.Kind.choices)
    text = serializers.CharField()
    assignee = serializers.CharField(source="assignee.name", default=None)
    due_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=AgreedTask.State.choices)
    author = serializers.CharField(source="author.name")
    agency = serializers.CharField(source="agency.short_name")
    at = serializers.DateTimeField()


class AgreedFilterIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=[("running", "to do or doing"), *AgreedTask.State.choices], required=False, allow_blank=True, default=""
    )


class AgreedTaskIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    agency_id = serializers.UUIDField(help_text="One that joined.")
    assignee_id = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="One whom that agency admitted.")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)


class ChangeAgreedIn(serializers.Serializer[Any]):
    assignee_id = serializers.UUIDField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(max_length=500)


class AgreedCommentIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=10_000)


class MoveAgreedIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[(state.value, state.label) for state in AgreedTask.RUNNING])


class EndAgreedIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=[AgreedTask.State.DONE.value, AgreedTask.State.DROPPED.value], default=AgreedTask.State.DONE.value
    )
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="", help_text="Wanted for what is dropped.")


class ReopenAgreedIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class AgreedStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=AgreedTask.State.choices)


class ChoiceOut(ContributionOut):
    may_stay = serializers.BooleanField(help_text="Whether the reader may let it stay after leaving.")
    why_not = serializers.CharField()


class PartingOut(serializers.Serializer[Any]):
    given = ChoiceOut(many=True)
    remaining = serializers.ListField(child=serializers.CharField(), help_text="The agencies that would go on seeing what stays.")
    content_hash = serializers.CharField(help_text="What a consent is bound to.")


class LeaveIn(serializers.Serializer[Any]):
    stay = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=200,
        help_text="Contributions that may stay visible to the agencies that remain; all others are taken back.",
    )  # fmt: skip
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="", help_text="Wanted if something stays.")
    content_hash = serializers.CharField(max_length=64, required=False, default="", help_text="As GET shows it; wanted if something stays.")
    proof = serializers.DictField(required=False, default=dict, help_text='{"passkey": {…}}, {"code": "123456"} or {"password": "…"}')


class LeftBehindOut(ContributionOut):
    joint = serializers.CharField(source="joint.reference")
    kept_by = serializers.CharField(source="kept_by.name")
    kept_at = serializers.DateTimeField()
    kept_reason = serializers.CharField()


class JointDetailOut(JointOut):
    article = serializers.CharField(source="article.number")
    parties = SeatOut(many=True)
    admissions = AdmissionOut(many=True)
    deeds = serializers.ListField(child=serializers.CharField(), help_text="What the reader could do with it now.")
    inside = serializers.BooleanField(help_text="Whether the reader is on its team; what follows is theirs alone.")
    title = serializers.CharField()
    summary = serializers.CharField()
    file = serializers.UUIDField(allow_null=True, help_text="The own agency's file for it.")
    entries = EntryOut(many=True, help_text="The newest.")
    contributions = ContributionOut(many=True)
    tasks = AgreedTaskOut(many=True, help_text="What is still to be done, due soonest first.")
    waiting = ContributionOut(many=True, help_text="What the own agency is about to give: nothing of it has crossed.")


class JointIn(serializers.Serializer[Any]):
    agreement_id = serializers.UUIDField()
    partner_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=60)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    title = serializers.CharField(max_length=160)
    summary = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    casefile_id = serializers.UUIDField(required=False, help_text="The case of one's own that it comes of; nothing of it goes over.")


class EntryIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=20_000)
    kind = serializers.ChoiceField(choices=Entry.Kind.choices, required=False, default=Entry.Kind.NOTE)


class AdmitIn(serializers.Serializer[Any]):
    member_id = serializers.UUIDField()


class ContributeIn(serializers.Serializer[Any]):
    rendition_id = serializers.UUIDField()


class MadeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class JointStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)


def show_cover(joint: JointCase) -> dict[str, Any]:
    return dict(JointOut(joint).data)


def show_viewed(viewed: ViewedJoint) -> dict[str, Any]:
    """The cover; and what is inside, for the team."""
    mandate = viewed.mandate
    return show_cover(viewed.joint) | {
        "article": viewed.joint.article.number,
        "parties": SeatOut(viewed.parties, many=True).data,
        "admissions": AdmissionOut(viewed.admissions, many=True).data,
        "deeds": viewed.deeds,
        "inside": viewed.seat is not None,
        "title": mandate.title if mandate else "",
        "summary": mandate.summary if mandate else "",
        "file": viewed.file.pk if viewed.file else None,
        "entries": EntryOut(viewed.entries.rows, many=True).data,
        "contributions": ContributionOut(viewed.given, many=True).data,
        "tasks": AgreedTaskOut(viewed.tasks, many=True).data,
        "waiting": ContributionOut(viewed.waiting, many=True).data,
    }


def show_contribution(viewed: ViewedContribution) -> dict[str, Any]:
    """What one's own agency is to give, or gave, with what a second officer needs to decide."""
    return dict(LineOut(viewed.contribution).data) | {
        "to": [party.agency.short_name for party in viewed.takers],
        "allowed": bool(viewed.allowed),
        "why_not": viewed.allowed.reason,
        "may_approve": viewed.waits and bool(viewed.may_approve),
        "content_hash": viewed.content_hash,
    }


def show_agreed(opened: OpenAgreed) -> dict[str, Any]:
    return dict(AgreedTaskOut(opened.task).data) | {"may_move": opened.moves, "may_comment": opened.writes}


def show_parting(parting: Parting) -> dict[str, Any]:
    """What leaving takes along, and what of it may stay."""
    return {
        "given": [dict(ContributionOut(line).data) | {"may_stay": bool(may), "why_not": may.reason} for line, may in parting.choices],
        "remaining": [party.agency.short_name for party in parting.takers],
        "content_hash": parting.content_hash,
    }
