"""Who may ask for a release, decide on it, accept it and recall it. Whether its content may leave is the policy's to say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import OTHER_AGENCY, may
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from kernel.errors import Sentence, sentence
from kernel.verdict import ALLOWED, Verdict, refuse
from sharing.agreements import steps
from sharing.agreements.steps import Step
from sharing.releases.models import Release

NOT_THE_REQUESTER = sentence("releases.not-the-requester", _("Only %(requester)s, who asked for this release, can do this."))
OWN_REQUEST = sentence("releases.own-request", _("Someone other than the requester must approve."))
STANDS_IN = sentence(
    "releases.stands-in", _("One of you stands in for the other today: that would be one pair of eyes. Somebody else must decide.")
)
DECIDED_ALREADY = sentence("releases.decided-already", _("You have decided on this already. The steps still open are other people's."))
UNSEEN = sentence("releases.unseen-lines", _("Some of what would leave is not yours to see. Whoever asks or decides sees all of it."))
NOT_NOW = sentence("releases.not-now", _("This release is now: %(status)s. That can no longer be done."))
CHANGED = sentence(
    "releases.changed", _("What would leave has changed since approval was asked for. Send it back, so that it is asked for again.")
)
NOTHING_SAID = sentence("releases.nothing-said", _("Write what you want to say."))
REASON_MISSING = sentence("releases.reason-missing", _("Give a reason; it is kept in the record."))
LAPSED = sentence("releases.lapsed", _("Nobody approved it within three days, so the request lapsed. It can be asked for again."))
LEFT_ALREADY = sentence("releases.left-already", _("It has left. It can be recalled."))
NOT_LEFT_YET = sentence("releases.not-left-yet", _("It has not left yet. Stop it: then its recipients never hear of it."))
NOT_FOR_YOU = sentence("releases.not-for-you", _("This release is given to another agency."))
OVER = sentence("releases.over", _("This release has ended. Ask %(giver)s for a new one."))
ON_HOLD = sentence("releases.on-hold", _("The agreement under which this was given is not in force. What rests on it is closed."))
NOBODY_TO_APPROVE = sentence(
    "releases.nobody-to-approve",
    _("Nobody else in %(agency)s may approve releases and sees everything that would leave. Add a supervisor to the case team."),
)
TOO_FEW_TO_APPROVE = sentence(
    "releases.too-few-to-approve",
    _("Open steps: %(open)s. Fewer officers of %(agency)s than that may decide now and see everything that would leave."),
)
RULE_ENDED = sentence("releases.rule-ended", _("This rule has ended already."))
MOST_RULES = 60
TOO_MANY_RULES = sentence("releases.too-many-rules", _("So many rules stand already that another one is too many. End some of them."))
UNKNOWN_ATOM = sentence("releases.unknown-atom", _("Choose the restriction from the list."))
UNKNOWN_COUNTRY = sentence("releases.unknown-country", _("Choose the country from the list."))
NO_SUCH_NUMBER = sentence("releases.no-such-number", _("None, one or two supervisors."))
ONE_KIND_OF_READER = sentence("releases.one-kind-of-reader", _("Choose one unit or named officers, not both."))
NO_SUCH_UNIT = sentence("releases.no-such-unit", _("This unit does not belong to the agency."))
NO_SUCH_READER = sentence("releases.no-such-reader", _("Choose officers of the agency whose role accepts releases."))
NO_SUCH_AGENCY = sentence("releases.no-such-agency", _("Choose an agency other than your own."))
NOT_OF_THIS_CASE = sentence("releases.not-of-this-case", _("Choose from what you see in this case."))
UNKNOWN_PURPOSE = sentence("releases.unknown-purpose", _("Choose the purpose from the list."))
UNKNOWN_CONDITION = sentence("releases.unknown-condition", _("Choose the conditions from the list."))
PURPOSE_MISSING = sentence("releases.purpose-missing", _("Say for which purpose it leaves."))
END_MISSING = sentence("releases.end-missing", _("Say until when it may be seen."))
LEGAL_BASIS_MISSING = sentence("releases.legal-basis-missing", _("Say on which law the release rests."))


DEEDS = {Step.SUPERVISOR: Deed.RELEASES_APPROVE, Step.LEGAL: Deed.ADVICE_GIVE}
"""What an agency's role data must let somebody do who takes a step."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """What the rule of separate eyes must know: lines the officer cannot see; whether they stand in for who asked or has approved, or
    the other way round; whether they have approved themselves; the steps still open.
    """

    unseen: int
    stand_in: bool
    decided: bool
    open: tuple[Step, ...]


def step_for(officer: Officer, open_steps: Collection[Step]) -> Step | None:
    """The open step this officer takes, by what the agency's role data lets them do; the legal review first, for fewer can give it."""
    return next((step for step in (Step.LEGAL, Step.SUPERVISOR) if step in open_steps and DEEDS[step] in officer.deeds), None)


