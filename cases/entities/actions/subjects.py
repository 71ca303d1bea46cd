"""Judging that several mentions are the same person or thing, taking that back, and reading what they say together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.entities import names, rules
from cases.entities.actions.likely import Likely, likely_of
from cases.entities.actions.mentions import Named, called_or_numbered, named
from cases.entities.actions.merges import Merged, merges_of
from cases.entities.actions.relations import Held, Related, relations_of
from cases.entities.events import Event
from cases.entities.models import Identifier, Mention, Subject, SubjectMention
from kernel.errors import Invalid, NotFound
from kernel.querysets import Page

LABELS: dict[str, str | Promise] = {
    "name": _("Name"), **names.ALIASES, **names.PARTS, "name_order": _("Order of the name"), "script": _("Script"), "born": _("Born"),
    "happened": _("Happened"), "gender": _("Gender"), "country": _("Country"), "place": _("Place"), "address": _("Address"),
}  # fmt: skip
ONE_ONLY = frozenset({"born", "gender", "happened", "maiden"})
"""Of these everybody has one: sources that give several cannot all be right."""


@dataclass(slots=True)
class Fact:
    """One thing said of a subject: each value with the mentions that say it, in the order of their dates."""

    label: str | Promise
    values: dict[str, list[Mention]] = field(default_factory=dict)
    disputed: bool = False


@dataclass(slots=True)
class Number:
    """An identifier of a subject, and the mentions that carry it."""

    identifier: Identifier
    said_by: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A subject as its reader may see it: nothing of mentions, cases and versions they may not know of goes in."""

    subject: Subject
    numbers: list[Number]
    facts: list[Fact]
    rows: list[Named]
    cases: list[CaseFile]
    alike: list[Likely]
    related: list[Related]
    merges: list[Merged]
    may_judge: bool

    @property
    def supports(self) -> list[Held]:
        """What its relations rest on."""
        return [held for each in self.related for held in each.supports]


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject in a list, with how many of its mentions the reader sees."""

    subject: Subject
    mentions: int


@dataclass(frozen=True, slots=True)
class Left:
    """A subject that a mention was taken off, and whether the officer still sees it."""

    subject: Subject
    still_seen: bool


@transaction.atomic(durable=True)
def make_subject(
    *, officer: Officer, mention_ids: Collection[UUID], label: str = "", category: str = Subject.Category.OTHER, category_reason: str = ""
) -> Subject:
    """Judge that these mentions, one's own and received ones, are one person or thing. It never travels, and can be taken back.

    Without a label it is called, for each reader, as the first mention that they see.
    Raises NotFound for a mention one does not see, NotAllowed (rules.can_judge, rules.is_founded), Invalid for none or mixed kinds.
    """
    rules.can_judge(officer).enforce()
    rules.is_founded(category, category_reason).enforce()
    mentions = _seen(officer, mention_ids)
    etype = _one_type(mentions)
    facts = {"label": label, "category": category, "category_reason": category_reason}
    subject: Subject = Subject.objects.create(agency_id=officer.agency_id, etype=etype, made_by=officer, **facts)
    SubjectMention.objects.bulk_create(SubjectMention(subject=subject, mention=each, made_by=officer) for each in mentions)
    said = sorted(str(each.pk) for each in mentions)
    record(Event.SUBJECT_MADE, actor=officer, subject=subject, owner=subject.agency_id, mentions=said, facts=facts)
    return subject


@transaction.atomic(durable=True)
def group_mentions(*, officer: Officer, subject_id: UUID, mention_ids: Collection[UUID]) -> Subject:
    """Put further mentions with a subject; those it has already stay. Raises NotFound, NotAllowed (rules.can_judge), Invalid."""
    subject = Subject.objects.visible_to(officer).locked().one(subject_id)
    rules.can_judge(officer).enforce()
    mentions = _seen(officer, mention_ids)
    if _one_type(mentions) != subject.etype:
        raise Invalid(rules.MIXED_TYPES)
    there = set(SubjectMention.objects.visible_to(officer).filter(subject=subject).values_list("mention", flat=True))
    new = [each for each in mentions if each.pk not in there]
    SubjectMention.objects.bulk_create(SubjectMention(subject=subject, mention=each, made_by=officer) for each in new)
    new_ids = sorted(str(each.pk) for each in new)
    record(Event.MENTION_GROUPED, actor=officer, subject=subject, owner=subject.agency_id, mentions=new_ids)
    return subject


@transaction.atomic(durable=True)
def ungroup_mention(*, officer: Officer, subject_id: UUID, mention_id: UUID) -> Left:
    """Take a mention off a subject; it can be put back. A subject left with nothing that one sees is not seen any more.

    Raises NotFound, NotAllowed (rules.can_judge).
    """
    subject = Subject.objects.visible_to(officer).locked().one(subject_id)
    rules.can_judge(officer).enforce()
    grouping = SubjectMention.objects.visible_to(officer).filter(subject=subject, mention=mention_id).first()
    if grouping is None:
        raise NotFound
    grouping.ended_by, grouping.ended_at = officer, Now()
    grouping.save(update_fields=["ended_by", "ended_at"])
    record(Event.MENTION_UNGROUPED, actor=officer, subject=subject, owner=subject.agency_id, mention=mention_id)
    return Left(subject, Subject.objects.visible_to(officer).filter(pk=subject_id).exists())


@transaction.atomic(durable=True)
def change_subject(
    *, officer: Officer, subject_id: UUID, label: str | None = None, category: str | None = None, category_reason: str = ""
) -> Subject:
    """Call a subject otherwise, or say what it is in the case, with the reason.

    An empty label takes the label back, but from whoever was not shown it. Raises NotFound, NotAllowed (can_judge, is_founded).
    """
    subject = Subject.objects.visible_to(officer).locked().one(subject_id)
    rules.can_judge(officer).enforce()
    if category is not None:
        rules.is_founded(category, category_reason).enforce()
        subject.category, subject.category_reason = Subject.Category(category), category_reason
    if label or (label is not None and subject.whole):
        subject.label = label
        if category is not None:  # no old words are left: those who were not given what they came from may read these
            subject.worded_at = Now()
    subject.save(update_fields=["label", "category", "category_reason", "worded_at"])
    record(
        Event.SUBJECT_CHANGED, actor=officer, subject=subject, owner=subject.agency_id, label=label, category=category,
        reason=category_reason,
    )  # fmt: skip
    return subject


@transaction.atomic(durable=True)
def list_subjects(
    *, officer: Officer, q: str = "", etype: str = "", category: str = "", after: str = "", size: int = 50
) -> Page[SubjectRow]:
    """The subjects of one's own agency of which one sees at least one mention, the newest first. Raises Invalid."""
    subjects = Subject.objects.visible_to(officer)
    seen = SubjectMention.objects.visible_to(officer)
    if q:
        subjects = subjects.filter(called_or_numbered(officer, q))
    for name, value in {"etype": etype, "category": category}.items():
        subjects = subjects.filter(**{name: value}) if value else subjects
    page = subjects.newest(by="made_at", after=after, size=size)
    of_page = list(seen.filter(subject__in=page.rows).values_list("subject", flat=True))
    query = {"q": q, "etype": etype, "category": category}
    record(Event.SUBJECTS_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query=query)
    return Page([SubjectRow(each, of_page.count(each.pk)) for each in page.rows], page.cursor)


