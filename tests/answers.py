"""What two answers of the portal have in common, and what was sent."""

import re
from typing import Any
from urllib.parse import quote

DRAWN = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE), "UUID"),
    (re.compile(r'(csrfmiddlewaretoken"? value=|X-CSRFToken"?: ?)"[^"]*"', re.IGNORECASE), "CSRF"),
    (re.compile(r'(csrftoken|sessionid)=[^;"]*'), "COOKIE"),
    (re.compile(r'(?<=name="draft_of" value=")([^"]*):[^":]*(?=")', re.IGNORECASE), r"\1:SIGNATURE"),  # of what stands before it
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)", re.IGNORECASE), "NOW"),
    (re.compile(r"<time [^>]*>[^<]*"), "<time>"),
    (re.compile(r'(_seconds":)-?\d+'), r"\1COUNTED"),  # how long something has been taking until this moment
    (re.compile(r"\b[A-Z]{2,}-\d{4}-[0-9A-Z]{6}\b"), "REFERENCE"),
)
OWN = {"X-Request-Id", "Content-Length", "Date"}


def body(response: Any) -> str:
    """What was sent, but for a line that stays open; closing that by hand would end the test's connection as well."""
    return "" if response.streaming and response.is_async else str(response.getvalue().decode())


def plain(response: Any) -> tuple[int, tuple[tuple[str, str], ...], str]:
    """Status, headers and body, without the request's own number, its address and tokens against forgery."""
    path = response.request["PATH_INFO"]
    headers = sorted((name, drawn(value, path)) for name, value in response.headers.items() if name not in OWN)
    return response.status_code, tuple(headers), drawn(body(response), path)


def drawn(text: str, path: str) -> str:
    for own in (quote(path, safe=""), path):
        text = text.replace(own, "PATH")
    for pattern, word in DRAWN:
        text = pattern.sub(word, text)
    return text
