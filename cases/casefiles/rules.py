"""Who may do what with a case file, and the sentence that says why not."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.grants import members
from accounts.models import Agency, Deputy, Membership, Officer, RoleDeed, Unit
from accounts.roles import Deed
from accounts.rules import may
from cases.casefiles.models import CaseFile, Handover, LinkedCases, Note, Task
from kernel.errors import Conflict, sentence
from kernel.verdict import ALLOWED, Verdict, refuse

STANDING_TITLE = _("Standing file of %(unit)s")
STANDING_REASON = _("A unit's standing file is for its whole unit.")

CLOSED = sentence("casefiles.closed", _("This case is closed. Open it again first."))
NOT_CLOSED = sentence("casefiles.not-closed", _("This case is not closed."))
TASKS_OPEN = sentence(
    "casefiles.tasks-open", _("Some tasks of this case are still open. Say that they are dropped with it, or end them first.")
)
REASON_WANTED = sentence("casefiles.reason-wanted", _("Say why."))
NO_SUCH_REFERENCE = sentence("casefiles.no-such-reference", _("You see no case of this reference."))
LINKED_TO_ITSELF = sentence("casefiles.linked-to-itself", _("This is the case itself."))
LINKED_ALREADY = sentence("casefiles.linked-already", _("The two cases are linked in this way already."))
OWN_ANCESTOR = sentence("casefiles.own-ancestor", _("The other case is above this one already: a case is not its own parent."))
UNLINKED_ALREADY = sentence("casefiles.unlinked-already", _("This link was already taken back."))
SUPERVISOR_HANDS = sentence("casefiles.supervisor-hands", _("A case is handed to another unit by a supervisor of its unit or team."))
STANDING_NEVER_MOVES = sentence("casefiles.standing-never-moves", _("A standing file is its unit's own and never moves."))
COMPARTMENT_UNTITLED = sentence(
    "casefiles.compartment-untitled", _("The title of a compartment is read by its team alone. Offer it by its reference.")
)
ANOTHER_UNIT = sentence("casefiles.another-unit", _("Choose another unit of your agency. A partner agency is given a release instead."))
NOBODY_TAKES = sentence("casefiles.nobody-takes", _("Nobody in that unit can take a case over. It needs another supervisor there."))
OFFERED_ALREADY = sentence("casefiles.offered-already", _("This case is offered to a unit already. Withdraw that first."))
NOT_YOURS_TO_TAKE = sentence("casefiles.not-yours-to-take", _("A supervisor of %(unit)s decides whether that unit takes the case."))
TAKES_ANOTHER = sentence("casefiles.takes-another", _("Whoever offers a case does not take it. It needs another supervisor."))
STANDS_IN = sentence(
    "casefiles.stands-in", _("One of you stands in for the other today: that would be one pair of eyes. Somebody else must decide.")
)
NOT_YOURS_TO_WITHDRAW = sentence(
    "casefiles.not-yours-to-withdraw", _("An offer is withdrawn by %(name)s, who made it, or by a supervisor of the case.")
)
HANDOVER_DECIDED = sentence("casefiles.handover-decided", _("This hand-over no longer waits for an answer."))
NOT_IN_THAT_UNIT = sentence("casefiles.not-in-that-unit", _("%(name)s does not belong to %(unit)s."))
LEADS_NO_CASES = sentence("casefiles.leads-no-cases", _("%(name)s cannot lead a case: their role does not work on case files."))
CASE_WAS_CLOSED = sentence("casefiles.case-was-closed", _("The case was closed."))
RESTS_ALREADY = sentence("casefiles.rests-already", _("%(reference)s has this status already."))
NOT_ON_TEAM = sentence("casefiles.not-on-team", _("Only its team works on this case. Ask %(lead)s, who leads it, to add you."))
NOT_LEAD = sentence("casefiles.not-lead", _("This is for %(lead)s, who leads the case, or for a supervisor of its unit or team."))
SUPERVISOR_CLOSES = sentence("casefiles.supervisor-closes", _("A case is closed and opened again by a supervisor of its unit or team."))
NOT_YOUR_UNIT = sentence("casefiles.not-your-unit", _("A case is opened in a unit one belongs to."))
WIDER_TAKES_SUPERVISOR = sentence(
    "casefiles.wider-takes-supervisor", _("More people than the team see a case only if a supervisor says so. Begin with the team.")
)
WIDER_TAKES_REASON = sentence("casefiles.wider-takes-reason", _("Say why more people than the team should see this case."))
COMPARTMENT_STAYS = sentence("casefiles.compartment-stays", _("A compartment is for its team alone and is never widened."))
STANDING_STAYS = sentence("casefiles.standing-stays", _("A standing file is its unit's own: it has no other audience and is not closed."))
NOT_YOUR_NOTE = sentence("casefiles.not-your-note", _("A note is changed by %(name)s, who wrote it. Write one of your own."))
NOTE_CHANGED_SINCE = sentence(
    "casefiles.note-changed-since", _("This note was changed since you opened it. Look at its newest words before you send yours.")
)
LEAD_STAYS = sentence("casefiles.lead-stays", _("%(name)s leads this case. Name another lead first."))
PROSECUTOR_WANTED = sentence("casefiles.prosecutor-wanted", _("In your agency a prosecutor is on every case from its first day. Name one."))
NO_PROSECUTOR_HERE = sentence("casefiles.no-prosecutor-here", _("Your agency's cases have no prosecutor of their own."))
NOT_A_PROSECUTOR = sentence("casefiles.not-a-prosecutor", _("%(name)s cannot be the prosecutor on a case: their role does not do this."))
PROSECUTOR_STAYS = sentence("casefiles.prosecutor-stays", _("%(name)s is the prosecutor on this case. Name another one first."))
PROSECUTES_ALREADY = sentence("casefiles.prosecutes-already", _("%(name)s is the prosecutor on this case already."))
NOT_A_MEMBER = sentence("casefiles.not-a-member", _("%(name)s is not on the team."))
ALREADY_A_MEMBER = sentence("casefiles.already-a-member", _("%(name)s is on the team already."))
ROLE_READS_NO_CASES = sentence("casefiles.role-reads-no-cases", _("%(name)s cannot be on a team: their role does not read case files."))
ASSIGNEE_BLIND = sentence("casefiles.assignee-blind", _("%(name)s does not see this case. Add them to its team first."))
NOBODY_HERE = sentence("casefiles.nobody-here", _("Nobody in your agency fits this."))
NO_SUCH_OFFENCE = sentence("casefiles.no-such-offence", _("The catalogue has no such offence."))
ENDS_TOO_EARLY = sentence("casefiles.ends-too-early", _("The last day is before the first."))
REFERENCE_KNOWN = sentence("casefiles.reference-known", _("The case has this reference already."))
BAD_SCHEME = sentence(
    "casefiles.bad-scheme", _("A pattern holds {draw}, may hold {agency} and {year}, and else letters, digits, spaces and - / . alone.")
)
NOT_YET_DECIDED = sentence("casefiles.not-yet-decided", _("A decision is entered once it was taken: not with a day to come."))
NOTHING_TICKED = sentence("casefiles.nothing-ticked", _("Tick at least one line of the list first."))
TASK_ENDED = sentence("casefiles.task-ended", _("This task was already ended."))
FELL_TO_LEAD = sentence("casefiles.fell-to-lead", _("The case was handed over: the task falls to its new lead."))
TASK_RUNS = sentence("casefiles.task-runs", _("This task is still to be done."))
TASK_STAYS = sentence("casefiles.task-stays", _("Nothing of the task would change."))
NOT_YOUR_TASK = sentence("casefiles.not-your-task", _("A task is worked on by %(name)s, whose it is, or by the team."))


def hold_open(casefile: CaseFile) -> None:
    """Nobody works on a closed case. Raises Conflict."""
    if casefile.status == CaseFile.Status.CLOSED:
        raise Conflict(CLOSED)


def hold_running(task: Task) -> None:
    """What was ended is taken up again before anything else is done with it. Raises Conflict."""
    if not task.is_running:
        raise Conflict(TASK_ENDED)


def works_on(officer: Officer, casefile: CaseFile) -> bool:
    """Whether a grant lets the officer work on the file: its team, or the unit of a standing file."""
    return CaseFile.objects.holding("work", officer).filter(pk=casefile.pk).exists()


def can_open(officer: Officer, unit: Unit, *, audience: str, reason: str, is_compartment: bool) -> Verdict:
    """Whoever works on cases, in a unit of theirs. Wider than the team: with a reason, by those whose role widens; never a compartment."""
    if not Membership.objects.held_by(officer).filter(group=unit.group_id).exists():
        return refuse(NOT_YOUR_UNIT)
    if audience != CaseFile.Audience.TEAM:
        return may(officer, Deed.CASES_WORK) and _can_widen(officer, reason=reason, is_compartment=is_compartment)
    return may(officer, Deed.CASES_WORK)


def can_keep_standing_file(officer: Officer, unit: Unit) -> Verdict:
    """Whoever works on cases in the unit: every unit has one, so that everything has a home."""
    if not Membership.objects.held_by(officer).filter(group=unit.group_id).exists():
        return refuse(NOT_YOUR_UNIT)
    return may(officer, Deed.CASES_WORK)


def can_work(officer: Officer, casefile: CaseFile) -> Verdict:
    """The team (in a standing file: the unit), if their role works on cases."""
    if not works_on(officer, casefile):
        return refuse(NOT_ON_TEAM, lead=casefile.lead.name)
    return may(officer, Deed.CASES_WORK)


def can_lead(officer: Officer, casefile: CaseFile) -> Verdict:
    """The lead, or a supervisor of its unit or team who sees it: for what concerns who is on it."""
    if officer.pk == casefile.lead_id:
        return may(officer, Deed.CASES_WORK)
    return ALLOWED if _supervises(officer, casefile) else refuse(NOT_LEAD, lead=casefile.lead.name)


def can_close(officer: Officer, casefile: CaseFile) -> Verdict:
    """A supervisor of its unit or team who sees it; a standing file is never closed."""
    if casefile.is_standing:
        return refuse(STANDING_STAYS)
    return ALLOWED if _supervises(officer, casefile) else refuse(SUPERVISOR_CLOSES)


def can_unlink(officer: Officer, link: LinkedCases) -> Verdict:
    """Whoever works on one of the two cases, as long as that one is open."""
    ends = [case for case in (link.casefile, link.other) if works_on(officer, case)]
    if not ends:
        return refuse(NOT_ON_TEAM, lead=link.casefile.lead.name)
    return may(officer, Deed.CASES_WORK) if any(case.status != CaseFile.Status.CLOSED for case in ends) else refuse(CLOSED)


def hold_waiting(handover: Handover) -> None:
    """A hand-over is decided once. Raises Conflict."""
    if handover.status != Handover.Status.PROPOSED:
        raise Conflict(HANDOVER_DECIDED)


def hold_in_time(handover: Handover, *, now: datetime) -> None:
    """An offer is answered in its fortnight, also by whoever sees it longer. Raises Conflict."""
    hold_waiting(handover)
    if handover.lapses_at <= now:
        raise Conflict(HANDOVER_DECIDED)


def can_hand_over(officer: Officer, casefile: CaseFile, *, shows_title: bool = False) -> Verdict:
    """A supervisor of its unit or team who sees it; never a standing file, nor a compartment by its title."""
    if casefile.is_standing:
        return refuse(STANDING_NEVER_MOVES)
    if not _supervises(officer, casefile):
        return refuse(SUPERVISOR_HANDS)
    return refuse(COMPARTMENT_UNTITLED) if casefile.is_compartment and shows_title else ALLOWED


def can_decide(officer: Officer, handover: Handover) -> Verdict:
    """A supervisor of the receiving unit, never the one who offers (the database holds that as well), nor who stands in for them."""
    if officer.pk == handover.proposed_by_id:
        return refuse(TAKES_ANOTHER)
    if Deputy.objects.between(officer, handover.proposed_by_id, since=handover.proposed_at).exists():
        return refuse(STANDS_IN)
    there = Membership.objects.held_by(officer).filter(group=handover.to_unit.group_id).exists()
    if not there or officer.agency_id != handover.to_unit.agency_id:
        return refuse(NOT_YOURS_TO_TAKE, unit=handover.to_unit.name)
    return may(officer, Deed.CASES_LEAD)


def can_withdraw(officer: Officer, handover: Handover, casefile: CaseFile | None) -> Verdict:
    """Whoever offered it, or another supervisor of the case's unit or team who sees the case."""
    if officer.pk == handover.proposed_by_id or (casefile and _supervises(officer, casefile)):
        return may(officer, Deed.CASES_LEAD)
    return refuse(NOT_YOURS_TO_WITHDRAW, name=handover.proposed_by.name)


