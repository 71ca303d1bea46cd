"""Noting what a rendition says of persons and things, taking it over into a newer version, and reading it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, prefetch_related_objects

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile, NoticeMode
from cases.entities import names, outbox, rules
from cases.entities.events import Event
from cases.entities.identifiers import country_code, normalise
from cases.entities.models import (
    ATTRIBUTES,
    HeldApart,
    Identifier,
    Intake,
    Mention,
    MentionQuerySet,
    Subject,
    SubjectMention,
)
from cases.entities.outbox import index_names
from cases.records import grants
from cases.records import rules as records
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page
from kernel.verdict import Verdict, refuse

NAMING = [Record.Kind.INTELLIGENCE, Record.Kind.EXHIBIT]
"""Kinds of records of which officers note what they say; a register's mentions are its rows."""


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its identifiers, and the subjects of the reader's own agency that it belongs to."""

    mention: Mention
    identifiers: list[Identifier] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NamedIn:
    """What one rendition names; `earlier` is an older version whose mentions may be taken over, `intake` the file of a register."""

    rendition: Rendition
    page: Page[Named]
    may_note: Verdict
    own: bool
    earlier: Rendition | None
    intake: Intake | None


@transaction.atomic(durable=True)
def note_mention(
    *, officer: Officer, rendition_id: UUID, etype: str, name: str, identifiers: Iterable[Mapping[str, str]] = (),
    paragraph: int | None = None, attributes: Mapping[str, Any] | None = None,
) -> Mention:  # fmt: skip
    """Note that a rendition names a person, number, vehicle or place, and queue it for comparison.

    `identifiers` have type, country (a code or name, or "") and raw; `attributes` are those of models.ATTRIBUTES. Raises NotFound,
    NotAllowed (records.rules.can_add), Conflict once the rendition has left or its case is closed, Invalid for an identifier without letter
    or digit.
    """
    rendition, casefile = to_note_on(officer, rendition_id)
    mention = Mention(rendition=rendition, paragraph=paragraph, etype=etype, name=name, **desk_of(casefile))
    mention.attributes = attributes_of(name, attributes or {})
    rows = list(identifiers_of(mention, ((each["type"], each.get("country", ""), each["raw"]) for each in identifiers)))
    if not all(row.normalised for row in rows):
        raise Invalid(rules.NOTHING_TO_COMPARE)
    mention.save(force_insert=True)
    Identifier.objects.bulk_create(rows)
    put_beside([mention])
    index_names([mention])
    write_down(Event.MENTION_NOTED, officer, rendition, mention=mention.pk, etype=etype, name=name)
    return mention


@transaction.atomic(durable=True)
def take_over_mentions(
    *, officer: Officer, rendition_id: UUID, from_rendition_id: UUID, mention_ids: Iterable[UUID] | None = None
) -> list[Mention]:
    """Say of a newer version what an older one said of somebody (all of it, or the mentions chosen), with the subjects it belongs to.

    What the newer version says already is not doubled. Raises NotFound, NotAllowed (records.rules.can_add), Conflict as note_mention,
    Invalid for a version of something else.
    """
    rendition, casefile = to_note_on(officer, rendition_id)
    earlier = Rendition.objects.visible_to(officer).one(from_rendition_id)
    if earlier.record_id != rendition.record_id or earlier.pk == rendition.pk:
        raise Invalid(rules.NOT_ONE_RECORD)
    said = Mention.objects.visible_to(officer).filter(rendition=earlier).order_by("made_at", "pk")
    chosen = said if mention_ids is None else said.filter(pk__in=list(mention_ids))
    there = [_words(each) for each in Mention.objects.visible_to(officer).filter(rendition=rendition)]
    copies = {old.pk: _copy(old, rendition, casefile) for old in chosen if _words(old) not in there}
    Mention.objects.bulk_create(copies.values())
    _copy_beside(officer, copies)
    put_beside(copies.values())
    index_names(copies.values())
    write_down(Event.MENTIONS_TAKEN_OVER, officer, rendition, taken_from=earlier.pk, count=len(copies))
    return list(copies.values())


