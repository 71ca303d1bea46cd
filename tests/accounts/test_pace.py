"""How fast a program may ask: often enough for any honest one, and seldom where it proves that an officer is there."""

import pytest
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import Officer
from accounts.roles import Deed
from portal.settings import base
from tests.cases.asking import ABSENT, api, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_most(monkeypatch: pytest.MonkeyPatch):
    """The installation's rates, made small enough to reach."""

    def set_to(**rates: str) -> None:
        for scope, rate in rates.items():
            monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, rate)

    return set_to


def prove(officer: Officer):
    return api(officer, "post", "proofs/", {"deed": Deed.RELEASES_APPROVE, "subject_id": str(ABSENT), "content_hash": "0" * 64})


def test_a_program_that_asks_too_fast_is_told_when_to_ask_again(ana, sami, at_most):
    at_most(user="3/min")
    assert [api(ana, "get", "cases/").status_code for _time in range(4)] == [200, 200, 200, 429]
    slower = api(ana, "get", "intelligence/")
    assert (slower.status_code, slower.headers["Content-Type"]) == (429, "application/problem+json")
    assert (slower.data["type"], slower.data["status"], slower.data["title"]) == ("/problems/too-many", 429, "Too fast")
    assert 0 < int(slower.headers["Retry-After"]) <= 60
    assert api(sami, "get", "cases/").status_code == 200
    assert page(ana, "get", "/cases/").status_code == 200


def test_an_officers_programs_share_one_pace(ana, machine_of, at_most):
    at_most(user="2/min")
    first, second = machine_of(ana), machine_of(ana)
    assert [client.get("/api/v1/cases/").status_code for client in (first, second, first, second)] == [200, 200, 429, 429]


def test_presence_is_proven_at_a_slower_pace_than_all_else_is_asked(ana, at_most):
    at_most(proofs="2/min")
    absent = f"releases/{ABSENT}/approve/"
    assert [prove(ana).status_code for _time in range(2)] == [201, 201]
    assert prove(ana).status_code == 429
    assert api(ana, "post", absent, {"content_hash": "0" * 64, "proof": {"password": "a guess"}}).status_code == 429
    assert api(ana, "get", "cases/").status_code == 200


def test_the_usual_paces():
    assert base.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] == {"user": "600/min", "proofs": "30/min", "drafts": "120/min"}
