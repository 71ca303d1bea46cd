"""Looking behind a wall: what of a case one wrote or was let in on, and one advice with its answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from accounts import notices
from accounts.models import Officer, OfficerQuerySet
from accounts.roles import Deed
from audit.ledger import record
from kernel.errors import NotFound
from kernel.querysets import Page
from sharing.prosecution import rules
from sharing.prosecution.actions.ledger import write_down
from sharing.prosecution.actions.notices import ANSWERED, GIVEN
from sharing.prosecution.events import Event
from sharing.prosecution.models import Advice, Reader, Reply
from sharing.prosecution.storage import Place, advisers_of, near, place_of, place_of_advice

SHOWN = ("author__agency", "casefile", "joint")
MOST_REPLIES = 200


@dataclass(frozen=True, slots=True)
class Wall:
    """What of a case its reader wrote or was let in on, and what they may add."""

    place: Place
    page: Page[Advice]
    may_advise: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class OpenAdvice:
    """An advice with its answers, who is behind its wall, and (for its author) who was and whom they may let in."""

    advice: Advice
    place: Place
    replies: list[Reply]
    readers: list[Reader]
    former: list[Reader]
    is_author: bool
    may_write: bool


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where a case's page leads to advice: `tab` for whoever may write some or has some, `ask` for whoever may ask."""

    href: str
    tab: bool
    ask: bool


@transaction.atomic(durable=True)
def list_advice(
    *, officer: Officer, casefile_id: UUID | None = None, joint_id: UUID | None = None, after: str = "", size: int = 50
) -> Page[Advice]:
    """What the officer wrote or was let in on, the newest first; of one case or of all. Raises NotFound, Invalid for a broken cursor."""
    place = place_of(officer, casefile_id=casefile_id, joint_id=joint_id) if casefile_id or joint_id else None
    page = _seen(officer, place, after, size)
    record(Event.ADVICE_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows))
    return page


@transaction.atomic(durable=True)
def open_wall(*, officer: Officer, casefile_id: UUID | None = None, joint_id: UUID | None = None, after: str = "", size: int = 50) -> Wall:
    """The advice of one case that the officer wrote or was let in on. For whoever neither has any nor may write, there is no such page.

    Raises NotFound, Invalid for a broken cursor.
    """
    place = place_of(officer, casefile_id=casefile_id, joint_id=joint_id)
    wall = Wall(
        place, _seen(officer, place, after, size), may_advise=bool(rules.can_advise(officer)), may_ask=bool(rules.can_ask(officer, place))
    )
    if not (wall.page.rows or wall.may_advise or wall.may_ask):
        raise NotFound
    record(Event.ADVICE_LISTED, actor=officer, owner=officer.agency_id, count=len(wall.page.rows))
    return wall


@transaction.atomic(durable=True)
def open_advice(*, officer: Officer, advice_id: UUID) -> OpenAdvice:
    """Read an advice and what was answered; when somebody first reads it is kept, and told to its author. Raises NotFound."""
    advice = Advice.objects.visible_to(officer).select_related(*SHOWN).one(advice_id)
    place = place_of_advice(officer, advice)
    mine = Reader.objects.visible_to(officer).filter(advice=advice)
    mine.filter(officer=officer, read_at=None, ended_at=None).update(read_at=Now())
    for kind in (GIVEN, ANSWERED):
        notices.settle(kind, subject_id=advice.pk, officer=officer)
    readers = list(mine.select_related("officer__agency").order_by("let_in_at", "officer__name"))
    replies = Reply.objects.visible_to(officer).filter(advice=advice).select_related("author__agency")
    write_down(Event.ADVICE_VIEWED, officer, advice)
    is_author = advice.author_id == officer.pk
    return OpenAdvice(
        advice, place, list(replies.order_by("-written_at", "-pk")[:MOST_REPLIES])[::-1], [each for each in readers if not each.ended_at],
        [each for each in readers if each.ended_at and is_author], is_author, may_write=not place.is_closed,
    )  # fmt: skip


def whom_to_address(officer: Officer, *, casefile_id: UUID | None = None, joint_id: UUID | None = None) -> OfficerQuerySet:
    """Whom the officer may address in a case: who sees it, or, where they only ask, its prosecutors. Raises NotFound."""
    place = place_of(officer, casefile_id=casefile_id, joint_id=joint_id)
    people = near(place) if rules.can_advise(officer) else advisers_of(place)
    return people.exclude(pk=officer.pk)


def whom_to_let_in(officer: Officer, opened: OpenAdvice) -> OfficerQuerySet:
    """Who may still be let behind the wall of an advice in hand."""
    people = near(opened.place) if opened.advice.kind == Advice.Kind.ADVICE else advisers_of(opened.place)
    return people.exclude(pk__in=[officer.pk, *(reader.officer_id for reader in opened.readers)])


def way_in(officer: Officer, *, casefile_id: UUID | None = None, joint_id: UUID | None = None, asking: bool = False) -> WayIn:
    """The way from a case that the officer sees to its advice. What it says depends on their own role and rows alone."""
    about = {"casefile": casefile_id} if casefile_id else {"joint": joint_id}
    has_some = Deed.ADVICE_GIVE in officer.deeds or Advice.objects.visible_to(officer).filter(**about).exists()
    name = "prosecution:of-case" if casefile_id else "prosecution:of-joint"
    may_ask = False
    if asking:
        may_ask = bool(rules.can_ask(officer, place_of(officer, casefile_id=casefile_id, joint_id=joint_id)))
    return WayIn(reverse(name, args=[casefile_id or joint_id]), tab=has_some, ask=may_ask)


def _seen(officer: Officer, place: Place | None, after: str, size: int) -> Page[Advice]:
    seen = Advice.objects.visible_to(officer).select_related(*SHOWN)
    return (seen.filter(**place.key) if place else seen).newest(by="written_at", after=after, size=size)
