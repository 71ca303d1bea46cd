"""Two subjects taken for one, with the reason, and that taken back whole in one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules as casefiles
from cases.entities import rules
from cases.entities.actions.mentions import Named, named
from cases.entities.events import Event
from cases.entities.models import HeldApart, Identifier, Mention, Relation, Subject, SubjectMention, SubjectMentionQuerySet, SubjectMerge
from kernel.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class MergeSide:
    """A subject about to be taken for one with another: what its reader sees of it."""

    subject: Subject
    rows: list[Named]
    relations: int


@dataclass(frozen=True, slots=True)
class Merging:
    """Two subjects beside each other, and the numbers that both carry."""

    kept: MergeSide
    gone: MergeSide
    shared: list[Identifier]

    @property
    def sides(self) -> tuple[MergeSide, MergeSide]:
        return self.kept, self.gone


@dataclass(frozen=True, slots=True)
class Merged:
    """A subject that went over into another: how many of its mentions its reader sees, and why, if they see them all."""

    merge: SubjectMerge
    mentions: int
    reason: str


@transaction.atomic(durable=True)
def begin_merge(*, officer: Officer, subject_id: UUID, other_id: UUID) -> Merging:
    """Two subjects side by side, to be taken for one. Raises NotFound, NotAllowed (rules.can_judge), Invalid as merge_subjects."""
    rules.can_judge(officer).enforce()
    kept, gone = _held(officer, subject_id, other_id)
    sides = (_side(officer, kept), _side(officer, gone))
    numbers = [{(each.type, each.country, each.normalised): each for row in side.rows for each in row.identifiers} for side in sides]
    record(Event.LIKELY_SOUGHT, actor=officer, subject=kept, owner=kept.agency_id, other=str(gone.pk), count=1)
    return Merging(*sides, shared=[each for key, each in numbers[0].items() if key in numbers[1]])


@transaction.atomic(durable=True)
def merge_subjects(*, officer: Officer, subject_id: UUID, other_id: UUID, reason: str) -> SubjectMerge:
    """Take two subjects for one: what the officer sees of the other, its relations too, goes over into this one.

    Where only the other says what its person is in the case, that one is kept.
    Raises NotFound, NotAllowed (rules.can_judge), Invalid for one and the same, different kinds, subjects that say different things, or a
    reason without words; Conflict if mentions of them are held apart.
    """
    rules.can_judge(officer).enforce()
    kept, gone = _held(officer, subject_id, other_id)
    if not reason.strip():
        raise Invalid(fields={"reason": casefiles.REASON_WANTED})
    if kept.category == Subject.Category.OTHER != gone.category:
        kept, gone = gone, kept
    return join_subjects(officer, kept, gone, reason)


@transaction.atomic(durable=True)
def undo_merge(*, officer: Officer, merge_id: UUID) -> SubjectMerge:
    """Two subjects that were taken for one are two again: mentions and relations go back, but those taken off since.

    Raises NotFound, NotAllowed (rules.can_judge), Conflict if it was taken back before.
    """
    merge: SubjectMerge = SubjectMerge.objects.visible_to(officer).locked().one(merge_id)
    rules.can_judge(officer).enforce()
    if merge.undone_at is not None:
        raise Conflict(rules.MERGE_UNDONE)
    Subject.objects.visible_to(officer).locked().one(merge.kept_id)
    back = _give_back(officer, merge)
    merge.undone_by, merge.undone_at = officer, Now()
    merge.save(update_fields=["undone_by", "undone_at"])
    record(
        Event.MERGE_UNDONE, actor=officer, subject=Subject(pk=merge.kept_id), owner=officer.agency_id, merge=merge.pk,
        back_to=str(merge.gone_id), mentions=sorted(map(str, back)),
    )  # fmt: skip
    return merge


def join_subjects(officer: Officer, kept: Subject, gone: Subject, reason: str = "") -> SubjectMerge:
    """One subject goes over into another, in the caller's transaction, which holds both."""
    merge = _moved(officer, kept, gone, reason)
    record(
        Event.SUBJECTS_MERGED, actor=officer, subject=kept, owner=kept.agency_id, merge=merge.pk, gone=str(gone.pk), reason=reason,
        mentions=sorted(map(str, merge.moved)), relations=sorted(map(str, (*merge.turned_from, *merge.turned_to))),
    )  # fmt: skip
    return merge


def merges_of(officer: Officer, subject: Subject) -> list[Merged]:
    """What went over into a subject and was not taken back, the newest first."""
    merges = list(
        SubjectMerge.objects.visible_to(officer).standing().filter(kept=subject).select_related("made_by").order_by("-made_at", "pk")
    )
    ids = {pk for merge in merges for pk in merge.moved}
    seen = set(Mention.objects.visible_to(officer).filter(pk__in=ids).values_list("pk", flat=True))
    return [Merged(each, len(seen & set(each.moved)), each.reason if subject.whole and seen >= set(each.moved) else "") for each in merges]


