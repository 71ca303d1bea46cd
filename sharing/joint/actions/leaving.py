"""Leaving a joint case: what an agency gave goes with it, save what it lets stay, which it may take back at any time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import proofs
from accounts.models import Deputy, Officer, Proof
from accounts.notices import settle
from accounts.roles import Deed
from audit.ledger import record
from cases.records import grants
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from kernel.querysets import Page
from kernel.verdict import Verdict, refuse
from sharing.agreements.models import Agreement
from sharing.joint import rules
from sharing.joint.actions import notices
from sharing.joint.actions.contributions import TAKEN_BACK, take_back, takers, weighed
from sharing.joint.actions.hold import COVER, hold_agreement, locked, own_party, write_down
from sharing.joint.actions.seats import agencies_of, vacate
from sharing.joint.events import Event
from sharing.joint.models import Contribution, JointCase, Party
from sharing.releases.actions import contents

WITH = ("rendition__record__agency__jurisdiction", "record__agency", "party", "made_by")


@dataclass(frozen=True, slots=True)
class Parting:
    """What leaving would take along: each version given that the officer sees, whether they may let it stay, and for whom.

    `content_hash` is what a consent is bound to: these versions, as they are, and the agencies that remain.
    """

    joint: JointCase
    choices: list[tuple[Contribution, Verdict]]
    takers: list[Party]
    content_hash: str

    @property
    def offers(self) -> bool:
        return any(may for _line, may in self.choices)


@dataclass(frozen=True, slots=True)
class _Consent:
    stay: frozenset[UUID]
    reason: str
    proof: Proof | None


@transaction.atomic(durable=True)
def view_leaving(*, officer: Officer, joint_id: UUID) -> Parting:
    """Show a supervisor what leaving takes along, before they leave. Raises NotFound, NotAllowed (rules.can_leave), Conflict."""
    joint = JointCase.objects.visible_to(officer).select_related(*COVER).one(joint_id)
    party = _leaving(officer, joint)
    lines, remaining = _given(officer, party), takers(joint, officer.agency_id)
    agreed = Agreement.objects.unscoped("whether what stays in a joint case may").in_force().filter(pk=joint.agreement_id).first()
    choices = [(line, _may_stay(officer, joint, line, remaining, agreed)) for line in lines]
    write_down(Event.LEAVING_VIEWED, officer, joint, agencies=[officer.agency_id], count=len(choices))
    return Parting(joint, choices, remaining, _hash(party, lines, remaining))


@transaction.atomic(durable=True)
def leave_joint_case(
    *, officer: Officer, joint_id: UUID, stay: Collection[UUID] = (), reason: str = "", proof: Proof | None = None
) -> JointCase:
    """Leave for one's agency: its officers see nothing with the next request, and what it gave is withdrawn. For good.

    Of what it gave, `stay` remains visible to the agencies that remain, for a reason and with fresh proof of presence, decided by a release
    authority who did not ask to give it; it is the owner's as before, who may take it back. What was written for all stays with the
    others. Raises NotFound, NotAllowed (rules.can_leave, rules.can_let_stay, the policy's own sentence, accounts.proofs), Conflict unless
    it joined, or for consent while the agreement is not in force; Invalid for consent without a reason.
    """
    joint = locked(officer, joint_id)
    party = _leaving(officer, joint)
    told = agencies_of(joint)
    stays = _consented(officer, joint, party, _Consent(frozenset(stay), reason.strip(), proof)) if stay else []
    gave = Contribution.objects.unscoped("withdrawing what a leaving agency gave").standing().filter(party=party)
    gave = gave.exclude(pk__in=[each.pk for each in stays])
    withdrawn, crossed = list(gave.values_list("pk", flat=True)), gave.given().count()
    gave.update(withdrawn_at=timezone.now(), withdrawn_by=officer)
    ended = grants.end_joint(withdrawn)
    for each in withdrawn:
        settle(notices.WAITS, subject_id=each)
    vacate(officer, party, Party.State.LEFT)
    for line in stays:
        write_down(Event.KEPT, officer, joint, agencies=told, contribution=line.pk, record=line.record_id, rendition=line.rendition_id)
    write_down(Event.JOINT_LEFT, officer, joint, agencies=told, party=party.pk, withdrawn=crossed, kept=len(stays), grants=ended)
    return joint


@transaction.atomic(durable=True)
def list_left_behind(*, officer: Officer, after: str = "", size: int = 50) -> Page[Contribution]:
    """What one's own agency lets stay visible in joint cases that it left, as far as the officer sees it. Raises Invalid."""
    lines = Contribution.objects.visible_to(officer).left_behind().given().filter(party__agency=officer.agency_id)
    page = lines.select_related("joint", "rendition", "record__agency", "kept_by").newest(by="kept_at", after=after, size=size)
    record(Event.KEPT_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows))
    return page


