"""The database is away, whoever asks."""

from collections.abc import Iterator

import pytest
from asgiref.sync import async_to_sync
from django.db import connections
from django.test import AsyncClient, Client


@pytest.fixture
def signed_in(committed_db: str, ana) -> Client:
    """A browser of an officer who had signed in before the database went away."""
    client = Client(raise_request_exception=False)
    client.force_login(ana)
    return client


@pytest.fixture
def _away(signed_in: Client) -> Iterator[None]:
    """From here on no row can be read."""
    settings = connections.settings["default"]
    usual = settings["NAME"]
    connections["default"].close()
    settings["NAME"] = "nowhere"
    yield
    settings["NAME"] = usual


@pytest.mark.usefixtures("_away")
@pytest.mark.parametrize("path", ["/", "/api/v1/cases/", "/health/"])
def test_an_officer_is_told_to_try_again(signed_in, path):
    assert signed_in.get(path).status_code == 503


@pytest.mark.usefixtures("_away")
def test_so_they_are_by_a_web_server(signed_in):
    there = AsyncClient(raise_request_exception=False)
    there.cookies = signed_in.cookies
    assert async_to_sync(there.get)("/").status_code == 503


@pytest.mark.usefixtures("_away")
def test_whoever_watches_the_portal_is_told_what_is_away():
    assert Client().get("/health/").content == b"database out of reach\n"
