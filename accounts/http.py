"""What a door knows about its request."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import Officer


class OfficerRequest(HttpRequest):
    """A request past LoginRequiredMiddleware: its user is an officer."""

    user: Officer
