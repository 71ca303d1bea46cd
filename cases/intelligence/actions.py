"""Recording intelligence, correcting it, making it fit to leave, and reading it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import Notice, Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from audit.models import Event as Line
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.intelligence import grading, rules
from cases.intelligence.events import Event
from cases.intelligence.models import Paragraph
from cases.records import grants, handling, storage
from cases.records import rules as records
from cases.records.models import CaseLink, Record, Rendition
from cases.records.rules import Sight
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page
from kernel.verdict import Verdict

CORRECTED = Event.ITEM_CORRECTED.value


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list: the rendition its reader sees, and the grade of its first information."""

    rendition: Rendition
    graded: Paragraph | None


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, and beside its own grade and handling what its reader's agency would say: None where it would say the same."""

    paragraph: Paragraph
    grade: grading.Likeness | None
    handling: handling.Likeness | None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item as its reader sees it; `casefile`, `versions` and `cases` hold nothing they may not know of."""

    rendition: Rendition
    reader: Officer
    paragraphs: list[Paragraph]
    versions: list[Rendition]
    casefile: CaseFile | None
    cases: list[CaseFile]
    corrected: bool
    own: bool
    may_write: bool
    why: Verdict
    sights: list[Sight]

    @property
    def parts(self) -> list[Part]:
        """The paragraphs as the reader's agency would put them, beside how they were put."""
        agency = self.reader.agency
        return [
            Part(each, grading.shown_in(agency.grading_scheme, each.grade), each.handling_in(agency.handling_scheme))
            for each in self.paragraphs
        ]

    @property
    def handling(self) -> handling.Likeness | None:
        """What the reader's agency would say of the whole item."""
        return self.rendition.handling_in(self.reader.agency.handling_scheme)

    @property
    def converted(self) -> bool:
        """Whether any grade is shown on another scale as well."""
        return any(part.grade for part in self.parts)

    @property
    def newer(self) -> Rendition | None:
        """The latest original, if this is an older one."""
        originals = [each for each in self.versions if each.kind == Rendition.Kind.ORIGINAL]
        latest = max(originals, key=lambda each: each.number, default=None)
        old = latest is not None and self.rendition.kind == Rendition.Kind.ORIGINAL and latest.number > self.rendition.number
        return latest if old else None


