"""Telling officers that something waits: rows of kind and id, which commit with the deed or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Now
from django.utils.functional import Promise

from accounts.models import Notice, Officer


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


def post(kind: str, *, to: Iterable[Officer], subject_id: UUID, due_at: datetime | None = None) -> None:
    """Leave a notice on each officer's desk, in the caller's transaction. An open one about the same thing is not doubled.

    No content goes in: what it says is rendered for its reader, through the predicate, when it is read.
    """
    rows = [Notice(officer=officer, kind=kind, subject_id=subject_id, due_at=due_at) for officer in to]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def settle(kind: str, *, subject_id: UUID, officer: Officer | None = None) -> None:
    """The thing no longer waits: for one officer, or for all."""
    waiting = Notice.objects.filter(kind=kind, subject_id=subject_id, done_at=None)
    (waiting.filter(officer=officer) if officer else waiting).update(done_at=Now())
