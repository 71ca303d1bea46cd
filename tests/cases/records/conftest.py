"""A record of Ana's case with an original and a tear-line."""

import pytest

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.records import storage
from cases.records.models import Record, Rendition

MARK = {"handling_scheme": "europol", "handling_code": "H1"}


@pytest.fixture
def case(ana: Officer, sami: Officer) -> CaseFile:
    return casefiles.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk])


def keep(
    officer: Officer, casefile: CaseFile, title: str = "Berth change at Porto Almada", kind: str = Record.Kind.INTELLIGENCE
) -> Rendition:
    """A record with one original."""
    record = storage.keep_record(officer=officer, casefile=casefile, kind=Record.Kind(kind))
    return storage.keep_rendition(officer=officer, record=record, content={"text": title}, title=title, **MARK)


@pytest.fixture
def original(ana: Officer, case: CaseFile) -> Rendition:
    return keep(ana, case)


@pytest.fixture
def tear_line(ana: Officer, original: Rendition) -> Rendition:
    return storage.keep_rendition(
        officer=ana, record=original.record, content={"text": "Less."}, title="Berth change", kind=Rendition.Kind.TEAR_LINE, **MARK
    )
