"""Goods on their way and goods seized in the world of the canaries: a planted word in everything that may be written of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.consignments import actions
from cases.records.models import Rendition


def ship(owner: Officer, file: CaseFile, word: Callable[[str], str], *, cited: Rendition) -> dict[str, UUID]:
    """One of everything, observed and corrected, seized and recounted: what it is by the name its address has for it."""
    shipped = actions.note_consignment(
        officer=owner, casefile_id=file.pk, title=f"{word('consignment')} reefer", waybill=word("waybill"), consignor=word("consignor"),
        containers=[word("container")], declared_goods=word("declared"), suspected_goods=word("suspected"), notes=word("cargo notes"),
    )  # fmt: skip
    here: dict[str, Any] = {"officer": owner, "consignment_id": shipped.pk}
    leg = actions.add_leg(**here, place=f"{word('place')} quay", country="NM")
    seen = actions.note_observation(
        **here, kind="arrived", leg_id=leg.pk, happened_at=timezone.now() - timedelta(hours=3), observed_by=word("observer"),
        source=word("how one knows"), rendition_id=cited.pk, paragraph=1,
    )  # fmt: skip
    actions.correct_observation(officer=owner, observation_id=seen.pk, reason=word("correction"), observed_by="The harbour master")
    seized = actions.record_seizure(
        officer=owner, casefile_id=file.pk, leg_id=leg.pk, goods="cash", description=word("what was seized"), net=Decimal(900),
        unit="money", money="EUR", place=word("where it was seized"), country="NM", seized_at=timezone.now() - timedelta(hours=2),
        seized_by=word("who seized"), authority="consent", from_whom=word("from whom"), seal=word("seal"),
    )  # fmt: skip
    actions.correct_seizure(officer=owner, seizure_id=seized.pk, number=1, reason=word("recount"), net=Decimal(950))
    actions.add_step(
        officer=owner, seizure_id=seized.pk, status="tested", happened_at=timezone.now() - timedelta(hours=1), place="Lab",
        done_by="Moss", words=word("result"),
    )  # fmt: skip
    passed = actions.plan_delivery(**here, kind="intact", purpose=word("what it is let pass for"), coordinator_id=owner.pk)
    actions.note_authorisation(
        officer=owner, delivery_id=passed.pk, country="NM", answer="given", authority=word("authority"), reference=word("its answer"),
        starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now() + timedelta(hours=6), conditions=word("its conditions"),
    )  # fmt: skip
    actions.start_delivery(officer=owner, delivery_id=passed.pk)
    return {"delivery_id": passed.pk, "consignment_id": shipped.pk, "leg_id": leg.pk, "observation_id": seen.pk, "seizure_id": seized.pk}
