"""A case to work in: Ana leads it, Sami supervises it, Alma is of the unit but not on its team."""

import pytest

from accounts.actions import enrol_officer
from accounts.models import Officer
from accounts.roles import Role
from cases.casefiles import actions
from cases.casefiles.models import CaseFile
from tests.cast import fresh


@pytest.fixture
def case(ana: Officer, sami: Officer) -> CaseFile:
    return actions.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk])


@pytest.fixture
def second(cast: dict[str, Officer]) -> Officer:
    """A second investigator of Ana's unit, on no team."""
    facts = {"email": "second@nfis.example", "name": "Ivo Thorne", "password": None}
    return fresh(enrol_officer(unit=cast["ana"].unit, roles=[Role.INVESTIGATOR], **facts))