@transaction.atomic(durable=True)
def change_notice_mode(*, officer: Officer, casefile_id: UUID, notice_mode: str) -> CaseFile:
    """Say who hears when another agency holds what this case holds; what was found before is looked at again.

    Raises NotFound, NotAllowed (casefiles.rules.can_lead), Conflict in a closed case.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead", "unit", "agency").locked().one(casefile_id)
    casefiles.can_lead(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    before, casefile.notice_mode = casefile.notice_mode, NoticeMode(notice_mode)
    casefile.save(update_fields=["notice_mode"])
    mentions = Mention.objects.unscoped("all that a case says, whoever else may see it").filter(rendition__record__home=casefile)
    others = mentions.exclude(notice_mode=notice_mode).order_by("pk")
    ids = list(others.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    Mention.objects.unscoped("all that a case says, whoever else may see it").filter(pk__in=ids).update(notice_mode=notice_mode)
    outbox.put(ids)
    record(
        Event.NOTICE_MODE_CHANGED, actor=officer, subject=casefile, owner=casefile.agency_id, before=before, notice_mode=notice_mode,
        mentions=len(ids),
    )  # fmt: skip
    return casefile


@transaction.atomic(durable=True)
def list_mentions(*, officer: Officer, rendition_id: UUID, after: str = "", size: int = 50) -> NamedIn:
    """Who and what one rendition names. Raises NotFound, Invalid for a broken cursor."""
    seen = Rendition.objects.visible_to(officer)
    rendition = seen.select_related("record__agency").one(rendition_id)
    page = Mention.objects.visible_to(officer).filter(rendition=rendition).newest(by="made_at", after=after, size=size)
    may_note = may_note_on(officer, rendition)
    versions = seen.filter(record=rendition.record_id, number__lt=rendition.number).order_by("-number")
    named_in = NamedIn(
        rendition=rendition,
        page=Page(named(officer, page.rows), page.cursor),
        may_note=may_note,
        own=rendition.record.agency_id == officer.agency_id,
        earlier=versions.first() if may_note and rendition.record.kind in NAMING else None,
        intake=Intake.objects.visible_to(officer).filter(rendition=rendition).first(),
    )
    write_down(Event.MENTIONS_LISTED, officer, rendition, count=len(page.rows))
    return named_in


@transaction.atomic(durable=True)
def list_mentions_of_case(
    *, officer: Officer, casefile_id: UUID, q: str = "", etype: str = "", after: str = "", size: int = 50
) -> tuple[CaseFile, Page[Named]]:
    """A case file and whom and what its records name, as their newest versions say it and its registers list it.

    Raises NotFound, Invalid for a broken cursor.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").one(casefile_id)
    mentions = asked_mentions(officer, casefile, q=q, etype=etype)
    page = mentions.newest(by="made_at", after=after, size=size)
    # after the page is cut: joined before, every mention of the case would carry its version through the sort
    prefetch_related_objects(page.rows, Prefetch("rendition", Rendition.objects.visible_to(officer).select_related("record")))
    query = {"q": q, "etype": etype}
    record(Event.MENTIONS_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows), query=query)
    return casefile, Page(named(officer, page.rows), page.cursor)


def asked_mentions(officer: Officer, casefile: CaseFile, *, q: str = "", etype: str = "") -> MentionQuerySet:
    """Whom and what the records of a case already seen name, as their newest versions say it and its registers list it."""
    of_case = Rendition.objects.visible_to(officer).filter(record__home=casefile)
    newest = of_case.filter(record__kind__in=NAMING).newest_of_each().values("pk")
    mentions: MentionQuerySet = Mention.objects.visible_to(officer).filter(
        Q(rendition__in=newest) | Q(rendition__in=of_case.filter(record__kind=Record.Kind.REGISTER).values("pk"))
    )
    if q:
        held = Identifier.objects.visible_to(officer).filter(raw__icontains=q).values("mention")
        mentions = mentions.filter(Q(name__icontains=q) | Q(pk__in=held))
    if etype:
        mentions = mentions.filter(etype=etype)
    return mentions


def desk_of(casefile: CaseFile) -> dict[str, Any]:
    """What deconfliction must know of a case, as every mention carries it."""
    return {"agency_id": casefile.agency_id, "unit_id": casefile.unit_id, "notice_mode": casefile.notice_mode}


