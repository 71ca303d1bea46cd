"""A consignment on a route of three places, in a case that Ana leads and Sami supervises."""

from datetime import UTC, datetime

import pytest

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.consignments import actions
from cases.consignments.models import Consignment, Leg

ROUTE = (
    ("Grayhaven", "Northmark", "America/Halifax"),
    ("Bahía Larga", "Sierra Clara", "America/Bogota"),
    ("Porto Almada", "Costa Aurélia", "Atlantic/Azores"),
)


@pytest.fixture
def case(ana: Officer, sami: Officer) -> CaseFile:
    return casefiles.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk])


@pytest.fixture
def reefer(ana: Officer, case: CaseFile) -> Consignment:
    return actions.note_consignment(officer=ana, casefile_id=case.pk, title="The eighth reefer", containers=["CSQU3054383", "CSQU3054384"])


@pytest.fixture
def legs(ana: Officer, reefer: Consignment) -> list[Leg]:
    planned = ((None, 6), (9, 10), (18, None))
    return [
        actions.add_leg(
            officer=ana, consignment_id=reefer.pk, place=place, country=country, time_zone=zone,
            planned_arrival_at=arrives and datetime(2026, 11, arrives, 12, tzinfo=UTC),
            planned_departure_at=departs and datetime(2026, 11, departs, 12, tzinfo=UTC),
        )
        for (place, country, zone), (arrives, departs) in zip(ROUTE, planned, strict=True)
    ]  # fmt: skip
