"""What a door knows about its request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import Officer

LONG = 6
"""Digits: Python itself refuses to read a number of some thousands of them."""


class OfficerRequest(HttpRequest):
    """A request past LoginRequiredMiddleware: its user is an officer."""

    user: Officer


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, or nothing where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def rows_said(text: str) -> int | None:
    """How many rows a form of several says it has; None for what no page of ours has ever said."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONG else None


def set_language(response: HttpResponse, language: str) -> None:
    """Let the browser ask for this language from the next page on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
