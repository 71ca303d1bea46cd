"""What idempotency keys were answered. Not in the ledger: the deed behind the key is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import ApiReply, Officer
from accounts.rules import KEY_HELD
from kernel.errors import Conflict

KEPT = timedelta(days=1)
MOST = 1000
"""Answers kept for one officer."""


@transaction.atomic(durable=True)
def reserve_reply(*, officer: Officer, key: str, request_digest: str) -> tuple[ApiReply, bool]:
    """Take a key for this request, committed before the deed begins; False beside it if it was taken already.

    Keys are each officer's own and are free again after a day, or once MOST newer ones were answered. Raises Conflict if others
    keep taking the key and giving it back.
    """
    theirs = ApiReply.objects.filter(officer=officer)
    theirs.filter(asked_at__lt=Now() - KEPT).delete()
    theirs.filter(pk__in=theirs.exclude(status=None).order_by("-asked_at").values("pk")[MOST:]).delete()
    mine = ApiReply(officer=officer, key=key, request_digest=request_digest)
    for _try in range(2):  # whoever held the key may give it back between the two statements
        ApiReply.objects.bulk_create([mine], ignore_conflicts=True)
        if held := theirs.filter(key=key).first():
            return held, held.pk == mine.pk
    raise Conflict(KEY_HELD)


@transaction.atomic(durable=True)
def keep_reply(*, reply_id: UUID, status: int, body: Any) -> None:
    """Keep what the request was answered, for its repetition."""
    ApiReply.objects.filter(pk=reply_id).update(status=status, body=body)


@transaction.atomic(durable=True)
def drop_reply(*, reply_id: UUID) -> None:
    """Nothing was done: let the same key be tried again."""
    ApiReply.objects.filter(pk=reply_id).delete()


@transaction.atomic(durable=True)
def forget_replies() -> int:
    """Delete what keys were answered more than a day ago. Returns how many. Run by the clock; safe twice, late or in parallel."""
    return ApiReply.objects.filter(asked_at__lt=Now() - KEPT).delete()[0]
