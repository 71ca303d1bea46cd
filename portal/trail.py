"""Every request gets an id that its ledger lines, field diffs and problem pages share."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from audit import ledger


class TrailMiddleware:
    """Binds the request and its session to the ledger; the session by a hash, so that the ledger opens no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id, key = uuid.uuid4(), request.session.session_key
        request.META["MERIDIAN_REQUEST_ID"] = str(request_id)
        session = hashlib.sha256(key.encode()).hexdigest() if key else ""
        structlog.contextvars.bind_contextvars(request_id=str(request_id))
        with ledger.following(ledger.Trail(request_id, session)):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = str(request_id)
        return response


def current() -> str | None:
    """The running request's id, for django-auditlog's correlation id."""
    found = ledger.trail().request_id
    return str(found) if found else None
