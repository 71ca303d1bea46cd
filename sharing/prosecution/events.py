"""The names this room writes in the ledger: that there was advice, its number and whom it was for, never what it says."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    ADVICE_GIVEN = "prosecution.advice.given", _("Gave legal advice behind a wall")
    ADVICE_ASKED = "prosecution.advice.asked", _("Asked a prosecutor for advice behind a wall")
    ADVICE_ANSWERED = "prosecution.advice.answered", _("Answered behind a wall")
    ADVICE_VIEWED = "prosecution.advice.viewed", _("Read legal advice behind a wall")
    ADVICE_LISTED = "prosecution.advice.listed", _("Listed legal advice")
    READER_LET_IN = "prosecution.reader.let-in", _("Let somebody behind a wall")
    READER_LET_OUT = "prosecution.reader.let-out", _("Let somebody no longer behind a wall")
