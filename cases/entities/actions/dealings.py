"""Reading what happened between two: of a version, of a case, of a subject; row by row, and added up for each pair.

All that is added up is what the reader sees, in a number of statements that does not grow with the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Min, Prefetch, Q, Sum, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.entities import currencies, moments
from cases.entities.actions.mentions import NAMING, may_note_on, write_down
from cases.entities.events import Event
from cases.entities.identifiers.parties import line_key, payer_key
from cases.entities.models import Call, Mention, Subject, SubjectMention, Transaction
from cases.entities.moments import Precision
from cases.records.models import Record, Rendition
from kernel.querysets import Page
from kernel.verdict import Verdict

MOST_TOTALS = 20
"""Pairs on a page."""
LAST_PART = 10_000
EXACTLY = "="


@dataclass(frozen=True, slots=True)
class Book:
    """One kind of row: its table, what is added up, what sets sums apart that are never added, how its ends are counted as one."""

    name: str
    label: str | Promise
    model: type[Any]
    measure: str
    apart: tuple[str, ...]
    key_of: Any
    noted: Event
    viewed: Event
    listed: Event
    exported: Event
    taken_over: Event

    def written(self, total: Decimal | int | None, unit: str) -> str:
        """A sum as people read it."""
        if self.model is Call:
            return moments.in_clock(int(total or 0))
        return currencies.written(Decimal(total or 0), unit)


MONEY = Book(
    "money", _("Money"), Transaction, "amount", ("currency",), payer_key, Event.TRANSACTION_NOTED, Event.TRANSACTIONS_VIEWED,
    Event.TRANSACTIONS_LISTED, Event.TRANSACTIONS_EXPORTED, Event.TRANSACTIONS_TAKEN_OVER,
)  # fmt: skip
CALLS = Book(
    "calls", _("Calls"), Call, "seconds", (), line_key, Event.CALL_NOTED, Event.CALLS_VIEWED, Event.CALLS_LISTED, Event.CALLS_EXPORTED,
    Event.CALLS_TAKEN_OVER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to: who gave, who took, who did either; in which currency; from which day to which, both included."""

    giver: str = ""
    taker: str = ""
    party: str = ""
    currency: str = ""
    since: date | None = None
    until: date | None = None

    def query(self) -> dict[str, str]:
        """As the ledger keeps it."""
        return {name: str(getattr(self, name) or "") for name in self.__slots__}


NO_FILTER = Asked()


@dataclass(frozen=True, slots=True)
class Total:
    """What one gave another: how often, how much (of one currency), from which day to which. As the first row writes the ends."""

    keys: tuple[str, str]
    giver: str
    taker: str
    count: int
    total: Decimal | int | None
    unit: str
    first: date | None
    last: date | None
    book: Book

    @property
    def said(self) -> str:
        return self.book.written(self.total, self.unit)

    @property
    def exactly(self) -> tuple[str, str]:
        """What the list is narrowed to by, for these two alone."""
        return EXACTLY + self.keys[0], EXACTLY + self.keys[1]


@dataclass(frozen=True, slots=True)
class InAll:
    """All of one currency, or of all calls; of a subject, what came in, what went out and what stayed between its own mentions."""

    unit: str
    count: int
    total: Decimal | int | None
    book: Book
    came: Decimal | int | None = None
    went: Decimal | int | None = None

    @property
    def said(self) -> str:
        return self.book.written(self.total, self.unit)

    @property
    def came_in(self) -> str:
        return self.book.written(self.came, self.unit)

    @property
    def went_out(self) -> str:
        return self.book.written(self.went, self.unit)


@dataclass(frozen=True, slots=True)
class Dealings:
    """Rows as their reader sees them: a page of them, sums, one part of the totals per pair, and how all of it is handled."""

    book: Book
    page: Page[Any]
    sums: list[InAll]
    totals: list[Total]
    part: int
    more_totals: bool
    handled: Sequence[Rendition]
    rendition: Rendition | None = None
    casefile: CaseFile | None = None
    subject: Subject | None = None
    may_note: Verdict | None = None
    own: bool = False
    earlier: Rendition | None = None
    mine: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def next_part(self) -> int:
        return self.part + 1


