"""Opening an item, and the lists of items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import notices
from accounts.models import Notice, Officer
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.intelligence import grading
from cases.intelligence.actions.versions import CORRECTED, write_down
from cases.intelligence.events import Event
from cases.intelligence.models import Paragraph
from cases.records import grants, handling
from cases.records import rules as records
from cases.records.models import CaseLink, Record, Rendition
from cases.records.rules import Sight
from kernel.querysets import Page
from kernel.verdict import Verdict

LOOKED_THROUGH = 20
"""Pages of records of other kinds alone that a list of items passes over at once."""


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
    def beside(self) -> list[tuple[Rendition, Rendition, Rendition]]:
        """Every other version one sees; with this one, the newer of the two and the older."""
        pairs = ((each, *sorted((each, self.rendition), key=lambda one: -one.number)) for each in self.versions)
        return [(each, later, earlier) for each, later, earlier in pairs if each.pk != self.rendition.pk]

    @property
    def newer(self) -> Rendition | None:
        """The latest original, if this is an older one."""
        originals = [each for each in self.versions if each.kind == Rendition.Kind.ORIGINAL]
        latest = max(originals, key=lambda each: each.number, default=None)
        old = latest is not None and self.rendition.kind == Rendition.Kind.ORIGINAL and latest.number > self.rendition.number
        return latest if old else None


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
    write_down(Event.ITEM_VIEWED, officer, rendition, via=item.why.rests_on)
    return item


@transaction.atomic(durable=True)
def list_items(*, officer: Officer, after: str = "", size: int = 50) -> Page[ItemRow]:
    """Every item an officer may know of, what was shown to them last first. Raises Invalid for a broken cursor.

    Behind many records of other kinds a page may hold nothing and go on nevertheless.
    """
    page = grants.newest(officer, after=after, size=size)
    rows = _rows(officer, page.rows)
    for _page in range(1, LOOKED_THROUGH):
        if rows or not page.cursor:
            break
        page = grants.newest(officer, after=page.cursor, size=size)
        rows = _rows(officer, page.rows)
    record(Event.ITEMS_LISTED, actor=officer, owner=officer.agency_id, count=len(rows), query={"after": bool(after)})
    return Page(rows, page.cursor)


@transaction.atomic(durable=True)
def list_items_of_case(
    *, officer: Officer, casefile_id: UUID, since: datetime | None = None, after: str = "", size: int = 50
) -> tuple[CaseFile, Page[ItemRow]]:
    """A case file and the items that have their home in it or are linked to it, the newest first; those with a version made `since` then.

    Raises NotFound, Invalid for a broken cursor.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").one(casefile_id)
    linked = CaseLink.objects.visible_to(officer).filter(casefile=casefile).values("record")
    items = Record.objects.visible_to(officer).filter(kind=Record.Kind.INTELLIGENCE)
    if since:
        items = items.filter(pk__in=Rendition.objects.visible_to(officer).filter(made_at__gt=since).values("record"))
    page = items.filter(Q(home=casefile) | Q(pk__in=linked)).newest(by="made_at", after=after, size=size)
    rows = _rows(officer, [each.pk for each in page.rows])
    record(Event.ITEMS_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(rows), query={"after": bool(after)})
    return casefile, Page(rows, page.cursor)


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
