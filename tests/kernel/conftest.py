"""A case of Ana's with a note in it."""

import pytest

from accounts.models import Officer
from cases.casefiles.models import CaseFile, CaseGrant, Note
from kernel import grants


@pytest.fixture
def casefile(ana: Officer) -> CaseFile:
    """Seen and worked on by Ana's own group alone."""
    group = ana.personal_group
    made = CaseFile.objects.create(agency=ana.agency, unit=ana.unit, reference="HL-1", title="Harbor Ledger", lead=ana, team=group)
    for right in ("view", "work"):
        grants.give(CaseGrant, right, to=group, on=made)
    return made


@pytest.fixture
def note(casefile: CaseFile, ana: Officer) -> Note:
    return Note.objects.create(casefile=casefile, author=ana, text="The berth is rented by a shell company.")
