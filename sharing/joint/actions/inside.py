"""Listing joint cases, opening one, and writing in it for everybody on its team."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from accounts.notices import settle
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.records.models import Rendition
from kernel.errors import Invalid
from kernel.querysets import Page
from sharing.agreements.models import Agreement, Version
from sharing.agreements.versions import newer_than
from sharing.joint import rules
from sharing.joint.actions import notices
from sharing.joint.actions.hold import COVER, given, hold_open, locked, seat_of, standing, write_down
from sharing.joint.events import Event
from sharing.joint.models import Admission, Contribution, Entry, JointCase, Mandate, Party

OFFERED = 20


@dataclass(frozen=True, slots=True)
class ViewedJoint:
    """A joint case as its reader may know it: its cover; and what is inside, where they are on its team (`seat`)."""

    joint: JointCase
    parties: list[Party]
    own: Party | None
    seat: Party | None
    agreed: bool
    deeds: list[str]
    admissions: list[Admission]
    newer: Version | None = None  # of the agreement's terms than those it was opened under
    mandate: Mandate | None = None
    entries: Page[Entry] = field(default_factory=lambda: Page([], ""))
    given: list[Contribution] = field(default_factory=list)
    waiting: list[Contribution] = field(default_factory=list)
    file: CaseFile | None = None
    offered: list[Rendition] = field(default_factory=list)


@transaction.atomic(durable=True)
def list_joint_cases(*, officer: Officer, after: str = "", size: int = 50) -> tuple[Page[JointCase], dict[UUID, str]]:
    """The joint cases whose cover the officer sees, the newest first, and the titles of those they are inside. Raises Invalid."""
    seen = JointCase.objects.visible_to(officer).select_related("host", "agreement")
    page = seen.newest(by="opened_at", after=after, size=size)
    titles = Mandate.objects.visible_to(officer).filter(joint__in=[row.pk for row in page.rows]).values_list("joint_id", "title")
    record(Event.JOINTS_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows))
    return page, dict(titles)


@transaction.atomic(durable=True)
def view_joint_case(*, officer: Officer, joint_id: UUID, after: str = "", size: int = 50) -> ViewedJoint:
    """Show a joint case: its cover to a supervisor of an agency asked or joined, all of it to its team. Raises NotFound, Invalid."""
    joint = JointCase.objects.visible_to(officer).select_related(*COVER).one(joint_id)
    seat = seat_of(officer, joint)
    parties = list(Party.objects.visible_to(officer).filter(joint=joint).select_related("agency", "answered_by").order_by("agency__name"))
    own = next((each for each in parties if each.agency_id == officer.agency_id), None)
    admissions = Admission.objects.visible_to(officer).filter(party__in=[each.pk for each in parties], ended_at=None)
    agreed = JointCase.objects.visible_to(officer).filter(pk=joint.pk, agreement__in=_in_force()).exists()
    cover = ViewedJoint(
        joint=joint, parties=parties, own=own, seat=seat, agreed=agreed, deeds=_deeds(officer, joint, own, seat),
        newer=newer_than(joint.version),
        admissions=list(admissions.select_related("officer", "party").order_by("officer__name")),
    )  # fmt: skip
    write_down(Event.JOINT_VIEWED, officer, joint, agencies=[officer.agency_id, joint.host_id], inside=seat is not None)
    if seat is None:
        return cover
    settle(notices.ADMITTED, subject_id=joint.pk, officer=officer)
    return _with_inside(officer, cover, after, size)


@transaction.atomic(durable=True)
def write_entry(*, officer: Officer, joint_id: UUID, text: str, kind: str = Entry.Kind.NOTE) -> Entry:
    """Write a note or a decision for everybody on the team; it stays. Raises NotFound, NotAllowed (rules.can_write), Conflict, Invalid."""
    joint = locked(officer, joint_id)
    rules.can_write(officer, seat_of(officer, joint)).enforce()
    hold_open(joint)
    if kind not in Entry.Kind.values:
        raise Invalid
    entry: Entry = Entry.objects.create(joint=joint, kind=kind, text=given(text), author=officer, agency=officer.agency)
    seats = standing(joint).values_list("agency_id", flat=True)
    write_down(Event.ENTRY_WRITTEN, officer, joint, agencies=seats, entry=entry.pk, written=kind)
    return entry


def _with_inside(officer: Officer, cover: ViewedJoint, after: str, size: int) -> ViewedJoint:
    joint, seat = cover.joint, cover.seat
    entries = Entry.objects.visible_to(officer).filter(joint=joint).select_related("author", "agency")
    made = Contribution.objects.visible_to(officer).standing().filter(joint=joint).select_related("rendition", "record__agency", "made_by")
    file = CaseFile.objects.visible_to(officer).filter(pk=seat.casefile_id).first() if seat and seat.casefile_id else None
    offered = Rendition.objects.visible_to(officer).filter(record__home=file).exclude(pk__in=made.values("rendition"))
    return ViewedJoint(
        joint=joint, parties=cover.parties, own=cover.own, seat=seat, agreed=cover.agreed, deeds=cover.deeds, admissions=cover.admissions,
        newer=cover.newer,
        mandate=Mandate.objects.visible_to(officer).filter(joint=joint).first(),
        entries=entries.newest(by="written_at", after=after, size=size),
        given=list(made.given().order_by("-made_at")[:200]), waiting=list(made.waiting().order_by("-made_at")[:200]), file=file,
        offered=list(offered.order_by("-made_at", "pk")[:OFFERED]) if file and "write" in cover.deeds else [],
    )  # fmt: skip


def _in_force() -> Any:
    return Agreement.objects.unscoped("whether a joint case in hand is held back").in_force().values("pk")


def _deeds(officer: Officer, joint: JointCase, own: Party | None, seat: Party | None) -> list[str]:
    """What this officer could do here as it stands: join, decline, admit, leave, close, write."""
    led = own is not None and own.state in Party.STANDING and Deed.CASES_LEAD in officer.deeds
    asked, joined = led and own is not None and own.state == Party.State.ASKED, led and own is not None and own.state == Party.State.JOINED
    able = {
        "join": asked and not joint.closed_at,
        "admit": joined and not joint.closed_at,
        "leave": joined and joint.host_id != officer.agency_id,
        "close": joined and joint.host_id == officer.agency_id and not joint.closed_at,
        "write": bool(rules.can_write(officer, seat)) and not joint.closed_at,
    }
    return [deed for deed, may in able.items() if may]
