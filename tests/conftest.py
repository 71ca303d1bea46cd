"""The test frame: rolled-back tests by default; `committed_db` and what stands on it where real commits matter."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from portal.demo.services import Process
from tests import chromium, live, services

pytest_plugins = ["tests.cast", "tests.world"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Django's flush truncates, which the ledger refuses: real commits happen on a clone."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushes = (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
            getattr(item, "fixturenames", ())
        )
        if flushes:
            raise pytest.UsageError(f"{item.nodeid}: use the fixture committed_db in place of transaction=True")
        if marker and "committed_db" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid}: committed_db commits; take the mark django_db away")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The clone of this process; Django's runner would need rights the portal's role does not have."""
    with services.clone(services.own_database()):
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
    translation.deactivate()  # a client's request leaves its reader's language behind


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh clone for this test alone, where commits are real and other processes see them; yields its URL."""
    database = f"{services.own_database()}_{uuid.uuid4().hex[:12]}"
    settings = connections.settings["default"]
    usual = settings["NAME"]
    with services.clone(database), django_db_blocker.unblock():
        connections["default"].close()
        settings["NAME"] = database  # one dictionary for the connections of all threads
        try:
            yield services.url_of(database)
        finally:
            connections["default"].close()
            settings["NAME"] = usual


@pytest.fixture
def live_portal(committed_db: str, tmp_path: Path) -> Iterator[str]:
    """The base URL of a real web server on this test's clone."""
    with live.web(committed_db, tmp_path / "web.log") as address:
        yield address


@pytest.fixture
def worker(committed_db: str, tmp_path: Path) -> Iterator[Process]:
    """A real Celery worker on this test's clone, with an empty queue behind it."""
    with live.worker(committed_db, tmp_path / "worker.log") as process:
        yield process


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; a page is `browser.new_page(base_url=live_portal)`."""
    path = chromium.find()
    if path is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)(chromium.MISSING)
    # Playwright's loop runs in this thread between calls, which Django takes for asynchronous code
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()
