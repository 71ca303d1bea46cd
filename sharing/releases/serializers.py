"""How a release looks to a machine: from inside, or its cover. A POST is answered with ids, states and times alone."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Agency
from sharing.agreements.models import ENFORCED_BY, Condition, Purpose
from sharing.agreements.policy import Answer
from sharing.releases.actions import Choice, Cover, Inside, Opened
from sharing.releases.models import Release


class PlanIn(serializers.Serializer[Any]):
    """What somebody means to give; while the policy is asked, any of it but the recipient may be missing."""

    recipient = serializers.UUIDField(help_text="The agency.")
    unit = serializers.UUIDField(required=False, allow_null=True, default=None)
    officers = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=500)
    renditions = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=2_000)
    header = serializers.ChoiceField(choices=["", "reference", "title"], required=False, default="")
    purpose = serializers.ChoiceField(choices=["", *Purpose.values], required=False, default="")
    legal_basis = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    conditions = serializers.ListField(
        child=serializers.ChoiceField(choices=Condition.choices), required=False, default=list, max_length=len(Condition)
    )
    cover_note = serializers.CharField(max_length=1_000, required=False, allow_blank=True, default="")
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None)

    def plan(self) -> dict[str, Any]:
        """As Plan takes it."""
        given: dict[Any, Any] = dict(self.validated_data)
        renamed = {"recipient": "recipient_id", "unit": "unit_id", "officers": "officer_ids", "renditions": "rendition_ids"}
        return {renamed.get(name, name): value for name, value in given.items() if name != "casefile"}


class NewReleaseIn(PlanIn):
    casefile = serializers.UUIDField()


class ReasonIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class ApproveIn(serializers.Serializer[Any]):
    content_hash = serializers.CharField(max_length=64, help_text="Of the content that was looked at, as the release shows it.")
    proof = serializers.DictField(help_text='{"passkey": {…}}, {"code": "123456"} or {"password": "…"}')


class SideIn(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=["given", "received", "approvals"], required=False, default="given")
    status = serializers.ChoiceField(choices=Release.Status.choices, required=False, allow_blank=True, default="")
    agreement = serializers.UUIDField(required=False, allow_null=True, default=None)


class ChoiceIn(serializers.Serializer[Any]):
    casefile = serializers.UUIDField()
    recipient = serializers.UUIDField(required=False, allow_null=True, default=None)


class StateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    status = serializers.ChoiceField(choices=Release.Status.choices)
    content_hash = serializers.CharField(help_text="What an approval is given to; empty in a draft and outside the giving agency.")
    ends_at = serializers.DateTimeField()


class ReleaseOut(StateOut):
    giver = serializers.UUIDField()
    recipient = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)


class StepOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    tone = serializers.ChoiceField(choices=["ok", "warn", "bad"])
    said = serializers.CharField()
    article = serializers.CharField()
    version = serializers.IntegerField(help_text="Of the agreement's terms; 0 where the step does not rest on them.")
    law = serializers.CharField(help_text="The law of the giver's country that the step rests on, if one.")
    change = serializers.CharField(help_text="The nearest change that would make it possible; empty where nothing refuses.")


class AnswerOut(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=["allowed", "with-conditions", "refused"])
    agreement = serializers.UUIDField(allow_null=True)
    version = serializers.UUIDField(allow_null=True, help_text="Of the agreement's terms.")
    conditions = serializers.ListField(child=serializers.CharField())
    further_conditions = serializers.ListField(child=serializers.CharField())
    steps = StepOut(many=True)


class ConditionOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    said = serializers.CharField()
    enforced_by = serializers.CharField()


class LineOut(serializers.Serializer[Any]):
    rendition = serializers.UUIDField()
    record = serializers.UUIDField()
    title = serializers.CharField()
    kind = serializers.CharField()
    handling_scheme = serializers.CharField()
    handling_code = serializers.CharField()


class DecisionOut(serializers.Serializer[Any]):
    answer = serializers.CharField()
    officer = serializers.UUIDField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    counts = serializers.BooleanField()


class ReadingOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    title = serializers.CharField()
    roles = serializers.CharField()
    agency = serializers.CharField()


class ReleaseDetailOut(ReleaseOut):
    """From inside; on a cover, what belongs to the giving agency alone is null."""

    agreement = serializers.UUIDField(allow_null=True)
    agreement_title = serializers.CharField()
    article = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Of the agreement's terms, as it was asked for under.")
    newer_version = serializers.IntegerField(allow_null=True, help_text="That stands now, where it is a newer one.")
    legal_basis = serializers.CharField()
    conditions = ConditionOut(many=True)
    further_conditions = serializers.ListField(child=serializers.CharField())
    cover_note = serializers.CharField()
    line_count = serializers.IntegerField()
    lines = LineOut(many=True, help_text="Those that the reader may see now.")
    accepted_at = serializers.DateTimeField(allow_null=True)
    standing = serializers.CharField(help_text="Why it cannot be accepted or read now; empty if it can.")
    casefile = serializers.UUIDField(allow_null=True)
    unit = serializers.UUIDField(allow_null=True)
    officers = serializers.ListField(child=serializers.UUIDField(), allow_null=True)
    policy = AnswerOut(allow_null=True)
    decisions = DecisionOut(many=True, allow_null=True)
    readings = ReadingOut(many=True, allow_null=True)
    acceptances = serializers.IntegerField(allow_null=True)
    why_not_decide = serializers.CharField(allow_null=True, help_text="Why the reader may not decide on it; empty if they may.")


class PlaceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class UnitOut(PlaceOut):
    vetted = serializers.BooleanField()


class ChoiceOut(serializers.Serializer[Any]):
    agencies = PlaceOut(many=True)
    units = UnitOut(many=True)
    officers = PlaceOut(many=True)
    renditions = LineOut(many=True)


def show_state(release: Release) -> dict[str, Any]:
    return {
        "id": release.pk, "reference": release.reference, "status": release.status, "content_hash": release.content_hash,
        "ends_at": release.ends_at,
    }  # fmt: skip


def show_release(release: Release) -> dict[str, Any]:
    """A row of a list; the hash is for those who approve it, and is in the inside view."""
    return show_state(release) | {
        "giver": release.agency_id, "recipient": release.recipient_id, "purpose": release.purpose, "content_hash": "",
    }  # fmt: skip


def show_answer(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome,
        "agreement": answer.agreement_id,
        "version": answer.version_id,
        "conditions": list(answer.conditions),
        "further_conditions": list(answer.words),
        "steps": [
            {
                "code": step.said.code,
                "tone": step.tone,
                "said": step.text,
                "article": step.article,
                "version": step.version,
                "law": step.law,
                "change": step.remedy,
            }
            for step in answer.steps
        ],
    }


def show_opened(opened: Opened) -> dict[str, Any]:
    release = opened.release
    common = show_release(release) | {
        "agreement": release.agreement_id,
        "agreement_title": release.agreement.title if release.agreement else "",
        "article": release.article.number if release.article else "",
        "version": release.version.number if release.version else None,
        "newer_version": opened.newer.number if opened.newer else None,
        "legal_basis": release.legal_basis,
        "conditions": [
            {"code": each, "said": str(Condition(each).label), "enforced_by": str(ENFORCED_BY[Condition(each)])}
            for each in release.conditions
        ],
        "further_conditions": opened.words,
        "cover_note": release.cover_note,
    }
    return common | (_inside(release, opened.inside) if opened.inside else _cover(opened.cover))


def _cover(cover: Cover | None) -> dict[str, Any]:
    nothing = ("casefile", "unit", "officers", "policy", "decisions", "readings", "acceptances", "why_not_decide")
    if cover is None:
        return dict.fromkeys(nothing)
    return dict.fromkeys(nothing) | {
        "line_count": cover.lines,
        "lines": [show_line(rendition) for rendition in cover.renditions],
        "accepted_at": cover.accepted_at,
        "standing": cover.standing.reason,
    }


def _inside(release: Release, inside: Inside) -> dict[str, Any]:
    return {
        "content_hash": release.content_hash,
        "line_count": len(inside.leaving),
        "lines": [show_line(row.rendition) for row in inside.leaving if row.rendition],
        "accepted_at": None,
        "standing": "",
        "casefile": release.casefile_id,
        "unit": release.recipient_unit_id,
        "officers": [officer.pk for officer in inside.addressees],
        "policy": show_answer(inside.answer),
        "decisions": [
            {"answer": d.answer, "officer": d.officer_id, "reason": d.reason, "at": d.decided_at, "counts": d.voided_at is None}
            for d in inside.decisions
        ],
        "readings": [
            {"at": each.at, "title": each.title, "roles": each.roles, "agency": each.agency.short_name} for each in inside.readings
        ],
        "acceptances": inside.acceptances,
        "why_not_decide": inside.may_decide.reason,
    }


def show_line(rendition: Any) -> dict[str, Any]:
    return {
        "rendition": rendition.pk, "record": rendition.record_id, "title": rendition.title, "kind": rendition.kind,
        "handling_scheme": rendition.handling_scheme, "handling_code": rendition.handling_code,
    }  # fmt: skip


def show_choice(choice: Choice) -> dict[str, Any]:
    def place(agency: Agency) -> dict[str, Any]:
        return {"id": agency.pk, "name": agency.name}

    return {
        "agencies": [place(agency) for agency in choice.agencies],
        "units": [{"id": unit.pk, "name": unit.name, "vetted": unit.vetted} for unit in choice.units],
        "officers": [{"id": officer.pk, "name": officer.name} for officer in choice.officers],
        "renditions": [show_line(rendition) for rendition in choice.renditions],
    }