def can_receive(member: Officer, handover: Handover, *, leads: bool = False) -> Verdict:
    """Officers of the receiving unit alone, whose role reads cases; of the lead, that it works on them."""
    if not members(handover.to_unit.group_id).filter(pk=member.pk, agency=handover.to_unit.agency_id).exists():
        return refuse(NOT_IN_THAT_UNIT, name=member.name, unit=handover.to_unit.name)
    if Deed.CASES_READ not in member.deeds:
        return refuse(ROLE_READS_NO_CASES, name=member.name)
    return refuse(LEADS_NO_CASES, name=member.name) if leads and Deed.CASES_WORK not in member.deeds else ALLOWED


def can_change_audience(officer: Officer, casefile: CaseFile, *, audience: str, reason: str) -> Verdict:
    """Wider: a supervisor of its unit or team, with a reason; narrower: its lead too. Never for a compartment or a standing file."""
    if casefile.is_standing:
        return refuse(STANDING_STAYS)
    if _width(audience) <= _width(casefile.audience):
        return can_lead(officer, casefile)
    if not (casefile.is_compartment or _supervises(officer, casefile)):
        return refuse(WIDER_TAKES_SUPERVISOR)
    return _can_widen(officer, reason=reason, is_compartment=casefile.is_compartment)


def can_join(member: Officer, casefile: CaseFile) -> Verdict:
    """Officers of the owning agency alone, whose role reads cases."""
    if member.agency_id != casefile.agency_id or not member.is_active:
        return refuse(NOBODY_HERE)
    return ALLOWED if Deed.CASES_READ in member.deeds else refuse(ROLE_READS_NO_CASES, name=member.name)


