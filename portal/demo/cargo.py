"""The refrigerated cargo of the story: from Grayhaven by Bahía Larga to Porto Almada, as Ana's case knows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.consignments import actions as consignments
from cases.consignments.models import Consignment
from cases.records.models import Rendition

ROUTE = (
    ("Grayhaven", "Northmark", "NMGHV", "America/Halifax"), ("Bahía Larga", "Sierra Clara", "SCBHL", "America/Bogota"),
    ("Porto Almada", "Costa Aurélia", "CVPAL", "Atlantic/Azores"),
)  # fmt: skip


def ship(people: dict[str, Officer], case: CaseFile, invoices: Rendition) -> Consignment:
    """The eighth reefer lies in Bahía Larga, four hours over its plan; one sailing before it came through."""
    ana, now = people["ana"], timezone.now().replace(minute=0, second=0, microsecond=0)
    reefer = consignments.note_consignment(
        officer=ana, casefile_id=case.pk, title="The eighth reefer", waybill="HF-2026-1188", bill_of_lading="GHPA 77 1042",
        containers=["QZLU 448120 3", "CSQU 305438 3"], conveyance="Corvina Dourada", declared_goods="Frozen tuna, in 25 kg cartons",
        declared_quantity=Decimal("21.5"), declared_unit="t", declared_value=Decimal(412_000), declared_currency="EUR",
        suspected_kind="cocaine", suspected_goods="behind the cooling unit", suspected_quantity=Decimal(60), suspected_unit="kg",
        consignor="Harrow & Finch Cold Storage", consignee="Polar Brisa Logística Ltda", carrier="Meridional Reefer Line",
    )  # fmt: skip
    plan = ((None, now - timedelta(days=6)), (now - timedelta(days=2), now - timedelta(hours=4)), (now + timedelta(days=7), None))
    legs = [
        consignments.add_leg(
            officer=ana, consignment_id=reefer.pk, place=place, country=country, locode=locode, time_zone=zone,
            planned_arrival_at=arrival, planned_departure_at=departure,
        )
        for (place, country, locode, zone), (arrival, departure) in zip(ROUTE, plan, strict=True)
    ]  # fmt: skip

    def seen(kind: str, place: int, at: datetime, who: str, how: str, **more: Any) -> None:
        consignments.note_observation(
            officer=ana, consignment_id=reefer.pk, kind=kind, leg_id=legs[place].pk, happened_at=at, observed_by=who, source=how, **more
        )

    seen("arrived", 0, now - timedelta(days=7), "Harbour office, Grayhaven", "Gate log", rendition_id=invoices.pk, paragraph=2)
    seen("departed", 0, now - timedelta(days=5, hours=20), "Ana Whitcombe's team", "Own watch on quay 4")
    seen("arrived", 1, now - timedelta(days=1, hours=22), "Capitanía, Bahía Larga", "Transponder, and by telephone")
    seen("seen", 1, now - timedelta(hours=3), "Liaison officer", "By telephone: seals whole, reefer plugged in")
    _seized(people, case)
    _let_pass(people, reefer, now)
    return reefer


def _let_pass(people: dict[str, Officer], reefer: Consignment, now: datetime) -> None:
    """Under watch to Porto Almada; the authorisation of Sierra Clara lapses tonight."""
    ana = people["ana"]
    passing = consignments.plan_delivery(
        officer=ana, consignment_id=reefer.pk, kind="part", coordinator_id=ana.pk,
        purpose="To find out who takes the goods over in Porto Almada, and who pays for them.",
    )  # fmt: skip
    for country, authority, reference, days in (
        ("Northmark", "Public prosecutor, Grayhaven", "NPS-CD 2026/41", 21),
        ("Sierra Clara", "Fiscalía Nacional", "FN-EV-0188", 0),
        ("Costa Aurélia", "Ministério Público", "MP 771/2026", 21),
    ):
        consignments.note_authorisation(
            officer=ana, delivery_id=passing.pk, country=country, answer="given", authority=authority, reference=reference,
            legal_basis="1988 Convention, art. 11", starts_at=now - timedelta(days=7), ends_at=now + timedelta(days=days, hours=14),
            conditions="Most of the goods replaced before it leaves Grayhaven.",
        )  # fmt: skip
    consignments.start_delivery(officer=ana, delivery_id=passing.pk)


def _seized(people: dict[str, Officer], case: CaseFile) -> None:
    """What an inspection of the sailing before took out, weighed again and tested."""
    ana, then = people["ana"], timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=24)
    bricks = consignments.record_seizure(
        officer=ana, casefile_id=case.pk, goods="cocaine", description="48 pressed blocks behind the cooling unit of the seventh reefer",
        net=Decimal("52.4"), gross=Decimal("55.1"), unit="kg", place="Terminal 2, Grayhaven", country="Northmark",
        time_zone="America/Halifax", seized_at=then, seized_by="Harbour customs, with NFIS", authority="warrant",
        authority_reference="GH-W 2026/338", packaging="Six evidence sacks", seal="NM 004419 to 004424",
        witnesses="The terminal's duty officer",
        estimated_value=Decimal(1_650_000), estimated_currency="EUR", value_basis="Wholesale, agency price list of October",
    )  # fmt: skip
    consignments.correct_seizure(
        officer=ana, seizure_id=bricks.pk, number=1, reason="Weighed again at the laboratory.", net=Decimal("51.96")
    )
    consignments.add_step(
        officer=ana, seizure_id=bricks.pk, status="tested", happened_at=then + timedelta(days=3), place="National laboratory",
        done_by="Dr. Ines Moss", words="Cocaine hydrochloride, 84 per cent.",
    )  # fmt: skip
    consignments.record_seizure(
        officer=ana, casefile_id=case.pk, goods="cash", description="Banknotes in the driver's cab", net=Decimal(18_450), unit="money",
        money="EUR", place="Terminal 2, Grayhaven", country="Northmark", time_zone="America/Halifax", seized_at=then,
        seized_by="Harbour customs, with NFIS", authority="flagrante", from_whom="The driver of the white lorry", seal="NM 004425",
    )  # fmt: skip
