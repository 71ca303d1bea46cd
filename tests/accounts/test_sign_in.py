"""Signing in with a password and a code; what is answered alike; who no longer comes in; what is written down."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts import actions
from accounts.adapter import OfficerAdapter
from accounts.models import Agency
from audit.actions import sentences
from audit.models import Event, Payload
from portal.demo.cast import PASSWORD
from tests.totp import code_of

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"


def sign_in(client, officer, password=PASSWORD):
    return client.post(SIGN_IN, {"login": officer.email, "password": password})


def is_in(client) -> bool:
    return client.get("/account/security/").status_code == 200


def lines(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=f"accounts.officer.{kind}").order_by("at"))


def facts(event: Event) -> dict:
    return json.loads(Payload.objects.get(event_id=event.pk).body)


def test_an_officer_signs_in_with_a_password(client, ana):
    assert sign_in(client, ana).status_code == 302
    assert is_in(client)
    [line] = lines("signed-in")
    assert (line.actor_id, line.subject_id, facts(line)["by"]) == (ana.pk, ana.pk, ["password"])
    assert len(line.session) == 64


def test_the_line_of_a_sign_in_bears_the_mark_of_the_session_it_began(client, ana):
    sign_in(client, ana)
    client.post("/account/display/", {"theme": "light"})
    began, later = lines("signed-in")[0], Event.objects.filter(kind="accounts.officer.display-changed").order_by("-at").first()
    assert began.session == later.session


def test_pages_speak_the_officers_language_from_signing_in_on(client, tomas):
    assert tomas.language != "en"
    assert sign_in(client, tomas).cookies[settings.LANGUAGE_COOKIE_NAME].value == tomas.language


@pytest.mark.parametrize("email", ["ana", "nobody@nfis.example"])
def test_a_failed_sign_in_is_written_down_without_an_actor(client, ana, email):
    client.post(SIGN_IN, {"login": ana.email if email == "ana" else email, "password": "not this one"})
    [line] = lines("sign-in-failed")
    assert (line.actor_id, line.decision) == (None, "accounts.wrong-password")
    assert (line.owner_id == ana.agency_id) is (email == "ana")
    assert not is_in(client)


def test_the_ledger_says_in_words_why_nobody_came_in(client, ana, iris, rf):
    """By a real door each: the form, the second step, and a passkey of somebody who no longer serves."""
    client.post(SIGN_IN, {"login": ana.email, "password": "not this one"})
    TOTP.activate(ana, generate_totp_secret())
    sign_in(client, ana)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    request = rf.get(SIGN_IN)
    request.session, request.user = client.session, AnonymousUser()
    actions.dismiss_officer(by=None, officer_id=ana.pk)
    assert OfficerAdapter(request).pre_login(request, ana).url == reverse("account_inactive")
    said = [
        "The e-mail address or the password was wrong.",
        "The code or the passkey was wrong.",
        "The account or the agency is not active.",
    ]
    assert [sentences([line], reader=iris)[line.pk] for line in lines("sign-in-failed")] == said
    client.force_login(iris)
    page = client.get(reverse("ledger")).content.decode()
    for words in said:
        assert words in page
        for language in ("es", "pt", "fr"):
            with translation.override(language):
                assert gettext(words) != words


def page_after(client, email: str, password: str) -> str:
    response = client.post(SIGN_IN, {"login": email, "password": password})
    assert response.status_code == 200
    text = response.content.decode().replace(email, "…")
    token = response.context["csrf_token"]
    return text.replace(str(token), "…")


def test_unknown_address_wrong_password_and_ended_access_are_answered_alike(client, ana, sami, bela):
    actions.dismiss_officer(by=None, officer_id=sami.pk)
    actions.set_agency_status(agency_id=bela.agency_id, status=Agency.Status.SUSPENDED)
    unknown = page_after(client, "nobody@nfis.example", PASSWORD)
    assert page_after(client, ana.email, "not this one") == unknown
    assert page_after(client, sami.email, PASSWORD) == unknown
    assert page_after(client, bela.email, PASSWORD) == unknown


def test_an_address_that_is_far_too_long_is_a_failed_sign_in(client, ana):
    local, domain = "a" * 60, ".".join(["b" * 60] * 4)
    assert client.post(SIGN_IN, {"login": f"{local}@{domain}.example", "password": "x"}).status_code == 200


@pytest.mark.parametrize("end", ["dismissed", "suspended", "frozen"])
def test_a_live_session_ends_with_the_officers_access(client, ana, end):
    sign_in(client, ana)
    assert is_in(client)
    if end == "dismissed":
        actions.dismiss_officer(by=None, officer_id=ana.pk)
    else:
        actions.set_agency_status(agency_id=ana.agency_id, status=end)
    assert not is_in(client)


def test_an_authenticator_app_asks_for_its_code(client, ana):
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    assert sign_in(client, ana).url == "/account/2fa/authenticate/"
    assert not is_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert is_in(client)
    assert facts(lines("signed-in")[0])["by"] == ["password", "totp"]


def test_a_wrong_code_is_a_failed_sign_in(client, ana):
    TOTP.activate(ana, generate_totp_secret())
    sign_in(client, ana)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    [line] = lines("sign-in-failed")
    assert (line.subject_id, line.decision) == (ana.pk, "accounts.wrong-code")


def test_a_recovery_code_opens_once(client, ana):
    TOTP.activate(ana, generate_totp_secret())
    code = RecoveryCodes.activate(ana).get_unused_codes()[0]
    sign_in(client, ana)
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    client.post("/account/logout/")
    sign_in(client, ana)
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 200
    assert not is_in(client)


def test_the_apps_secret_does_not_lie_readable_in_the_database(ana):
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    kept = Authenticator.objects.get(user=ana)
    assert secret not in json.dumps(kept.data)
    assert kept.wrap().validate_code(code_of(secret))


def test_signing_out_ends_the_session_and_is_written_down(client, ana):
    sign_in(client, ana)
    assert client.post("/account/logout/").url == SIGN_IN
    assert not is_in(client)
    assert lines("signed-out")[0].actor_id == ana.pk


def test_setting_up_the_app_is_written_down(client, ana):
    sign_in(client, ana)
    assert client.get("/account/2fa/totp/activate/").status_code == 302
    assert client.post("/account/reauthenticate/?next=/account/2fa/totp/activate/", {"password": PASSWORD}).status_code == 302
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    code = code_of(client.session["mfa.totp.secret"])
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert [facts(line)["what"] for line in lines("security-changed")] == ["totp_activated"]


def test_a_new_password_is_written_down_and_ends_the_other_sessions(client, ana, client_of):
    other = client_of(ana)
    sign_in(client, ana)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    new = "quiet-harbor-lantern-77"
    answer = client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert [facts(line)["what"] for line in lines("security-changed")] == ["password_changed"]
    assert is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_set_password"])
def test_nobody_signs_up_resets_by_mail_or_changes_their_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "password/set/", "2fa/webauthn/signup/"])
def test_their_addresses_lead_nowhere(client, ana, path):
    client.force_login(ana)
    assert client.get(f"/account/{path}").status_code == 404


PAGES = [
    "security/",
    "password/change/",
    "reauthenticate/",
    "logout/",
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/activate/",
    "2fa/recovery-codes/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/webauthn/reauthenticate/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_signing_in_opens(client, ana, path):
    TOTP.activate(ana, generate_totp_secret())
    RecoveryCodes.activate(ana)
    client.force_login(ana)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get(f"/account/{path}", follow=True)
    assert answer.status_code == 200
    assert b"Meridian" in answer.content