def attributes_of(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of what was said: nothing empty; of a name that stands in another script than Latin, which one."""
    kept = {key: value for key, value in said.items() if key in ATTRIBUTES and value}
    script = names.script_of(name)
    return kept if script in {None, names.Script.LATIN} else {"script": str(script)} | kept


def identifiers_of(mention: Mention, written: Iterable[tuple[str, str, str]]) -> Iterable[Identifier]:
    """Type, country and number as written, each normalised once; the same one written twice is one."""
    rows: dict[tuple[str, str, str], Identifier] = {}
    for kind, country, raw in written:
        code = country_code(country)
        normal, valid = normalise(kind, code, raw)
        rows.setdefault((kind, code, normal), Identifier(mention=mention, type=kind, country=code, raw=raw, normalised=normal, valid=valid))
    return rows.values()


def named(officer: Officer, mentions: Sequence[Mention]) -> list[Named]:
    """Mentions already seen, with their identifiers and one's own agency's subjects, in three statements."""
    rows = {mention.pk: Named(mention) for mention in mentions}
    for identifier in Identifier.objects.visible_to(officer).filter(mention__in=rows).order_by("type", "normalised"):
        rows[identifier.mention_id].identifiers.append(identifier)
    groupings = SubjectMention.objects.visible_to(officer).filter(mention__in=rows).order_by("made_at")
    subjects = Subject.objects.visible_to(officer).in_bulk([grouping.subject_id for grouping in groupings])
    for grouping in groupings:
        if grouping.subject_id in subjects:
            rows[grouping.mention_id].subjects.append(subjects[grouping.subject_id])
    return list(rows.values())


def may_note_on(officer: Officer, rendition: Rendition) -> Verdict:
    """Whether more may be noted of a version that the officer sees, as to_note_on asks it again before anything is written."""
    home = CaseFile.objects.visible_to(officer).select_related("lead").filter(pk=rendition.record.home_id).first()
    verdict = records.can_add(officer, rendition.record, home)
    return refuse(rules.HAS_LEFT) if verdict and grants.has_left(rendition) else verdict


def to_note_on(officer: Officer, rendition_id: UUID) -> tuple[Rendition, CaseFile]:
    """A rendition of one's own that nobody else was given, and its home file, both held until the transaction ends.

    The file comes first, as everywhere: whoever silences it waits, and then silences what is noted here too.
    """
    seen = Rendition.objects.visible_to(officer).filter(record__kind__in=NAMING).select_related("record")
    home = seen.one(rendition_id).record.home_id
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().filter(pk=home).first()
    rendition = seen.locked().one(rendition_id)
    records.can_add(officer, rendition.record, casefile).enforce()
    if casefile is None:
        raise NotFound
    casefiles.hold_open(casefile)
    if grants.has_left(rendition):
        raise Conflict(rules.HAS_LEFT)
    return rendition, casefile


def called_or_numbered(officer: Officer, q: str) -> Q:
    """Which subjects have these letters in a name, or this number, as far as the officer may read either."""
    held = Identifier.objects.visible_to(officer).filter(Q(raw__icontains=q) | Q(normalised__iexact=q)).values("mention")
    named = SubjectMention.objects.visible_to(officer).filter(Q(mention__name__icontains=q) | Q(mention__in=held))
    return Q(whole=True, label__icontains=q) | Q(pk__in=named.values("subject"))


def _words(mention: Mention) -> tuple[Any, ...]:
    return mention.etype, mention.name, mention.attributes, mention.paragraph


def _copy(old: Mention, rendition: Rendition, casefile: CaseFile) -> Mention:
    said = {name: getattr(old, name) for name in ("paragraph", "etype", "name", "attributes")}
    return Mention(rendition=rendition, **said, **desk_of(casefile))


def _copy_beside(officer: Officer, copies: Mapping[UUID, Mention]) -> None:
    """The identifiers of the copied mentions, the subjects of one's own agency they belong to, and whom it holds apart from them."""
    numbers: dict[UUID, list[tuple[str, str, str]]] = defaultdict(list)
    for each in Identifier.objects.visible_to(officer).filter(mention__in=copies):
        numbers[each.mention_id].append((each.type, each.country, each.raw))
    Identifier.objects.bulk_create(row for pk, copy in copies.items() for row in identifiers_of(copy, numbers[pk]))
    groupings = SubjectMention.objects.visible_to(officer).filter(mention__in=copies)
    SubjectMention.objects.bulk_create(
        SubjectMention(subject_id=each.subject_id, mention=copies[each.mention_id], made_by=officer) for each in groupings
    )
    apart = HeldApart.objects.visible_to(officer).of(copies)
    pairs = [sorted(copies[pk].pk if pk in copies else pk for pk in (each.one_id, each.other_id)) for each in apart]
    HeldApart.objects.bulk_create(
        HeldApart(agency_id=officer.agency_id, one_id=one, other_id=other, made_by=officer) for one, other in pairs
    )


def put_beside(mentions: Iterable[Mention]) -> None:
    """What stands beside every mention that is new or says more: its place in the queue towards deconfliction."""
    outbox.put([mention.pk for mention in mentions])


def write_down(event: Event, officer: Officer, rendition: Rendition, **facts: Any) -> None:
    """A line in the ledger about one rendition, bound to its content by its hash."""
    hashed = bytes.fromhex(rendition.content_hash)
    record(event, actor=officer, subject=rendition, owner=rendition.record.agency_id, rendition_hash=hashed, **facts)
