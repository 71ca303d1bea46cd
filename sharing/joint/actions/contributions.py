"""Asking to give a version of a record to a joint case, and taking it back. The owner's side alone does either."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from accounts.notices import post, settle
from accounts.roles import Deed
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.records import grants
from cases.records.models import Rendition
from kernel.errors import Conflict, NotFound
from kernel.verdict import ALLOWED, Verdict, refuse
from sharing.agreements.models import Agreement, Condition
from sharing.agreements.policy import Answer
from sharing.joint import rules
from sharing.joint.actions import notices
from sharing.joint.actions.hold import hold_open, last_moment, locked, seat_of, standing, write_down
from sharing.joint.events import Event
from sharing.joint.models import PROMISED, Contribution, JointCase, Party
from sharing.releases.actions import contents
from sharing.releases.actions.contents import Wish

TAKEN_BACK = ("record", "rendition", "made_by")


@transaction.atomic(durable=True)
def contribute(*, officer: Officer, joint_id: UUID, rendition_id: UUID) -> Contribution:
    """Ask to give the other agencies' teams one version of what was recorded in one's agency's own file for the case.

    Nothing crosses before a second officer approves it. Its handling codes are weighed against every agency asked or joined, as a
    release to it would be, now and again then. A later version is given anew.
    Raises NotFound, NotAllowed (rules.can_give, or the policy's own sentence), Conflict.
    """
    joint = locked(officer, joint_id)
    rendition = Rendition.objects.visible_to(officer).select_related("record__agency__jurisdiction").one(rendition_id)
    home = CaseFile.objects.visible_to(officer).select_related("lead").locked().filter(pk=rendition.record.home_id).first()
    seat = seat_of(officer, joint)
    rules.can_give(officer, seat, rendition, home).enforce()
    agreement = hold_open(joint)
    if home:
        casefiles.hold_open(home)
    if seat is None:
        raise NotFound
    if Contribution.objects.visible_to(officer).standing().filter(joint=joint, rendition=rendition).exists():
        raise Conflict(rules.GIVEN_ALREADY)
    weighed(officer, joint, rendition, takers(joint, officer.agency_id), agreement).enforce()
    contribution: Contribution = Contribution.objects.create(
        joint=joint, party=seat, record=rendition.record, rendition=rendition, made_by=officer, expires_at=last_moment(agreement)
    )
    _ask(contribution, seat)
    write_down(
        Event.GIFT_ASKED, officer, joint, agencies=[officer.agency_id], contribution=contribution.pk, record=rendition.record_id,
        rendition=rendition.pk,
    )  # fmt: skip
    return contribution


@transaction.atomic(durable=True)
def withdraw_contribution(*, officer: Officer, joint_id: UUID, contribution_id: UUID, reason: str = "") -> Contribution:
    """Take back what one's agency gave, or turn down what waits to be given; whoever asked for it reads the reason.

    Gone for the others with their next request, even while the agreement is suspended. Of what never crossed they are not told.
    Raises NotFound, NotAllowed (rules.can_withdraw), Conflict if it was withdrawn.
    """
    joint = locked(officer, joint_id)
    seen = Contribution.objects.visible_to(officer).filter(joint=joint).select_related(*TAKEN_BACK)
    contribution = seen.locked().one(contribution_id)
    rules.can_withdraw(officer, contribution).enforce()
    told = standing(joint).values_list("agency_id", flat=True) if contribution.approved_at else [officer.agency_id]
    take_back(officer, joint, contribution, reason, told=told)
    return contribution


def take_back(officer: Officer, joint: JointCase, contribution: Contribution, reason: str, *, told: Collection[UUID]) -> None:
    """End what a contribution in hand shows, in the caller's transaction; `told` is in whose ledgers. Raises Conflict if it was before."""
    if contribution.withdrawn_at:
        raise Conflict(rules.WITHDRAWN_ALREADY)
    _mark_withdrawn(officer, contribution, reason)
    ended = grants.end_joint([contribution.pk])
    settle(notices.WAITS, subject_id=contribution.pk)
    if contribution.made_by_id != officer.pk:
        post(notices.DECIDED, to=[contribution.made_by], subject_id=contribution.pk)
    write_down(Event.WITHDRAWN, officer, joint, agencies=told, contribution=contribution.pk, grants=ended)


def _mark_withdrawn(officer: Officer, contribution: Contribution, reason: str) -> None:
    contribution.withdrawn_at, contribution.withdrawn_by, contribution.withdrawn_reason = timezone.now(), officer, reason.strip()
    contribution.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def takers(joint: JointCase, agency_id: UUID) -> list[Party]:
    """The seats whose teams see what this agency gives: those of the others, asked or joined."""
    seats = standing(joint).select_related("agency__jurisdiction", "group").exclude(agency=agency_id)
    return list(seats.order_by("agency__name"))


def weighed(officer: Officer, joint: JointCase, rendition: Rendition, parties: Iterable[Party], agreement: Agreement) -> Verdict:
    """Whether the teams of all these agencies may see it, or the first sentence that says why one may not."""
    for party in parties:
        wish = Wish(
            giver=rendition.record.agency, taker=party.agency, unit=None,
            officers=frozenset({party.pk}),  # its team, whom its own supervisor names: no list of readers, which is asked below
            renditions=(rendition,), purpose=joint.purpose, ends_at=last_moment(agreement),
        )  # fmt: skip
        answer = contents.weigh(wish, now=timezone.now(), told_to=officer, agreement_id=agreement.pk)
        asked = _asks(answer)
        if not answer.verdict or asked:
            return answer.verdict and refuse(rules.ASKS_TOO_MUCH, title=rendition.title, condition=asked)
    return ALLOWED


def _ask(contribution: Contribution, seat: Party) -> None:
    """A line on the desk of every release authority of the agency but who asked; it is read by those who see what waits."""
    able = Officer.objects.who_may(Deed.RELEASES_APPROVE).filter(agency=seat.agency_id).exclude(pk=contribution.made_by_id)
    post(notices.WAITS, to=able, subject_id=contribution.pk)


def _asks(answer: Answer) -> str:
    """What a reader of it would have to accept beyond what every party promised by joining."""
    return next((str(Condition(each).label) for each in answer.conditions if each not in PROMISED), next(iter(answer.words), ""))
