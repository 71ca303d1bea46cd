"""Opening a joint case, joining it, and who of each agency is on its team. One signature of each agency; each names its own officers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.grants import found_group, join, leave, leave_all
from accounts.models import Agency, Officer, Unit
from accounts.notices import post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles import rules as casefiles
from cases.casefiles.events import Event as CaseEvent
from cases.casefiles.models import CaseFile, NoticeMode
from cases.casefiles.storage import colleague, found_file, seat_counsel, unseat_counsel
from cases.records import grants
from kernel.errors import Conflict, Invalid
from sharing.agreements.models import Agreement
from sharing.agreements.versions import version_in_force
from sharing.joint import rules
from sharing.joint.actions import notices
from sharing.joint.actions.hold import hold_open, locked, own_party, standing, write_down
from sharing.joint.events import Event
from sharing.joint.models import Admission, Contribution, JointCase, Mandate, Party, new_reference


@transaction.atomic(durable=True)
def open_joint_case(
    *, officer: Officer, agreement_id: UUID, partner_ids: Collection[UUID], purpose: str, title: str, summary: str = "",
    casefile_id: UUID | None = None,
) -> JointCase:  # fmt: skip
    """Start a joint case under an agreement in force and ask other agencies to it. Until they join, they see its cover alone.

    Whoever opens it is its first member and leads the host's own file for it. `casefile_id` is the case of one's own that it comes of:
    nothing of that goes over; its counsel counts as asked, if it is among the partners.

    Raises NotAllowed (rules.can_lead, of that case casefiles.rules.can_lead), NotFound for a case out of sight, Invalid.
    """
    rules.can_lead(officer).enforce()
    about = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id) if casefile_id else None
    if about:
        casefiles.can_lead(officer, about).enforce()
    partners = set(partner_ids)
    agreement = Agreement.objects.visible_to(officer).in_force().locked().filter(pk=agreement_id).first()
    flaws = rules.flaws(officer, agreement=agreement, partners=partners, purpose=purpose, title=title)
    article = rules.article_for(agreement, purpose) if agreement else None
    if flaws or agreement is None or article is None:
        raise Invalid(fields=flaws)
    joint = JointCase.objects.create(
        host=officer.agency,
        reference=new_reference(),
        agreement=agreement,
        article=article,
        version=version_in_force(agreement.pk),
        purpose=purpose,
        opened_by=officer,
    )
    Mandate.objects.create(joint=joint, title=title.strip(), summary=summary)
    seat = _seat(joint, officer.agency)
    _take_seat(officer, joint, seat)
    _admit(officer, seat, officer, until=agreement.ends_at)
    for agency in Agency.objects.filter(pk__in=partners).order_by("pk"):
        _seat(joint, agency)
    write_down(Event.JOINT_OPENED, officer, joint, agencies=[officer.agency_id, *partners], partners=sorted(map(str, partners)))
    if about and seat_counsel(about, joint_id=joint.pk, partners=partners):
        record(CaseEvent.COUNSEL_ASKED, actor=officer, subject=about, owner=officer.agency_id, joint=joint.pk)
    asked = Officer.objects.who_may(Deed.CASES_LEAD).filter(agency__in=partners)
    post(notices.ASKED, to=asked, subject_id=joint.pk)
    return joint


@transaction.atomic(durable=True)
def join_joint_case(*, officer: Officer, joint_id: UUID) -> JointCase:
    """Join for one's agency, and promise for its team what every party promises. The agency gets a file of its own for the case.

    Nobody is let in by it: the supervisor names the agency's officers. Raises NotFound, NotAllowed (rules.can_answer), Conflict.
    """
    joint, party = _asked(officer, joint_id)
    hold_open(joint)
    _take_seat(officer, joint, party)
    _off_desks(party, notices.ASKED)
    write_down(Event.JOINT_JOINED, officer, joint, agencies=_agencies(joint), party=party.pk)
    return joint


@transaction.atomic(durable=True)
def decline_joint_case(*, officer: Officer, joint_id: UUID) -> JointCase:
    """Decline for one's agency, for good: from then on it sees nothing of the case. Raises NotFound, NotAllowed, Conflict."""
    joint, party = _asked(officer, joint_id)
    told = _agencies(joint)
    _vacate(officer, party, Party.State.DECLINED)
    write_down(Event.JOINT_DECLINED, officer, joint, agencies=told, party=party.pk)
    return joint


