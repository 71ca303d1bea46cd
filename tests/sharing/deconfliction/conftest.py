"""What an agency holds: a mention with one identifier, in a case file of its own unless another is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions as people
from accounts.models import Officer, Unit
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile, NoticeMode
from cases.entities import outbox
from cases.entities.models import Identifier, Mention
from cases.records import storage
from cases.records.models import Record
from sharing.deconfliction import actions

Hold = Callable[..., Mention]


def compare(**when: int) -> int:
    """The job, once."""
    return actions.compare_changes(now=timezone.now() + timedelta(**when))


def hold_something(
    officer: Officer, normalised: str, *, kind: str = "phone", country: str = "", mode: str = NoticeMode.BOTH, name: str = "Rosa Quintela",
    casefile: CaseFile | None = None, **case: object,
) -> Mention:  # fmt: skip
    casefile = casefile or casefiles.open_case(officer=officer, notice_mode=mode, **{"title": "Cold store"} | case)
    with transaction.atomic():
        record = storage.keep_record(officer=officer, casefile=casefile, kind=Record.Kind.INTELLIGENCE)
        says = {"title": "Call log", "handling_scheme": "europol", "handling_code": "H1"}
        rendition = storage.keep_rendition(officer=officer, record=record, content={}, **says)
        mention = Mention.objects.create(
            rendition=rendition, agency=officer.agency, unit=casefile.unit, notice_mode=casefile.notice_mode, etype="person", name=name
        )
        Identifier.objects.create(mention=mention, type=kind, country=country, raw=normalised, normalised=normalised)
        outbox.put([mention.pk])
    return mention


@pytest.fixture
def hold(request: pytest.FixtureRequest) -> Hold:
    request.getfixturevalue("cast")
    return hold_something


@pytest.fixture
def quiet_unit(ana: Officer) -> Unit:
    desk = {"name": "Quiet desk", "phone": "+1 202 555 0100", "hours": "24 hours", "languages": ["en"]}
    return people.found_unit(agency=ana.agency, name="Quiet unit", desk=desk)


def browser_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def machine_of(officer: Officer) -> APIClient:
    _token, text = people.make_token(officer=officer, name="a program", days=1)
    client = APIClient(headers={"Authorization": f"Token {text}"})
    client.default_format = "json"
    return client
