"""Listing, opening and changing case files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.grants import join
from accounts.models import Officer, Unit
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.events import Event
from cases.casefiles.models import Bookmark, CaseFile, NoticeMode, OtherReference
from cases.casefiles.storage import colleague, found_file, want_counsel
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page

SHOWN = ("agency", "unit", "lead")
RESTING = (CaseFile.Status.OPEN, CaseFile.Status.DORMANT)


@transaction.atomic(durable=True)
def list_cases(
    *, officer: Officer, q: str = "", status: str = "", outcome: str = "", unit_id: UUID | None = None, mine: bool = False,
    pinned: bool = False, after: str = "", size: int = 50,
) -> Page[CaseFile]:  # fmt: skip
    """The case files an officer may know of, those last worked on first; by words of title or any reference,
    status, outcome, unit, team, own pins.

    Raises Invalid for a broken cursor.
    """
    query: dict[str, Any] = {"q": q, "status": status, "outcome": outcome, "unit_id": unit_id, "mine": mine, "pinned": pinned}
    page: Page[CaseFile] = asked_cases(officer, **query).select_related(*SHOWN).newest(by="active_at", after=after, size=size)
    record(Event.CASES_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query=query)
    return page


def asked_cases(
    officer: Officer, *, q: str = "", status: str = "", outcome: str = "", unit_id: UUID | None = None, mine: bool = False,
    pinned: bool = False,
) -> Any:  # fmt: skip
    """The case files an officer may know of that fit what was asked."""
    cases = CaseFile.objects.visible_to(officer)
    if q:
        elsewhere = OtherReference.objects.visible_to(officer).filter(number__icontains=q).values("casefile")
        cases = cases.filter(Q(title__icontains=q) | Q(reference__icontains=q) | Q(pk__in=elsewhere))
    for name, value in {"status": status, "outcome": outcome, "unit": unit_id}.items():
        cases = cases.filter(**{name: value}) if value else cases
    if pinned:
        cases = cases.filter(pk__in=Bookmark.objects.visible_to(officer).exclude(pinned_at=None).values("casefile"))
    return cases.of_team_of(officer) if mine else cases


@transaction.atomic(durable=True)
def open_case(
    *, officer: Officer, title: str, summary: str = "", unit_id: UUID | None = None, audience: str = CaseFile.Audience.TEAM,
    audience_reason: str = "", is_compartment: bool = False, notice_mode: str = "", team: Iterable[UUID] = (),
    prosecutor_id: UUID | None = None,
) -> CaseFile:  # fmt: skip
    """Start a case file, led by who opens it, under a reference drawn for it. Seen by its team unless said otherwise.

    `notice_mode` "" follows the audience: a team's file is silent towards other agencies, a wider one tells both desks.
    Where the agency's role data puts a prosecutor on every case, one is named and on the team at once (whoever opens it, if nobody is
    named and they may be that); where it names a prosecution service that advises from the first day, the case waits for it to be asked.

    Raises Invalid for a unit, and for a prosecutor who is missing or not wanted, NotFound for a team member not of the agency,
    NotAllowed (rules.can_open, rules.can_join, rules.can_prosecute).
    """
    unit = Unit.objects.select_related("agency").filter(pk=unit_id or officer.unit_id, agency_id=officer.agency_id).first()
    if unit is None:
        raise Invalid(fields={"unit_id": rules.NOT_YOUR_UNIT})
    rules.can_open(officer, unit, audience=audience, reason=audience_reason, is_compartment=is_compartment).enforce()
    prosecutor = _first_prosecutor(officer, prosecutor_id)
    usual = NoticeMode.OWNER_ONLY if audience == CaseFile.Audience.TEAM else NoticeMode.BOTH
    reason = "" if audience == CaseFile.Audience.TEAM else audience_reason
    casefile = found_file(
        unit, lead=officer, title=title, summary=summary, audience=audience, audience_reason=reason, is_compartment=is_compartment,
        notice_mode=notice_mode or usual, prosecutor=prosecutor,
    )  # fmt: skip
    members = {officer.pk: officer} | {member_id: colleague(officer, member_id) for member_id in team}
    members |= {prosecutor.pk: prosecutor} if prosecutor else {}
    for member in members.values():
        rules.can_join(member, casefile).enforce()
        join(member, casefile.team, cause=casefile.pk)
    want_counsel(casefile)
    record(
        Event.CASE_OPENED, actor=officer, subject=casefile, owner=casefile.agency_id, team=sorted(map(str, members)), audience=audience,
        reason=reason, compartment=is_compartment, notice_mode=casefile.notice_mode, prosecutor=casefile.prosecutor_id,
    )  # fmt: skip
    return casefile


@transaction.atomic(durable=True)
def keep_standing_file(*, officer: Officer, unit_id: UUID) -> CaseFile:
    """The unit's standing file for what belongs to no case yet; made when it is first asked for. Raises Invalid, NotAllowed."""
    units = Unit.objects.select_for_update(of=("self",)).select_related("agency")
    unit = units.filter(pk=unit_id, agency_id=officer.agency_id).first()
    if unit is None:
        raise Invalid(fields={"unit_id": rules.NOT_YOUR_UNIT})
    rules.can_keep_standing_file(officer, unit).enforce()
    kept = CaseFile.objects.visible_to(officer).select_related(*SHOWN).filter(unit=unit, is_standing=True).first()
    if kept:
        return kept
    facts = {"audience": CaseFile.Audience.UNIT, "audience_reason": str(rules.STANDING_REASON), "notice_mode": NoticeMode.BOTH}
    casefile = found_file(unit, lead=officer, title=str(rules.STANDING_TITLE % {"unit": unit.name}), is_standing=True, **facts)
    join(officer, casefile.team, cause=casefile.pk)
    record(Event.CASE_OPENED, actor=officer, subject=casefile, owner=casefile.agency_id, standing=True)
    return casefile


