"""How a release looks to a machine: from inside, or its cover. A POST is answered with ids, states and times alone."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Agency
from sharing.agreements.models import ENFORCED_BY, Condition, Purpose
from sharing.agreements.policy import Answer
from sharing.agreements.steps import MOST_SUPERVISORS, Row, Step
from sharing.releases.actions import Choice, Cover, Inside, Opened, Preview, Table
from sharing.releases.models import ApprovalRule, Release


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


class RuleIn(serializers.Serializer[Any]):
    """A row of the agency's table of who must approve what; `proof` is for the table's `content_hash`."""

    country = serializers.CharField(max_length=8, required=False, allow_blank=True, default="", help_text='"", "home", "abroad" or a code.')
    atom = serializers.CharField(max_length=12, required=False, allow_blank=True, default="", help_text="A handling atom; empty for any.")
    personal = serializers.BooleanField(required=False, default=False)
    from_source = serializers.BooleanField(required=False, default=False)
    supervisors = serializers.IntegerField(min_value=0, max_value=MOST_SUPERVISORS)
    legal = serializers.BooleanField(required=False, default=False)
    reason = serializers.CharField(max_length=500)
    content_hash = serializers.CharField(max_length=64, help_text="Of the table that was looked at.")
    proof = serializers.DictField(help_text='{"passkey": {…}}, {"code": "123456"} or {"password": "…"}')


class EndRuleIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)
    content_hash = serializers.CharField(max_length=64, help_text="Of the table that was looked at.")
    proof = serializers.DictField(help_text='{"passkey": {…}}, {"code": "123456"} or {"password": "…"}')


class RuleStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    added_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class UsualRuleOut(serializers.Serializer[Any]):
    country = serializers.CharField()
    atom = serializers.CharField()
    personal = serializers.BooleanField()
    from_source = serializers.BooleanField()
    supervisors = serializers.IntegerField()
    legal = serializers.BooleanField()


class RuleOut(UsualRuleOut):
    id = serializers.UUIDField()
    reason = serializers.CharField()
    added_by = serializers.UUIDField()
    added_at = serializers.DateTimeField()
    ended_by = serializers.UUIDField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_reason = serializers.CharField()


class TableOut(serializers.Serializer[Any]):
    content_hash = serializers.CharField(help_text="What a change of the table is confirmed for.")
    rules = RuleOut(many=True, help_text="Those that stand.")
    usual = UsualRuleOut(many=True, help_text="What stands where the agency has no general rule of its own.")
    ended = RuleOut(many=True)


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
    leaves_at = serializers.DateTimeField(allow_null=True, help_text="Until then its recipients see nothing, and it can be stopped.")
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
    change = serializers.CharField(help_text="The nearest change that would make it possible; empty where nothing refuses.")


class AnswerOut(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=["allowed", "with-conditions", "refused"])
    agreement = serializers.UUIDField(allow_null=True)
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


class CommentIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2_000)


class CommentStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class CommentOut(CommentStateOut):
    officer = serializers.UUIDField()
    at = serializers.DateTimeField()
    text = serializers.CharField()


class PreviewOut(serializers.Serializer[Any]):
    lines = LineOut(many=True, help_text="Those that its recipient would see and the officer sees.")
    hidden = serializers.IntegerField(help_text="Lines that its recipient would not see.")


class DecisionOut(serializers.Serializer[Any]):
    step = serializers.ChoiceField(choices=Step.choices)
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
    comments = CommentOut(many=True, allow_null=True)
    steps_needed = serializers.IntegerField(allow_null=True)
    steps_open = serializers.ListField(child=serializers.ChoiceField(choices=Step.choices), allow_null=True)
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
        "leaves_at": release.leaves_at, "ends_at": release.ends_at,
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
        "conditions": list(answer.conditions),
        "further_conditions": list(answer.words),
        "steps": [
            {"code": step.said.code, "tone": step.tone, "said": step.text, "article": step.article, "change": step.remedy}
            for step in answer.steps
        ],
    }


def show_opened(opened: Opened) -> dict[str, Any]:
    release = opened.release
    common = show_release(release) | {
        "agreement": release.agreement_id,
        "agreement_title": release.agreement.title if release.agreement else "",
        "article": release.article.number if release.article else "",
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
    nothing = (
        "casefile", "unit", "officers", "policy", "decisions", "comments", "steps_needed", "steps_open", "readings", "acceptances",
        "why_not_decide",
    )  # fmt: skip
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
            {
                "step": d.step,
                "answer": d.answer,
                "officer": d.officer_id,
                "reason": d.reason,
                "at": d.decided_at,
                "counts": d.voided_at is None,
            }
            for d in inside.decisions
        ],
        "comments": [{"id": c.pk, "officer": c.officer_id, "at": c.said_at, "text": c.text} for c in inside.comments],
        "steps_needed": len(inside.steps_needed),
        "steps_open": list(inside.steps_open),
        "readings": [
            {"at": each.at, "title": each.title, "roles": each.roles, "agency": each.agency.short_name} for each in inside.readings
        ],
        "acceptances": inside.acceptances,
        "why_not_decide": inside.may_decide.reason,
    }


def show_preview(preview: Preview) -> dict[str, Any]:
    return {"lines": [show_line(row.rendition) for row in preview.leaving if row.rendition], "hidden": len(preview.hidden)}


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


def show_rule_state(rule: ApprovalRule) -> dict[str, Any]:
    return {"id": rule.pk, "added_at": rule.added_at, "ended_at": rule.ended_at}


def show_table(table: Table) -> dict[str, Any]:
    return {
        "content_hash": table.content_hash,
        "rules": [_rule(rule) for rule in table.standing],
        "usual": [_asked(row) for row in table.usual],
        "ended": [_rule(rule) for rule in table.ended],
    }


def _rule(rule: ApprovalRule) -> dict[str, Any]:
    return _asked(rule.row) | {
        "id": rule.pk, "reason": rule.reason, "added_by": rule.added_by_id, "added_at": rule.added_at, "ended_by": rule.ended_by_id,
        "ended_at": rule.ended_at, "ended_reason": rule.ended_reason,
    }  # fmt: skip


def _asked(row: Row) -> dict[str, Any]:
    return {
        "country": row.country, "atom": row.atom, "personal": row.personal, "from_source": row.from_source,
        "supervisors": row.supervisors, "legal": row.legal,
    }  # fmt: skip
