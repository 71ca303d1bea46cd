"""A passkey in a real browser: added, used to sign in with nothing typed, removed."""

import json
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, Page, expect

from audit.models import Event, Payload
from portal.demo.cast import PASSWORD

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(browser: Browser, live_portal: str) -> Iterator[Page]:
    """A page with an authenticator beside it; anything the content policy stops fails the test."""
    context = browser.new_context(base_url=live_portal)
    page = context.new_page()
    stopped: list[str] = []
    page.on("console", lambda said: stopped.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: stopped.append(str(error)))
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()
    assert stopped == []


def give_password(page: Page, officer) -> None:
    page.goto("/account/login/?next=/account/security/")
    page.get_by_label("Email").fill(officer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_added_and_signs_in_with_nothing_typed(committed_db, ana, page):
    give_password(page, ana)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Desk key")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("recovery codes").first).to_be_visible()
    kept = Authenticator.objects.get(user=ana, type=Authenticator.Type.WEBAUTHN)
    assert kept.wrap().name == "Desk key"

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/?next=/account/security/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/security/")
    expect(page.get_by_text("A passkey", exact=True)).to_be_visible()
    assert shown("signed-in") == [["password"], ["webauthn"]]
    assert Event.objects.filter(kind="accounts.officer.security-changed", actor_id=ana.pk).count() == 1


def shown(kind: str) -> list[list[str]]:
    """What each sign-in was by, in order."""
    events = Event.objects.filter(kind=f"accounts.officer.{kind}").order_by("at").values_list("pk", flat=True)
    return [json.loads(Payload.objects.get(event_id=pk).body)["by"] for pk in events]