@transaction.atomic(durable=True)
def take_back_left_behind(*, officer: Officer, contribution_id: UUID, reason: str = "") -> Contribution:
    """Take back what one's agency let stay in a joint case that it left: gone for the others with their next request.

    Works while the agreement is suspended and after the joint case was closed. Raises NotFound, NotAllowed (rules.can_withdraw), Conflict.
    """
    seen = (
        Contribution.objects.visible_to(officer).left_behind().filter(party__agency=officer.agency_id).select_related("joint", *TAKEN_BACK)
    )
    contribution = seen.locked().one(contribution_id)
    rules.can_withdraw(officer, contribution).enforce()
    take_back(officer, contribution.joint, contribution, reason, told=[officer.agency_id, *agencies_of(contribution.joint)])
    return contribution


def _leaving(officer: Officer, joint: JointCase) -> Party:
    """The seat that would be left, held. Raises NotFound, NotAllowed, Conflict."""
    party = own_party(officer, joint)
    rules.can_leave(officer, party, joint).enforce()
    if party.state != Party.State.JOINED:
        raise Conflict(rules.NOT_JOINED)
    return party


def _given(officer: Officer, party: Party) -> list[Contribution]:
    """What was given from this seat and the officer sees. What they do not see they cannot let stay."""
    lines = Contribution.objects.visible_to(officer).given().filter(party=party).select_related(*WITH)
    return list(lines.order_by("approved_at", "pk"))


def _consented(officer: Officer, joint: JointCase, party: Party, consent: _Consent) -> list[Contribution]:
    """Those that may stay, marked so. Everything is asked again, as when they were given: who decides, the agreement, the policy."""
    lines, remaining = _given(officer, party), takers(joint, officer.agency_id)
    chosen = [line for line in lines if line.pk in consent.stay]
    if len(chosen) != len(consent.stay):
        raise NotFound
    for line in chosen:
        rules.can_let_stay(officer, line, stand_in=_stands_in(officer, line)).enforce()
    if not consent.reason:
        raise Invalid(fields={"reason": rules.SAY_WHY})
    agreement = hold_agreement(joint)
    for line in chosen:
        weighed(officer, joint, line.rendition, remaining, agreement).enforce()
    if consent.proof is None:
        raise NotAllowed(proofs.WANTED)
    proofs.spend(consent.proof, officer, Deed.RELEASES_APPROVE, joint.pk, _hash(party, lines, remaining))
    for line in chosen:
        line.kept_by, line.kept_at, line.kept_reason, line.kept_proof = officer, timezone.now(), consent.reason, consent.proof.pk
        line.save(update_fields=["kept_by", "kept_at", "kept_reason", "kept_proof"])
    return chosen


def _may_stay(officer: Officer, joint: JointCase, line: Contribution, remaining: list[Party], agreed: Agreement | None) -> Verdict:
    may = rules.can_let_stay(officer, line, stand_in=_stands_in(officer, line))
    return may and (weighed(officer, joint, line.rendition, remaining, agreed) if agreed else refuse(rules.HELD_BACK))


def _stands_in(officer: Officer, line: Contribution) -> bool:
    return bool(Deputy.objects.between(officer.pk, line.made_by_id, since=line.made_at).exists())


def _hash(party: Party, lines: list[Contribution], remaining: list[Party]) -> str:
    said: dict[Any, Any] = contents.said_of([line.rendition_id for line in lines])
    return contents.hashed({
        "leaves": party.pk, "to": sorted(str(each.agency_id) for each in remaining),
        "given": [[str(line.pk), line.rendition.content_hash, said[line.rendition_id]] for line in lines],
    })  # fmt: skip
