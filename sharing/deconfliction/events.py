"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    HITS_LISTED = "deconfliction.hit.listed", _("Listed deconfliction hits")
    HIT_VIEWED = "deconfliction.hit.viewed", _("Opened a deconfliction hit")
    HIT_FOUND = "deconfliction.hit.found", _("A desk was told that another agency holds the same identifier")
    DESK_SHOWN = "deconfliction.desk.shown", _("Another agency was told of a desk")
    HIT_ANSWERED = "deconfliction.hit.answered", _("Answered a deconfliction hit")
    HIT_MADE_URGENT = "deconfliction.hit.made-urgent", _("Marked a deconfliction hit as urgent")
