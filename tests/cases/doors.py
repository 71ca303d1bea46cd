"""Asking at a door as an officer: a page as a browser would, or the machine door."""

from typing import Any

from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Officer
from tests.cast import fresh


def page(officer: Officer, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """The answer to a signed-in browser."""
    browser = Client()
    browser.force_login(fresh(officer))
    return getattr(browser, method)(address, data)


def api(officer: Officer, method: str, address: str, data: Any = None) -> Any:
    """The answer to a program; the address is below /api/v1/."""
    program = APIClient()
    program.force_authenticate(fresh(officer))
    return getattr(program, method)(f"/api/v1/{address}", data, format="json")
