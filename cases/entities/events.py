"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    MENTIONS_LISTED = "entities.mention.listed", _("Listed mentions")
    MENTION_NOTED = "entities.mention.noted", _("Noted a mention")
    MENTIONS_TAKEN_OVER = "entities.mention.taken-over", _("Took mentions over into a newer version")
    SUBJECTS_LISTED = "entities.subject.listed", _("Listed subjects")
    SUBJECT_VIEWED = "entities.subject.viewed", _("Opened a subject")
    SUBJECT_MADE = "entities.subject.made", _("Made a subject")
    SUBJECT_CHANGED = "entities.subject.changed", _("Changed a subject")
    MENTION_GROUPED = "entities.mention.grouped", _("Put a mention with a subject")
    MENTION_UNGROUPED = "entities.mention.ungrouped", _("Took a mention off a subject")
    NOTICE_MODE_CHANGED = "entities.notice-mode.changed", _("Changed who hears of a match")
    HOLDINGS_IMPORTED = "entities.holdings.imported", _("Imported rows of holdings")
    HOLDINGS_COMPLETE = "entities.holdings.complete", _("Finished importing holdings")
