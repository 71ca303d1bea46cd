"""Asking at a door as an officer: a page as a browser would, or the machine door."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Officer
from tests.cast import fresh


def page(officer: Officer, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """The answer to a signed-in browser."""
    browser = Client()
    browser.force_login(fresh(officer))
    return getattr(browser, method)(address, data)


def api(officer: Officer, method: str, address: str, data: Any = None, **more: Any) -> Any:
    """The answer to a program; the address is below /api/v1/."""
    program = APIClient()
    program.force_authenticate(fresh(officer))
    return getattr(program, method)(f"/api/v1/{address}", data, format="json", **more)


ABSENT = UUID("00000000-0000-4000-8000-000000000000")


def bodies(ask: Callable[..., Any], officer: Officer, address: str, hidden: UUID, *, method: str = "get", data: Any = None) -> set[str]:
    """What a door answers for something hidden and for something absent, less what differs in every request: one text, if all is well."""
    texts = set()
    for pk in (hidden, ABSENT):
        answer = ask(officer, method, address.format(pk), data)
        assert answer.status_code == 404
        text = answer.text.replace(answer.headers["X-Request-Id"], "REQUEST").replace(str(pk), "ID")
        texts.add(re.sub(r'(name="csrfmiddlewaretoken" value=)"\w{64}"', r"\1", text))
    return texts
