"""The tests stand on what an agency's installation stands on: real services, and a role that owns nothing."""

import contextlib
import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import InternalError, ProgrammingError, connection, transaction
from django.utils import timezone
from playwright.sync_api import Browser

from portal.demo.services import Process
from tests import services


def row(sql: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


@pytest.mark.django_db
def test_the_portal_is_no_superuser_and_owns_no_table():
    assert row("SELECT current_user, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user") == (
        "meridian_app",
        False,
        False,
        False,
    )
    assert row(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_get_userbyid(relowner) <> 'meridian_owner'"
    ) == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "deed",
    [
        "CREATE TABLE mine (a int)",
        "DROP TABLE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "SET ROLE meridian_owner",
    ],
)
def test_the_portal_cannot_change_its_own_schema(deed):
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


def test_what_is_committed_is_seen_by_others(committed_db):
    Session.objects.create(session_key="seen", expire_date=timezone.now())
    found = []

    def look() -> None:
        found.extend(Session.objects.values_list("session_key", flat=True))
        connection.close()

    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert found == ["seen"]


@pytest.mark.parametrize("time", ["once", "again"])
def test_what_was_committed_is_gone_with_its_test(committed_db, time):
    assert not Session.objects.exists()
    Session.objects.create(session_key=time, expire_date=timezone.now())


def test_a_dropped_clone_leaves_the_usual_database_in_place(db):
    assert row("SELECT current_database()") == (services.own_database(),)


def test_the_worker_and_the_browser_reach_the_portal(worker: Process, live_portal: str, browser: Browser):
    with contextlib.closing(browser.new_page(base_url=live_portal)) as page:
        answer = page.goto("/health/")
        assert answer
        assert answer.status == 200
    assert worker.poll() is None
