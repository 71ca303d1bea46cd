"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    CASES_LISTED = "casefiles.casefile.listed", _("Listed case files")
    CASES_EXPORTED = "casefiles.casefile.exported", _("Took out a list of case files")
    CASE_PINNED = "casefiles.casefile.pinned", _("Pinned a case file")
    CASE_UNPINNED = "casefiles.casefile.unpinned", _("Unpinned a case file")
    DESK_LISTED = "casefiles.desk.listed", _("Listed pinned and recent case files")
    CASE_VIEWED = "casefiles.casefile.viewed", _("Opened a case file")
    CASE_OPENED = "casefiles.casefile.opened", _("Started a case file")
    CASE_CHANGED = "casefiles.casefile.changed", _("Changed a case file")
    CASE_CLOSED = "casefiles.casefile.closed", _("Closed a case file")
    CASE_REOPENED = "casefiles.casefile.reopened", _("Opened a closed case file again")
    CASE_RESTED = "casefiles.casefile.rested", _("Let a case file rest, or took it up again")
    CLOSINGS_READ = "casefiles.closing.listed", _("Read when and why a case was closed")
    LEAD_CHANGED = "casefiles.casefile.lead-changed", _("Changed the lead of a case")
    TEAM_JOINED = "casefiles.team.joined", _("Added an officer to a case team")
    TEAM_LEFT = "casefiles.team.left", _("Took an officer off a case team")
    NOTE_WRITTEN = "casefiles.note.written", _("Wrote a note")
    NOTES_READ = "casefiles.note.listed", _("Read a case's notes")
    OFFENCE_ADDED = "casefiles.offence.added", _("Named an offence of a case")
    OFFENCE_REMOVED = "casefiles.offence.removed", _("Took an offence off a case")
    REFERENCE_ADDED = "casefiles.reference.added", _("Added another reference of a case")
    REFERENCE_REMOVED = "casefiles.reference.removed", _("Took another reference off a case")
    SCHEME_SET = "casefiles.scheme.set", _("Set how case references are written")
    CASES_LINKED = "casefiles.link.made", _("Linked two case files")
    CASES_UNLINKED = "casefiles.link.ended", _("Unlinked two case files")
    LINKS_READ = "casefiles.link.listed", _("Read which cases a case is linked to")
    HANDOVER_PROPOSED = "casefiles.handover.proposed", _("Offered a case to another unit")
    HANDOVER_REFUSED = "casefiles.handover.refused", _("Refused a case that was offered")
    HANDOVER_WITHDRAWN = "casefiles.handover.withdrawn", _("Withdrew the offer of a case")
    HANDOVER_LAPSED = "casefiles.handover.lapsed", _("The offer of a case lapsed unanswered")
    HANDOVER_VIEWED = "casefiles.handover.viewed", _("Read the cover of a hand-over")
    HANDOVERS_LISTED = "casefiles.handover.listed", _("Listed hand-overs")
    DECISION_ENTERED = "casefiles.decision.entered", _("Entered a decision")
    DECISIONS_READ = "casefiles.decision.listed", _("Read a case's decisions")
    TASK_SET = "casefiles.task.set", _("Set a task")
    TASK_ENDED = "casefiles.task.ended", _("Ended a task")
    TASKS_READ = "casefiles.task.listed", _("Read a case's tasks")
    TASKS_EXPORTED = "casefiles.task.exported", _("Took out a case's tasks")
    TEAM_READ = "casefiles.team.listed", _("Read who is on a case team")
    ACTIVITY_READ = "casefiles.activity.listed", _("Read what was done with a case")
