"""Officers at a browser or at the machine door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts import actions
from accounts.models import Officer


@pytest.fixture
def browser_of() -> Callable[[Officer], Client]:
    """A browser in which this officer is signed in."""

    def signed_in(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        return client

    return signed_in


@pytest.fixture
def machine_of() -> Callable[[Officer], APIClient]:
    """A program that holds a token of this officer."""

    def holding(officer: Officer) -> APIClient:
        _token, text = actions.make_token(officer=officer, name="a program", days=1)
        client = APIClient(headers={"Authorization": f"Token {text}"})
        client.default_format = "json"
        return client

    return holding
