"""Who may open, join, admit, give and take back in a joint case, and the sentence that says why not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import OTHER_AGENCY, may
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.records.models import Rendition
from kernel.errors import Sentence, sentence
from kernel.verdict import ALLOWED, Verdict, refuse
from sharing.agreements.models import Agreement, Article
from sharing.agreements.models import Party as Signatory
from sharing.joint.models import Admission, AgreedTask, Contribution, JointCase, Party
from sharing.releases.rules import OWN_REQUEST, STANDS_IN

FILE_TITLE = _("Joint case %(reference)s")
AGREEMENT_NOT_IN_FORCE = sentence("joint.agreement-not-in-force", _("Choose an agreement of your agency that is in force."))
PURPOSE_NOT_COVERED = sentence("joint.purpose-not-covered", _("No article of this agreement covers this purpose."))
NOT_BOUND = sentence("joint.not-bound", _("Choose other agencies that have signed this agreement."))
SAY_TITLE = sentence("joint.say-title", _("Give it a title."))
CLOSED = sentence("joint.closed", _("This joint case is closed."))
ANSWERED = sentence("joint.answered", _("Your agency has answered already."))
NOT_JOINED = sentence("joint.not-joined", _("Your agency has not joined this case."))
HELD_BACK = sentence("joint.held-back", _("The agreement that this case stands under is not in force. Nothing is added to it now."))
NOT_ON_TEAM = sentence("joint.not-on-team", _("Only its team writes in this case and gives to it."))
HOST_CLOSES = sentence("joint.host-closes", _("The agency that opened this case does not leave it: it closes it."))
HOST_ALONE = sentence("joint.host-alone", _("A joint case is closed by the agency that opened it."))
ADMITTED_ALREADY = sentence("joint.admitted-already", _("%(name)s is admitted already."))
NOT_ADMITTED = sentence("joint.not-admitted", _("%(name)s is not admitted any more."))
TAKEN_OFF = sentence("joint.taken-off", _("%(name)s was taken off this case by %(agency)s, and is not admitted again."))
READS_NO_CASES = sentence("joint.reads-no-cases", _("%(name)s cannot be admitted: their role does not read case files and records."))
NOTHING_WRITTEN = sentence("joint.nothing-written", _("Write something first."))
NOT_OF_OWN_FILE = sentence(
    "joint.not-of-own-file",
    _("Only what was recorded in your agency's own file for this case is given to it. All else leaves by a release."),
)
GIVEN_ALREADY = sentence("joint.given-already", _("This version was given already."))
ASKS_TOO_MUCH = sentence(
    "joint.asks-too-much",
    _("“%(title)s” asks of each reader what the parties did not promise: %(condition)s. Give it by a release."),
)
WITHDRAWN_ALREADY = sentence("joint.withdrawn-already", _("This was already withdrawn."))
SAY_WHY = sentence("joint.say-why", _("Say why."))
NOTHING_STAYS = sentence("joint.nothing-stays", _("Tick at least one record that may stay, or leave and take everything back."))
NOT_A_PARTY = sentence("joint.not-a-party", _("Choose an agency that takes part in this case."))
NOT_OF_THE_AGENCY = sentence("joint.not-of-the-agency", _("Choose somebody whom the agency that is to do it has admitted to this case."))
NO_SUCH_DAY = sentence("joint.no-such-day", _("Choose a day between 2000 and 2099."))
NOT_YOUR_TASK = sentence("joint.not-your-task", _("This is moved on by the team of %(agency)s, or by %(name)s, who set it."))
TASK_ENDED = sentence("joint.task-ended", _("This task was already ended."))
TASK_RUNS = sentence("joint.task-runs", _("This task is still to be done."))
TASK_STAYS = sentence("joint.task-stays", _("Nothing of the task would change."))
APPROVED_ALREADY = sentence("joint.approved-already", _("This was already approved."))


def flaws(officer: Officer, *, agreement: Agreement | None, partners: Collection[UUID], purpose: str, title: str) -> dict[str, Sentence]:
    """What keeps this from being opened as a joint case: a sentence for each field, the same for page and API.

    `agreement` is one that the officer sees and that is in force, or None. Every partner has signed it.
    """
    if agreement is None:
        return {"agreement_id": AGREEMENT_NOT_IN_FORCE}
    signed = Signatory.objects.filter(agreement=agreement).exclude(signed_at=None).values_list("agency_id", flat=True)
    others = set(signed) - {officer.agency_id}
    checks = (
        ("purpose", article_for(agreement, purpose) is None, PURPOSE_NOT_COVERED),
        ("partner_ids", not partners or not set(partners) <= others, NOT_BOUND),
        ("title", not title.strip(), SAY_TITLE),
    )
    return {name: said for name, wrong, said in checks if wrong}


def article_for(agreement: Agreement, purpose: str) -> Article | None:
    """The first article that covers the purpose."""
    return next((article for article in agreement.articles.all() if purpose in article.purposes), None)


def can_lead(officer: Officer) -> Verdict:
    """A supervisor: opens joint cases, answers for the agency, and names its officers."""
    return may(officer, Deed.CASES_LEAD)


def can_answer(officer: Officer, party: Party) -> Verdict:
    """A supervisor of the agency that was asked. The host's own seat was taken by whoever opened the case."""
    return refuse(OTHER_AGENCY) if party.agency_id != officer.agency_id else can_lead(officer)


