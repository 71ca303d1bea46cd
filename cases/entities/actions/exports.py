"""Whom and what a case names, taken out as CSV."""

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
    rendition = mention.rendition
    yield from (f"{rendition.record.reference} {rendition.title}", rendition.number, mention.paragraph or "")
    yield " ".join(filter(None, (rendition.handling_wording, f"({rendition.handling_code})", rendition.handling_text)))
    yield mention.made_at.isoformat()
