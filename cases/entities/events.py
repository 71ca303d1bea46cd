"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    CASE_TAKEN = "entities.case.taken", _("Took a case over from another unit")
    MENTIONS_LISTED = "entities.mention.listed", _("Listed mentions")
    MENTIONS_EXPORTED = "entities.mention.exported", _("Took out a case's mentions")
    MENTION_NOTED = "entities.mention.noted", _("Noted a mention")
    MENTIONS_TAKEN_OVER = "entities.mention.taken-over", _("Took mentions over into a newer version")
    SUGGESTIONS_SOUGHT = "entities.suggestion.sought", _("Looked through a text for names and numbers")
    SUGGESTIONS_ACCEPTED = "entities.suggestion.accepted", _("Noted what a text was found to name")
    SUGGESTIONS_DECLINED = "entities.suggestion.declined", _("Declined what a text was found to name")
    SUGGESTIONS_OFFERED_AGAIN = "entities.suggestion.offered-again", _("Had declined finds offered again")
    IDENTIFIERS_ADDED = "entities.identifier.added", _("Added identifiers to a mention")
    LIKELY_SOUGHT = "entities.likeness.sought", _("Looked who may be the same")
    TAKEN_FOR_ONE = "entities.subject.taken-for-one", _("Took two mentions for one")
    HELD_APART = "entities.pair.held-apart", _("Held two mentions apart")
    COMPARED_AGAIN = "entities.pair.compared-again", _("Took back that two mentions are apart")
    SUBJECTS_LISTED = "entities.subject.listed", _("Listed subjects")
    SUBJECT_VIEWED = "entities.subject.viewed", _("Opened a subject")
    SUBJECT_MADE = "entities.subject.made", _("Made a subject")
    SUBJECT_CHANGED = "entities.subject.changed", _("Changed a subject")
    MENTION_GROUPED = "entities.mention.grouped", _("Put a mention with a subject")
    MENTION_UNGROUPED = "entities.mention.ungrouped", _("Took a mention off a subject")
    NOTICE_MODE_CHANGED = "entities.notice-mode.changed", _("Changed who hears of a match")
    HOLDINGS_IMPORTED = "entities.holdings.imported", _("Imported rows of holdings")
    HOLDINGS_COMPLETE = "entities.holdings.complete", _("Finished importing holdings")
    IMPORTS_LISTED = "entities.import.listed", _("Listed imports")
    IMPORT_VIEWED = "entities.import.viewed", _("Opened an import")
    IMPORT_UPLOADED = "entities.import.uploaded", _("Sent a file to be imported")
    IMPORT_MAPPED = "entities.import.mapped", _("Said what the columns of a file are")
    IMPORT_CHECKED = "entities.import.checked", _("Checked the rows of a file")
    IMPORT_STARTED = "entities.import.started", _("Started an import")
    IMPORT_CANCELLED = "entities.import.cancelled", _("Stopped an import")
    IMPORT_DROPPED = "entities.import.dropped", _("Dropped a file that was to be imported")
    IMPORT_ENDED = "entities.import.ended", _("An import ended")
    IMPORT_FAILED = "entities.import.failed", _("An import failed")
    IMPORT_UNDONE = "entities.import.undone", _("Took an import back")
    IMPORT_FILE_REMOVED = "entities.import.file-removed", _("Removed the file of an import")
    MAPPING_KEPT = "entities.import-mapping.kept", _("Kept a mapping of columns")
