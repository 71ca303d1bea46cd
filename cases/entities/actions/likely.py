"""Who may be the same: offered while a mention is written and after, taken for one or held apart by an officer's judgement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Now

from accounts.models import Officer
from audit.ledger import record
from cases.entities import names, rules
from cases.entities.actions.mentions import Named, identifiers_of, named, write_down
from cases.entities.actions.merges import join_subjects
from cases.entities.events import Event
from cases.entities.models import HeldApart, Identifier, Mention, NameKey, Subject, SubjectMention
from cases.entities.outbox import names_of
from cases.records.models import Rendition
from kernel.errors import Invalid, NotFound

MOST_LOOKED_AT, MOST_OFFERED_ALIKE = 200, 10
Number = tuple[str, str, str]
"""Type, country and normal form of an identifier."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A mention that may be the same: how much its name is like (0 to 1), and the identifiers both carry."""

    row: Named
    likeness: float
    numbers: list[Identifier]

    @property
    def mention(self) -> Mention:
        return self.row.mention

    @property
    def subjects(self) -> list[Subject]:
        return self.row.subjects

    @property
    def strength(self) -> tuple[int, float]:
        return len(self.numbers), self.likeness


@dataclass(frozen=True, slots=True)
class Compared:
    """A mention, who may be the same, and whom one's agency holds apart from it."""

    row: Named
    likely: list[Likely]
    apart: list[HeldApart]
    may_judge: bool


@transaction.atomic(durable=True)
def find_likely(
    *, officer: Officer, rendition_id: UUID, etype: str, name: str = "", aliases: Sequence[str] = (),
    identifiers: Iterable[Mapping[str, str]] = (),
) -> list[Likely]:  # fmt: skip
    """Who of those the officer sees may be the same as what they are about to note of a version. Raises NotFound."""
    rendition = Rendition.objects.visible_to(officer).select_related("record").one(rendition_id)
    begun = Mention(etype=etype, name=name)
    written = identifiers_of(begun, ((each["type"], each.get("country", ""), each["raw"]) for each in identifiers))
    numbers = {(each.type, each.country, each.normalised) for each in written if each.normalised}
    found = likely(officer, etype, [name, *aliases], numbers)
    write_down(Event.LIKELY_SOUGHT, officer, rendition, query={"name": name, "numbers": sorted(map(list, numbers))}, count=len(found))
    return found


@transaction.atomic(durable=True)
def compare_mention(*, officer: Officer, mention_id: UUID) -> Compared:
    """A mention beside those that may be the same, for an officer to judge; the looking is recorded. Raises NotFound."""
    mention = Mention.objects.visible_to(officer).select_related("rendition__record__agency").one(mention_id)
    row = named(officer, [mention])[0]
    apart = HeldApart.objects.visible_to(officer).of([mention_id]).select_related("one", "other").order_by("-made_at")
    compared = Compared(row, likely_of(officer, [row]), list(apart), bool(rules.can_judge(officer)))
    write_down(Event.LIKELY_SOUGHT, officer, mention.rendition, mention=mention_id, count=len(compared.likely))
    return compared


@transaction.atomic(durable=True)
def take_for_one(*, officer: Officer, mention_id: UUID, other_id: UUID) -> Subject:
    """Put two mentions into one subject: that of one of them if it has one, else a new one; two subjects become one.

    Of two subjects the one that says what its person is in the case is kept; what the officer sees of the other goes over, and can be
    taken off again. Raises NotFound, NotAllowed (rules.can_judge), Invalid for different kinds or two subjects that say different things.
    """
    rules.can_judge(officer).enforce()
    pair = _pair(officer, mention_id, other_id)
    if len({each.etype for each in pair}) > 1:
        raise Invalid(rules.MIXED_TYPES)
    subjects = _subjects_of(officer, pair)
    told = [each for each in subjects if each.category != Subject.Category.OTHER]
    if len({each.category for each in told}) > 1:
        raise Invalid(rules.CALLED_DIFFERENTLY)
    kept = next(iter([*told, *subjects]), None)
    if kept is None:
        kept = Subject.objects.create(agency_id=officer.agency_id, etype=pair[0].etype, made_by=officer)
    before = set(SubjectMention.objects.visible_to(officer).filter(subject=kept).values_list("mention", flat=True))
    for each in subjects:
        if each.pk != kept.pk:
            join_subjects(officer, kept, each)
    there = set(SubjectMention.objects.visible_to(officer).filter(subject=kept).values_list("mention", flat=True))
    new = {mention_id, other_id} - there
    SubjectMention.objects.bulk_create(SubjectMention(subject=kept, mention_id=pk, made_by=officer) for pk in sorted(new))
    new |= there - before
    HeldApart.objects.visible_to(officer).filter(one=pair[0], other=pair[1]).update(ended_by=officer, ended_at=Now())
    joined = sorted(str(each.pk) for each in subjects if each.pk != kept.pk)
    record(Event.TAKEN_FOR_ONE, actor=officer, subject=kept, owner=kept.agency_id, mentions=sorted(map(str, new)), subjects=joined)
    return kept


