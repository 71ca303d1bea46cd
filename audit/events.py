"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    LEDGER_READ = "audit.event.listed", _("Read the ledger")
    REQUEST_REFUSED = "audit.request.refused", _("Was refused")
