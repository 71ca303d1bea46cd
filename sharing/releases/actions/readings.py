"""Looking at releases: lists, the approvers' desk, one release from inside and from outside. Every look is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import Agency, Officer, roles_of
from accounts.notices import settle
from accounts.roles import in_words
from audit.ledger import record
from audit.models import Event as LedgerEvent
from cases.casefiles.models import CaseFile
from cases.entities.models import Call, Mention, Transaction
from cases.intelligence.models import Paragraph
from cases.records.models import CaseHeader, Rendition
from kernel.querysets import Page
from kernel.verdict import Verdict
from sharing.agreements.models import Agreement
from sharing.agreements.policy import Answer
from sharing.agreements.steps import Row, Step
from sharing.releases import rules
from sharing.releases.actions import contents, notices
from sharing.releases.actions.choosing import plan_of
from sharing.releases.actions.contents import Plan
from sharing.releases.actions.hold import agreement_of, approvers, eyes
from sharing.releases.actions.needs import asked_of, needed
from sharing.releases.events import Event
from sharing.releases.models import Acceptance, Comment, Decision, Line, Release

SHOWN = (
    "agency__jurisdiction",
    "recipient__jurisdiction",
    "recipient_unit",
    "requested_by",
    "approved_by",
    "recalled_by",
    "stopped_by",
    "agreement",
    "article",
)
Status = Release.Status
MENTIONS = 500  # of a register with more, the first are shown


@dataclass(frozen=True, slots=True)
class Leaving:
    """One line as its reader sees it: the rendition, or None where it is not theirs to see, with what it says."""

    line: Line
    rendition: Rendition | None
    paragraphs: Sequence[Paragraph] = ()
    mentions: Sequence[Mention] = ()
    header: CaseHeader | None = None
    transactions: int = 0
    calls: int = 0

    @property
    def graded(self) -> Paragraph | None:
        """The paragraph whose grade a list shows: the first that informs."""
        return next((each for each in self.paragraphs if each.kind == Paragraph.Kind.INFORMATION), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading at the recipient: by which role of which agency, when. Never by name: that is the recipient's own."""

    at: datetime
    roles: str
    agency: Agency
    title: str


@dataclass(frozen=True, slots=True)
class Inside:
    """A release as the giving agency sees it."""

    casefile: CaseFile
    leaving: Sequence[Leaving]
    answer: Answer
    words: Sequence[str]  # restrictions that its readers promise; of lines that the officer does not see, only that there are some
    addressees: Sequence[Officer]
    decisions: Sequence[Decision]
    comments: Sequence[Comment]
    steps_needed: Sequence[Step]
    steps_open: Sequence[Step]  # none once it is decided
    why_steps: Sequence[Row]  # the rows of the agency's table that speak of it now
    acceptances: int
    readings: Sequence[Reading]
    approvers: Sequence[Officer]
    changed: bool  # what would leave is no longer what approval was asked for
    plan: Plan  # as its form shows it again
    may_change: Verdict
    may_decide: Verdict
    may_stop: Verdict
    may_recall: Verdict


@dataclass(frozen=True, slots=True)
class Cover:
    """A release as a recipient sees it: before the conditions are accepted, nothing of its content but the number of lines."""

    lines: int
    accepted_at: datetime | None
    standing: Verdict  # whether it can be accepted or read now; sight itself is decided by the records' own predicate
    may_accept: Verdict
    renditions: Sequence[Rendition]


@dataclass(frozen=True, slots=True)
class Opened:
    """A release from inside, or its cover: never both."""

    release: Release
    inside: Inside | None = None
    cover: Cover | None = None

    @property
    def words(self) -> Sequence[str]:
        """The restrictions in words, as this reader may know them: a recipient reads all that they promise."""
        return self.inside.words if self.inside else self.release.further_conditions


@transaction.atomic(durable=True)
def list_releases(
    *, officer: Officer, side: str = "given", status: str = "", agreement_id: UUID | None = None, after: str = "", size: int = 50
) -> Page[Release]:
    """Releases one's agency gave ("given") from cases one sees, or that are addressed to one ("received"), newest first."""
    rows = Release.objects.visible_to(officer)
    rows = rows.filter(agency_id=officer.agency_id) if side == "given" else rows.filter(recipient_id=officer.agency_id)
    if status:
        rows = rows.filter(status=status)
    if agreement_id:
        rows = rows.filter(agreement_id=agreement_id)
    by = "requested_at" if side == "given" else "approved_at"
    page = rows.select_related(*SHOWN).newest(by=by, after=after, size=size)
    asked = {"side": side, "status": status, "agreement": str(agreement_id or "")}
    record(Event.RELEASES_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query=asked)
    return page


