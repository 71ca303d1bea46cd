"""The second pair of eyes on what is given to a joint case: on one exact content, for certain agencies, with fresh proof of presence."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import proofs
from accounts.models import Officer, Proof
from accounts.notices import post, settle
from accounts.roles import Deed
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.records import grants
from cases.records.models import Rendition
from kernel.errors import Conflict
from kernel.verdict import Verdict, refuse
from sharing.agreements.models import Agreement
from sharing.agreements.versions import version_in_force
from sharing.joint import rules
from sharing.joint.actions import notices
from sharing.joint.actions.contributions import takers, weighed
from sharing.joint.actions.hold import COVER, hold_open, last_moment, locked, write_down
from sharing.joint.events import Event
from sharing.joint.models import Contribution, ContributionQuerySet, JointCase, Party
from sharing.releases.actions import contents
from sharing.releases.actions.hold import stood_in

WITH = ("record__agency", "rendition__record__agency__jurisdiction", "party", "made_by", "approved_by", "withdrawn_by")


@dataclass(frozen=True, slots=True)
class ViewedContribution:
    """What is to be given, or was, as its own agency sees it: to whom, whether it may, and the hash that an approval is bound to."""

    joint: JointCase
    contribution: Contribution
    takers: list[Party]
    allowed: Verdict
    may_approve: Verdict
    content_hash: str

    @property
    def waits(self) -> bool:
        return not self.contribution.approved_at and not self.contribution.withdrawn_at


@transaction.atomic(durable=True)
def open_contribution(*, officer: Officer, joint_id: UUID, contribution_id: UUID) -> ViewedContribution:
    """Show one's agency what of its own is to be given. Raises NotFound, also for what another agency gave."""
    joint = JointCase.objects.visible_to(officer).select_related(*COVER).one(joint_id)
    contribution = _of(officer, joint).one(contribution_id)
    parties = takers(joint, officer.agency_id)
    viewed = ViewedContribution(
        joint=joint, contribution=contribution, takers=parties, allowed=_allowed(officer, joint, contribution, parties),
        may_approve=rules.can_approve(officer, contribution, stand_in=_stands_in(officer, contribution)),
        content_hash=_hash(contribution, parties),
    )  # fmt: skip
    settle(notices.DECIDED, subject_id=contribution.pk, officer=officer)
    write_down(Event.GIFT_VIEWED, officer, joint, agencies=[officer.agency_id], contribution=contribution.pk)
    return viewed


@transaction.atomic(durable=True)
def approve_contribution(*, officer: Officer, joint_id: UUID, contribution_id: UUID, proof: Proof) -> Contribution:
    """Give it: the other agencies' teams see exactly this version with their next request.

    Everything is asked again under locks: who approves, whether the agreement stands, whether the policy still says yes, and whether
    what lies there is what the proof was given for. Raises NotFound, NotAllowed (rules.can_approve, the policy's own sentence,
    accounts.proofs), Conflict for anything that changed, and once the agency's own file is closed.
    """
    joint = locked(officer, joint_id)
    contribution = _of(officer, joint).locked().one(contribution_id)
    rules.can_approve(officer, contribution, stand_in=_stands_in(officer, contribution)).enforce()
    if contribution.withdrawn_at:
        raise Conflict(rules.WITHDRAWN_ALREADY)
    if contribution.approved_at:
        raise Conflict(rules.APPROVED_ALREADY)
    casefiles.hold_open(CaseFile.objects.visible_to(officer).locked().one(contribution.record.home_id))
    agreement = hold_open(joint)
    rendition = Rendition.objects.visible_to(officer).select_related("record__agency__jurisdiction").locked().one(contribution.rendition_id)
    parties = takers(joint, officer.agency_id)
    weighed(officer, joint, rendition, parties, agreement).enforce()
    content_hash, until = _hash(contribution, parties), last_moment(agreement)
    proofs.spend(proof, officer, Deed.RELEASES_APPROVE, contribution.pk, content_hash)
    contribution.approved_by, contribution.approved_at, contribution.proof = officer, timezone.now(), proof.pk
    contribution.expires_at, contribution.version = until, version_in_force(agreement.pk)
    contribution.save(update_fields=["approved_by", "approved_at", "proof", "expires_at", "version"])
    grants.admit_joint(
        rendition, groups={each.group_id: each.agency_id for each in parties}, contribution_id=contribution.pk,
        agreement_id=agreement.pk, until=until, reference=joint.reference,
    )  # fmt: skip
    settle(notices.WAITS, subject_id=contribution.pk)
    post(notices.DECIDED, to=[contribution.made_by], subject_id=contribution.pk)
    write_down(
        Event.CONTRIBUTED, officer, joint, agencies=[officer.agency_id, *(each.agency_id for each in parties)],
        contribution=contribution.pk, record=rendition.record_id, rendition=rendition.pk,
    )  # fmt: skip
    return contribution


def _of(officer: Officer, joint: JointCase) -> ContributionQuerySet:
    """What the officer's own agency gives, as far as they see it. Of what others gave there is a list, and the record itself."""
    return Contribution.objects.visible_to(officer).filter(joint=joint, party__agency=officer.agency_id).select_related(*WITH)


def _stands_in(officer: Officer, contribution: Contribution) -> bool:
    return bool(stood_in(officer.pk, contribution.made_by_id, since=contribution.made_at).exists())


def _allowed(officer: Officer, joint: JointCase, contribution: Contribution, parties: list[Party]) -> Verdict:
    """Whether it could be given now, with the sentence that says why not."""
    agreed = Agreement.objects.unscoped("whether what waits for a joint case may be given").in_force().filter(pk=joint.agreement_id).first()
    if joint.closed_at:
        return refuse(rules.CLOSED)
    if not CaseFile.objects.visible_to(officer).open().filter(pk=contribution.record.home_id).exists():
        return refuse(casefiles.CLOSED)
    if agreed is None:
        return refuse(rules.HELD_BACK)
    return weighed(officer, joint, contribution.rendition, parties, agreed)


def _hash(contribution: Contribution, parties: list[Party]) -> str:
    """Of everything that an approval is given for: which version, what is said of it, and who will see it."""
    rendition = contribution.rendition
    return contents.hashed({
        "contribution": contribution.pk, "content": rendition.content_hash, "said": contents.said_of([rendition.pk])[rendition.pk],
        "to": sorted(str(each.agency_id) for each in parties),
    })  # fmt: skip
