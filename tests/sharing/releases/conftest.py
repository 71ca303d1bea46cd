"""Operation Harbor Ledger, ready to be shared: a case of Ana's with two items, seen by Sami and Alma."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts import proofs
from accounts.models import Officer, Proof
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from portal.demo.cast import PASSWORD
from sharing.agreements.models import Agreement
from sharing.releases import actions
from sharing.releases.actions import Plan
from sharing.releases.models import Release
from tests.cast import fresh

CODES = {"handling_scheme": "europol", "handling_code": "H1"}


def says(text: str, **facts: Any) -> dict[str, Any]:
    """One paragraph of information, graded B2."""
    return {"text": text, "kind": "information", "scheme": "admiralty", "source_code": "B", "information_code": "2"} | facts


def proven(officer: Officer, release: Release) -> Proof:
    """The officer confirms, looking at the release as it is."""
    return proofs.check(officer, Deed.RELEASES_APPROVE, release.pk, release.content_hash, {"proof_password": PASSWORD})


def seen_by(officer: Officer) -> set[str]:
    """The titles of all renditions an officer sees, as their next request would."""
    return set(Rendition.objects.visible_to(fresh(officer)).values_list("title", flat=True))


@pytest.fixture
def casefile(ana: Officer, sami: Officer, alma: Officer) -> CaseFile:
    return casefiles.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk, alma.pk])


@pytest.fixture
def item(ana: Officer, casefile: CaseFile) -> Rendition:
    """The invoices, not for court."""
    return intelligence.record_item(
        officer=ana,
        casefile_id=casefile.pk,
        title="Invoice set, seven reefers",
        paragraphs=[says("Prices differ by 380 per cent.")],
        **CODES,
    )


@pytest.fixture
def other_item(ana: Officer, casefile: CaseFile) -> Rendition:
    """The berth, which nobody has asked to release."""
    return intelligence.record_item(
        officer=ana, casefile_id=casefile.pk, title="Berth change at Porto Almada", paragraphs=[says("Moved to terminal 4.")], **CODES
    )


@pytest.fixture
def plan(bela: Officer, item: Rendition) -> Callable[..., Plan]:
    """What Ana would give: the invoices to Bela's unit for investigation, for ninety days; any of it may be said otherwise."""

    def made(**changes: Any) -> Plan:
        facts: dict[str, Any] = {
            "recipient_id": bela.agency_id, "unit_id": bela.unit_id, "rendition_ids": [item.pk], "purpose": "investigation",
            "legal_basis": "Liaison agreement, art. 7", "ends_at": timezone.now() + timedelta(days=90),
        }  # fmt: skip
        return Plan(**facts | changes)

    return made


@pytest.fixture
def asked(ana: Officer, casefile: CaseFile, agreement: Agreement, plan: Callable[..., Plan]) -> Callable[..., Release]:
    """A release that Ana asked for; it awaits approval."""

    def made(**changes: Any) -> Release:
        draft = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(**changes))
        return actions.request_release(officer=ana, release_id=draft.pk)

    return made


@pytest.fixture
def approved(sami: Officer, asked: Callable[..., Release]) -> Callable[..., Release]:
    """A release that Sami approved."""

    def made(**changes: Any) -> Release:
        release = asked(**changes)
        return actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))

    return made


@pytest.fixture
def received(bela: Officer, approved: Callable[..., Release]) -> Callable[..., Release]:
    """A release whose conditions Bela accepted."""

    def made(**changes: Any) -> Release:
        release = approved(**changes)
        return actions.accept_release(officer=bela, release_id=release.pk)

    return made