def can_prosecute(member: Officer, agency: Agency) -> Verdict:
    """Officers of the owning agency alone, whose role is on a case from its first day: the agency's reviewed data, by its country's law."""
    if member.agency_id != agency.pk or not member.is_active:
        return refuse(NOBODY_HERE)
    return ALLOWED if {Deed.CASES_DIRECT, Deed.CASES_READ} <= member.deeds else refuse(NOT_A_PROSECUTOR, name=member.name)


def wants_prosecutor(agency: Agency) -> bool:
    """Whether a case of the agency has a prosecutor of its own from its first day: where its role data lets one be that."""
    return RoleDeed.objects.filter(agency=agency, deed=Deed.CASES_DIRECT).exists()


def can_be_set(assignee: Officer, casefile: CaseFile) -> Verdict:
    """A task is given to somebody who sees its case."""
    sees = CaseFile.objects.visible_to(assignee).filter(pk=casefile.pk).exists()
    return ALLOWED if sees else refuse(ASSIGNEE_BLIND, name=assignee.name)


def can_set_scheme(officer: Officer) -> Verdict:
    """Whoever runs the agency's accounts: it says how references look, and shows no case."""
    return may(officer, Deed.OFFICERS_MANAGE)


def can_change_note(officer: Officer, note: Note) -> Verdict:
    """Its author, while they work on the case: nobody puts words in another's mouth."""
    return can_work(officer, note.casefile) if note.author_id == officer.pk else refuse(NOT_YOUR_NOTE, name=note.author.name)


def can_work_on_task(officer: Officer, task: Task) -> Verdict:
    """Work on a task, comment on it, end it or take it up again: the one whose task it is, or the team."""
    if task.assignee_id == officer.pk or can_work(officer, task.casefile):
        return ALLOWED
    return refuse(NOT_YOUR_TASK, name=task.assignee.name)


def _supervises(officer: Officer, casefile: CaseFile) -> bool:
    near = officer.agency_id == casefile.agency_id and (officer.unit_id == casefile.unit_id or works_on(officer, casefile))
    return Deed.CASES_LEAD in officer.deeds and near


def _can_widen(officer: Officer, *, reason: str, is_compartment: bool) -> Verdict:
    if is_compartment:
        return refuse(COMPARTMENT_STAYS)
    if Deed.CASES_LEAD not in officer.deeds:
        return refuse(WIDER_TAKES_SUPERVISOR)
    return ALLOWED if reason.strip() else refuse(WIDER_TAKES_REASON)


def _width(audience: str) -> int:
    return CaseFile.Audience.values.index(audience)
