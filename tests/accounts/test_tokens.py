"""The machine door's keys."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from rest_framework.test import APIClient

from accounts import actions
from accounts.models import Agency, ApiToken
from audit.models import Event
from kernel.errors import NotFound
from portal.demo.cast import PASSWORD

pytestmark = pytest.mark.django_db
DOOR = "/api/v1/proofs/"
WANTED = {"deed": "releases.approve", "subject_id": "0" * 32, "content_hash": "a" * 64}


def ask(machine):
    return machine.post(DOOR, WANTED)


def test_a_token_opens_the_machine_door_and_says_nothing_is_kept(ana, machine_of):
    answer = ask(machine_of(ana))
    assert answer.status_code == 201
    assert answer.json() == {"methods": ["password"], "passkey_options": None}
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_the_hash_of_a_token_is_kept(ana):
    token, text = actions.make_token(officer=ana, name="export", days=30)
    kept = ApiToken.objects.filter(pk=token.pk).values().get()
    assert text not in str(kept)
    assert kept["expires_at"] - kept["created_at"] == timedelta(days=30)


def test_unknown_ended_expired_and_orphaned_tokens_are_answered_alike(ana, sami, bela, machine_of, client_of):
    answers = []
    answers.append(ask(APIClient(headers={"Authorization": "Token mrd_never_given_out"})))
    ended = machine_of(ana)
    actions.end_token(officer=ana, token_id=ApiToken.objects.get(officer=ana).pk)
    answers.append(ask(ended))
    expired = machine_of(ana)
    ApiToken.objects.filter(officer=ana).update(expires_at=Now())
    answers.append(ask(expired))
    dismissed = machine_of(sami)
    actions.dismiss_officer(by=None, officer_id=sami.pk)
    answers.append(ask(dismissed))
    suspended = machine_of(bela)
    actions.set_agency_status(agency_id=bela.agency_id, status=Agency.Status.SUSPENDED)
    answers.append(ask(suspended))
    bodies = [answer.json() | {"request_id": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [401] * 5
    assert all(body == bodies[0] for body in bodies)
    assert all(answer.headers["Content-Type"] == "application/problem+json" for answer in answers)
    assert all(answer.headers["WWW-Authenticate"] == "Token" for answer in answers)


@pytest.mark.parametrize("header", ["Token", "Token ", "Token a b", "Token \xff\xfe", "Bearer x", "token " + "x" * 8000])
def test_broken_tokens_are_refused_without_breaking_anything(db, header):
    assert ask(APIClient(headers={"Authorization": header})).status_code == 401


def test_a_token_is_shown_once_on_the_page_that_makes_it(ana, client_of):
    browser = client_of(ana)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    page = browser.post("/account/security/tokens/", {"name": "nightly export", "days": "30"})
    text = page.context["text"]
    assert text in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0") or "no-store" in page.headers["Cache-Control"]
    again = browser.get("/account/security/").content.decode()
    assert text not in again
    assert "nightly export" in again
    assert ask(APIClient(headers={"Authorization": f"Token {text}"})).status_code == 201


def test_making_a_token_asks_who_is_there(ana, client_of):
    answer = client_of(ana).post("/account/security/tokens/", {"name": "nightly export", "days": "30"})
    assert answer.url.startswith("/account/reauthenticate/")
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(("name", "days"), [("", "30"), ("x" * 81, "30"), ("a", "0"), ("a", "366"), ("a", "soon"), ("a\x00", "3")])
def test_what_cannot_be_a_token_is_said_beside_the_field(ana, client_of, name, days):
    browser = client_of(ana)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    page = browser.post("/account/security/tokens/", {"name": name, "days": days})
    assert page.status_code == 422
    assert page.context["token_form"].errors
    assert not ApiToken.objects.exists()


def test_ending_a_token_is_the_owners_alone(ana, sami, client_of):
    token, _text = actions.make_token(officer=ana, name="export", days=30)
    assert client_of(sami).post(f"/account/security/tokens/{token.pk}/end/").status_code == 404
    assert client_of(ana).post(f"/account/security/tokens/{token.pk}/end/").url == "/account/security/"
    with pytest.raises(NotFound):
        actions.end_token(officer=ana, token_id=token.pk)
    assert Event.objects.filter(kind="accounts.token.ended", subject_id=token.pk).count() == 1


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "options", "head", "trace"])
def test_what_a_door_does_not_do_it_says_as_problem_json(ana, machine_of, method):
    answer = getattr(machine_of(ana), method)(DOOR)
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        *({}, [], "x", None, {"deed": "x"}, WANTED | {"deed": "no.deed"}, WANTED | {"subject_id": "x"}),
        *(WANTED | {"content_hash": "a" * 65}, WANTED | {"content_hash": "\x00"}),
    ],
)
def test_bad_bodies_are_answered_field_by_field(ana, machine_of, body):
    answer = machine_of(ana).post(DOOR, body)
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"9" * 5000, b"\xff\xfe", b'{"deed": "\\ud800"}', b"NaN", b"", b"{" * 9])
def test_bodies_that_cannot_be_read_are_refused_in_words(ana, machine_of, raw):
    answer = machine_of(ana).generic("POST", DOOR, raw, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
