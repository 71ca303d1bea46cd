"""An officer's own desk: tokens, how pages look, notices put aside."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts import notices
from accounts.events import Event
from accounts.models import ApiToken, Notice, Officer
from accounts.tokens import digest
from audit.ledger import record
from kernel.errors import NotFound

DISPLAY = frozenset({"language", "time_zone", "theme", "keys"})


@transaction.atomic(durable=True)
def make_token(*, officer: Officer, name: str, days: int) -> tuple[ApiToken, str]:
    """A key for the machine door that can do what the officer can, for 1 to 365 days. Its text is returned here and kept nowhere."""
    text = f"mrd_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(officer=officer, name=name, digest=digest(text), expires_at=Now() + timedelta(days=days))
    record(Event.TOKEN_MADE, actor=officer, subject=token, owner=officer.agency_id, name=name, days=days)
    return token, text


@transaction.atomic(durable=True)
def end_token(*, officer: Officer, token_id: UUID) -> None:
    """End one of one's own tokens; the next request with it is refused. Raises NotFound."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, officer=officer, ended_at=None).first()
    if token is None:
        raise NotFound
    ApiToken.objects.filter(pk=token.pk).update(ended_at=Now())
    record(Event.TOKEN_ENDED, actor=officer, subject=token, owner=officer.agency_id, name=token.name)


@transaction.atomic(durable=True)
def save_display(*, officer: Officer, **choices: Any) -> None:
    """Keep how an officer wants to read: language, time_zone, theme, keys (single-key shortcuts). Raises TypeError for anything else."""
    if not choices.keys() <= DISPLAY:
        raise TypeError(f"not about display: {sorted(choices.keys() - DISPLAY)}")
    for name, value in choices.items():
        setattr(officer, name, value)
    officer.save(update_fields=sorted(choices))
    record(Event.DISPLAY_CHANGED, actor=officer, subject=officer, owner=officer.agency_id, **choices)


@transaction.atomic(durable=True)
def put_notice_aside(*, officer: Officer, notice_id: UUID) -> None:
    """Take one notice off one's own desk; others keep theirs, and doing it again changes nothing. Raises NotFound."""
    if not Notice.objects.select_for_update().filter(pk=notice_id, officer=officer).exists():
        raise NotFound
    if notices.put_aside(officer, notice_id):
        record(Event.NOTICE_DONE, actor=officer, subject=officer, owner=officer.agency_id, notices=[str(notice_id)])
