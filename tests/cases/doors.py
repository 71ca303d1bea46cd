"""The two doors, each with somebody standing in it."""

from html.parser import HTMLParser

from django.test import Client
from rest_framework.test import APIClient

from accounts import actions
from accounts.models import Officer


def browser_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def machine_of(officer: Officer) -> APIClient:
    _token, text = actions.make_token(officer=officer, name="a program", days=1)
    client = APIClient(headers={"Authorization": f"Token {text}"})
    client.default_format = "json"
    return client


class _Form(HTMLParser):
    """Collects what a page's form would send if it were sent as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.inside = ""
        self.typing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and given.get("type") not in {"checkbox", "radio"}:
            self.sent[name] = given.get("value") or ""
        elif tag == "textarea":
            self.inside, self.typing = name, True
            self.sent[name] = ""
        elif tag == "select":
            self.inside = name
        elif tag == "option" and "selected" in given:
            self.sent[self.inside] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.typing = self.typing and tag != "textarea"

    def handle_data(self, data: str) -> None:
        if self.typing:
            self.sent[self.inside] += data.removeprefix("\n")


def as_it_stands(page: str) -> dict[str, str]:
    """The fields of the last form of a page, as a browser would send them untouched."""
    form = _Form()
    form.feed(page[page.rindex('<form class="') :])
    return form.sent