def can_admit(officer: Officer, party: Party, member: Officer) -> Verdict:
    """A supervisor of the officer's own agency: no agency picks another's people. The officer's role reads cases and records."""
    if not party.agency_id == officer.agency_id == member.agency_id:
        return refuse(OTHER_AGENCY)
    if not {Deed.CASES_READ, Deed.INTELLIGENCE_READ} <= member.deeds:
        return refuse(READS_NO_CASES, name=member.name)
    return can_lead(officer)


def can_end_admission(officer: Officer, admission: Admission, joint: JointCase) -> Verdict:
    """A supervisor of the officer's own agency, or of the host."""
    if officer.agency_id not in (admission.party.agency_id, joint.host_id):
        return refuse(OTHER_AGENCY)
    return can_lead(officer)


def can_leave(officer: Officer, party: Party, joint: JointCase) -> Verdict:
    """A supervisor of an agency that joined; the host closes the case instead."""
    if party.agency_id == joint.host_id:
        return refuse(HOST_CLOSES)
    return can_answer(officer, party)


def can_close(officer: Officer, joint: JointCase) -> Verdict:
    """A supervisor of the host."""
    return can_lead(officer) if officer.agency_id == joint.host_id else refuse(HOST_ALONE)


def can_write(officer: Officer, seat: Party | None) -> Verdict:
    """The team, if their role works on cases; `seat` is their agency's, None for whoever is not admitted."""
    return may(officer, Deed.CASES_WORK) if seat else refuse(NOT_ON_TEAM)


def can_give(officer: Officer, seat: Party | None, rendition: Rendition, home: CaseFile | None) -> Verdict:
    """Whoever is on the team, works on their agency's own file and may ask for releases; of what was recorded in that file alone."""
    if seat is None:
        return refuse(NOT_ON_TEAM)
    record = rendition.record
    if home is None or home.is_compartment or record.agency_id != officer.agency_id or record.home_id != seat.casefile_id:
        return refuse(NOT_OF_OWN_FILE)
    return casefiles.can_work(officer, home) and may(officer, Deed.RELEASES_REQUEST)


def can_approve(officer: Officer, contribution: Contribution, *, stand_in: bool) -> Verdict:
    """Four eyes: a release authority of the owner who did not ask for it and stands in for nobody who did (`stand_in`)."""
    if contribution.record.agency_id != officer.agency_id:
        return refuse(OTHER_AGENCY)
    if contribution.made_by_id == officer.pk:
        return refuse(OWN_REQUEST)
    return refuse(STANDS_IN) if stand_in else may(officer, Deed.RELEASES_APPROVE)


def is_a_day(due_on: date | None) -> bool:
    """Whether something can be due then. The last day there is ends after the last moment there is: nobody's desk could be read."""
    return due_on is None or 2000 <= due_on.year < 2100  # noqa: PLR2004


def can_let_stay(officer: Officer, contribution: Contribution, *, stand_in: bool) -> Verdict:
    """As giving it: what stays after leaving is shown for longer than was promised, so whoever asked to give it does not decide on it."""
    return can_approve(officer, contribution, stand_in=stand_in)


def can_move_on(officer: Officer, task: AgreedTask, seat: Party | None) -> Verdict:
    """The team of the agency that is to do it, or whoever set it while they are on the team; their role works on cases."""
    if seat is not None and task.party_id != seat.pk and task.made_by_id != officer.pk:
        return refuse(NOT_YOUR_TASK, agency=task.party.agency.short_name, name=task.made_by.name)
    return can_write(officer, seat)


def can_withdraw(officer: Officer, contribution: Contribution) -> Verdict:
    """The owner's side, at any time: taking back needs no second pair of eyes."""
    return ALLOWED if contribution.record.agency_id == officer.agency_id else refuse(OTHER_AGENCY)
