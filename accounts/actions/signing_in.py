"""Who signed in and out, who failed to, and what changed about how they do. allauth acts; here it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

from accounts.events import Event
from accounts.models import Officer
from audit.ledger import record
from kernel.errors import Sentence

R = TypeVar("R")


@transaction.atomic(durable=True)
def note_sign_in(*, officer: Officer, by: Iterable[str], ip: str) -> None:
    """An officer signed in; `by` names what they showed, e.g. password and totp."""
    record(Event.SIGNED_IN, actor=officer, subject=officer, owner=officer.agency_id, by=list(by), ip=ip)


@transaction.atomic(durable=True)
def note_failed_sign_in(*, email: str, why: Sentence, ip: str) -> None:
    """Somebody tried an address, an officer's or not; nobody is its actor, because nobody is known to have done it."""
    officer = Officer.objects.filter(email__iexact=email).first()
    owner = officer.agency_id if officer else None
    record(Event.SIGN_IN_FAILED, actor=None, subject=officer, owner=owner, decision=why.code, email=email[:320], ip=ip)


@transaction.atomic(durable=True)
def note_sign_out(*, officer: Officer) -> None:
    """An officer signed out."""
    record(Event.SIGNED_OUT, actor=officer, subject=officer, owner=officer.agency_id)


@transaction.atomic(durable=True)
def change_security(*, officer: Officer, what: str, change: Callable[[], R]) -> R:
    """Let allauth change a passkey, the authenticator app, the recovery codes or the password, together with the line that says so."""
    changed = change()
    record(Event.SECURITY_CHANGED, actor=officer, subject=officer, owner=officer.agency_id, what=what)
    return changed
