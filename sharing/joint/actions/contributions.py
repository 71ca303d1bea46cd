"""Giving a version of a record to a joint case, and taking it back. The owner's side alone does either."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, Officer
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.records import grants
from cases.records.models import Rendition
from kernel.errors import Conflict, NotAllowed, NotFound
from sharing.agreements.models import Agreement, Condition
from sharing.agreements.policy import Answer
from sharing.joint import rules
from sharing.joint.actions.hold import hold_open, last_moment, locked, seat_of, standing, write_down
from sharing.joint.events import Event
from sharing.joint.models import PROMISED, Contribution, JointCase, Party
from sharing.releases.actions import contents
from sharing.releases.actions.contents import Wish


@transaction.atomic(durable=True)
def contribute(*, officer: Officer, joint_id: UUID, rendition_id: UUID) -> Contribution:
    """Let the other agencies' teams see one version of what was recorded in one's agency's own file for the case.

    Its handling codes are weighed against every agency asked or joined, as a release to it would be. A later version is given anew.
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
    others = [each for each in standing(joint).select_related("agency__jurisdiction") if each.agency_id != officer.agency_id]
    for party in others:
        _weigh(officer, joint, rendition, party, agreement)
    until = last_moment(agreement)
    contribution: Contribution = Contribution.objects.create(
        joint=joint, party=seat, record=rendition.record, rendition=rendition, made_by=officer, expires_at=until
    )
    grants.admit_joint(
        rendition, groups={each.group_id: each.agency_id for each in others}, contribution_id=contribution.pk, agreement_id=agreement.pk,
        until=until, reference=joint.reference,
    )  # fmt: skip
    write_down(
        Event.CONTRIBUTED, officer, joint, agencies=[officer.agency_id, *(each.agency_id for each in others)], contribution=contribution.pk,
        record=rendition.record_id, rendition=rendition.pk,
    )  # fmt: skip
    return contribution


@transaction.atomic(durable=True)
def withdraw_contribution(*, officer: Officer, joint_id: UUID, contribution_id: UUID) -> Contribution:
    """Take back what one's agency gave: gone for the others with their next request, even while the agreement is suspended.

    Raises NotFound, NotAllowed (rules.can_withdraw), Conflict if it was withdrawn.
    """
    joint = locked(officer, joint_id)
    seen = Contribution.objects.visible_to(officer).filter(joint=joint).select_related("record", "rendition")
    contribution = seen.locked().one(contribution_id)
    rules.can_withdraw(officer, contribution).enforce()
    if contribution.withdrawn_at:
        raise Conflict(rules.WITHDRAWN_ALREADY)
    contribution.withdrawn_at, contribution.withdrawn_by = timezone.now(), officer
    contribution.save(update_fields=["withdrawn_at", "withdrawn_by"])
    ended = grants.end_joint([contribution.pk])
    seats = standing(joint).values_list("agency_id", flat=True)
    write_down(Event.WITHDRAWN, officer, joint, agencies=seats, contribution=contribution.pk, grants=ended)
    return contribution


def _weigh(officer: Officer, joint: JointCase, rendition: Rendition, party: Party, agreement: Agreement) -> None:
    """Raises NotAllowed with the sentence that says why it may not be seen by this agency's team."""
    wish = Wish(
        giver=officer.agency, taker=Agency.objects.select_related("jurisdiction").get(pk=party.agency_id), unit=None,
        officers=frozenset({party.pk}),  # its team, whom its own supervisor names: no list of readers, which is asked below
        renditions=(rendition,), purpose=joint.purpose, ends_at=last_moment(agreement),
    )  # fmt: skip
    answer = contents.weigh(wish, now=timezone.now(), told_to=officer, agreement_id=agreement.pk)
    answer.verdict.enforce()
    asked = _asks(answer)
    if asked:
        raise NotAllowed(rules.ASKS_TOO_MUCH, title=rendition.title, condition=asked)


def _asks(answer: Answer) -> str:
    """What a reader of it would have to accept beyond what every party promised by joining."""
    return next((str(Condition(each).label) for each in answer.conditions if each not in PROMISED), next(iter(answer.words), ""))
