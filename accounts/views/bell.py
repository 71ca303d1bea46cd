"""The bell: a stream that says "look again", and the fragment one then looks at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import cast
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe
from redis import RedisError

from accounts import notices
from accounts.http import OfficerRequest
from accounts.models import Officer
from accounts.rules import TOO_MANY_LINES
from kernel.errors import Unavailable

HEARTBEAT = 20.0  # seconds
MOST_LINES = 6
"""Of one officer at once: as many as a browser holds to one host."""
RING = b"id: 1\nevent: notice\ndata: look again\n\n"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Content-Encoding": "identity"}  # not gathered up, not gzipped


@require_safe
def badges(request: OfficerRequest) -> HttpResponse:
    return render(request, "components/_badges.html")


@require_GET
async def live(request: OfficerRequest) -> StreamingHttpResponse:
    """Server-sent events without content. Whoever comes back after a cut line is told to look at once.

    Raises Unavailable for an officer who holds MOST_LINES already.
    """
    officer = cast("Officer", await request.auser())
    with suppress(RedisError):
        if await notices.lines(officer.pk) >= MOST_LINES:
            raise Unavailable(TOO_MANY_LINES)
    stream = _rings(officer.pk, request.session.session_key or "", missed="Last-Event-ID" in request.headers)
    return StreamingHttpResponse(stream, content_type="text/event-stream", headers=HEADERS)


async def _rings(officer_id: UUID, session_key: str, *, missed: bool) -> AsyncIterator[bytes]:
    """Until the line is cut, or the officer no longer serves, or the session ends: asked anew before each event and each heartbeat."""
    await sync_to_async(_give_back)()
    with suppress(RedisError):
        async with notices.listening(officer_id) as rang:
            if await notices.lines(officer_id) > MOST_LINES:  # many were begun at once
                return
            yield b"retry: 10000\n\n" + (RING if missed else b"")
            while True:
                event = await rang(HEARTBEAT)
                if not await sync_to_async(_still_here)(officer_id, session_key):
                    return
                yield RING if event else b": still here\n\n"


def _still_here(officer_id: UUID, session_key: str) -> bool:
    """Asks as the next request would."""
    probe = HttpRequest()
    probe.session = SessionStore(session_key)
    try:
        return get_user(probe).pk == officer_id
    finally:
        _give_back()


def _give_back() -> None:
    """The connection of this thread, for others to use: a stream lasts for hours and holds none."""
    connection.close()
