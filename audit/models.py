"""The ledger's tables. The database writes time, transaction and hash, and refuses every change (migrations/0001)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, officer: Any) -> Self:
        """Deeds of one's agency and what others did with its things, for those whose role reads the ledger; else one's own deeds."""
        if "ledger.read" in officer.deeds:
            return self.filter(Q(agency_id=officer.agency_id) | Q(owner_id=officer.agency_id))
        return self.filter(actor_id=officer.pk)

    def newest(self) -> Self:
        return self.order_by("-at", "-id")

    def about(self, *subjects: uuid.UUID) -> Self:
        return self.filter(subject_id__in=subjects)


class Event(models.Model):
    """One line of the ledger: who did, saw, searched or was refused what, by which right.

    Actor, agency and subject are plain UUIDs: the ledger knows nobody, and nothing that is purged takes its line along.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    xid = models.BigIntegerField(editable=False)
    at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=80)
    decision = models.CharField(max_length=80, default="")  # "" = done; else the code of the refusal
    agency_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    session = models.CharField(max_length=64, default="")
    request_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=40, default="")
    subject_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(null=True)  # the agency whose thing it is: it sees what others did with it
    rendition_hash = models.BinaryField(null=True)
    via = ArrayField(models.CharField(max_length=120), default=list)
    payload_digest = models.BinaryField(null=True)
    leaf_hash = models.BinaryField(editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        managed = False  # partitioned by month: created by SQL
        db_table = "audit_event"
        default_permissions = ()


class Payload(models.Model):
    """What an event says of people and content, apart and salted, so that it can lawfully be erased while the line still verifies."""

    event_id = models.UUIDField(primary_key=True)
    salt = models.BinaryField()
    body = models.TextField(null=True)  # noqa: DJ001  null once erased; canonical JSON; bound by SHA-256(salt || body)
    erased_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=200, default="")

    class Meta:
        managed = False
        db_table = "audit_payload"
        default_permissions = ()