class _Typed(Protocol):
    """A row of the table as it was typed."""

    @property
    def supervisors(self) -> int: ...
    @property
    def atom(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def reason(self) -> str: ...


def can_change_rules(officer: Officer) -> Verdict:
    """Whoever approves releases for the agency decides how many must."""
    return may(officer, Deed.RELEASES_APPROVE)


def rule_flaws(rule: _Typed, *, countries: Collection[str], atoms: Collection[str]) -> dict[str, Sentence]:
    """What keeps something typed from being a row: a sentence for each field, the same for page and API."""
    checks = (
        ("atom", rule.atom and rule.atom not in atoms, UNKNOWN_ATOM),
        ("country", rule.country not in countries, UNKNOWN_COUNTRY),
        ("supervisors", not 0 <= rule.supervisors <= steps.MOST_SUPERVISORS, NO_SUCH_NUMBER),
        ("reason", not rule.reason.strip(), REASON_MISSING),
    )
    return {name: said for name, wrong, said in checks if wrong}


def can_draft(officer: Officer, casefile: CaseFile) -> Verdict:
    """Whoever works on the case (cases.casefiles.rules.can_work), if their role asks for releases."""
    return casefiles.can_work(officer, casefile) and may(officer, Deed.RELEASES_REQUEST)


def can_change(officer: Officer, release: Release) -> Verdict:
    """Only the requester writes, asks and withdraws, while they work on the case: whoever else did could approve their own words."""
    if release.agency_id != officer.agency_id:
        return refuse(OTHER_AGENCY)
    if release.requested_by_id != officer.pk:
        return refuse(NOT_THE_REQUESTER, requester=release.requested_by.name)
    return can_draft(officer, CaseFile.objects.visible_to(officer).select_related("lead").one(release.casefile_id))


def can_request(officer: Officer, release: Release, eyes: Eyes) -> Verdict:
    """Whoever may change it and sees every line: nobody asks for what they do not know."""
    return can_change(officer, release) and (refuse(UNSEEN) if eyes.unseen else ALLOWED)


def can_decide(officer: Officer, release: Release, eyes: Eyes) -> Verdict:
    """Separate eyes: an officer of the owning agency whose role takes a step still open; who did not ask and has not decided, stands
    in for nobody who did either, and sees every line (access.md, rule 2; docs/adr/0018).
    """
    if release.agency_id != officer.agency_id:
        return refuse(OTHER_AGENCY)
    if release.requested_by_id == officer.pk:
        return refuse(OWN_REQUEST)
    if eyes.stand_in:
        return refuse(STANDS_IN)
    if eyes.decided:
        return refuse(DECIDED_ALREADY)
    if eyes.unseen:
        return refuse(UNSEEN)
    return ALLOWED if step_for(officer, eyes.open) else may(officer, DEEDS[eyes.open[0]] if eyes.open else Deed.RELEASES_APPROVE)


def can_accept(officer: Officer, release: Release) -> Verdict:
    """A recipient (Release.visible_to shows it to its addressees alone) whose role accepts conditions."""
    if release.recipient_id != officer.agency_id:
        return refuse(NOT_FOR_YOU)
    return may(officer, Deed.RELEASES_ACCEPT)


def stands(release: Release, *, now: datetime, agreed: bool) -> Verdict:
    """Whether what was given can still be accepted and read: not recalled, not over, its agreement in force (`agreed`)."""
    if release.status != Release.Status.APPROVED:
        return refuse(NOT_NOW, status=str(release.get_status_display()))
    if release.ends_at <= now:
        return refuse(OVER, giver=release.agency.short_name)
    return ALLOWED if agreed else refuse(ON_HOLD)


def can_discuss(officer: Officer, release: Release) -> Verdict:
    """Whoever of the giving agency reads the release."""
    return refuse(OTHER_AGENCY) if release.agency_id != officer.agency_id else may(officer, Deed.RELEASES_READ)


def can_stop(officer: Officer, release: Release, *, approved: bool) -> Verdict:
    """Whoever asked for it, approved it (`approved`) or approves releases for its agency: keeping something back needs one alone."""
    if release.agency_id != officer.agency_id:
        return refuse(OTHER_AGENCY)
    return ALLOWED if approved or release.requested_by_id == officer.pk else may(officer, Deed.RELEASES_APPROVE)


def can_recall(officer: Officer, release: Release) -> Verdict:
    """The owner, at any time: a release authority, or who asked for it. Taking back needs no second pair of eyes."""
    if release.agency_id != officer.agency_id:
        return refuse(OTHER_AGENCY)
    return ALLOWED if release.requested_by_id == officer.pk else may(officer, Deed.RELEASES_APPROVE)
