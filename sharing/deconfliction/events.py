"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    HITS_LISTED = "deconfliction.hit.listed", _("Listed deconfliction hits")
    HIT_VIEWED = "deconfliction.hit.viewed", _("Opened a deconfliction hit")
    HIT_FOUND = "deconfliction.hit.found", _("Two agencies hold the same identifier")
    HIT_ANSWERED = "deconfliction.hit.answered", _("Answered a deconfliction hit")
