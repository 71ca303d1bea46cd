"""Who may add to a record; who may see it, and why: the one predicate (RecordGrant.held_by, covering) turned round and put into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Agency, Membership, Officer, OfficerQuerySet, Unit
from accounts.roles import Deed
from accounts.rules import OTHER_AGENCY, may
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.records.models import Record, RecordGrant, Rendition
from kernel.errors import Sentence, sentence
from kernel.grants import Origin
from kernel.verdict import Verdict, allow, refuse

NOT_SERVING = sentence("records.not-serving", _("%(name)s cannot sign in: the account or the agency is not active."))
SERVING = sentence("records.serving", _("%(name)s may sign in."))
ROLE_READS_NOTHING = sentence("records.role-reads-nothing", _("The role of %(name)s reads no records, whatever group they belong to."))
ROLE_READS = sentence("records.role-reads", _("The role of %(name)s reads records."))
BY_TEAM = sentence("records.by-team", _("%(name)s is on the team of the case this is kept in."))
BY_UNIT = sentence("records.by-unit", _("%(name)s belongs to the unit %(unit)s, all of which sees the case this is kept in."))
BY_AGENCY = sentence("records.by-agency", _("%(name)s belongs to %(agency)s, all of which sees the case this is kept in."))
BY_RELEASE = sentence(
    "records.by-release", _("%(name)s accepted the conditions of release %(release)s on %(since)s; it ends on %(until)s.")
)
BY_ANOTHER_RELEASE = sentence("records.by-another-release", _("%(name)s sees it under another release to your agency."))
NOT_ON_TEAM = sentence("records.not-on-team", _("%(name)s is not on the team of the case this is kept in."))
NOT_IN_UNIT = sentence("records.not-in-unit", _("%(name)s does not belong to the unit %(unit)s."))
NOT_ACCEPTED = sentence("records.not-accepted", _("%(name)s has not accepted the conditions of release %(release)s."))
HELD_BACK = sentence("records.held-back", _("Release %(release)s is held back: the agreement it rests on is suspended."))
BY_JOINT = sentence(
    "records.by-joint", _("%(name)s is on their agency's team of joint case %(joint)s, which it was given to; until %(until)s.")
)
NOT_ON_JOINT = sentence("records.not-on-joint", _("%(name)s is not on their agency's team of joint case %(joint)s."))
JOINT_HELD_BACK = sentence("records.joint-held-back", _("Joint case %(joint)s is held back: the agreement it stands under is suspended."))
NOTHING_LETS = sentence("records.nothing-lets", _("Nothing lets this person see it."))
ALREADY_THERE = sentence("records.already-there", _("This record is in that case already."))
SAME_AUDIENCE = sentence("records.same-audience", _("This case has that audience already."))


def can_record(officer: Officer, casefile: CaseFile) -> Verdict:
    """Whoever works on the file, if their role records intelligence."""
    return casefiles.can_work(officer, casefile) and may(officer, Deed.INTELLIGENCE_RECORD)


def can_add(officer: Officer, record: Record, home: CaseFile | None) -> Verdict:
    """The owning agency alone, by whoever may record in the record's home file; `home` is None where they do not see it."""
    if record.agency_id != officer.agency_id or home is None:
        return refuse(OTHER_AGENCY)
    return can_record(officer, home)


@dataclass(frozen=True, slots=True)
class Sight:
    """One line of "who can see this, and why": an agency, in a sentence, until when; `group_id` is whose members it counts."""

    agency: Agency
    sentence: str
    sees: bool
    until: datetime | None = None
    release_id: UUID | None = None
    group_id: int | None = None


TEAM_SEES = ngettext_lazy(
    "The team of the case it is kept in: %(people)d person", "The team of the case it is kept in: %(people)d people", "people"
)
UNIT_SEES = ngettext_lazy("The whole unit %(unit)s: %(people)d person", "The whole unit %(unit)s: %(people)d people", "people")
AGENCY_SEES = ngettext_lazy("The whole agency: %(people)d person", "The whole agency: %(people)d people", "people")
RELEASE_SHOWS = ngettext_lazy(
    "Release %(release)s: %(people)d person accepted its conditions",
    "Release %(release)s: %(people)d people accepted its conditions",
    "people",
)
RELEASE_WAITS = _("not yet, nobody has accepted the conditions of release %(release)s")
RELEASE_HELD = _("held back, the agreement of release %(release)s is suspended")
RELEASE_OVER = _("no longer, release %(release)s has ended")
JOINT_SHOWS = ngettext_lazy(
    "Joint case %(release)s: %(people)d person on this agency's team",
    "Joint case %(release)s: %(people)d people on this agency's team",
    "people",
)
JOINT_HELD = _("held back, the agreement of joint case %(release)s is suspended")
JOINT_OVER = _("no longer, it was withdrawn from joint case %(release)s")
NEVER = _("administrators, auditors and operators never see content, whatever group they belong to")