@transaction.atomic(durable=True)
def list_approvals(*, officer: Officer, after: str = "", size: int = 50) -> Page[Release]:
    """What waits for a decision in one's agency, one's own requests among it, newest first."""
    rows = Release.objects.visible_to(officer).filter(agency_id=officer.agency_id).awaiting_approval()
    page = rows.select_related(*SHOWN).newest(by="requested_at", after=after, size=size)
    record(Event.RELEASES_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query={"side": "approvals"})
    return page


@transaction.atomic(durable=True)
def releases_of_case(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[Release]]:
    """The releases of one case, newest first. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).select_related("agency__jurisdiction", "unit", "lead").one(casefile_id)
    rows = Release.objects.visible_to(officer).filter(casefile=casefile, agency_id=officer.agency_id)
    page = rows.select_related(*SHOWN).newest(by="requested_at", after=after, size=size)
    record(Event.RELEASES_LISTED, actor=officer, subject=casefile, owner=officer.agency_id, count=len(page.rows))
    return casefile, page


@transaction.atomic(durable=True)
def open_release(*, officer: Officer, release_id: UUID) -> Opened:
    """One release: from inside for its giver; its cover for a recipient, with what they may read of it now. Raises NotFound."""
    release = Release.objects.visible_to(officer).select_related(*SHOWN).one(release_id)
    for told in (notices.DECIDED, notices.RECALLED, notices.LAPSED, notices.EXPIRED):
        settle(told, subject_id=release.pk, officer=officer)
    record(Event.RELEASE_VIEWED, actor=officer, subject=release, owner=release.agency_id)
    if release.agency_id == officer.agency_id:
        return Opened(release, inside=_inside(officer, release))
    return Opened(release, cover=_cover(officer, release))


def opened_inside(officer: Officer, release: Release) -> Opened:
    """A release in hand from inside."""
    return Opened(release, inside=_inside(officer, release))


def _inside(officer: Officer, release: Release) -> Inside:
    open_still = release.status in (Status.DRAFT, Status.SENT_BACK, Status.LAPSED, Status.AWAITING)
    decisions = list(Decision.objects.visible_to(officer).filter(release=release).select_related("officer").order_by("decided_at"))
    counted = {each.officer_id for each in decisions if each.answer == Decision.Answer.APPROVED and each.voided_at is None}
    waiting, seen = release.status == Status.AWAITING, eyes(officer, release)
    answer = contents.weigh(
        contents.wish_of(release), now=timezone.now(), told_to=officer, agreement_id=release.agreement_id if not open_still else None
    )
    return Inside(
        casefile=CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").one(release.casefile_id),
        leaving=leaving(officer, release),
        answer=answer,
        words=answer.words if seen.unseen else release.further_conditions,
        addressees=list(Officer.objects.filter(pk__in=contents.officers_of(release)).order_by("name")),
        decisions=decisions,
        comments=list(Comment.objects.visible_to(officer).filter(release=release).select_related("officer").order_by("said_at", "pk")),
        steps_needed=asked_of(release).steps,
        steps_open=seen.open if open_still else (),
        why_steps=needed(release).trace if open_still else (),
        acceptances=Acceptance.objects.visible_to(officer).filter(release=release).count(),
        readings=_readings(officer, release),
        approvers=approvers(release) if open_still else (),
        changed=waiting and contents.content_hash(release) != release.content_hash,
        plan=plan_of(officer, release),
        may_change=rules.can_change(officer, release),
        may_decide=rules.can_decide(officer, release, seen),
        may_stop=rules.can_stop(officer, release, approved=officer.pk in counted),
        may_recall=rules.can_recall(officer, release),
    )


def _cover(officer: Officer, release: Release) -> Cover:
    mine = Acceptance.objects.visible_to(officer).filter(release=release, officer=officer).first()
    lines = Line.objects.visible_to(officer).filter(release=release)
    seen = Rendition.objects.visible_to(officer).filter(pk__in=lines.values("rendition")).select_related("record__agency")
    in_force = agreement_of(release).in_force().exists()
    return Cover(
        lines=len(lines),
        accepted_at=mine.accepted_at if mine else None,
        standing=rules.stands(release, now=timezone.now(), agreed=in_force),
        may_accept=rules.can_accept(officer, release),
        renditions=list(seen.order_by("title", "pk")) if mine else (),
    )


def leaving(officer: Officer, release: Release, *, reader: Officer | None = None) -> list[Leaving]:
    """The lines of a release, which the officer sees, with what each says to them, or to another reader."""
    lines = list(Line.objects.visible_to(officer).filter(release=release).order_by("pk"))
    officer = reader or officer
    ids = [line.rendition_id for line in lines]
    seen = Rendition.objects.visible_to(officer).filter(pk__in=ids).select_related("record__agency").in_bulk()
    paragraphs = _by_rendition(Paragraph.objects.visible_to(officer).filter(rendition__in=ids).order_by("number"))
    mentions = _by_rendition(Mention.objects.visible_to(officer).filter(rendition__in=ids).order_by("paragraph", "pk")[:MENTIONS])
    headers = _by_rendition(CaseHeader.objects.visible_to(officer).filter(rendition__in=ids))
    paid, called = (_counted(model.objects.visible_to(officer).filter(rendition__in=ids)) for model in (Transaction, Call))
    rows = [
        Leaving(
            line, seen.get(pk), paragraphs.get(pk, ()), mentions.get(pk, ()), headers.get(pk, [None])[0], paid.get(pk, 0), called.get(pk, 0)
        )
        for line in lines
        for pk in [line.rendition_id]
    ]
    return sorted(rows, key=lambda row: row.rendition.title if row.rendition else "")


def _counted(rows: Any) -> dict[UUID, int]:
    return dict(rows.order_by().values_list("rendition").annotate(Count("pk")))


def _by_rendition(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.rendition_id, []).append(row)
    return found


def _readings(officer: Officer, release: Release, limit: int = 50) -> list[Reading]:
    """Who at the recipient opened what of this release, newest first: by role and agency and time, from the ledger."""
    readers = list(Acceptance.objects.visible_to(officer).filter(release=release).values_list("officer_id", flat=True))
    lines = Line.objects.visible_to(officer).filter(release=release).values("rendition")
    titles = dict(Rendition.objects.visible_to(officer).filter(pk__in=lines).values_list("content_hash", "title"))
    opened = LedgerEvent.objects.filter(
        owner_id=release.agency_id, agency_id=release.recipient_id, actor_id__in=readers,
        rendition_hash__in=[bytes.fromhex(each) for each in titles], at__gte=release.approved_at or release.requested_at,
    )  # fmt: skip
    events = list(opened.newest()[:limit]) if readers else []
    roles = roles_of(event.actor_id for event in events)
    return [
        Reading(event.at, in_words(roles[event.actor_id]), release.recipient, titles[bytes(event.rendition_hash).hex()])
        for event in events
        if event.actor_id and event.rendition_hash
    ]


def shared_now(officer: Officer, casefile: CaseFile) -> list[Release]:
    """The releases by which somebody outside can see something of a case at this moment, the first to end first."""
    ours = Release.objects.visible_to(officer).filter(casefile=casefile, agency_id=officer.agency_id).live()
    in_force = Agreement.objects.unscoped("whether what was given can be seen").in_force()
    return list(ours.filter(agreement__in=in_force.values("pk")).select_related(*SHOWN).order_by("ends_at", "pk"))


def count_lines(officer: Officer, releases: Iterable[Release]) -> dict[UUID, int]:
    """How many lines each of these releases has."""
    lines = Line.objects.visible_to(officer).filter(release__in=[release.pk for release in releases])
    return dict(lines.order_by().values_list("release").annotate(Count("pk")))


def count_steps(officer: Officer, releases: Iterable[Release]) -> dict[UUID, tuple[int, int]]:
    """How many steps of each of these releases are taken, and how many it needs, as far as the officer is inside."""
    rows = list(releases)
    counted = Decision.objects.visible_to(officer).filter(release__in=[row.pk for row in rows], voided_at=None)
    taken = counted.filter(answer=Decision.Answer.APPROVED).order_by().values_list("release").annotate(Count("pk"))
    done = dict(taken)
    return {row.pk: (done.get(row.pk, 0), len(asked_of(row).steps)) for row in rows}


def cases_of(officer: Officer, releases: Iterable[Release]) -> dict[UUID, CaseFile]:
    """The cases these releases come from, as far as the officer sees them."""
    return CaseFile.objects.visible_to(officer).in_bulk({release.casefile_id for release in releases})
