"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    RECORDS_LISTED = "records.record.listed", _("Listed records")
    RENDITION_OPENED = "records.rendition.opened", _("Opened a record")
    RENDITION_MADE = "records.rendition.made", _("Kept a version of a record")
    SIGHT_EXPLAINED = "records.sight.explained", _("Asked who can see a record")
    AUDIENCE_CHANGED = "records.audience.changed", _("Changed who at home can see a case")
    RECORD_LINKED = "records.record.linked", _("Linked a record to a further case")
    RECORD_UNLINKED = "records.record.unlinked", _("Took a record out of a further case")
    READINGS_LISTED = "records.reading.listed", _("Read who opened a record")