def explain(officer: Officer, rendition: Rendition, *, told_to: Officer | None = None) -> Verdict:
    """Whether the officer sees this rendition at this moment, and by what. Agrees with Rendition.visible_to, whose rows it reads.

    `told_to` is who asks, if it is somebody else: a release not given to them is not named, nor somebody of another agency.
    """
    name = officer.name if told_to is None or told_to.agency_id == officer.agency_id else officer.email
    if not _serves(officer):
        return refuse(NOT_SERVING, name=name)
    if Deed.INTELLIGENCE_READ not in officer.deeds:
        return refuse(ROLE_READS_NOTHING, name=name)
    held = list(RecordGrant.objects.held_by(officer).covering(rendition.record_id, rendition.pk).order_by("pk"))
    if not held:
        return refuse(NOTHING_LETS)
    told = _nameable(told_to or officer, held, rendition)
    rests_on = (f"{grant.origin}:{grant.cause}" if grant.cause else f"grant:{grant.pk}" for grant in told)
    if not told:
        return allow(BY_ANOTHER_RELEASE, name=name)
    said, params = _because(officer, min(told, key=lambda grant: grant.origin != Origin.HOME))
    return allow(said, *rests_on, **params | {"name": name})


def trail(officer: Officer, rendition: Rendition, *, told_to: Officer) -> Iterator[Verdict]:
    """The way to that answer, step by step: the account, the role, and each grant to the officer's agency that reaches it."""
    yield allow(SERVING, name=officer.name) if _serves(officer) else refuse(NOT_SERVING, name=officer.name)
    reads = Deed.INTELLIGENCE_READ in officer.deeds
    yield allow(ROLE_READS, name=officer.name) if reads else refuse(ROLE_READS_NOTHING, name=officer.name)
    groups = _groups(officer)
    standing = RecordGrant.objects.standing().for_right("view").covering(rendition.record_id, rendition.pk).order_by("pk")
    for grant in _nameable(told_to, standing, rendition):
        if (grant.recipient_id or rendition.record.agency_id) != officer.agency_id:
            continue
        if grant.suspended_at:
            joint = grant.origin == Origin.JOINT
            yield refuse(JOINT_HELD_BACK, joint=grant.cause_reference) if joint else refuse(HELD_BACK, release=grant.cause_reference)
        elif grant.group_id in groups:
            said, params = _because(officer, grant)
            yield allow(said, **params)
        else:
            said, params = _why_not(officer, grant)
            yield refuse(said, **params)


def who_can_see(officer: Officer, record: Record) -> list[Sight]:
    """Every group that holds the record now, and who lost it or never had it, for somebody who sees it.

    The owner's people see all of it. A recipient's read what they were given themselves, and how many of their own agency read by it.
    """
    grants = RecordGrant.objects.for_right("view").filter(content_object=record).select_related("recipient").order_by("origin", "pk")
    readers = Officer.objects.who_may(Deed.INTELLIGENCE_READ)
    if record.agency_id != officer.agency_id:
        held = RecordGrant.objects.held_by(officer).filter(content_object=record, recipient=officer.agency_id)
        return _sights(record, _one_per_group(grants.filter(pk__in=held.values("pk"))), readers.filter(agency=officer.agency_id))
    standing = _one_per_group(grants.standing())
    over = _one_per_group(grants.exclude(origin=Origin.HOME).exclude(group__in=[each.group_id for each in standing]))
    ended = [
        Sight(each.recipient or record.agency, str(_over(each)) % {"release": each.cause_reference}, sees=False, release_id=_release(each))
        for each in over
    ]
    return [*_sights(record, standing, readers), *ended, Sight(record.agency, str(NEVER), sees=False)]


def _over(grant: RecordGrant) -> Any:
    return JOINT_OVER if grant.origin == Origin.JOINT else RELEASE_OVER