def may_be_one(officer: Officer, subject: Subject, others: Collection[Subject]) -> set[UUID]:
    """Which of the others may be taken for one with a subject: of its kind, not called otherwise, no mention held apart from its own."""
    alike = {each.pk for each in others if each.etype == subject.etype and not _called_differently(subject, each)}
    here = _groupings(officer, subject).values("mention")
    pairs = HeldApart.objects.visible_to(officer).filter(Q(one__in=here) | Q(other__in=here)).values_list("one", "other")
    mentions = {pk for pair in pairs for pk in pair}
    apart = SubjectMention.objects.visible_to(officer).filter(subject__in=alike, mention__in=mentions)
    return alike - set(apart.values_list("subject", flat=True))


def _called_differently(one: Subject, other: Subject) -> bool:
    """Whether an agency says of both what they are in the case, and not the same."""
    return len({one.category, other.category} - {Subject.Category.OTHER}) > 1


def _held(officer: Officer, subject_id: UUID, other_id: UUID) -> tuple[Subject, Subject]:
    """Two subjects that may be one, held. Raises NotFound, Invalid, Conflict."""
    rows = Subject.objects.visible_to(officer).filter(pk__in={subject_id, other_id}).order_by("pk").locked()
    found = {each.pk: each for each in rows}
    if not {subject_id, other_id} <= set(found):
        raise NotFound
    if subject_id == other_id:
        raise Invalid(rules.RELATED_TO_ITSELF)
    one, other = found[subject_id], found[other_id]
    if one.etype != other.etype:
        raise Invalid(rules.MIXED_TYPES)
    if _called_differently(one, other):
        raise Invalid(rules.CALLED_DIFFERENTLY)
    of_one, of_other = (_groupings(officer, each).values("mention") for each in (one, other))
    pairs = HeldApart.objects.visible_to(officer)
    if pairs.filter(Q(one__in=of_one, other__in=of_other) | Q(one__in=of_other, other__in=of_one)).exists():
        raise Conflict(rules.HELD_APART)
    return one, other


def _groupings(officer: Officer, subject: Subject) -> SubjectMentionQuerySet:
    return SubjectMention.objects.visible_to(officer).filter(subject=subject)


def _side(officer: Officer, subject: Subject) -> MergeSide:
    mentions = Mention.objects.visible_to(officer).filter(pk__in=_groupings(officer, subject).values("mention"))
    rows = named(officer, list(mentions.select_related("rendition__record__agency").order_by("rendition__dated_on", "made_at", "pk")))
    return MergeSide(subject, rows, Relation.objects.visible_to(officer).standing().of(subject).count())


def _moved(officer: Officer, kept: Subject, gone: Subject, reason: str) -> SubjectMerge:
    """What the officer sees of `gone` goes over; a relation between the two stays where it is, out of sight until it is taken back."""
    seen = Relation.objects.visible_to(officer).of(gone).exclude(pk__in=Relation.objects.visible_to(officer).of(kept).values("pk"))
    ends = list(seen.values_list("pk", "subject", "other"))
    turned_from = [pk for pk, one, _other in ends if one == gone.pk]
    turned_to = [pk for pk, _one, other in ends if other == gone.pk]
    Relation.objects.visible_to(officer).filter(pk__in=turned_from).update(subject=kept)
    Relation.objects.visible_to(officer).filter(pk__in=turned_to).update(other=kept)
    there = set(_groupings(officer, kept).values_list("mention", flat=True))
    moved = sorted(_groupings(officer, gone).values_list("mention", flat=True))
    _groupings(officer, gone).update(ended_by=officer, ended_at=Now())
    added = [pk for pk in moved if pk not in there]
    _group(officer, kept.pk, added)
    merge: SubjectMerge = SubjectMerge.objects.create(
        kept=kept, gone=gone, reason=reason, moved=moved, added=added, turned_from=turned_from, turned_to=turned_to, made_by=officer
    )
    return merge


def _give_back(officer: Officer, merge: SubjectMerge) -> Collection[UUID]:
    """Exactly what went over, though the officer may no longer see all of it: nothing of it is shown to them."""
    standing = SubjectMention.objects.unscoped("taking a merge back whole, whoever sees its parts").filter(ended_at=None)
    back = set(standing.filter(subject=merge.kept_id, mention__in=merge.moved).values_list("mention", flat=True))
    standing.filter(subject=merge.kept_id, mention__in=back & set(merge.added)).update(ended_by=officer, ended_at=Now())
    _group(officer, merge.gone_id, back - set(standing.filter(subject=merge.gone_id).values_list("mention", flat=True)))
    relations = Relation.objects.unscoped("taking a merge back whole, whoever sees its parts")
    relations.filter(pk__in=merge.turned_from, subject=merge.kept_id).exclude(other=merge.gone_id).update(subject=merge.gone_id)
    relations.filter(pk__in=merge.turned_to, other=merge.kept_id).exclude(subject=merge.gone_id).update(other=merge.gone_id)
    return back


def _group(officer: Officer, subject_id: UUID, mention_ids: Iterable[UUID]) -> None:
    rows = [SubjectMention(subject_id=subject_id, mention_id=pk, made_by=officer) for pk in sorted(mention_ids)]
    SubjectMention.objects.bulk_create(rows)