@transaction.atomic(durable=True)
def change_case(
    *, officer: Officer, casefile_id: UUID, title: str | None = None, summary: str | None = None, status: str | None = None
) -> CaseFile:
    """Say anew what a case is called, where it stands, or whether it rests (open, dormant); what is None stays.

    Raises NotFound, NotAllowed (rules.can_work), Conflict if it is closed.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    given = {"title": title, "summary": summary, "status": status}
    changed = {name: value for name, value in given.items() if value not in (None, getattr(casefile, name))}
    for name, value in changed.items():
        setattr(casefile, name, value)
    if changed:
        _save(casefile, *changed)
        record(
            Event.CASE_CHANGED, actor=officer, subject=casefile, owner=casefile.agency_id, changed=sorted(changed), status=casefile.status
        )
    return casefile


@transaction.atomic(durable=True)
def rest_cases(*, officer: Officer, casefile_ids: Collection[UUID], status: str) -> list[CaseFile]:
    """Let several cases rest (dormant), or take them up again (open): all of them or none.

    Raises NotFound, NotAllowed (rules.can_work, asked of each), Conflict for one that is closed or has this status, Invalid.
    """
    if status not in RESTING:
        raise Invalid
    rows = CaseFile.objects.visible_to(officer).select_related("lead").locked().filter(pk__in=casefile_ids)
    cases = list(rows.order_by("pk"))
    if not cases or len(cases) != len(set(casefile_ids)):
        raise NotFound
    for casefile in cases:
        rules.can_work(officer, casefile).enforce()
        rules.hold_open(casefile)
        if casefile.status == status:
            raise Conflict(rules.RESTS_ALREADY, reference=casefile.reference)
        casefile.status = CaseFile.Status(status)
        _save(casefile, "status")
        record(Event.CASE_RESTED, actor=officer, subject=casefile, owner=casefile.agency_id, status=status)
    return cases


def _first_prosecutor(officer: Officer, prosecutor_id: UUID | None) -> Officer | None:
    """Who is the prosecutor on a case that the officer opens; None where the agency's cases have none of their own."""
    if not rules.wants_prosecutor(officer.agency):
        if prosecutor_id:
            raise Invalid(fields={"prosecutor_id": rules.NO_PROSECUTOR_HERE})
        return None
    own = officer if rules.can_prosecute(officer, officer.agency) else None
    prosecutor = colleague(officer, prosecutor_id) if prosecutor_id else own
    if prosecutor is None:
        raise Invalid(fields={"prosecutor_id": rules.PROSECUTOR_WANTED})
    rules.can_prosecute(prosecutor, officer.agency).enforce()
    return prosecutor


def _save(casefile: CaseFile, *changed: str) -> None:
    casefile.active_at = timezone.now()
    casefile.save(update_fields=[*changed, "active_at"])
