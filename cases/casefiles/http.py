"""Sending a list out as a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from cases.casefiles.transport import Export


def download(request: HttpRequest, export: Export) -> StreamingHttpResponse:
    """As an attachment, in pieces, kept by nothing on the way."""
    pieces = export.pieces()
    headers = {
        "Content-Disposition": f'attachment; filename="{export.name}.csv"', "Cache-Control": "no-store",
        "Content-Encoding": "identity",  # gzipped piece by piece it would be several files, of which a browser reads the first
    }  # fmt: skip
    streamed = _awaited(pieces) if isinstance(request, ASGIRequest) else pieces
    return StreamingHttpResponse(streamed, content_type="text/csv; charset=utf-8", headers=headers)


async def _awaited(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is made in the thread of the request, so that the server's loop waits for no database."""

    def following() -> bytes:
        return next(pieces, b"")

    while piece := await sync_to_async(following)():
        yield piece
