"""Consignments, a line for each place of their routes, and seizures, taken out as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.actions import heading_of
from cases.casefiles.models import CaseFile
from cases.casefiles.models.casefile import COMPARTMENT, INSIDE
from cases.casefiles.transport import MOST_ROWS, Export, in_pieces
from cases.consignments.actions.seizures import SeizureRow, asked_seizures, rows_of
from cases.consignments.elapsed import lateness, words
from cases.consignments.events import Event
from cases.consignments.models import Consignment, Seizure
from cases.consignments.storage import Place, ways_of


@transaction.atomic(durable=True)
def export_consignments(*, officer: Officer, casefile_id: UUID) -> Export:
    """The consignments of a case with their routes; each is asked for again as its lines are written. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id)
    rows = Consignment.objects.visible_to(officer).filter(casefile=casefile).order_by("-made_at", "-pk")
    ids = list(rows.values_list("pk", flat=True)[: MOST_ROWS + 1])
    kept = ids[:MOST_ROWS]
    what = _("Consignments of %(case)s") % {"case": casefile.reference}
    heading = heading_of(officer, what, casefile.marking, count=len(kept), cut=len(ids) > MOST_ROWS)
    record(Event.CONSIGNMENTS_EXPORTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(kept))
    columns = (
        _("Consignment"), _("Waybill"), _("Bill of lading"), _("Containers"), _("Declared"), _("Suspected"), _("Consignor"),
        _("Consignee"), _("Carrier"), _("Vessel or vehicle"), _("Place"), _("Country"), _("Planned arrival"), _("Arrived"),
        _("Planned departure"), _("Departed"), _("On the way"), _("In place"), _("Against the plan"),
    )  # fmt: skip
    return Export(f"consignments-{casefile.reference}", heading, columns, _rows(officer, kept))


def _rows(officer: Officer, ids: Sequence[UUID]) -> Iterator[Sequence[object]]:
    for each in in_pieces(ids, lambda piece: Consignment.objects.visible_to(officer).in_bulk(piece)):
        about = (
            each.title, each.waybill, each.bill_of_lading, ", ".join(each.containers), each.declared, each.suspected, each.consignor,
            each.consignee, each.carrier, each.conveyance,
        )  # fmt: skip
        way = ways_of(officer, [each], now=timezone.now())[each.pk]
        yield from ((*about, *_place(place)) for place in way.places)
        if not way.places:
            yield (*about, *("",) * 9)


def _place(place: Place) -> Iterator[object]:
    stay, times = place.stay, place.times
    yield from (place.leg.place, place.leg.country)
    yield from map(_at, (stay.planned_arrival_at, stay.arrived, stay.planned_departure_at, stay.departed))
    yield from (words(times.transit), words(times.dwell), lateness(times.late_out if times.late_out is not None else times.late_in))


def _at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


@transaction.atomic(durable=True)
def export_seizures(*, officer: Officer, casefile_id: UUID | None = None, goods: str = "") -> Export:
    """The seizures of a case, or of all cases that one sees; each is asked for again as its line is written. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id) if casefile_id else None
    rows = asked_seizures(officer, casefile_id=casefile_id, goods=goods)
    ids = list(rows.order_by("-made_at", "-pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    kept = ids[:MOST_ROWS]
    secret = CaseFile.objects.visible_to(officer).filter(is_compartment=True, pk__in=rows.filter(pk__in=kept).values("casefile")).exists()
    what = _("Seizures of %(case)s") % {"case": casefile.reference} if casefile else _("Seizures")
    facts: dict[str, Any] = {"count": len(kept), "query": {"goods": goods}, "cut": len(ids) > MOST_ROWS}
    heading = heading_of(officer, what, COMPARTMENT if secret else INSIDE, **facts)
    record(Event.SEIZURES_EXPORTED, actor=officer, subject=casefile, owner=officer.agency_id, count=len(kept), query={"goods": goods})
    columns = (
        _("Case"), _("What was seized"), _("In words"), _("Net quantity"), _("Gross quantity"), _("Unit"), _("Purity, per cent"),
        _("Estimated value"), _("Currency"), _("Place"), _("Country"), _("Seized"), _("Seized by"), _("Legal authority"), _("Its number"),
        _("From whom"), _("Seal number"), _("What became of it"), _("Consignment"),
    )  # fmt: skip
    return Export(f"seizures-{casefile.reference}" if casefile else "seizures", heading, columns, _seized(officer, kept))


def _exactly(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.normalize(), "f")


def _seized(officer: Officer, ids: Sequence[UUID]) -> Iterator[Sequence[object]]:
    def read(piece: Sequence[UUID]) -> dict[UUID, SeizureRow]:
        rows = Seizure.objects.visible_to(officer).select_related("casefile", "consignment").filter(pk__in=piece)
        return {row.seizure.pk: row for row in rows_of(officer, list(rows))}

    for row in in_pieces(ids, read):
        said = row.version
        yield (
            row.seizure.casefile.reference, said.get_goods_display(), said.description, _exactly(said.net), _exactly(said.gross),
            said.money or said.get_unit_display(), _exactly(said.purity), _exactly(said.estimated_value), said.estimated_currency,
            said.place, said.country, said.seized_at.isoformat(), said.seized_by, said.get_authority_display(), said.authority_reference,
            said.from_whom, said.seal, row.step.get_status_display(), row.seizure.consignment.title if row.seizure.consignment else "",
        )  # fmt: skip
