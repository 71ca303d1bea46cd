"""What two answers have in common when nothing of the thing behind them shows: what their readers see, but for what is drawn anew."""

import re
from typing import Any
from urllib.parse import quote

DRAWN = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE), "UUID"),
    (re.compile(r'(csrfmiddlewaretoken"? value=|X-CSRFToken"?: ?)"[^"]*"'), "CSRF"),
    (re.compile(r'(csrftoken|sessionid)=[^;"]*'), "COOKIE"),
)
OWN = {"X-Request-Id", "Content-Length", "Date"}


def plain(response: Any) -> tuple[int, tuple[tuple[str, str], ...], str]:
    """Status, headers and body, without the request's own number, its address and tokens against forgery."""
    path = response.request["PATH_INFO"]
    headers = sorted((name, drawn(value, path)) for name, value in response.headers.items() if name not in OWN)
    return response.status_code, tuple(headers), drawn(response.getvalue().decode(), path)


def drawn(text: str, path: str) -> str:
    for own in (quote(path, safe=""), path):
        text = text.replace(own, "PATH")
    for pattern, word in DRAWN:
        text = pattern.sub(word, text)
    return text