def _release(grant: RecordGrant) -> UUID | None:
    return grant.cause if grant.origin == Origin.RELEASE else None


def _one_per_group(grants: Iterable[RecordGrant]) -> list[RecordGrant]:
    return list({grant.group_id: grant for grant in grants}.values())


def _sights(record: Record, grants: Sequence[RecordGrant], readers: OfficerQuerySet) -> list[Sight]:
    """Standing grants in words, counting the readers in each group; in two statements, however many groups there are."""
    groups = [grant.group_id for grant in grants]
    units = {unit.group_id: unit for unit in Unit.objects.filter(group__in=groups)}
    held = Membership.objects.active().filter(group__in=groups, officer__in=readers.values("pk"))
    people = dict(held.values_list("group").annotate(Count("officer", distinct=True)))
    return [_sight(record, grant, people.get(grant.group_id, 0), units.get(grant.group_id)) for grant in grants]


def _sight(record: Record, grant: RecordGrant, people: int, unit: Unit | None) -> Sight:
    facts = {"people": people, "release": grant.cause_reference}
    if grant.origin == Origin.JOINT:
        said = JOINT_HELD if grant.suspended_at else JOINT_SHOWS
        sees = bool(people) and not grant.suspended_at
        return Sight(grant.recipient or record.agency, str(said % facts), sees, grant.expires_at, group_id=grant.group_id)
    if grant.origin == Origin.RELEASE:
        said = RELEASE_HELD if grant.suspended_at else RELEASE_SHOWS if people else RELEASE_WAITS
        agency = grant.recipient or record.agency
        sees = bool(people) and not grant.suspended_at
        return Sight(agency, str(said % facts), sees, grant.expires_at, grant.cause, grant.group_id)
    said = AGENCY_SEES if grant.group_id == record.agency.group_id else UNIT_SEES if unit else TEAM_SEES
    return Sight(record.agency, str(said % (facts | {"unit": str(unit or "")})), bool(people), group_id=grant.group_id)


def _because(officer: Officer, grant: RecordGrant) -> tuple[Sentence, dict[str, str]]:
    """The sentence of a grant the officer holds."""
    if grant.origin == Origin.JOINT:
        return BY_JOINT, {"name": officer.name, "joint": grant.cause_reference, "until": _day(grant.expires_at, officer)}
    if grant.origin == Origin.RELEASE:
        since = Membership.objects.held_by(officer).filter(group=grant.group_id).earliest("since").since
        facts = {"release": grant.cause_reference, "since": _day(since, officer), "until": _day(grant.expires_at, officer)}
        return BY_RELEASE, {"name": officer.name, **facts}
    if grant.group_id == officer.agency.group_id:
        return BY_AGENCY, {"name": officer.name, "agency": officer.agency.short_name}
    unit = Unit.objects.filter(group=grant.group_id).first()
    return (BY_UNIT, {"name": officer.name, "unit": unit.name}) if unit else (BY_TEAM, {"name": officer.name})


def _why_not(officer: Officer, grant: RecordGrant) -> tuple[Sentence, dict[str, str]]:
    """The sentence of a grant to the officer's agency that they do not hold."""
    if grant.origin == Origin.JOINT:
        return NOT_ON_JOINT, {"name": officer.name, "joint": grant.cause_reference}
    if grant.origin == Origin.RELEASE:
        return NOT_ACCEPTED, {"name": officer.name, "release": grant.cause_reference}
    unit = Unit.objects.filter(group=grant.group_id).first()
    return (NOT_IN_UNIT, {"name": officer.name, "unit": unit.name}) if unit else (NOT_ON_TEAM, {"name": officer.name})


def _groups(officer: Officer) -> set[int]:
    return set(Membership.objects.held_by(officer).values_list("group_id", flat=True))


def _nameable(asker: Officer, grants: Iterable[RecordGrant], rendition: Rendition) -> list[RecordGrant]:
    """The owner's people may know every grant on what is theirs; a recipient's only those they hold themselves."""
    if rendition.record.agency_id == asker.agency_id:
        return list(grants)
    mine = _groups(asker)
    return [grant for grant in grants if grant.group_id in mine]


def _serves(officer: Officer) -> bool:
    return officer.is_active and officer.agency.status == Agency.Status.ACTIVE


def _day(moment: datetime | None, officer: Officer) -> str:
    return date_format(moment.astimezone(ZoneInfo(officer.time_zone)), "j M Y") if moment else "—"
