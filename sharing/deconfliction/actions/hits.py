"""What a desk does with a hit: list, open, answer, and warn where people may be in danger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf.locale import LANG_INFO
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Agency, Desk, Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.entities.models import Mention
from kernel.errors import NotFound
from kernel.querysets import Page
from kernel.verdict import Verdict
from sharing.deconfliction import matching, notices, rules
from sharing.deconfliction.events import Event
from sharing.deconfliction.models import HitSide, HitSideQuerySet


@dataclass(frozen=True, slots=True)
class Listed:
    """One desk's side of a hit, and of its mentions those whose rendition the reader sees; `urgent`: a desk called it so."""

    side: HitSide
    mentions: tuple[Mention, ...]
    urgent: bool

    @property
    def mention(self) -> Mention | None:
        return self.mentions[0] if self.mentions else None


@dataclass(frozen=True, slots=True)
class Contact:
    """All that a hit says of the other side: which agency, and where to call."""

    desk: Desk

    @property
    def agency(self) -> Agency:
        return self.desk.unit.agency

    @property
    def local_time(self) -> str:
        """What the clock at the desk shows now, with its offset: 09:14 (UTC−03:00)."""
        there = timezone.now().astimezone(ZoneInfo(self.agency.time_zone))
        return f"{there:%H:%M} (UTC{there.isoformat()[-6:]})".replace("-", "\N{MINUS SIGN}")

    @property
    def languages(self) -> str:
        """By name, in the reader's language; a code that Django does not know stays a code."""
        known = (LANG_INFO.get(code, {}).get("name", code) for code in self.desk.languages)
        return ", ".join(str(translate(name)) for name in known)


@dataclass(frozen=True, slots=True)
class View:
    """A hit as one officer sees it. `theirs` and `ours` come from one and the same reading, once for each direction.

    `known`: whether the other side was told of a desk of one's own, by this file or another that the reader may know of.
    `notes`: what was written before this mention made the hit new again.
    """

    side: HitSide
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...]
    covered: Verdict
    theirs: tuple[Contact, ...]
    ours: tuple[Contact, ...]
    known: bool
    they_warned_at: datetime | None

    @property
    def mention(self) -> Mention | None:
        return self.mentions[0] if self.mentions else None


@transaction.atomic(durable=True)
def list_hits(*, officer: Officer, state: str = "", after: str = "", size: int = 50) -> Page[Listed]:
    """The hits one's desk was told of, last told first, in one state or all. Raises Invalid for a broken cursor.

    A number that several mentions hold is one hit at the desk, and stands as the one told last does.
    """
    sides = _latest(officer).filter(state=state) if state else _latest(officer)
    page = sides.newest(by="told_at", after=after, size=size)
    beside: dict[tuple[UUID, UUID], list[HitSide]] = {(side.hit_id, side.unit_id): [side] for side in page.rows}
    for each in HitSide.objects.visible_to(officer).filter(hit__in={hit for hit, _unit in beside}).order_by("-told_at", "-pk"):
        beside.get((each.hit_id, each.unit_id), []).append(each)
    seen = _mentions(officer, [side for sides in beside.values() for side in sides])
    record(Event.HITS_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query={"state": state})
    return Page([_listed(beside[side.hit_id, side.unit_id], seen) for side in page.rows], page.cursor)


@transaction.atomic(durable=True)
def open_hit(*, officer: Officer, side_id: UUID) -> View:
    """One's own side, the other side's desks, and what the other side sees of one's own. Raises NotFound."""
    side = _sides(officer).one(side_id)
    beside = list(_at_one_desk(officer, side_id).exclude(pk=side_id).order_by("-told_at", "-pk"))
    covered = rules.can_show_desks(side.agency, side.other, covered=matching.is_covered(side.hit))
    mine = HitSide.objects.visible_to(officer).filter(hit=side.hit_id)
    theirs = HitSide.objects.unscoped("what the other side let be shown").filter(hit=side.hit_id, agency=side.other)
    warned = theirs.filter(shown_at__isnull=False, urgent_at__isnull=False).order_by("-urgent_at").first() if covered else None
    view = View(
        side=side,
        mentions=_listed([side, *beside], _mentions(officer, [side, *beside])).mentions,
        notes=tuple(each.note for each in beside if each.note),
        covered=covered,
        theirs=_contacts(theirs, covered),
        ours=_contacts(mine, covered),
        known=mine.filter(shown_at__isnull=False).exists(),
        they_warned_at=warned.urgent_at if warned else None,
    )
    record(Event.HIT_VIEWED, actor=officer, subject=side, owner=officer.agency_id)
    return view


