"""Writing the ledger. A deed and its line commit together, or neither does."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a deed came from: which request of which session. Facts for the line, never a source of authority."""

    request_id: uuid.UUID | None = None
    session: str = ""


NOWHERE = Trail()
_trail: ContextVar[Trail] = ContextVar("audit_trail", default=NOWHERE)

INSERT_EVENT = """
    INSERT INTO audit_event (id, kind, decision, agency_id, actor_id, session, request_id, subject_type, subject_id,
                             owner_id, rendition_hash, via, payload_digest)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING leaf_hash
"""
INSERT_PAYLOAD = "INSERT INTO audit_payload (event_id, salt, body) VALUES (%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves later that this line was written: its id and its leaf hash (SHA-256)."""

    event_id: uuid.UUID
    leaf_hash: bytes


@contextmanager
def following(source: Trail) -> Iterator[None]:
    """Lines written inside carry this request and session."""
    token = _trail.set(source)
    try:
        yield
    finally:
        _trail.reset(token)


def trail() -> Trail:
    """The request and session that lines are being written for."""
    return _trail.get()


def record(
    kind: str,
    *,
    actor: Any,
    subject: models.Model | None = None,
    owner: uuid.UUID | None = None,
    decision: str = "",
    rendition_hash: bytes | None = None,
    via: Iterable[str] = (),
    **facts: Any,
) -> Receipt:
    """Append one line in the caller's transaction. `actor` is an officer, or None for the clock and the queue.

    `facts` are kept apart from the line, salted, and can be lawfully erased. Time, transaction and hash are the database's.
    Raises TransactionManagementError outside a transaction: a line that cannot fall with its deed proves nothing.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("the ledger is written inside the deed's own transaction")
    source, event_id = trail(), uuid7()
    body = json.dumps(facts, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":")) if facts else None
    salt = secrets.token_bytes(16)
    digest = hashlib.sha256(salt + body.encode()).digest() if body else None
    header = (
        event_id, str(kind), decision, getattr(actor, "agency_id", None), getattr(actor, "pk", None), source.session,
        source.request_id, subject._meta.model_name if subject else "", subject.pk if subject else None, owner, rendition_hash,
        list(via), digest,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT_EVENT, header)
        leaf = bytes(cursor.fetchone()[0])
        if body:
            cursor.execute(INSERT_PAYLOAD, (event_id, salt, body))
    return Receipt(event_id, leaf)


@transaction.atomic(durable=True)
def record_refusal(kind: str, *, actor: Any, decision: str, **facts: Any) -> Receipt:
    """A refusal, in a transaction of its own: the rollback of what was refused must not erase that it was tried."""
    return record(kind, actor=actor, decision=decision, **facts)


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562, section 5.7): index-friendly; the order that counts is the sealer's."""
    millis = time.time_ns() // 1_000_000
    rand = secrets.randbits(74)
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | (rand >> 62) << 64 | 0b10 << 62 | rand & (1 << 62) - 1
    return uuid.UUID(int=value)
