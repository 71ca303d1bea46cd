"""Whom and what a case names, and what happened between them, taken out as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions import heading_of
from cases.casefiles.models import CaseFile
from cases.casefiles.transport import MOST_ROWS, Export, in_pieces
from cases.entities import moments
from cases.entities.actions.dealings import CALLS, NO_FILTER, Asked, Book, asked_dealings, handled_in, with_sources
from cases.entities.actions.mentions import Named, asked_mentions, named
from cases.entities.events import Event
from cases.entities.models import Mention
from cases.records.handling import Atom
from cases.records.models import Rendition, marking_of


@transaction.atomic(durable=True)
def export_mentions(*, officer: Officer, casefile_id: UUID, q: str = "", etype: str = "") -> Export:
    """The mentions of a case as the list is narrowed down, newest first; what its handling forbids to copy stays out and is counted.

    Each mention is asked for again as its line is written. Raises NotFound.
    """
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id)
    seen = asked_mentions(officer, casefile, q=q, etype=etype)
    bound = seen.filter(rendition__handling_atoms__contains=[Atom.NO_COPY.value])
    free = seen.exclude(rendition__handling_atoms__contains=[Atom.NO_COPY.value]).order_by("-made_at", "-pk")
    ids = list(free.values_list("pk", flat=True)[: MOST_ROWS + 1])
    kept, query = ids[:MOST_ROWS], {"q": q, "etype": etype}
    handled = Rendition.objects.visible_to(officer).filter(pk__in=free.filter(pk__in=kept).order_by().values("rendition"))
    facts: dict[str, Any] = {"query": query, "left_out": bound.count(), "cut": len(ids) > MOST_ROWS}
    what = _("Entities of %(case)s") % {"case": casefile.reference}
    heading = heading_of(officer, what, marking_of(handled, casefile)["marking"], count=len(kept) + facts["left_out"], **facts)
    record(
        Event.MENTIONS_EXPORTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(kept), left_out=facts["left_out"],
        query=query,
    )  # fmt: skip
    columns = (
        _("Kind"), _("Name"), _("Known as"), _("Born"), _("Country"), _("Place"), _("Address"), _("Identifiers"), _("Said in"),
        _("Version"), _("Paragraph"), _("Handling"), _("Noted"),
    )  # fmt: skip
    rows = (tuple(_row(each)) for each in in_pieces(kept, lambda ids: _read(officer, ids)))
    return Export(f"entities-{casefile.reference}", heading, columns, rows)


@transaction.atomic(durable=True)
def export_dealings(*, officer: Officer, book: Book, casefile_id: UUID, asked: Asked = NO_FILTER) -> Export:
    """A case's transactions or calls as the list is narrowed down, the latest first; what may not be copied stays out and is counted.

    Each row is asked for again as its line is written. Raises NotFound.
    """
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id)
    seen = asked_dealings(officer, book, casefile, asked)
    bound = seen.filter(rendition__handling_atoms__contains=[Atom.NO_COPY.value])
    free = seen.exclude(rendition__handling_atoms__contains=[Atom.NO_COPY.value])
    ids = list(free.order_by("-listed_at", "-pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    kept, query = ids[:MOST_ROWS], asked.query()
    facts: dict[str, Any] = {"query": query, "left_out": bound.count(), "cut": len(ids) > MOST_ROWS}
    what = (_("Calls of %(case)s") if book is CALLS else _("Transactions of %(case)s")) % {"case": casefile.reference}
    marking = marking_of(handled_in(free.filter(pk__in=kept)), casefile)["marking"]
    heading = heading_of(officer, what, marking, count=len(kept) + facts["left_out"], **facts)
    record(
        book.exported, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(kept), left_out=facts["left_out"], query=query
    )  # fmt: skip
    own = (
        (_("Caller"), _("Called number"), _("When"), _("Zone"), _("Kind"), _("Seconds"), _("Cell"), _("Place"), _("IMEI"), _("IMSI"))
        if book is CALLS
        else (_("Payer"), _("Payee"), _("When"), _("Zone"), _("Amount"), _("Currency"), _("Kind"), _("Reference"), _("Purpose"))
    )
    columns = (*own, _("Said in"), _("Version"), _("Paragraph"), _("Handling"), _("Noted"))
    rows = (tuple(_dealing(book, each)) for each in in_pieces(kept, lambda ids: _dealings(officer, book, ids)))
    return Export(f"{book.name}-{casefile.reference}", heading, columns, rows)


def _dealings(officer: Officer, book: Book, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    rows = list(book.model.objects.visible_to(officer).filter(pk__in=ids))
    return {row.pk: row for row in with_sources(officer, rows)}


def _dealing(book: Book, row: Any) -> Iterator[object]:
    yield from (row.from_text, row.to_text, moments.in_iso(row.moment), row.zone)
    if book is CALLS:
        yield from (row.get_kind_display(), "" if row.seconds is None else row.seconds, row.cell, row.place, row.imei, row.imsi)
    else:
        yield from (row.amount_plain, row.currency, row.kind, row.reference, row.purpose)
    yield from _said_in(row)


def _said_in(said: Any) -> Iterator[object]:
    """In which version a mention or a row stands, how that is handled, and when it was noted."""
    rendition = said.rendition
    yield from (f"{rendition.record.reference} {rendition.title}", rendition.number, said.paragraph or "")
    yield " ".join(filter(None, (rendition.handling_wording, f"({rendition.handling_code})", rendition.handling_text)))
    yield said.made_at.isoformat()


def _read(officer: Officer, ids: Sequence[UUID]) -> Mapping[UUID, Named]:
    renditions = Prefetch("rendition", Rendition.objects.visible_to(officer).select_related("record"))
    mentions = Mention.objects.visible_to(officer).filter(pk__in=ids).prefetch_related(renditions)
    return {row.mention.pk: row for row in named(officer, list(mentions))}


def _row(row: Named) -> Iterator[object]:
    mention, said = row.mention, row.mention.attributes
    yield from (mention.get_etype_display(), mention.name)
    yield from (", ".join(said.get(key, [])) for key in ("aliases", "born"))
    yield from (said.get(key, "") for key in ("country", "place", "address"))
    yield "; ".join(
        f"{number.get_type_display()} {number.country} {number.raw} ({number.get_valid_display()})" for number in row.identifiers
    )
    yield from _said_in(mention)