@transaction.atomic(durable=True)
def record_item(
    *, officer: Officer, casefile_id: UUID, title: str, paragraphs: Sequence[Mapping[str, Any]], dated_on: date | None = None,
    language: str = "", **marking: Any,
) -> Rendition:  # fmt: skip
    """Keep a new item of 1 to 50 graded paragraphs in a case file one works on, or in the unit's standing file.

    A paragraph has text, kind, scheme, source_code and information_code, and handling of its own or that of the item. `marking` is the
    item's handling_code, handling_scheme (the agency's unless given), handling_text and handling_countries.
    Raises NotFound, NotAllowed (records.rules.can_record), Conflict in a closed case, Invalid (rules.says_enough).
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead", "agency").locked().one(casefile_id)
    records.can_record(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    item = storage.keep_record(officer=officer, casefile=casefile, kind=Record.Kind.INTELLIGENCE)
    facts: dict[str, Any] = {"title": title, "dated_on": dated_on, "language": language or officer.agency.language}
    rendition = _keep(officer, item, _marked(officer, marking), paragraphs, kind=Rendition.Kind.ORIGINAL, **facts)
    _write_down(Event.ITEM_RECORDED, officer, rendition, casefile=casefile.pk)
    return rendition


@transaction.atomic(durable=True)
def correct_item(
    *, officer: Officer, rendition_id: UUID, title: str, paragraphs: Sequence[Mapping[str, Any]], reason: str,
    dated_on: date | None = None, language: str = "", **marking: Any,
) -> Rendition:  # fmt: skip
    """Say it anew, as the next version; what was read, released and cited stays. Whoever read an older version is told.

    Raises NotFound, NotAllowed (records.rules.can_add), Conflict if there is a newer version or the case is closed, Invalid.
    """
    old = _version(officer, rendition_id)
    newer = Rendition.objects.visible_to(officer).filter(record=old.record, kind=Rendition.Kind.ORIGINAL, number__gt=old.number)
    if old.kind != Rendition.Kind.ORIGINAL or newer.exists():
        raise Conflict(rules.NOT_NEWEST)
    facts: dict[str, Any] = {"title": title, "dated_on": dated_on, "language": language or old.language, "reason": reason}
    rendition = _keep(officer, old.record, _marked(officer, marking), paragraphs, kind=Rendition.Kind.ORIGINAL, **facts)
    _tell_readers(rendition, but=officer)
    _write_down(Event.ITEM_CORRECTED, officer, rendition, instead_of=old.pk, reason=reason)
    return rendition


@transaction.atomic(durable=True)
def make_tear_line(
    *, officer: Officer, rendition_id: UUID, title: str, paragraphs: Sequence[Mapping[str, Any]], reason: str = "",
    dated_on: date | None = None, language: str = "", **marking: Any,
) -> Rendition:  # fmt: skip
    """A sanitised version of an item, with words, grades and handling of its own, that may leave where the original may not.

    Raises NotFound, NotAllowed (records.rules.can_add), Conflict in a closed case, Invalid.
    """
    old = _version(officer, rendition_id)
    facts: dict[str, Any] = {"title": title, "dated_on": dated_on, "language": language or old.language, "reason": reason}
    facts |= {"kind": Rendition.Kind.TEAR_LINE, "sanitised_from": old.content_hash}
    rendition = _keep(officer, old.record, _marked(officer, marking), paragraphs, **facts)
    _write_down(Event.TEAR_LINE_MADE, officer, rendition, made_from=old.pk, reason=reason)
    return rendition


@transaction.atomic(durable=True)
def open_item(*, officer: Officer, rendition_id: UUID) -> OpenItem:
    """Show one version of an item to an officer; the looking is recorded with its hash. Raises NotFound."""
    seen = Rendition.objects.visible_to(officer)
    rendition = seen.filter(record__kind=Record.Kind.INTELLIGENCE).select_related("record__agency", "made_by").one(rendition_id)
    seen_files = CaseFile.objects.visible_to(officer).select_related("lead")
    files = {file.pk: file for file in seen_files.filter(pk__in=_files_of(officer, rendition))}
    home = files.pop(rendition.record.home_id, None)
    about = Notice.objects.filter(officer=officer, kind=CORRECTED, subject_id=rendition.pk)
    item = OpenItem(
        rendition=rendition,
        reader=officer,
        paragraphs=list(Paragraph.objects.visible_to(officer).filter(rendition=rendition)),
        versions=list(seen.filter(record=rendition.record).order_by("-number")),
        casefile=home,
        cases=list(files.values()),
        corrected=about.exists(),
        own=rendition.record.agency_id == officer.agency_id,
        may_write=bool(records.can_add(officer, rendition.record, home)),
        why=records.explain(officer, rendition),
        sights=records.who_can_see(officer, rendition.record),
    )
    if item.corrected:
        notices.settle(CORRECTED, subject_id=rendition.pk, officer=officer)
    _write_down(Event.ITEM_VIEWED, officer, rendition, via=item.why.rests_on)
    return item


@transaction.atomic(durable=True)
def list_items(*, officer: Officer, after: str = "", size: int = 50) -> Page[ItemRow]:
    """Every item an officer may know of, what was shown to them last first. Raises Invalid for a broken cursor."""
    page = grants.newest(officer, after=after, size=size)
    rows = _rows(officer, page.rows)
    while page.cursor and not rows:  # a page of other kinds of records only
        page = grants.newest(officer, after=page.cursor, size=size)
        rows = _rows(officer, page.rows)
    record(Event.ITEMS_LISTED, actor=officer, owner=officer.agency_id, count=len(rows), query={"after": bool(after)})
    return Page(rows, page.cursor)


@transaction.atomic(durable=True)
def list_items_of_case(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[ItemRow]]:
    """A case file and the items that have their home in it or are linked to it, the newest first. Raises NotFound, Invalid."""
    casefile = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").one(casefile_id)
    linked = CaseLink.objects.visible_to(officer).filter(casefile=casefile).values("record")
    items = Record.objects.visible_to(officer).filter(kind=Record.Kind.INTELLIGENCE)
    page = items.filter(Q(home=casefile) | Q(pk__in=linked)).newest(by="made_at", after=after, size=size)
    rows = _rows(officer, [each.pk for each in page.rows])
    record(Event.ITEMS_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(rows), query={"after": bool(after)})
    return casefile, Page(rows, page.cursor)


def corrected_notice(officer: Officer, rendition_id: UUID) -> Waiting | None:
    """What a reader of an older version is told, for as long as they may see it."""
    rendition = Rendition.objects.visible_to(officer).filter(pk=rendition_id).first()
    if rendition is None:
        return None
    text = _("It was corrected since you read it.")
    return Waiting(
        rendition.title, text, reverse("intelligence:item", args=[rendition.pk]), icon="file-text", chip=_("Corrected"), tone="info"
    )


NOTICES = {CORRECTED: corrected_notice}
STANDING: dict[str, Standing] = {CORRECTED: lambda officer: Rendition.objects.visible_to(officer).values("pk")}


def _version(officer: Officer, rendition_id: UUID) -> Rendition:
    """The version that a new one begins from, its home file and then its record held, asked whether the officer may.

    The file comes first, as everywhere: whoever closes it waits, or has closed it. Raises NotFound, NotAllowed, Conflict.
    """
    items = Rendition.objects.visible_to(officer).filter(record__kind=Record.Kind.INTELLIGENCE).select_related("record")
    old = items.one(rendition_id)
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().filter(pk=old.record.home_id).first()
    old.record = Record.objects.visible_to(officer).locked().one(old.record_id)
    records.can_add(officer, old.record, casefile).enforce()
    if casefile is None:
        raise NotFound
    casefiles.hold_open(casefile)
    return old


def _marked(officer: Officer, marking: Mapping[str, Any]) -> dict[str, Any]:
    """Handling as it is kept: in the agency's scheme unless another is named."""
    usual = {"handling_scheme": officer.agency.handling_scheme, "handling_text": "", "handling_countries": []}
    return usual | {name: value for name, value in marking.items() if value}


