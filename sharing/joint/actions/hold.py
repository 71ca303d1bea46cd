"""A joint case in hand: seen, locked with the agreement it stands under, and told in each agency's ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from kernel.errors import Conflict, Invalid, NotFound
from sharing.agreements.models import Agreement
from sharing.agreements.policy import LONGEST
from sharing.joint import rules
from sharing.joint.events import Event
from sharing.joint.models import JointCase, Party

COVER = ("host", "agreement", "article", "version", "opened_by", "closed_by")


def locked(officer: Officer, joint_id: UUID) -> JointCase:
    """The joint case, held until the transaction ends. Raises NotFound."""
    return JointCase.objects.visible_to(officer).select_related(*COVER).locked().one(joint_id)


def hold_open(joint: JointCase) -> Agreement:
    """The agreement in force that it stands under, held so that it is not suspended meanwhile. Raises Conflict."""
    if joint.closed_at:
        raise Conflict(rules.CLOSED)
    agreed = Agreement.objects.unscoped("what a joint case in hand stands under").in_force().locked()
    agreement: Agreement | None = agreed.filter(pk=joint.agreement_id).first()
    if agreement is None:
        raise Conflict(rules.HELD_BACK)
    return agreement


def last_moment(agreement: Agreement) -> datetime:
    """How long what is given now may be seen: as long as a release might, and no longer than the agreement."""
    last = timezone.now() + LONGEST
    return min(last, agreement.ends_at) if agreement.ends_at else last


def own_party(officer: Officer, joint: JointCase) -> Party:
    """The standing seat of the officer's agency, held. Raises NotFound."""
    seats = Party.objects.visible_to(officer).filter(joint=joint, agency_id=officer.agency_id, state__in=Party.STANDING)
    found: Party | None = seats.select_related("agency", "group").locked().first()
    if found is None:
        raise NotFound
    return found


def seat_of(officer: Officer, joint: JointCase) -> Party | None:
    """The seat by which the officer is inside at this moment, or None."""
    if not JointCase.objects.inside(officer).filter(pk=joint.pk).exists():
        return None
    seat: Party | None = Party.objects.sat_by(officer).filter(joint=joint).select_related("agency", "group").first()
    return seat


def standing(joint: JointCase) -> Any:
    """The seats of a joint case in hand that were not declined or left, whoever is looking."""
    seats = Party.objects.unscoped("the seats of a joint case in hand").filter(joint=joint, state__in=Party.STANDING)
    return seats.select_related("agency", "group")


def write_down(event: Event, officer: Officer, joint: JointCase, *, agencies: Collection[UUID], **facts: Any) -> None:
    """One line in the ledger of each agency that this concerns: ids, no content."""
    for agency_id in sorted(set(agencies), key=str):
        record(event, actor=officer, subject=joint, owner=agency_id, via=[f"agreement:{joint.agreement_id}"], **facts)


def given(reason: str) -> str:
    """What was written, trimmed. Raises Invalid for nothing."""
    if not reason.strip():
        raise Invalid(fields={"text": rules.NOTHING_WRITTEN})
    return reason.strip()
