"""How an agency's subjects are related: judged on paragraphs that say so, taken back for a reason, and read by who sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.functional import Promise

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules as casefiles
from cases.entities import rules
from cases.entities.actions.mentions import called_or_numbered
from cases.entities.actions.merges import may_be_one
from cases.entities.events import Event
from cases.entities.models import FROM_HERE, FROM_THERE, Mention, Relation, RelationKind, RelationSupport, Subject, SubjectMention
from cases.records.models import Rendition
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page

MOST_SUPPORTS, MOST_VERSIONS, MOST_SUBJECTS = 40, 30, 20
Paragraph = tuple[UUID, int]
"""A version and the number of one of its paragraphs."""


@dataclass(frozen=True, slots=True)
class Held:
    """A paragraph that supports a relation, and the newer version of its item if its reader sees one."""

    mention: RelationSupport
    newer: Rendition | None

    @property
    def row(self) -> RelationSupport:
        return self.mention

    @property
    def stands(self) -> bool:
        return self.row.ended_at is None and self.newer is None


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as its reader may see it: from one subject to another, with exactly those supports that they see."""

    relation: Relation
    subject: Subject
    other: Subject
    words: str | Promise
    supports: list[Held]

    @property
    def stands(self) -> bool:
        """Whether a paragraph that its reader sees still supports it, in the newest version that they see."""
        return any(held.stands for held in self.supports)


