"""The agency's table of who must approve what: read by its officers, changed by a supervisor with fresh proof and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import proofs
from accounts.models import Agency, Jurisdiction, Officer, Proof
from accounts.roles import Deed
from audit.ledger import record
from cases.records.handling import Atom
from kernel.errors import Conflict, Invalid
from kernel.verdict import Verdict
from sharing.agreements import steps
from sharing.agreements.steps import Row
from sharing.releases import rules
from sharing.releases.actions import contents
from sharing.releases.actions.hold import given
from sharing.releases.actions.needs import rows_of
from sharing.releases.events import Event
from sharing.releases.models import ApprovalRule

ENDED_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that stand, the usual ones in use beside them, those that have ended, and the hash a change is confirmed for."""

    standing: Sequence[ApprovalRule]
    usual: Sequence[Row]
    ended: Sequence[ApprovalRule]
    countries: Sequence[Jurisdiction]
    content_hash: str
    may_change: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A row as it was typed or sent; nothing in it is checked yet."""

    supervisors: int
    legal: bool = False
    atom: str = ""
    country: str = ""
    personal: bool = False
    from_source: bool = False
    reason: str = ""


@transaction.atomic(durable=True)
def list_approval_rules(*, officer: Officer) -> Table:
    """Who in one's agency must approve what, and why; newest first. Empty for those who read neither releases nor the ledger."""
    mine = ApprovalRule.objects.visible_to(officer).select_related("added_by", "ended_by").order_by("-added_at", "pk")
    standing = list(mine.standing())
    used = steps.in_use([rule.row for rule in standing])
    record(Event.RULES_LISTED, actor=officer, owner=officer.agency_id, count=len(standing))
    return Table(
        standing=standing,
        usual=[row for row in used if row.id is None],
        ended=list(mine.exclude(ended_at=None)[:ENDED_SHOWN]),
        countries=list(Jurisdiction.objects.order_by("name")),
        content_hash=_hash(officer.agency_id),
        may_change=rules.can_change_rules(officer),
    )


@transaction.atomic(durable=True)
def add_approval_rule(*, officer: Officer, rule: NewRule, proof: Proof) -> ApprovalRule:
    """Add a row. It counts for what is asked for, and for what waits, from now on; what has left stays as it was approved.

    Raises NotAllowed (rules.can_change_rules, accounts.proofs: the proof is of the table as it was looked at), Invalid, Conflict
    where there are too many.
    """
    rules.can_change_rules(officer).enforce()
    _hold(officer)
    flaws = rules.rule_flaws(rule, countries=_countries(), atoms=frozenset(Atom.values))
    if flaws:
        raise Invalid(fields=flaws)
    if len(rows_of(officer.agency_id)) >= rules.MOST_RULES:
        raise Conflict(rules.TOO_MANY_RULES)
    proofs.spend(proof, officer, Deed.RELEASES_APPROVE, officer.agency_id, _hash(officer.agency_id))
    made = ApprovalRule.objects.create(
        agency_id=officer.agency_id, added_by=officer, atom=rule.atom, country=rule.country, personal=rule.personal,
        from_source=rule.from_source, supervisors=rule.supervisors, legal=rule.legal, reason=rule.reason.strip(),
    )  # fmt: skip
    record(Event.RULE_ADDED, actor=officer, subject=made, owner=officer.agency_id, reason=made.reason, **_told(made))
    return made


@transaction.atomic(durable=True)
def open_approval_rule(*, officer: Officer, rule_id: UUID) -> ApprovalRule:
    """One row, to be ended. Raises NotFound, NotAllowed (rules.can_change_rules), Conflict if it has ended."""
    rule = ApprovalRule.objects.visible_to(officer).select_related("added_by").one(rule_id)
    rules.can_change_rules(officer).enforce()
    if rule.ended_at:
        raise Conflict(rules.RULE_ENDED)
    record(Event.RULES_LISTED, actor=officer, subject=rule, owner=officer.agency_id, count=1)
    return rule


@transaction.atomic(durable=True)
def end_approval_rule(*, officer: Officer, rule_id: UUID, reason: str, proof: Proof) -> ApprovalRule:
    """End a row; it stays to be read. What was asked for under it still needs what it asked.

    Raises NotFound, NotAllowed (rules.can_change_rules, accounts.proofs: the proof is of the table as it was looked at), Invalid
    without a reason, Conflict if it has ended.
    """
    rule = ApprovalRule.objects.visible_to(officer).locked().one(rule_id)
    rules.can_change_rules(officer).enforce()
    _hold(officer)
    if rule.ended_at:
        raise Conflict(rules.RULE_ENDED)
    rule.ended_reason, rule.ended_by, rule.ended_at = given(reason), officer, timezone.now()
    proofs.spend(proof, officer, Deed.RELEASES_APPROVE, officer.agency_id, _hash(officer.agency_id))
    rule.save(update_fields=["ended_reason", "ended_by", "ended_at"])
    record(Event.RULE_ENDED, actor=officer, subject=rule, owner=officer.agency_id, reason=rule.ended_reason, **_told(rule))
    return rule


def _hold(officer: Officer) -> None:
    """One change of an agency's table at a time: the second finds that it looked at another table."""
    Agency.objects.select_for_update(no_key=True).get(pk=officer.agency_id)


def _hash(agency_id: UUID) -> str:
    """Of the table as it stands: a change is confirmed by who has looked at it."""
    return contents.hashed({"agency": agency_id, "rules": sorted(str(row.id) for row in rows_of(agency_id))})


def _countries() -> frozenset[str]:
    return frozenset({"", steps.HOME, steps.ABROAD, *Jurisdiction.objects.values_list("code", flat=True)})


def _told(rule: ApprovalRule) -> dict[str, Any]:
    return {
        "atom": rule.atom, "country": rule.country, "personal": rule.personal, "from_source": rule.from_source,
        "supervisors": rule.supervisors, "legal": rule.legal,
    }  # fmt: skip
