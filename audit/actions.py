"""Reading the ledger, which is itself written down, and keeping a partition ready for the months to come."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from audit import models
from audit.events import Event
from audit.ledger import record
from kernel.errors import render
from kernel.querysets import Page, page_of

QUOTED = frozenset({"title", "condition", "words"})
"""Parameters of sentences that repeat what a thing says."""


@transaction.atomic(durable=True)
def list_events(
    *, officer: Any, kind: str = "", actor_id: UUID | None = None, subject_id: UUID | None = None, after: str = "", size: int = 50
) -> Page[models.Event]:
    """The newest lines the officer may read, by kind, person and thing. Raises Invalid for a broken cursor."""
    rows = models.Event.objects.visible_to(officer)
    wanted = {"kind": kind, "actor_id": actor_id, "subject_id": subject_id}
    page = page_of(rows.filter(**{name: value for name, value in wanted.items() if value}), by="at", after=after, size=size)
    record(Event.LEDGER_READ, actor=officer, owner=officer.agency_id, count=len(page.rows), query=wanted)
    return page


@transaction.atomic(durable=True)
def make_partitions() -> int:
    """Make the ledger's partitions up to three months ahead. Returns how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_partitions()")
        return int(cursor.fetchone()[0])


def sentences(events: list[models.Event], *, reader: Any) -> dict[UUID, str]:
    """Why each refused line was refused, in the reader's language: the very sentence its page or problem+json showed.

    What it quotes of content is read by whoever was refused: those who oversee see the log, not content.
    """
    refused = [event for event in events if event.decision]
    ids = [event.pk for event in refused]
    bodies = dict(models.Payload.objects.filter(event_id__in=ids, erased_at=None).values_list("event_id", "body"))
    told = {}
    for event in refused:
        params = json.loads(bodies.get(event.pk) or "{}").get("params", {})
        shown = {name: value for name, value in params.items() if event.actor_id == reader.pk or name not in QUOTED}
        told[event.pk] = render(event.decision, shown)
    return told


def facts(events: list[models.Event], *, kinds: Collection[str]) -> dict[UUID, dict[str, Any]]:
    """What lines of these kinds say beside their header: of kinds alone that hold numbers and people, and no words of a thing."""
    ids = [event.pk for event in events if event.kind in kinds and not event.decision]
    bodies = models.Payload.objects.filter(event_id__in=ids, erased_at=None).values_list("event_id", "body")
    return {event_id: json.loads(body or "{}") for event_id, body in bodies}
