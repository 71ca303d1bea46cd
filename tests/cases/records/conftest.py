"""A record of Ana's case with an original and a tear-line, and the way a release lets somebody else see one of them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.grants import found_group, join
from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.records import grants, storage
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


def release(rendition: Rendition, *readers: Officer, days: float = 30, reference: str = "R-K7QW", agreement_id: UUID | None = None) -> UUID:
    """What an approved release leaves behind once these readers have accepted its conditions. Returns the release's id."""
    release_id = uuid4()
    group, until = found_group("release", release_id), timezone.now() + timedelta(days=days)
    grants.admit_release(
        [rendition], to=group, release_id=release_id, agreement_id=agreement_id or uuid4(), until=until, reference=reference,
        recipient_id=readers[0].agency_id,
    )  # fmt: skip
    for reader in readers:
        join(reader, group, cause=release_id, until=until)
    return release_id