@transaction.atomic(durable=True)
def answer_hit(*, officer: Officer, side_id: UUID, state: HitSide.State, note: str = "") -> HitSide:
    """Say for one's desk how a hit stands, for every mention of it there that one sees; the note stays inside the agency, and with
    the mention it was written at: another's file may have other readers. Raises NotFound, NotAllowed (rules.can_answer).
    """
    sides = {side.pk: side for side in _at_one_desk(officer, side_id).order_by("pk").locked()}
    if side_id not in sides:
        raise NotFound
    rules.can_answer(officer).enforce()
    sides[side_id].note = note
    for side in sides.values():
        side.state, side.state_at, side.answered_by = state, timezone.now(), officer
        side.save(update_fields=["state", "note", "state_at", "answered_by"])
        notices.settle(side)
    record(Event.HIT_ANSWERED, actor=officer, subject=sides[side_id], owner=officer.agency_id, state=state, sides=list(sides))
    return sides[side_id]


@transaction.atomic(durable=True)
def mark_urgent(*, officer: Officer, side_id: UUID) -> bool:
    """Warn one's own desk, and the other side's where it knows of one's own. Returns whether the other side was warned.

    Raises NotFound, NotAllowed (rules.can_mark_urgent).
    """
    side = _sides(officer).locked().one(side_id)
    rules.can_mark_urgent(officer, side).enforce()
    side.urgent_at = timezone.now()
    side.save(update_fields=["urgent_at"])
    both = side.shown_at is not None and matching.is_covered(side.hit)
    theirs = HitSide.objects.unscoped("warning who knows of this desk").filter(hit=side.hit_id, told_at__isnull=False)
    warned = [side, *(theirs.filter(agency=side.other).select_related("unit") if both else ())]
    for each in warned:
        notices.warn(each)
    record(Event.HIT_MADE_URGENT, actor=officer, subject=side, owner=officer.agency_id, both_sides=both)
    return both


def _sides(officer: Officer) -> HitSideQuerySet:
    return HitSide.objects.visible_to(officer).select_related("agency", "unit", "hit__low", "hit__high", "answered_by")


def _latest(officer: Officer) -> HitSideQuerySet:
    """Of the sides of one hit at one desk, the one told last."""
    later = Q(told_at__gt=OuterRef("told_at")) | Q(told_at=OuterRef("told_at"), pk__gt=OuterRef("pk"))
    beside = HitSide.objects.visible_to(officer).filter(later, hit=OuterRef("hit"), unit=OuterRef("unit"))
    return _sides(officer).filter(~Exists(beside))


def _at_one_desk(officer: Officer, side_id: UUID) -> HitSideQuerySet:
    """The side and those beside it: of the same hit, at the same desk."""
    this = HitSide.objects.visible_to(officer).filter(pk=side_id, hit=OuterRef("hit"), unit=OuterRef("unit"))
    return _sides(officer).filter(Exists(this))


def _listed(sides: list[HitSide], seen: dict[UUID, Mention]) -> Listed:
    """The first of them stands for all."""
    held = dict.fromkeys(side.mention_id for side in sides)
    return Listed(sides[0], tuple(seen[pk] for pk in held if pk in seen), any(side.urgent_at for side in sides))


def _mentions(officer: Officer, sides: Iterable[HitSide]) -> dict[UUID, Mention]:
    seen = Mention.objects.visible_to(officer).filter(pk__in=[side.mention_id for side in sides])
    return {mention.pk: mention for mention in seen.select_related("rendition")}


def _contacts(sides: HitSideQuerySet, covered: Verdict) -> tuple[Contact, ...]:
    """What these sides show to whoever is opposite: the desks that were told of, as long as an agreement covers it. Nothing else."""
    if not covered:
        return ()
    desks = Desk.objects.filter(unit__in=sides.filter(shown_at__isnull=False).values("unit"))
    return tuple(Contact(desk) for desk in desks.select_related("unit__agency").order_by("name"))


def _new_hits(officer: Officer, unit_id: UUID) -> Waiting | None:
    new = _latest(officer).filter(unit=unit_id).new().count()
    if not new:
        return None
    return Waiting(
        title=ngettext("%(count)s new deconfliction hit", "%(count)s new deconfliction hits", new) % {"count": new},
        text=_("Another agency holds the same identifier. Each hit says whom to call, and nothing else."),
        url=f"{reverse('deconfliction:list')}?state={HitSide.State.NEW}",
        icon="git-merge",
        chip=_("Hit"),
        tone="plum",
    )


def _warning(officer: Officer, side_id: UUID) -> Waiting | None:
    side = _sides(officer).filter(pk=side_id).first()
    if side is None:
        return None
    return Waiting(
        title=_("Urgent: people may be in danger over a hit with %(agency)s") % {"agency": side.other.short_name},
        text=_("Call the other desk before anything else is done."),
        url=reverse("deconfliction:hit", args=[side.pk]),
        icon="siren",
        chip=_("Urgent"),
        tone="bad",
    )


NOTICES: dict[str, Callable[[Officer, UUID], Waiting | None]] = {notices.DESK_HITS: _new_hits, notices.URGENT: _warning}
STANDING: dict[str, Standing] = {
    notices.DESK_HITS: lambda officer: _latest(officer).new().values("unit"),
    notices.URGENT: lambda officer: HitSide.objects.visible_to(officer).values("pk"),
}
