"""What browsers do not send. Each is answered in words, and nobody comes in by it."""

import json
from base64 import urlsafe_b64encode

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from portal.demo.cast import PASSWORD
from tests.passkey import Passkey

pytestmark = pytest.mark.django_db


def b64(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


CLIENT = b64(json.dumps({"type": "webauthn.get", "challenge": "AAAA", "origin": "https://testserver"}))
RESPONSE = {"clientDataJSON": CLIENT, "authenticatorData": "AAAA", "signature": "AAAA"}
HOSTILE = [
    *("", "x", "null", "7", "[]", '"x"', "{}", "\x00", '{"response": null}', '{"response": []}', '{"response": {}}'),
    *(json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": value}) for value in (None, [], {}, "x", RESPONSE)),
    *(
        json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": RESPONSE | {"userHandle": handle}})
        for handle in (None, 7, "", "AAAA", "!!", b64("not-a-uuid"), b64("0" * 32), b64("\x00"))
    ),
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": RESPONSE | {"clientDataJSON": b64("[]")}}),
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": CLIENT, "attestationObject": "AAAA"}}),
    "9" * 5000,
    "[" * 5000,
]


def test_a_passkey_that_is_none_opens_nothing(client, ana):
    for credential in HOSTILE:
        client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"})
        answer = client.post("/account/2fa/webauthn/login/", {"credential": credential})
        assert answer.status_code < 500, credential
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["add/", "reauthenticate/"])
def test_a_passkey_that_is_none_is_not_taken(client, ana, rf, path):
    with context.request_context(rf.get("/")):
        Passkey().given_to(ana)
    client.force_login(ana)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for credential in HOSTILE:
        client.get(f"/account/2fa/webauthn/{path}")
        assert client.post(f"/account/2fa/webauthn/{path}", {"name": "x", "credential": credential}).status_code < 500, credential
        cache.clear()  # the limit on guesses
    assert Authenticator.objects.filter(user=ana).count() == 1


def test_hostile_names_and_passwords_open_nothing(client, ana):
    for value in ("", "\x00", "x" * 100_000, "ana@nfis.example\x00", "ａｎａ@nfis.example", "'; DROP TABLE", "1" * 5000):
        for field in ("login", "password"):
            answer = client.post("/account/login/", {"login": ana.email, "password": PASSWORD} | {field: value})
            assert answer.status_code in {200, 429}, value
            assert "_auth_user_id" not in client.session


def test_hostile_codes_open_nothing(client, ana, rf):
    with context.request_context(rf.get("/")):
        Passkey().given_to(ana)
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    for code in ("", "\x00", "9" * 5000, "𝟏𝟐𝟑𝟒𝟓𝟔", "12 34 56", "-1", "[]"):
        assert client.post("/account/2fa/authenticate/", {"code": code}).status_code < 500, code
        assert "_auth_user_id" not in client.session
