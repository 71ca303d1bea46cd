"""Telling officers that something waits: rows of kind and id, which commit with the deed or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import redis.asyncio as aioredis
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.functional import Promise
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.models import Notice, Officer

# connects when it first rings; seconds: what a deed waits for a bell that does not answer
_bell = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 1))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a notice says to its reader now. Made by the room the notice is of, after asking whether the reader may still see it.

    `url` is a path; `icon` a name in the sprite; `chip` a word or two with a `tone` (ok, warn, bad, info, plum or none).
    """

    title: str | Promise
    text: str | Promise
    url: str
    icon: str = "inbox"
    chip: str | Promise = ""
    tone: str = ""
    due: datetime | None = None


Standing = Callable[[Officer], "QuerySet[Any, Any]"]
"""Of one kind of notice: the ids of the things that the officer sees and that still wait. No other notice is said or counted."""


def post(kind: str, *, to: Iterable[Officer], subject_id: UUID, due_at: datetime | None = None) -> None:
    """Leave a notice on each officer's desk, in the caller's transaction. An open one about the same thing is not doubled.

    No content goes in: what it says is rendered for its reader, through the predicate, when it is read.
    """
    readers = sorted(to, key=lambda officer: officer.pk)  # in one order, as in _close: deeds at the same time wait for each other in turn
    rows = [Notice(officer=officer, kind=kind, subject_id=subject_id, due_at=due_at) for officer in readers]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    _ring_after_commit({row.officer_id for row in rows})


def settle(kind: str, *, subject_id: UUID, officer: Officer | None = None) -> None:
    """The thing no longer waits: for one officer, or for all."""
    waiting = Notice.objects.filter(kind=kind, subject_id=subject_id, done_at=None)
    _close(waiting.filter(officer=officer) if officer else waiting)


def put_aside(officer: Officer, notice_id: UUID) -> bool:
    """The officer has seen it and wants it off the desk. Returns whether it was there."""
    return _close(Notice.objects.filter(officer=officer, pk=notice_id, done_at=None))


def _close(notices: QuerySet[Notice]) -> bool:
    rows = dict(notices.order_by("officer_id", "pk").select_for_update().values_list("pk", "officer_id"))
    Notice.objects.filter(pk__in=rows).update(done_at=Now())
    _ring_after_commit(set(rows.values()))
    return bool(rows)


# --- The doorbell: it says "look again" and nothing else. What there is to see is read anew, through the officer's own eyes.


def _ring_after_commit(officer_ids: set[UUID]) -> None:
    """A lost ring loses nothing: the rows stand, and no deed fails because the bell is broken."""
    if officer_ids:
        transaction.on_commit(lambda: _ring(officer_ids), robust=True)


def _ring(officer_ids: set[UUID]) -> None:
    with _bell.pipeline(transaction=False) as calls:
        for officer_id in officer_ids:
            calls.publish(_channel(officer_id), b"")
        calls.execute()


def _channel(officer_id: UUID) -> str:
    return f"desk:{officer_id}"


async def lines(officer_id: UUID) -> int:
    """How many listen to an officer's bell at this moment: the server's own count, which forgets whoever is gone. Raises RedisError."""
    async with aioredis.Redis.from_url(settings.REDIS_URL) as bell:
        [(_name, count)] = await bell.pubsub_numsub(_channel(officer_id))
        return int(count)


@asynccontextmanager
async def listening(officer_id: UUID) -> AsyncIterator[Callable[[float], Awaitable[bool]]]:
    """Hear an officer's bell: the function inside waits so many seconds and says whether it rang. Raises RedisError."""
    async with aioredis.Redis.from_url(settings.REDIS_URL) as bell, bell.pubsub(ignore_subscribe_messages=True) as ears:
        await ears.subscribe(_channel(officer_id))
        await ears.get_message(timeout=5)  # the server's word that it listens

        async def rang(seconds: float) -> bool:
            return await ears.get_message(timeout=seconds) is not None

        yield rang
