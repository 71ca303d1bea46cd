"""What a door knows about its request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import Officer


class OfficerRequest(HttpRequest):
    """A request past LoginRequiredMiddleware: its user is an officer."""

    user: Officer


def set_language(response: HttpResponse, language: str) -> None:
    """Let the browser ask for this language from the next page on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
