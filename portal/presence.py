"""Where and when an officer reads: their time zone, and a session that only they themselves keep open."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

QUIET = frozenset({"accounts:badges", "accounts:live", "entities:import-progress"})
"""What an open page asks by itself. It does not count as somebody being there: an unattended desk signs out in time."""


class PresenceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            timezone.deactivate()
            return self.get_response(request)
        with timezone.override(ZoneInfo(request.user.time_zone)):
            response = self.get_response(request)
        if request.resolver_match and request.resolver_match.view_name not in QUIET:
            request.session.modified = True
        return response
