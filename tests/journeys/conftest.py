"""Desks for the journeys, and one portal with the whole demo story for those who only look."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connections
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from accounts.models import Agency, Officer
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.entities import actions as entities
from cases.entities.models import Mention
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from portal.demo import story
from sharing.releases.models import Release
from tests import live, services
from tests.cast import one_supervisor_is_enough
from tests.journeys.desk import Desk, seated
from tests.journeys.screens import Found
from tests.passkey import Passkey

LANGUAGES = {"sami": "es", "bela": "pt", "otto": "fr"}
"""Who looks at screens in another language than English; whoever clicks through a story reads English."""


@pytest.fixture
def sit(browser: Browser, live_portal: str, cast: dict[str, Officer]) -> Iterator[Callable[..., Desk]]:
    """A desk for one of the cast: `sit("ana")`, or `sit("ana", scripts=False)`. Everybody reads English here."""
    Officer.objects.update(language="en")
    with ExitStack() as taken:
        yield lambda key, *, scripts=True: taken.enter_context(seated(browser, live_portal, key, scripts=scripts))


@dataclass
class Told:
    """A portal in which the demo story has happened: its address, where people beside Home look round, Tomás's recovery codes."""

    address: str
    starts: dict[str, list[str]]
    codes: list[str]


@pytest.fixture(scope="module")
def told(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The story and a little more, for all tests of a module."""
    database = f"{services.own_database()}_{request.module.__name__.rpartition('.')[2]}"
    settings = connections.settings["default"]
    usual = settings["NAME"]
    with services.clone(database), django_db_blocker.unblock():
        connections["default"].close()
        settings["NAME"] = database
        try:
            story.load()
            one_supervisor_is_enough({key: Officer.objects.get(email__startswith=f"{key}@") for key in ("sami", "breno", "sofia")})
            Officer.objects.update(language="en")
            starts, codes = tell_more(), strengthen(Officer.objects.get(name__startswith="Tom"))
            with live.web(services.url_of(database), tmp_path_factory.mktemp("told") / "web.log") as address:
                yield Told(address, starts, codes)
        finally:
            connections["default"].close()
            settings["NAME"] = usual


def tell_more() -> dict[str, list[str]]:
    """What the story leaves out and screens show: a corrected item, a subject, a standing file; and pages that no link leads to."""
    ana = Officer.objects.select_related("agency", "unit").get(name__startswith="Ana")
    casefiles.keep_standing_file(officer=ana, unit_id=ana.unit_id)
    item = Rendition.objects.visible_to(ana).filter(title="Interview note, dock foreman").get()
    words = {"text": "The driver of the white lorry calls himself Tio.", "kind": "information", "scheme": "admiralty"}
    intelligence.correct_item(
        officer=ana, rendition_id=item.pk, title=item.title, reason="A second interview.", handling_code="H2",
        paragraphs=[words | {"source_code": "B", "information_code": "1"}],
    )  # fmt: skip
    mention = Mention.objects.visible_to(ana).filter(name="Tio").earliest("made_at")
    entities.make_subject(officer=ana, mention_ids=[mention.pk], category="suspect", category_reason="He drove the lorry.")
    waiting = Release.objects.visible_to(ana).filter(status="awaiting").get()
    sic = Agency.objects.get(short_name="SIC").pk
    offered = CaseFile.objects.visible_to(ana).get(title="Paper Lighthouse")
    return {
        "": ["/account/login/"],
        "ana": ["/", f"/cases/{offered.pk}/", f"/cases/{waiting.casefile_id}/share/?to={sic}", f"/subjects/new/?mention={mention.pk}"],
        "adam": ["/", "/account/reauthenticate/", "/account/logout/"],
        "tomas": ["/", "/account/2fa/", "/account/2fa/reauthenticate/", "/account/2fa/webauthn/reauthenticate/"],
        "half": ["/account/2fa/authenticate/"],
    }


def strengthen(officer: Officer) -> list[str]:
    """Give an officer every strong way to sign in; their recovery codes."""
    TOTP.activate(officer, generate_totp_secret())
    Passkey("localhost").given_to(officer)
    return RecoveryCodes.activate(officer).get_unused_codes()


@dataclass
class Seats:
    """People of the story at their desks, and what each finds by clicking."""

    desks: dict[str, Desk]
    found: dict[str, Found]


@pytest.fixture(scope="module")
def seats(browser: Browser, told: Told) -> Iterator[Seats]:
    """Everybody who has screens of their own, signed in; "half" stands before the second step, "" before the first."""
    with ExitStack() as taken:
        people = {key: key for key in ("ana", "sami", "bela", "iris", "adam", "tomas", "otto")} | {"half": "tomas", "": "petra"}
        desks = {seat: taken.enter_context(seated(browser, told.address, key)) for seat, key in people.items()}
        for seat, desk in desks.items():
            if seat:
                desk.give_password()
        desks["tomas"].codes = told.codes
        desks["tomas"].give_code("Sign in")
        for seat, page in {"adam": "/account/2fa/totp/activate/", "tomas": "/account/2fa/recovery-codes/generate/"}.items():
            desks[seat].reach(page)
        for seat, language in LANGUAGES.items():
            desks[seat].page.context.add_cookies([{"name": "django_language", "value": language, "url": told.address}])
        yield Seats(desks, {seat: Found(desk, told.starts.get(seat, ["/"])) for seat, desk in desks.items()})
