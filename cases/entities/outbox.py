"""What mentions leave for others: the change queue towards deconfliction, and the keys of their names; and the bell of the imports."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from celery import current_app
from django.db import transaction

from cases.entities import names
from cases.entities.models import Mention, MentionChange, NameKey


def put(mention_ids: Iterable[UUID]) -> None:
    """Queue mentions for comparison, in the caller's transaction."""
    MentionChange.objects.bulk_create((MentionChange(mention_id=pk) for pk in mention_ids), batch_size=5_000)


def claim(limit: int) -> list[UUID]:
    """Take the oldest mentions off the queue, in the caller's transaction: a rollback puts them back. Safe in parallel."""
    rows = list(MentionChange.objects.order_by("pk").select_for_update(skip_locked=True)[:limit])
    MentionChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return list(dict.fromkeys(row.mention_id for row in rows))


def ring() -> None:
    """Wake a worker for a file that waits, once the caller's transaction is in. A lost ring loses nothing: the clock rings too."""
    transaction.on_commit(lambda: current_app.send_task("entities.work_on_imports", expires=30, retry=False), robust=True)


def index_names(mentions: Iterable[Mention]) -> None:
    """The keys under which new mentions are found by name."""
    keys = ((mention, key) for mention in mentions for key in sorted(names.keys_of(names_of(mention))))
    NameKey.objects.bulk_create((NameKey(mention=mention, key=key) for mention, key in keys), batch_size=5_000)


def names_of(mention: Mention) -> list[str]:
    """All that a mention is called."""
    return [mention.name, *(str(name) for kind in names.ALIASES for name in mention.attributes.get(kind, []))]
