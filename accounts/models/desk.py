"""What waits for one officer, what they proved, and the machines that speak for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.agencies import Row
from accounts.models.officers import Officer


class Notice(Row):
    """Something waits for an officer: a kind and an id, no content. What it says is rendered for its reader at reading time."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    due_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "kind", "subject_id"], condition=Q(done_at=None), name="one_open_notice_per_thing")
        ]
        indexes = [models.Index(fields=["officer", "posted_at"], condition=Q(done_at=None), name="open_notices")]


class Proof(Row):
    """Fresh proof of presence, bound to one deed on one thing with one content. Used once.

    A passkey's challenge is a row too, neither proven nor failed; it is deleted when it is answered.
    """

    class Method(models.TextChoices):
        PASSKEY = "passkey", _("Passkey")
        TOTP = "totp", _("One-time code")
        PASSWORD = "password", _("Password")

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=8, choices=Method)
    challenge = models.JSONField(null=True)
    begun_at = models.DateTimeField(db_default=Now())
    proven_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)


class ApiToken(Row):
    """A machine door's key, one officer's own. Only its SHA-256 is kept; the token is shown once."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class ApiReply(Row):
    """What an idempotency key was answered, so that a repeated POST does nothing twice and hears the same."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)  # null: still running, or cut off
    body = models.JSONField(null=True)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="one_reply_per_key")]
