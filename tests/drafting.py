"""A form on a page as a browser would fill it in: its own hidden fields, what is typed, and the doors where that is kept or sent."""

import re
from html import unescape
from typing import Any

from django.test import Client

from accounts.models import Draft, Officer
from tests.cast import fresh

KEEP = "/account/drafts/"


def browser(officer: Officer) -> Client:
    client = Client()
    client.force_login(fresh(officer))
    return client


def forms(page: str) -> list[dict[str, str]]:
    """Of each form that keeps drafts, the hidden fields by which it says which draft it is."""
    found = [
        dict(re.findall(r'name="(draft\w*)" value="([^"]*)"', body)) for body in re.findall(r"<form\b[^>]*data-draft.*?</form>", page, re.S)
    ]
    return [{name: unescape(value) for name, value in hidden.items()} for hidden in found if hidden]


def opened(client: Client, address: str) -> dict[str, str]:
    """The form of a page that has one."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    [hidden] = forms(answer.content.decode())
    return hidden


def keep(client: Client, hidden: dict[str, str], *, script: bool = True, **typed: Any) -> Any:
    """As the page's script does it, which then knows what was kept as which version; or as its button does."""
    answer = client.post(KEEP, {**hidden, **typed}, headers={"HX-Request": "true"} if script else {})
    if script and answer.status_code == 200:
        said = answer.content.decode()
        hidden["draft"], hidden["draft_version"] = re.search(r'data-key="([^"]+)" data-version="(\d+)"', said).groups()  # type: ignore[union-attr]
    return answer


def drafts(officer: Officer) -> list[Draft]:
    return list(Draft.objects.visible_to(officer).order_by("begun_at"))
