"""Working notes. They never leave the case."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Note
from cases.casefiles.storage import touch
from kernel.querysets import Page


@transaction.atomic(durable=True)
def list_notes(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[Note]]:
    """The case and its notes, the newest first. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    notes = Note.objects.visible_to(officer).filter(casefile=casefile).select_related("author")
    page = notes.newest(by="written_at", after=after, size=size)
    record(Event.NOTES_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows))
    return casefile, page


@transaction.atomic(durable=True)
def write_note(*, officer: Officer, casefile_id: UUID, text: str) -> Note:
    """Add a note to a case. Raises NotFound, NotAllowed (rules.can_work), Conflict if it is closed."""
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    note = Note.objects.create(casefile=casefile, author=officer, text=text)
    touch(casefile.pk)
    record(Event.NOTE_WRITTEN, actor=officer, subject=casefile, owner=casefile.agency_id, note=note.pk)
    return note