@transaction.atomic(durable=True)
def admit_officer(*, officer: Officer, joint_id: UUID, member_id: UUID) -> Admission:
    """Let an officer of one's own agency on the team, from the next request on, and into the agency's own file.

    Raises NotFound (for officers of other agencies too), NotAllowed (rules.can_admit), Conflict if they are admitted, were taken off
    by another agency, or nothing is added to the case now.
    """
    joint = locked(officer, joint_id)
    party = own_party(officer, joint)
    member = colleague(officer, member_id)
    rules.can_admit(officer, party, member).enforce()
    if party.state != Party.State.JOINED:
        raise Conflict(rules.NOT_JOINED)
    agreement = hold_open(joint)
    before = Admission.objects.visible_to(officer).filter(party=party, officer=member).select_related("ended_by__agency")
    if before.filter(ended_at=None).exists():
        raise Conflict(rules.ADMITTED_ALREADY, name=member.name)
    barred = before.exclude(ended_by=None).exclude(ended_by__agency=party.agency_id).first()
    if barred and barred.ended_by:
        raise Conflict(rules.TAKEN_OFF, name=member.name, agency=barred.ended_by.agency.short_name)
    admission = _admit(officer, party, member, until=agreement.ends_at)
    write_down(Event.ADMITTED, officer, joint, agencies=_agencies(joint), member=member.pk)
    post(notices.ADMITTED, to=[member], subject_id=joint.pk)
    return admission


@transaction.atomic(durable=True)
def end_admission(*, officer: Officer, joint_id: UUID, admission_id: UUID) -> Admission:
    """Take an officer off the team: an own one, or, for the host, one of any agency, who is then not let on again.

    Works while the agreement is suspended too. Raises NotFound, NotAllowed (rules.can_end_admission), Conflict.
    """
    joint = locked(officer, joint_id)
    seen = Admission.objects.visible_to(officer).filter(party__in=standing(joint).values("pk"))
    admission = seen.select_related("party", "officer").locked().one(admission_id)
    rules.can_end_admission(officer, admission, joint).enforce()
    if admission.ended_at:
        raise Conflict(rules.NOT_ADMITTED, name=admission.officer.name)
    _end(officer, admission, standing(joint).get(pk=admission.party_id))
    settle(notices.ADMITTED, subject_id=joint.pk, officer=admission.officer)
    write_down(Event.ADMISSION_ENDED, officer, joint, agencies=_agencies(joint), member=admission.officer_id)
    return admission


@transaction.atomic(durable=True)
def leave_joint_case(*, officer: Officer, joint_id: UUID) -> JointCase:
    """Leave for one's agency: its officers see nothing with the next request, and what it gave is withdrawn. For good.

    What was written for all stays with the others. Raises NotFound, NotAllowed (rules.can_leave), Conflict unless it joined.
    """
    joint = locked(officer, joint_id)
    party = own_party(officer, joint)
    rules.can_leave(officer, party, joint).enforce()
    if party.state != Party.State.JOINED:
        raise Conflict(rules.NOT_JOINED)
    told = _agencies(joint)
    gave = Contribution.objects.unscoped("withdrawing what a leaving agency gave").standing().filter(party=party)
    withdrawn, crossed = list(gave.values_list("pk", flat=True)), gave.given().count()
    gave.update(withdrawn_at=timezone.now(), withdrawn_by=officer)
    ended = grants.end_joint(withdrawn)
    for each in withdrawn:
        settle(notices.WAITS, subject_id=each)
    _vacate(officer, party, Party.State.LEFT)
    write_down(Event.JOINT_LEFT, officer, joint, agencies=told, party=party.pk, withdrawn=crossed, grants=ended)
    return joint