@transaction.atomic(durable=True)
def open_subject(*, officer: Officer, subject_id: UUID) -> Portrait:
    """Everything that the mentions one sees say of a subject, each fact with its sources; the looking is recorded. Raises NotFound."""
    subject = Subject.objects.visible_to(officer).select_related("made_by").one(subject_id)
    # by name and not as a subquery: a planner that begins with all that the officer sees reads a hundred times as much
    mine = list(SubjectMention.objects.visible_to(officer).filter(subject=subject).values_list("mention", flat=True))
    mentions = Mention.objects.visible_to(officer).select_related("rendition__record__agency")
    rows = named(officer, list(mentions.filter(pk__in=mine).order_by("rendition__dated_on", "made_at", "pk")))
    numbers = list(_numbers(rows))
    homes = {row.mention.rendition.record.home_id for row in rows}
    portrait = Portrait(
        subject=subject,
        numbers=numbers,
        facts=[fact for fact in (_fact(key, rows) for key in LABELS) if fact.values],
        rows=rows,
        cases=list(CaseFile.objects.visible_to(officer).filter(pk__in=homes).order_by("title")),
        alike=likely_of(officer, rows),
        related=relations_of(officer, subject),
        merges=merges_of(officer, subject),
        may_judge=bool(rules.can_judge(officer)),
    )
    record(
        Event.SUBJECT_VIEWED, actor=officer, subject=subject, owner=subject.agency_id, mentions=len(rows), relations=len(portrait.related)
    )
    return portrait


def _seen(officer: Officer, mention_ids: Collection[UUID]) -> list[Mention]:
    """The mentions, all of which the officer must see. Raises NotFound, Invalid for none."""
    if not mention_ids:
        raise Invalid(rules.NOBODY_CHOSEN)
    mentions = list(Mention.objects.visible_to(officer).filter(pk__in=mention_ids).order_by("made_at", "pk"))
    if len(mentions) != len(set(mention_ids)):
        raise NotFound
    return mentions


def _one_type(mentions: Iterable[Mention]) -> str:
    kinds = {each.etype for each in mentions}
    if len(kinds) != 1:
        raise Invalid(rules.MIXED_TYPES)
    return kinds.pop()


def _numbers(rows: Iterable[Named]) -> Iterator[Number]:
    found: dict[tuple[str, str, str], Number] = {}
    for row in rows:
        for each in row.identifiers:
            found.setdefault((each.type, each.country, each.normalised), Number(each)).said_by.append(row.mention)
    return iter(found.values())


def _fact(key: str, rows: Iterable[Named]) -> Fact:
    """One attribute as every mention gives it: the same words once, with all who say them."""
    fact = Fact(LABELS[key])
    for row in rows:
        said: Any = row.mention.name if key == "name" else row.mention.attributes.get(key)
        for value in said if isinstance(said, list) else [said] if said else []:
            fact.values.setdefault(_in_words(key, str(value)), []).append(row.mention)
    fact.disputed = key in ONE_ONLY and len(fact.values) > 1
    return fact


def _in_words(key: str, value: str) -> str:
    """A word of a vocabulary as people read it; anything else as it was written."""
    words = dict(names.WRITTEN[key].choices) if key in names.WRITTEN else {}
    return str(words.get(value, value))