@transaction.atomic(durable=True)
def hold_apart(*, officer: Officer, mention_id: UUID, other_id: UUID) -> HeldApart:
    """Judge that two mentions are not the same: they are not offered to each other again. Raises NotFound, NotAllowed (can_judge)."""
    rules.can_judge(officer).enforce()
    one, other = _pair(officer, mention_id, other_id)
    there = HeldApart.objects.visible_to(officer).filter(one=one, other=other).first()
    held: HeldApart = there or HeldApart.objects.create(agency_id=officer.agency_id, one=one, other=other, made_by=officer)
    record(Event.HELD_APART, actor=officer, subject=held, owner=held.agency_id, mentions=[str(one.pk), str(other.pk)])
    return held


@transaction.atomic(durable=True)
def compare_again(*, officer: Officer, pair_id: UUID) -> HeldApart:
    """Take back that two mentions are not the same; they may be offered again. Raises NotFound, NotAllowed (can_judge)."""
    held = HeldApart.objects.visible_to(officer).locked().one(pair_id)
    rules.can_judge(officer).enforce()
    held.ended_by, held.ended_at = officer, Now()
    held.save(update_fields=["ended_by", "ended_at"])
    record(Event.COMPARED_AGAIN, actor=officer, subject=held, owner=held.agency_id)
    return held


def likely_of(officer: Officer, rows: Sequence[Named]) -> list[Likely]:
    """Who may be the same as these mentions, which are one."""
    called = [name for row in rows for name in names_of(row.mention)]
    numbers = {(each.type, each.country, each.normalised) for row in rows for each in row.identifiers if each.normalised}
    mine = [row.mention.pk for row in rows]
    return likely(officer, rows[0].mention.etype, called, numbers, mine) if rows else []


def likely(officer: Officer, etype: str, called: Sequence[str], numbers: Collection[Number], mine: Collection[UUID] = ()) -> list[Likely]:
    """The best of those of one kind that the officer sees, in a fixed number of statements.

    Each narrows to what is seen before anything is counted, ranked or cut: what is hidden changes neither who is offered nor in what
    order. Not offered are those in a subject of `mine`, and those held apart from one of them or from one of their subject's mentions.
    """
    seen = Mention.objects.visible_to(officer).filter(etype=etype).exclude(pk__in=mine)
    same = Q(pk=None)
    for kind, country, normal in numbers:
        same |= Q(type=kind, country=country, normalised=normal)
    held = Identifier.objects.visible_to(officer).filter(same, mention__etype=etype).exclude(mention__in=mine)
    by_number = list(held.order_by("-mention__made_at", "mention").values_list("mention", flat=True)[:MOST_LOOKED_AT])
    keys = NameKey.objects.visible_to(officer).filter(key__in=names.keys_of(called), mention__etype=etype).exclude(mention__in=mine)
    by_name = keys.values("mention").annotate(shared=Count("key")).order_by("-shared", "mention").values_list("mention", flat=True)
    ids = {*by_number, *by_name[:MOST_LOOKED_AT]} - _settled(officer, mine)
    rows = named(officer, list(seen.filter(pk__in=ids).select_related("rendition__record__agency")))
    found = [Likely(row, _likeness(called, row.mention), _shared(row, numbers)) for row in rows]
    return _best([each for each in found if any(each.strength)])


def _likeness(called: Iterable[str], mention: Mention) -> float:
    others = [names.words_of(name) for name in names_of(mention)]
    return max((names.likeness(names.words_of(name), other) for name in called for other in others), default=0.0)


def _shared(row: Named, numbers: Collection[Number]) -> list[Identifier]:
    return [each for each in row.identifiers if (each.type, each.country, each.normalised) in numbers]


def _settled(officer: Officer, mine: Collection[UUID]) -> set[UUID]:
    """Mentions of which it was judged already that they are the same as these, or that they are not."""
    if not mine:
        return set()
    groupings = SubjectMention.objects.visible_to(officer)
    with_mine = groupings.filter(subject__in=groupings.filter(mention__in=mine).values("subject"))
    same = {*mine, *with_mine.values_list("mention", flat=True)}
    pairs = HeldApart.objects.visible_to(officer).of(same).values_list("one", "other")
    apart = {pk for pair in pairs for pk in pair} - same
    of_apart = groupings.filter(subject__in=groupings.filter(mention__in=apart).values("subject")).values_list("mention", flat=True)
    return same | apart | set(of_apart)


def _best(found: list[Likely]) -> list[Likely]:
    """The strongest, one for each subject and one for each item however many of its versions say the same."""
    kept: dict[Any, Likely] = {}
    for each in sorted(found, key=lambda one: (*one.strength, one.row.mention.rendition.number), reverse=True):
        mention = each.row.mention
        subject = each.row.subjects[0].pk if each.row.subjects else None
        kept.setdefault(subject or (mention.rendition.record_id, mention.name), each)
    return list(kept.values())[:MOST_OFFERED_ALIKE]


def _pair(officer: Officer, mention_id: UUID, other_id: UUID) -> list[Mention]:
    """Both, in the order of their ids. Raises NotFound unless they are two that the officer sees."""
    pair = list(Mention.objects.visible_to(officer).filter(pk__in=[mention_id, other_id]).order_by("pk"))
    if len(pair) != 2:  # noqa: PLR2004
        raise NotFound
    return pair


def _subjects_of(officer: Officer, pair: Sequence[Mention]) -> list[Subject]:
    """The subjects these mentions belong to, the oldest first, held until the transaction ends."""
    belonging = SubjectMention.objects.visible_to(officer).filter(mention__in=pair).values("subject")
    return list(Subject.objects.visible_to(officer).filter(pk__in=belonging).order_by("made_at", "pk").locked())