@transaction.atomic(durable=True)
def list_dealings(
    *, officer: Officer, book: Book, rendition_id: UUID, asked: Asked = NO_FILTER, after: str = "", part: int = 1, size: int = 50
) -> Dealings:  # fmt: skip
    """What one version says happened between two. Raises NotFound, Invalid for a broken cursor."""
    seen = Rendition.objects.visible_to(officer)
    rendition = seen.select_related("record__agency").one(rendition_id)
    rows = book.model.objects.visible_to(officer).filter(rendition=rendition)
    may_note = may_note_on(officer, rendition) if rendition.record.kind in NAMING else None
    versions = seen.filter(record=rendition.record_id, kind=rendition.kind, number__lt=rendition.number).order_by("-number")
    dealings = _read(
        officer, book, narrowed(rows, book, asked), after=after, part=part, size=size, rendition=rendition, may_note=may_note,
        own=rendition.record.agency_id == officer.agency_id, earlier=versions.first() if may_note else None,
    )  # fmt: skip
    write_down(book.viewed, officer, rendition, count=len(dealings.page.rows), query=asked.query())
    return dealings


@transaction.atomic(durable=True)
def list_dealings_of_case(
    *, officer: Officer, book: Book, casefile_id: UUID, asked: Asked = NO_FILTER, after: str = "", part: int = 1, size: int = 50
) -> Dealings:  # fmt: skip
    """What the records of a case say happened, as their newest versions say it and its registers list it.

    Raises NotFound, Invalid for a broken cursor.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").one(casefile_id)
    rows = asked_dealings(officer, book, casefile, asked)
    dealings = _read(officer, book, rows, after=after, part=part, size=size, casefile=casefile)
    record(
        book.listed, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(dealings.page.rows), query=asked.query()
    )  # fmt: skip
    return dealings


@transaction.atomic(durable=True)
def list_dealings_of_subject(
    *, officer: Officer, book: Book, subject_id: UUID, asked: Asked = NO_FILTER, after: str = "", part: int = 1, size: int = 50
) -> Dealings:  # fmt: skip
    """What somebody or something gave and took, by the mentions of it that one sees, each record speaking once: by its newest version.

    Raises NotFound, Invalid for a broken cursor.
    """
    subject = Subject.objects.visible_to(officer).one(subject_id)
    grouped = SubjectMention.objects.visible_to(officer).filter(subject=subject).values_list("mention", flat=True)
    mentions = Mention.objects.visible_to(officer).filter(pk__in=list(grouped))
    of_records = Q(record__in=Rendition.objects.visible_to(officer).filter(pk__in=mentions.values("rendition")).values("record"))
    mine = frozenset(mentions.filter(_standing(officer, of_records)).values_list("pk", flat=True))
    rows = narrowed(book.model.objects.visible_to(officer).of(mine), book, asked)
    dealings = _read(officer, book, rows, after=after, part=part, size=size, subject=subject, mine=mine)
    record(
        book.listed, actor=officer, subject=subject, owner=subject.agency_id, count=len(dealings.page.rows), query=asked.query()
    )  # fmt: skip
    return dealings


def asked_dealings(officer: Officer, book: Book, casefile: CaseFile, asked: Asked) -> Any:
    """The rows of a case already seen, as they are asked for."""
    rows = book.model.objects.visible_to(officer).filter(_standing(officer, Q(record__home=casefile)))
    return narrowed(rows, book, asked)


def narrowed(rows: Any, book: Book, asked: Asked) -> Any:
    """Those that fit: an end by what it is counted under, or by a part of how it is written."""
    if asked.giver:
        rows = rows.filter(_end("from", book, asked.giver))
    if asked.taker:
        rows = rows.filter(_end("to", book, asked.taker))
    if asked.party:
        rows = rows.filter(_end("from", book, asked.party) | _end("to", book, asked.party))
    if asked.currency and "currency" in book.apart:
        rows = rows.filter(currency=asked.currency.upper())
    if asked.since:
        rows = rows.filter(happened_on__gte=asked.since)
    return rows.filter(happened_on__lte=asked.until) if asked.until else rows


def handled_in(rows: Any) -> list[Rendition]:
    """Each way in which the versions of these rows are handled: what a page that adds them up is marked by."""
    ways = rows.order_by().values_list("rendition__handling_scheme", "rendition__handling_code").distinct()
    return [Rendition(handling_scheme=scheme, handling_code=code) for scheme, code in ways]


def with_sources(officer: Officer, rows: Sequence[Any]) -> Sequence[Any]:
    """Rows already seen, with their versions and the mentions at their ends; once a page is cut, in three statements."""
    ends = Mention.objects.visible_to(officer)
    prefetch_related_objects(
        rows,
        Prefetch("rendition", Rendition.objects.visible_to(officer).select_related("record__agency")),
        Prefetch("from_mention", ends),
        Prefetch("to_mention", ends),
    )
    return rows


def _end(side: str, book: Book, said: str) -> Q:
    """`=` and a key says exactly whom, and by itself: not said."""
    if said.startswith(EXACTLY):
        return Q(**{f"{side}_key": said.removeprefix(EXACTLY)})
    return Q(**{f"{side}_key": book.key_of(said)}) | Q(**{f"{side}_text__icontains": said})


def _standing(officer: Officer, of_records: Q) -> Q:
    """In which versions these records speak: the newest of each, and every file of a register."""
    seen = Rendition.objects.visible_to(officer).filter(of_records)
    newest = seen.filter(record__kind__in=NAMING).newest_of_each().values("pk")
    return Q(rendition__in=newest) | Q(rendition__in=seen.filter(record__kind=Record.Kind.REGISTER).values("pk"))


def _read(officer: Officer, book: Book, rows: Any, *, after: str, part: int, size: int, **beside: Any) -> Dealings:
    page = rows.newest(by="listed_at", after=after, size=size)
    with_sources(officer, page.rows)
    mine = beside.get("mine", frozenset())
    part = min(max(part, 1), LAST_PART)
    totals = list(_totals(book, rows)[(part - 1) * MOST_TOTALS : part * MOST_TOTALS + 1])
    return Dealings(
        book=book,
        page=page,
        sums=list(_sums(book, rows, mine)),
        totals=[_total(book, row) for row in totals[:MOST_TOTALS]],
        part=part,
        more_totals=len(totals) > MOST_TOTALS,
        handled=handled_in(rows),
        **beside,
    )


def _totals(book: Book, rows: Any) -> Any:
    """Each pair, each currency by itself; the most first. From which day to which is said by those that say a day."""
    by = ("from_key", "to_key", *book.apart)
    first = ("-total",) if book.apart else ("-count",)
    dated = Q(precision__in=(Precision.DAY, Precision.MINUTE, Precision.SECOND))
    added = rows.order_by().values(*by).annotate(
        giver=Min("from_text"), taker=Min("to_text"), count=Count("pk"), total=Sum(book.measure),
        first=Min("happened_on", filter=dated), last=Max("happened_on", filter=dated),
    )  # fmt: skip
    return added.order_by(*book.apart, *first, "from_key", "to_key")


def _total(book: Book, row: dict[str, Any]) -> Total:
    keys, unit = (row.pop("from_key"), row.pop("to_key")), row.pop("currency", "")
    return Total(keys=keys, unit=unit, book=book, **row)


def _sums(book: Book, rows: Any, mine: Iterable[UUID]) -> Iterable[InAll]:
    ids = list(mine)
    gave, took = Q(from_mention__in=ids), Q(to_mention__in=ids)
    facts: dict[str, Any] = {"count": Count("pk"), "total": Sum(book.measure)}
    if ids:
        facts |= {"came": Sum(book.measure, filter=took & ~gave), "went": Sum(book.measure, filter=gave & ~took)}
    if book.apart:
        return [InAll(row.pop("currency"), book=book, **row) for row in rows.order_by("currency").values("currency").annotate(**facts)]
    return [InAll("", book=book, **added)] if (added := rows.order_by().aggregate(**facts))["count"] else []