@dataclass(frozen=True, slots=True)
class Offered:
    """A version in which one of two subjects is mentioned, or both."""

    rendition: Rendition
    names: Sequence[str]
    both: bool
    newer: Rendition | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A relation about to be judged: the two subjects, and the versions whose paragraphs may support it."""

    subject: Subject
    other: Subject
    offered: list[Offered]
    relation: Related | None = None
    chosen: Collection[Paragraph] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Choosing:
    """A subject, whom among those its reader sees it may be related to, and which of them may be the same."""

    subject: Subject
    others: list[Subject]
    mergeable: set[UUID]


@transaction.atomic(durable=True)
def find_others(*, officer: Officer, subject_id: UUID, q: str = "") -> Choosing:
    """Subjects that the officer sees, to relate this one to: those called so or of this number, else the newest. Raises NotFound."""
    subject = Subject.objects.visible_to(officer).one(subject_id)
    others = Subject.objects.visible_to(officer).exclude(pk=subject_id)
    if q:
        others = others.filter(called_or_numbered(officer, q))
    found = list(others.order_by("-made_at", "pk")[:MOST_SUBJECTS])
    record(Event.SUBJECTS_LISTED, actor=officer, owner=officer.agency_id, count=len(found), query={"q": q, "beside": str(subject_id)})
    return Choosing(subject, found, may_be_one(officer, subject, found))


@transaction.atomic(durable=True)
def begin_relation(*, officer: Officer, subject_id: UUID, other_id: UUID) -> Begun:
    """Two subjects, and the versions that mention them. Raises NotFound, NotAllowed (rules.can_judge), Invalid for one and the same."""
    rules.can_judge(officer).enforce()
    subject, other = _ends(officer, subject_id, other_id)
    offered = _offered(officer, subject, other)
    _looked(officer, subject, offered)
    return Begun(subject, other, offered)


@transaction.atomic(durable=True)
def begin_support(*, officer: Officer, relation_id: UUID) -> Begun:
    """A relation, and the versions whose paragraphs may further support it. Raises NotFound, NotAllowed (rules.can_judge)."""
    relation = Relation.objects.visible_to(officer).one(relation_id)
    rules.can_judge(officer).enforce()
    [related] = _related(officer, [relation])
    offered = _offered(officer, related.subject, related.other)
    _looked(officer, related.subject, offered)
    there = {(held.row.rendition_id, held.row.paragraph) for held in related.supports if held.row.ended_at is None}
    return Begun(related.subject, related.other, offered, related, there)


@transaction.atomic(durable=True)
def relate_subjects(
    *, officer: Officer, subject_id: UUID, other_id: UUID, kind: str, supports: Collection[Paragraph], confidence: str = "moderate",
    description: str = "", began_on: date | None = None, ceased_on: date | None = None,
) -> Relation:  # fmt: skip
    """Judge that one subject is related to another, on paragraphs that say so. It never travels; another may stand beside it.

    Raises NotFound for a subject or a version one does not see, NotAllowed (rules.can_judge), Invalid for one and the same subject, no
    support, a paragraph that is not there, days the wrong way round, or "otherwise" without a description.
    """
    rules.can_judge(officer).enforce()
    subject, other = _ends(officer, subject_id, other_id)
    rules.hold_sound(kind, description, began_on, ceased_on)
    facts: dict[str, Any] = {"kind": RelationKind(kind), "confidence": Relation.Confidence(confidence), "description": description}
    days = {"began_on": began_on, "ceased_on": ceased_on}
    relation: Relation = Relation.objects.create(
        agency_id=officer.agency_id, subject=subject, other=other, made_by=officer, **facts, **days
    )
    said = _support(officer, relation, supports)
    ends = {"from": str(subject.pk), "to": str(other.pk)}
    record(
        Event.SUBJECTS_RELATED, actor=officer, subject=relation, owner=relation.agency_id, supports=said, facts={**facts, **days, **ends}
    )
    return relation


@transaction.atomic(durable=True)
def end_relation(*, officer: Officer, relation_id: UUID, reason: str) -> Relation:
    """Take back that two subjects are related; it stays in their history. Raises NotFound, NotAllowed (can_judge), Conflict, Invalid."""
    relation = _standing(officer, relation_id)
    _wanted(reason)
    relation.ended_by, relation.ended_at, relation.end_reason = officer, Now(), reason
    relation.save(update_fields=["ended_by", "ended_at", "end_reason"])
    record(Event.RELATION_ENDED, actor=officer, subject=relation, owner=relation.agency_id, reason=reason)
    return relation


@transaction.atomic(durable=True)
def support_relation(*, officer: Officer, relation_id: UUID, supports: Collection[Paragraph]) -> Relation:
    """Further paragraphs say that two subjects are related; those it has already stay.

    Raises NotFound, NotAllowed (rules.can_judge), Conflict if it was ended, Invalid for none or a paragraph that is not there.
    """
    relation = _standing(officer, relation_id)
    said = _support(officer, relation, supports)
    record(Event.RELATION_SUPPORTED, actor=officer, subject=relation, owner=relation.agency_id, supports=said)
    return relation


@transaction.atomic(durable=True)
def withdraw_support(*, officer: Officer, support_id: UUID, reason: str) -> Relation:
    """A paragraph no longer counts for a relation, which says so once none does.

    Raises NotFound, NotAllowed (rules.can_judge), Conflict if it was withdrawn or the relation ended, Invalid for a reason without words.
    """
    relation_id = RelationSupport.objects.visible_to(officer).one(support_id).relation_id
    relation = _standing(officer, relation_id)
    support = RelationSupport.objects.visible_to(officer).locked().one(support_id)
    if support.ended_at is not None:
        raise Conflict(rules.SUPPORT_WITHDRAWN)
    _wanted(reason)
    support.ended_by, support.ended_at, support.end_reason = officer, Now(), reason
    support.save(update_fields=["ended_by", "ended_at", "end_reason"])
    record(Event.SUPPORT_WITHDRAWN, actor=officer, subject=relation, owner=relation.agency_id, support=support_id, reason=reason)
    return relation


@transaction.atomic(durable=True)
def open_relation(*, officer: Officer, relation_id: UUID) -> Related:
    """A relation with those of its supports that the officer sees. Raises NotFound."""
    relation = Relation.objects.visible_to(officer).select_related("made_by", "ended_by").one(relation_id)
    [related] = _related(officer, [relation])
    record(Event.RELATION_VIEWED, actor=officer, subject=relation, owner=relation.agency_id, supports=len(related.supports))
    return related


@transaction.atomic(durable=True)
def list_relations(
    *, officer: Officer, subject_id: UUID | None = None, ended: bool = False, after: str = "", size: int = 50
) -> Page[Related]:
    """The relations between subjects that the officer sees, as edges of a graph, those judged last first: all, or of one subject.

    Raises NotFound, Invalid for a broken cursor.
    """
    relations = Relation.objects.visible_to(officer)
    if subject_id:
        relations = relations.of(Subject.objects.visible_to(officer).one(subject_id))
    page = (relations if ended else relations.standing()).select_related("made_by", "ended_by").newest(by="made_at", after=after, size=size)
    query = {"subject": str(subject_id or ""), "ended": ended}
    record(Event.RELATIONS_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query=query)
    return Page(_related(officer, page.rows), page.cursor)


def relations_of(officer: Officer, subject: Subject) -> list[Related]:
    """How a subject is related to others, as seen from it: what stands first, then what was ended; the newest first."""
    rows = Relation.objects.visible_to(officer).of(subject).select_related("made_by", "ended_by").order_by("-made_at", "pk")
    seen_from = [_turned(each, subject) for each in _related(officer, list(rows))]
    return sorted(seen_from, key=lambda each: each.relation.ended_at is not None)


def _turned(related: Related, subject: Subject) -> Related:
    """The same from its other end."""
    if related.relation.subject_id == subject.pk:
        return related
    return Related(related.relation, related.other, related.subject, FROM_THERE[related.relation.kind], related.supports)


def _related(officer: Officer, relations: Collection[Relation]) -> list[Related]:
    """These relations with their ends as the officer may call them and their supports, in a fixed number of statements."""
    ends = {pk for each in relations for pk in (each.subject_id, each.other_id)}
    subjects = Subject.objects.visible_to(officer).in_bulk(ends)
    seen = RelationSupport.objects.visible_to(officer).filter(relation__in=[each.pk for each in relations])
    supports = list(seen.select_related("rendition__record__agency", "made_by", "ended_by").order_by("made_at", "paragraph", "pk"))
    newer = _newer(officer, [each.rendition for each in supports])
    held: dict[UUID, list[Held]] = {}
    for each in supports:
        held.setdefault(each.relation_id, []).append(Held(each, newer.get(each.rendition_id)))
    return [
        Related(each, subjects[each.subject_id], subjects[each.other_id], FROM_HERE[each.kind], held.get(each.pk, [])) for each in relations
    ]


def _newer(officer: Officer, renditions: Iterable[Rendition]) -> dict[UUID, Rendition]:
    """By version, the latest original of its item that the officer sees, where it is an older one."""
    originals = [each for each in renditions if each.kind == Rendition.Kind.ORIGINAL]
    seen = Rendition.objects.visible_to(officer).filter(record__in={each.record_id for each in originals}, kind=Rendition.Kind.ORIGINAL)
    latest = {each.record_id: each for each in seen.order_by("number")}
    return {
        each.pk: latest[each.record_id] for each in originals if each.record_id in latest and latest[each.record_id].number > each.number
    }


def _offered(officer: Officer, subject: Subject, other: Subject) -> list[Offered]:
    """The versions of intelligence that mention them, those that mention both first, then the newest."""
    groupings = SubjectMention.objects.visible_to(officer).filter(subject__in=[subject, other])
    mentions = Mention.objects.visible_to(officer).filter(pk__in=groupings.values("mention")).in_bulk()
    named: dict[UUID, dict[UUID, str]] = {}
    for grouping in groupings:
        mention = mentions[grouping.mention_id]
        named.setdefault(mention.rendition_id, {}).setdefault(grouping.subject_id, mention.name)
    seen = Rendition.objects.visible_to(officer).filter(pk__in=named, record__kind="intelligence")
    renditions = list(seen.select_related("record__agency"))
    newer = _newer(officer, renditions)
    offered = [Offered(each, list(named[each.pk].values()), len(named[each.pk]) > 1, newer.get(each.pk)) for each in renditions]
    offered.sort(key=lambda each: (each.both, each.newer is None, each.rendition.made_at), reverse=True)
    return offered[:MOST_VERSIONS]


def _looked(officer: Officer, subject: Subject, offered: Iterable[Offered]) -> None:
    read = sorted(str(each.rendition.pk) for each in offered)
    record(Event.SUPPORTS_SOUGHT, actor=officer, subject=subject, owner=subject.agency_id, renditions=read)


def _ends(officer: Officer, subject_id: UUID, other_id: UUID) -> tuple[Subject, Subject]:
    """Two subjects that the officer sees. Raises NotFound, Invalid."""
    ends = Subject.objects.visible_to(officer).in_bulk({subject_id, other_id})
    if subject_id not in ends or other_id not in ends:
        raise NotFound
    if subject_id == other_id:
        raise Invalid(rules.RELATED_TO_ITSELF)
    return ends[subject_id], ends[other_id]


def _standing(officer: Officer, relation_id: UUID) -> Relation:
    """A relation held to be changed. Raises NotFound, NotAllowed, Conflict."""
    relation = Relation.objects.visible_to(officer).locked().one(relation_id)
    rules.can_judge(officer).enforce()
    if relation.ended_at is not None:
        raise Conflict(rules.RELATION_ENDED)
    return relation


def _wanted(reason: str) -> None:
    if not reason.strip():
        raise Invalid(fields={"reason": casefiles.REASON_WANTED})


def _support(officer: Officer, relation: Relation, supports: Collection[Paragraph]) -> list[list[str | int]]:
    """Put paragraphs that the officer sees under a relation. Raises NotFound, Invalid. Returns which are new."""
    wanted = set(supports)
    if not wanted or len(wanted) > MOST_SUPPORTS:
        raise Invalid(rules.SUPPORT_WANTED)
    versions = {rendition_id for rendition_id, _number in wanted}
    if Rendition.objects.visible_to(officer).filter(pk__in=versions).count() != len(versions):
        raise NotFound
    standing = RelationSupport.objects.visible_to(officer).filter(relation=relation, ended_at=None)
    new = sorted(wanted - set(standing.values_list("rendition", "paragraph")), key=str)
    rows = [RelationSupport(relation=relation, rendition_id=pk, paragraph=number, made_by=officer) for pk, number in new]
    try:
        with transaction.atomic():
            RelationSupport.objects.bulk_create(rows)
    except IntegrityError as broken:  # the paragraphs are another room's: the database alone knows them all
        raise Invalid(rules.NO_SUCH_PARAGRAPH) from broken
    return [[str(pk), number] for pk, number in new]
