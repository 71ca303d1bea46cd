"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    ITEM_RECORDED = "intelligence.item.recorded", _("Recorded an intelligence item")
    ITEM_CORRECTED = "intelligence.item.corrected", _("Corrected an intelligence item")
    TEAR_LINE_MADE = "intelligence.item.tear-line-made", _("Made a tear-line")
    ITEM_VIEWED = "intelligence.item.viewed", _("Opened an intelligence item")
    ITEMS_LISTED = "intelligence.item.listed", _("Listed intelligence")