def _keep(
    officer: Officer,
    item: Record,
    marked: dict[str, Any],
    paragraphs: Sequence[Mapping[str, Any]],
    *,
    sanitised_from: str = "",
    **facts: Any,
) -> Rendition:
    """A rendition and its numbered paragraphs. Raises Invalid."""
    parts = [_marked(officer, part) for part in rules.parts_of(marked, paragraphs)]
    verdict = rules.says_enough(marked, parts)
    if verdict.said and not verdict:
        raise Invalid(verdict.said, **verdict.params)
    says: dict[str, Any] = {"paragraphs": parts} | ({"sanitised_from": sanitised_from} if sanitised_from else {})
    codes = [(each["handling_scheme"], each["handling_code"]) for each in (marked, *parts)]
    atoms = handling.together(*(handling.atoms(*code) for code in codes))
    rendition = storage.keep_rendition(officer=officer, record=item, content=says, handling_atoms=atoms, **marked, **facts)
    for number, part in enumerate(parts, start=1):
        part |= {"number": number, "handling_atoms": handling.atoms(part["handling_scheme"], part["handling_code"])}
    Paragraph.objects.bulk_create(Paragraph(rendition=rendition, **part) for part in parts)
    return rendition


def _tell_readers(rendition: Rendition, *, but: Officer) -> None:
    """A notice for each officer the ledger knows to have read an older original and who may still see it, about the latest they read."""
    versions = Rendition.objects.unscoped("telling the readers of older versions").filter(record=rendition.record_id)
    older = list(versions.filter(kind=Rendition.Kind.ORIGINAL, number__lt=rendition.number).order_by("number"))
    lines = Line.objects.about(rendition.record_id, *(old.pk for old in older)).filter(decision="", rendition_hash__isnull=False)
    read = {(actor, bytes(hashed or b"").hex()) for actor, hashed in lines.values_list("actor_id", "rendition_hash") if actor}
    latest = {actor: old for old in older for actor, hashed in read if hashed == old.content_hash}
    for reader in Officer.objects.filter(pk__in=latest.keys() - {but.pk}).select_related("agency"):
        old = latest[reader.pk]
        if Rendition.objects.visible_to(reader).filter(pk=old.pk).exists():
            notices.post(CORRECTED, to=[reader], subject_id=old.pk)


def _rows(officer: Officer, record_ids: Sequence[UUID]) -> list[ItemRow]:
    """What a list shows of these records, in their order: those that are items and that the officer sees."""
    seen = Rendition.objects.visible_to(officer).filter(record__in=record_ids, record__kind=Record.Kind.INTELLIGENCE)
    renditions = {each.record_id: each for each in seen.newest_of_each().select_related("record__agency")}
    information = Paragraph.objects.visible_to(officer).filter(rendition__in=renditions.values(), kind=Paragraph.Kind.INFORMATION)
    graded = {each.rendition_id: each for each in information.order_by("rendition", "number").distinct("rendition")}
    return [ItemRow(renditions[pk], graded.get(renditions[pk].pk)) for pk in record_ids if pk in renditions]


def _files_of(officer: Officer, rendition: Rendition) -> list[UUID]:
    links = CaseLink.objects.visible_to(officer).filter(record=rendition.record)
    return [rendition.record.home_id, *links.values_list("casefile", flat=True)]


def _write_down(event: Event, officer: Officer, rendition: Rendition, **facts: Any) -> None:
    hashed = bytes.fromhex(rendition.content_hash)
    record(event, actor=officer, subject=rendition, owner=rendition.record.agency_id, rendition_hash=hashed, **facts)
