"""A refusal is one sentence, whoever hears it and through whichever door: page, fragment, problem+json and ledger."""

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, TooManyFieldsSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils.translation import gettext_lazy, override
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Officer
from audit.actions import sentences
from audit.events import Event as Kind
from audit.models import Event
from kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Unavailable, sentence
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401
from portal.urls import urlpatterns as doors
from tests.answers import plain

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
# Django's own words, which it has translated; the parameter must come through in every language, and never as markup
SAID = sentence("tests.refused", gettext_lazy("Ensure this value is less than or equal to %(limit_value)s."))
PARAMS = {"limit_value": "<script>4 & 5</script>"}
FIELD = sentence("tests.field", gettext_lazy("This field is required."))
ERRORS: dict[str, Exception] = {
    "not-found": NotFound(),
    "not-allowed": NotAllowed(SAID, **PARAMS),
    "conflict": Conflict(SAID, **PARAMS, status="closed", request="HL-1", said="no", self=1, kind=2),  # whatever a rule calls its facts
    "invalid": Invalid(SAID, fields={"title": FIELD}, **PARAMS),
    "unavailable": Unavailable(SAID, **PARAMS),
    "framework-404": Http404("No CaseFile matches the given query."),
    "framework-403": PermissionDenied("secret reason"),
    "database": OperationalError("could not connect to server at 10.0.0.1"),
    "many": TooManyFieldsSent("The number of GET/POST parameters exceeded"),
    "bug": ZeroDivisionError("secret detail"),
}
OURS = [name for name, error in ERRORS.items() if isinstance(error, DomainError)]
STATUS = {"framework-404": 404, "framework-403": 403, "database": 503, "many": 422, "bug": 500}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def refusing(_request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


class Refusing(APIView):
    parser_classes = [JSONParser]

    def get(self, _request: Request, name: str) -> Response:
        raise ERRORS[name]

    def post(self, request: Request, name: str) -> Response:
        return Response({"got": request.data})


class Throttling(APIView):
    def get(self, _request: Request) -> Response:
        raise Throttled(wait=7)


class Checking(APIView):
    def get(self, _request: Request) -> Response:
        raise ValidationError({"title": [serializers.CharField.default_error_messages["blank"]]})


urlpatterns = [
    *doors,
    path("test/<name>/", refusing),
    path("api/test/throttled/", Throttling.as_view()),
    path("api/test/checked/", Checking.as_view()),
    path("api/test/<name>/", Refusing.as_view()),
]


@pytest.fixture
def browser(ana: Officer) -> Client:
    found = Client(raise_request_exception=False)
    found.force_login(ana)
    return found


def text(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", response.content.decode())))


def last_refusal() -> Event:
    return Event.objects.filter(kind=Kind.REQUEST_REFUSED).latest("at")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OURS)
def test_every_refusal_is_one_sentence_on_page_fragment_api_and_in_the_ledger(browser: Client, ana: Officer, name, language):
    error = ERRORS[name]
    assert isinstance(error, DomainError)
    with override(language):
        expected = str(error)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = browser.get(f"/test/{name}/")
    fragment = browser.get(f"/test/{name}/", headers={"HX-Request": "true"})
    machine = browser.get(f"/api/test/{name}/")
    assert [answer.status_code for answer in (page, fragment, machine)] == [error.status] * 3
    assert expected in text(page)
    assert expected in text(fragment)
    assert machine.json()["detail"] == expected
    assert f'lang="{language}"' in page.content.decode()
    if isinstance(error, (NotFound, NotAllowed, Conflict)):
        with override(language):
            line = last_refusal()
            assert sentences([line], reader=ana) == {line.pk: expected}
        assert (line.actor_id, line.decision) == (ana.pk, error.code)


def test_the_sentences_of_the_test_do_differ_between_languages():
    spoken = set()
    for language in LANGUAGES:
        with override(language):
            spoken.add(SAID.render(PARAMS))
    assert len(spoken) == len(LANGUAGES)


@pytest.mark.parametrize("name", ERRORS)
def test_every_refusal_has_its_status_and_the_number_by_which_it_is_found(browser: Client, name):
    status = STATUS.get(name) or ERRORS[name].status  # type: ignore[attr-defined]
    for url, more in ((f"/test/{name}/", {}), (f"/test/{name}/", {"HX-Request": "true"}), (f"/api/test/{name}/", {})):
        answer = browser.get(url, headers=more)
        assert answer.status_code == status, url
        number = answer.headers["X-Request-Id"]
        assert number in answer.content.decode(), "the reader can name it"
        assert answer.headers["Cache-Control"] == "no-store"
        lines = Event.objects.filter(kind=Kind.REQUEST_REFUSED, request_id=number)
        assert lines.count() == (1 if status in {403, 404, 409} else 0)


@pytest.mark.parametrize("name", ERRORS)
def test_no_refusal_tells_what_the_machinery_said(browser: Client, name):
    for url in (f"/test/{name}/", f"/api/test/{name}/"):
        said = browser.get(url).content.decode()
        for secret in ("secret", "CaseFile", "10.0.0.1", "Traceback", "exceeded"):
            assert secret not in said


def test_what_a_sentence_quotes_is_never_markup(browser: Client):
    for headers in ({}, {"HX-Request": "true"}):
        assert "&lt;script&gt;4 &amp; 5&lt;/script&gt;" in browser.get("/test/not-allowed/", headers=headers).content.decode()


@pytest.mark.parametrize("name", ERRORS)
def test_a_fragment_is_the_note_alone_and_caches_know_the_difference(browser: Client, name):
    fragment = browser.get(f"/test/{name}/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert 'role="alert"' in fragment.content.decode()
    assert "HX-Request" in fragment.headers["Vary"]
    assert "<html" in browser.get(f"/test/{name}/").content.decode()


@pytest.mark.parametrize("name", ERRORS)
def test_machines_get_problem_json(browser: Client, name):
    answer = browser.get(f"/api/test/{name}/")
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) - {"errors"} == {"type", "title", "status", "detail", "request_id"}
    assert problem["status"] == answer.status_code
    assert problem["type"].startswith("/problems/")


def test_what_cannot_be_used_is_named_field_by_field(browser: Client):
    assert browser.get("/api/test/invalid/").json()["errors"] == {"title": "This field is required."}
    assert "title: This field is required." in text(browser.get("/test/invalid/"))
    checked = browser.get("/api/test/checked/")
    assert (checked.status_code, list(checked.json()["errors"])) == (422, ["title"])


def test_hidden_absent_and_unrouted_things_get_the_same_page(browser: Client):
    answers = [browser.get(url) for url in ("/test/not-found/", "/test/framework-404/", "/no/such/door/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer) for answer in answers}) == 1
    machines = [browser.get(url) for url in ("/api/test/not-found/", "/api/test/framework-404/")]
    assert len({plain(answer) for answer in machines}) == 1
    assert browser.get("/api/no/such/door/").json().keys() == machines[0].json().keys()


def test_a_machine_is_told_to_sign_in_what_it_may_send_and_when_to_come_back(browser: Client):
    signed_out = Client().get("/api/test/bug/")
    assert (signed_out.status_code, signed_out.headers["WWW-Authenticate"]) == (401, "Token")
    wrong_token = Client().get("/api/test/bug/", headers={"Authorization": "Token nonsense"})
    assert (wrong_token.status_code, wrong_token.json()["type"]) == (401, "/problems/not-signed-in")
    wrong_method = browser.delete("/api/test/bug/")
    assert (wrong_method.status_code, wrong_method.headers["Allow"]) == (405, "GET, POST, HEAD, OPTIONS")
    slower = browser.get("/api/test/throttled/")
    assert (slower.status_code, slower.headers["Retry-After"]) == (429, "7")
    typed = browser.post("/api/test/bug/", "a=1", content_type="text/plain")
    assert (typed.status_code, typed.json()["type"]) == (415, "/problems/wrong-type")
    broken = browser.post("/api/test/bug/", "{", content_type="application/json")
    assert (broken.status_code, broken.json()["type"]) == (400, "/problems/invalid")


@pytest.mark.parametrize(("origin", "kept"), [("http://testserver", True), ("https://elsewhere.example", False)])
def test_a_form_whose_page_expired_loses_nothing_and_one_from_elsewhere_is_not_repeated(ana: Officer, origin, kept):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    typed = {"language": "es", "note": "what I typed for an hour", "password": "never shown again"}
    answer = strict.post(reverse("set_language"), typed, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "nothing was changed" in text(answer)
    assert ("what I typed for an hour" in answer.content.decode()) is kept
    assert "never shown again" not in answer.content.decode()


def test_a_request_that_cannot_be_read_is_answered_in_one_sentence(browser: Client):
    for url in ("/test/%00/", "/no/such/door/?q=%00", "/api/test/%00/"):
        answer = browser.get(url)
        assert answer.status_code == 400
        assert "cannot be used" in text(answer)


def test_every_code_has_one_sentence_and_a_language_does_not_change_it(browser: Client):
    codes = set()
    for language in LANGUAGES:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        codes.add(browser.get("/api/test/not-allowed/").json()["type"])
    assert codes == {"/problems/tests.refused"}
