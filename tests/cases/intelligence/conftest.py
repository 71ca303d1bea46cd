from datetime import date

import pytest

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.intelligence import actions
from cases.records.models import Rendition

BERTH = {
    "text": "The vessel moved to terminal 4 two hours before arrival.",
    "scheme": "admiralty",
    "source_code": "B",
    "information_code": "2",
}
PROVENANCE = BERTH | {"kind": "provenance", "text": "Seen from the pilot station.", "information_code": "1"}


def said(**changes):
    """An item as a door hands it over."""
    facts = {"title": "Berth change at Porto Almada", "dated_on": date(2026, 11, 11), "handling_code": "H1"}
    return facts | {"paragraphs": [BERTH, PROVENANCE | {"handling_scheme": "europol", "handling_code": "H1"}]} | changes


@pytest.fixture
def case(ana: Officer, sami: Officer) -> CaseFile:
    return casefiles.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk])


@pytest.fixture
def item(ana: Officer, case: CaseFile) -> Rendition:
    return actions.record_item(officer=ana, casefile_id=case.pk, **said())