@transaction.atomic(durable=True)
def close_joint_case(*, officer: Officer, joint_id: UUID) -> JointCase:
    """Close it: its teams keep reading, and nothing is added. Raises NotFound, NotAllowed (rules.can_close), Conflict if it is closed."""
    joint = locked(officer, joint_id)
    rules.can_close(officer, joint).enforce()
    if joint.closed_at:
        raise Conflict(rules.CLOSED)
    joint.closed_at, joint.closed_by = timezone.now(), officer
    joint.save(update_fields=["closed_at", "closed_by"])
    settle(notices.ASKED, subject_id=joint.pk)
    write_down(Event.JOINT_CLOSED, officer, joint, agencies=_agencies(joint))
    return joint


def _asked(officer: Officer, joint_id: UUID) -> tuple[JointCase, Party]:
    joint = locked(officer, joint_id)
    party = own_party(officer, joint)
    rules.can_answer(officer, party).enforce()
    if party.state != Party.State.ASKED:
        raise Conflict(rules.ANSWERED)
    if joint.closed_at:
        raise Conflict(rules.CLOSED)
    return joint, party


def _agencies(joint: JointCase) -> list[UUID]:
    return list(standing(joint).values_list("agency_id", flat=True))


def _seat(joint: JointCase, agency: Agency) -> Party:
    party_id = uuid4()
    seat: Party = Party.objects.create(id=party_id, joint=joint, agency=agency, group=found_group("joint", party_id))
    return seat


def _take_seat(officer: Officer, joint: JointCase, party: Party) -> None:
    """The agency's own file for the case tells at home no more than that there is one: its title is the reference."""
    unit = Unit.objects.select_related("agency").get(pk=officer.unit_id)
    title = str(rules.FILE_TITLE % {"reference": joint.reference})
    casefile = found_file(unit, lead=officer, title=title, audience=CaseFile.Audience.TEAM, notice_mode=NoticeMode.OWNER_ONLY)
    join(officer, casefile.team, cause=casefile.pk)
    record(CaseEvent.CASE_OPENED, actor=officer, subject=casefile, owner=casefile.agency_id, joint=joint.pk)
    party.state, party.answered_by, party.answered_at, party.casefile = Party.State.JOINED, officer, timezone.now(), casefile
    party.save(update_fields=["state", "answered_by", "answered_at", "casefile"])


def _admit(officer: Officer, party: Party, member: Officer, *, until: datetime | None) -> Admission:
    admission: Admission = Admission.objects.create(party=party, officer=member, admitted_by=officer)
    join(member, party.group, cause=party.pk, until=until)
    files = CaseFile.objects.unscoped("letting an admitted officer into their agency's own file").select_related("team")
    for file in files.filter(pk__in=[party.casefile_id]):
        join(member, file.team, cause=file.pk)
    return admission


def _end(officer: Officer, admission: Admission, party: Party) -> None:
    admission.ended_at, admission.ended_by = timezone.now(), officer
    admission.save(update_fields=["ended_at", "ended_by"])
    leave(admission.officer, party.group)


def _vacate(officer: Officer, party: Party, state: Party.State) -> None:
    """Nobody of the agency sees anything by this seat any more."""
    party.state, party.answered_by, party.answered_at = state, officer, timezone.now()
    party.save(update_fields=["state", "answered_by", "answered_at"])
    admitted = Admission.objects.unscoped("emptying a seat").standing().filter(party=party)
    admitted.update(ended_at=timezone.now(), ended_by=officer)
    leave_all(party.group)
    grants.end_seat(party.group_id)
    unseat_counsel(party.joint_id, party.agency_id)
    _off_desks(party, notices.ASKED)
    _off_desks(party, notices.ADMITTED)


def _off_desks(party: Party, kind: str) -> None:
    for officer in Officer.objects.filter(
        agency=party.agency_id, notices__kind=kind, notices__subject_id=party.joint_id, notices__done_at=None
    ):
        settle(kind, subject_id=party.joint_id, officer=officer)
