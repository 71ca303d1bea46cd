"""What idempotency keys were answered. Not in the ledger: the deed behind the key is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import ApiReply, Officer

KEPT = timedelta(days=1)


@transaction.atomic(durable=True)
def reserve_reply(*, officer: Officer, key: str, request_digest: str) -> tuple[ApiReply, bool]:
    """Take a key for this request, committed before the deed begins; False beside it if it was taken already.

    Keys are each officer's own and are free again after a day.
    """
    ApiReply.objects.filter(officer=officer, asked_at__lt=Now() - KEPT).delete()
    mine = ApiReply(officer=officer, key=key, request_digest=request_digest)
    ApiReply.objects.bulk_create([mine], ignore_conflicts=True)
    held = ApiReply.objects.get(officer=officer, key=key)
    return held, held.pk == mine.pk


@transaction.atomic(durable=True)
def keep_reply(*, reply_id: UUID, status: int, body: Any) -> None:
    """Keep what the request was answered, for its repetition."""
    ApiReply.objects.filter(pk=reply_id).update(status=status, body=body)


@transaction.atomic(durable=True)
def drop_reply(*, reply_id: UUID) -> None:
    """Nothing was done: let the same key be tried again."""
    ApiReply.objects.filter(pk=reply_id).delete()
