from decimal import Decimal

import pytest

from accounts.actions import enrol_officer
from accounts.models import Officer
from accounts.roles import Role
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.entities import actions
from cases.entities.actions import End
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from tests.cases.intelligence.conftest import said
from tests.cast import fresh

LAGOON = {"type": "phone", "country": "", "raw": "+999 55 014 7720"}


def note(officer: Officer, rendition: Rendition, name: str = "Dario Quintelas", **facts):
    facts = {"etype": "person", "paragraph": 1, "identifiers": [LAGOON]} | facts
    return actions.note_mention(officer=officer, rendition_id=rendition.pk, name=name, **facts)


@pytest.fixture
def case(ana: Officer, sami: Officer) -> CaseFile:
    return casefiles.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk])


@pytest.fixture
def item(ana: Officer, case: CaseFile) -> Rendition:
    return intelligence.record_item(officer=ana, casefile_id=case.pk, **said())


@pytest.fixture
def colleague(cast: dict[str, Officer]) -> Officer:
    """A second investigator of Ana's unit."""
    facts = {"email": "second@nfis.example", "name": "Ivo Thorne", "password": None}
    return fresh(enrol_officer(unit=cast["ana"].unit, roles=[Role.INVESTIGATOR], **facts))


@pytest.fixture
def theirs(bela: Officer) -> Rendition:
    """What Bela keeps in a case of her own."""
    porto_frio = casefiles.open_case(officer=bela, title="Porto Frio")
    return intelligence.record_item(officer=bela, casefile_id=porto_frio.pk, **said(title="Terminal visitor"))


def pay(officer: Officer, rendition: Rendition, **facts):
    facts = {"payer": End("Harrow & Finch"), "payee": End("Polar Brisa"), "amount": Decimal("40000.50"), "currency": "USD"} | facts
    return actions.note_transaction(officer=officer, rendition_id=rendition.pk, **facts)
