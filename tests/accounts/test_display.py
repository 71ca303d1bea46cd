"""How pages look to an officer, in which language and by which clock, and how long a desk stays open unattended."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Officer
from audit.models import Event
from tests.cast import fresh

pytestmark = pytest.mark.django_db
DOOR = "/account/display/"


def test_an_officers_choices_are_kept(client, ana):
    client.force_login(ana)
    answer = client.post(DOOR, {"language": "pt", "time_zone": "America/Bogota", "theme": "dark", "keys": "off"})
    assert answer.url == "/account/security/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "pt"
    kept = fresh(ana)
    assert (kept.language, kept.time_zone, kept.theme, kept.keys) == ("pt", "America/Bogota", "dark", False)
    assert Event.objects.filter(kind="accounts.officer.display-changed", actor_id=ana.pk).count() == 1


def test_one_choice_leaves_the_others_alone(client, ana):
    client.force_login(ana)
    client.post(DOOR, {"keys": "off", "theme": "dark"})
    client.post(DOOR, {"theme": ""})
    assert (fresh(ana).theme, fresh(ana).keys, fresh(ana).time_zone) == ("", False, ana.time_zone)


@pytest.mark.parametrize(
    ("name", "value"),
    [("language", "xx"), ("time_zone", "Atlantis/Center"), ("time_zone", "../etc/passwd"), ("theme", "pink"), ("keys", "x")],
)
def test_what_is_no_choice_is_said_beside_the_field_and_changes_nothing(client, ana, name, value):
    client.force_login(ana)
    page = client.post(DOOR, {name: value})
    assert page.status_code == 422
    assert name in page.context["display_form"].errors
    assert Officer.objects.filter(pk=ana.pk, language=ana.language, time_zone=ana.time_zone, theme="", keys=True).exists()


@pytest.mark.parametrize(
    ("following", "lands"),
    [
        ("/cases/", "/cases/"),
        *((elsewhere, "/account/security/") for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "javascript:0")),
    ],
)
def test_saving_leads_back_within_the_portal_alone(client, ana, following, lands):
    client.force_login(ana)
    assert client.post(DOOR, {"theme": "dark", "next": following}).url == lands


def test_pages_tell_the_time_of_the_officers_own_clock(client, ana):
    Officer.objects.filter(pk=ana.pk).update(time_zone="Asia/Kathmandu", last_login="2026-09-03T15:20:00Z")
    client.force_login(ana)
    Officer.objects.filter(pk=ana.pk).update(last_login="2026-09-03T15:20:00Z")
    assert "21:05" in client.get("/account/security/").content.decode()
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_frame_says_who_one_is_and_for_whom_one_acts(client, iris):
    client.force_login(iris)
    page = client.get("/account/security/").content.decode()
    for words in (iris.name, iris.role_names, iris.agency.short_name):
        assert words in page


def remaining(client) -> timedelta:
    return Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()


@pytest.mark.parametrize(
    ("path", "stays"), [("/account/security/", True), ("/account/badges/", False)], ids=["a page opened", "what a page asks by itself"]
)
def test_only_a_page_opened_keeps_the_session(client, ana, path, stays):
    client.force_login(ana)
    Session.objects.update(expire_date=Now() + timedelta(minutes=1))
    assert client.get(path).status_code == 200
    assert (remaining(client) > timedelta(minutes=29)) is stays


def test_an_unattended_session_ends(client, ana):
    client.force_login(ana)
    Session.objects.update(expire_date=Now())
    assert client.get("/account/security/").url.startswith("/account/login/")


def test_the_language_chosen_in_the_frame_is_the_officers_from_then_on(client, ana):
    client.force_login(ana)
    page = client.get("/account/security/").content.decode()
    form = re.search(r'<form method="post" action="([^"]+)"[^>]*>(?:(?!</form>).)*name="language"', page, re.DOTALL)
    assert form
    assert client.post(form[1], {"language": "fr", "next": "/account/security/"}).url == "/account/security/"
    assert fresh(ana).language == "fr"
    assert '<html lang="fr"' in client.get("/account/security/").content.decode()
