"""Working notes: written, changed in further versions, pinned, and spoken to colleagues. They never leave the case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Note, NoteMention, NoteVersion
from cases.casefiles.speaking import called, sees
from cases.casefiles.storage import touch
from cases.casefiles.wording import Piece, compared
from kernel.errors import Conflict, NotFound
from kernel.querysets import Page

MENTIONED = "casefiles.note.mentioned"


@dataclass(frozen=True, slots=True)
class Notes:
    """A page of a case's notes, the newest first, and those pinned to its top."""

    casefile: CaseFile
    page: Page[Note]
    pinned: Sequence[Note]


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note with its versions, the newest first, and what changed from one to another where that was asked."""

    note: Note
    versions: Sequence[NoteVersion]
    sides: tuple[tuple[NoteVersion, Sequence[Piece]], ...]


@transaction.atomic(durable=True)
def list_notes(*, officer: Officer, casefile_id: UUID, q: str = "", after: str = "", size: int = 50) -> Notes:
    """The case and its notes, those with some words in them. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    notes = Note.objects.visible_to(officer).filter(casefile=casefile).select_related("author")
    page = (notes.filter(text__icontains=q) if q else notes).newest(by="written_at", after=after, size=size)
    pinned = [] if q or after else list(notes.exclude(pinned_at=None).order_by("-pinned_at", "pk")[:size])
    told = Prefetch("mentions", NoteMention.objects.visible_to(officer).select_related("officer").order_by("officer__name"))
    prefetch_related_objects([*page.rows, *pinned], told)
    _is_read(officer, [*page.rows, *pinned])
    record(Event.NOTES_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows), query={"q": q})
    return Notes(casefile, page, pinned)


@transaction.atomic(durable=True)
def open_note(*, officer: Officer, note_id: UUID, before: int | None = None, after: int | None = None) -> OpenNote:
    """One note with all its versions, two of them compared where they are named. Raises NotFound."""
    note = Note.objects.visible_to(officer).select_related("author", *(f"casefile__{name}" for name in SHOWN)).one(note_id)
    versions = list(NoteVersion.objects.visible_to(officer).filter(note=note).order_by("-number"))
    told = Prefetch("mentions", NoteMention.objects.visible_to(officer).select_related("officer").order_by("officer__name"))
    prefetch_related_objects([note], told)
    _is_read(officer, [note])
    record(Event.NOTE_READ, actor=officer, subject=note.casefile, owner=note.casefile.agency_id, note=note.pk, number=note.number)
    if before is None or after is None:
        return OpenNote(note, versions, ())
    numbered = {version.number: version for version in versions}
    if not {before, after} <= set(numbered):
        raise NotFound
    one, other = numbered[before], numbered[after]
    return OpenNote(note, versions, tuple(zip((one, other), compared(one.text, other.text), strict=True)))


@transaction.atomic(durable=True)
def write_note(*, officer: Officer, casefile_id: UUID, text: str, tell: Collection[UUID] = ()) -> Note:
    """Add a note to a case, and leave word for the colleagues whom it speaks to: in `tell`, or as @name@agency.example in the text.

    Whoever does not see the case hears nothing; they stand in the note's `untold`, for its author alone.
    Raises NotFound (for officers of other agencies in `tell` too), NotAllowed (rules.can_work), Conflict if the case is closed.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    note: Note = Note.objects.create(casefile=casefile, author=officer, text=text)
    NoteVersion.objects.create(note=note, number=1, text=text)
    told = _tell(officer, note, casefile, tell)
    touch(casefile.pk)
    record(Event.NOTE_WRITTEN, actor=officer, subject=casefile, owner=casefile.agency_id, note=note.pk, told=told)
    return note


@transaction.atomic(durable=True)
def change_note(*, officer: Officer, note_id: UUID, number: int, text: str, reason: str = "", tell: Collection[UUID] = ()) -> Note:
    """Say a note anew; its older versions stay. `number` is the version that was open before its author, so that none is lost.

    Only who is newly spoken to is told. Raises NotFound, NotAllowed (rules.can_change_note), Conflict if the case is closed or
    the note was changed since.
    """
    casefile_id = Note.objects.visible_to(officer).one(note_id).casefile_id
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    note: Note = Note.objects.visible_to(officer).select_related("casefile__lead", "author").locked().one(note_id)
    rules.can_change_note(officer, note).enforce()
    rules.hold_open(casefile)
    if note.number != number:
        raise Conflict(rules.NOTE_CHANGED_SINCE)
    if text != note.text:
        note.text, note.number, note.changed_at = text, number + 1, Now()
        note.save(update_fields=["text", "number", "changed_at"])
        NoteVersion.objects.create(note=note, number=number + 1, text=text, reason=reason)
    told = _tell(officer, note, casefile, tell)
    touch(casefile.pk)
    facts: dict[str, Any] = {"note": note.pk, "number": note.number, "told": told}
    record(Event.NOTE_CHANGED, actor=officer, subject=casefile, owner=casefile.agency_id, **facts)
    return note


@transaction.atomic(durable=True)
def pin_note(*, officer: Officer, note_id: UUID) -> Note:
    """Keep a note at the top of its case, for all who read it. Raises NotFound, NotAllowed (rules.can_work), Conflict if it is closed."""
    note = _to_pin(officer, note_id)
    note.pinned_at = Now()
    note.save(update_fields=["pinned_at"])
    record(Event.NOTE_PINNED, actor=officer, subject=note.casefile, owner=note.casefile.agency_id, note=note.pk)
    return note


@transaction.atomic(durable=True)
def unpin_note(*, officer: Officer, note_id: UUID) -> Note:
    """Let a note stand among the others again. Raises NotFound, NotAllowed (rules.can_work), Conflict if its case is closed."""
    note = _to_pin(officer, note_id)
    note.pinned_at = None
    note.save(update_fields=["pinned_at"])
    record(Event.NOTE_UNPINNED, actor=officer, subject=note.casefile, owner=note.casefile.agency_id, note=note.pk)
    return note


def _to_pin(officer: Officer, note_id: UUID) -> Note:
    note: Note = Note.objects.visible_to(officer).select_related("casefile__lead").locked().one(note_id)
    rules.can_work(officer, note.casefile).enforce()
    rules.hold_open(note.casefile)
    return note


def _tell(officer: Officer, note: Note, casefile: CaseFile, tell: Collection[UUID]) -> list[UUID]:
    """Leave word for whom the note newly speaks to and who sees its case at this moment; whoever does not is `untold`."""
    there = set(NoteMention.objects.visible_to(officer).filter(note=note).values_list("officer", flat=True))
    spoken = {each.pk: each for each in called(officer, note.text, tell) if each.pk not in {officer.pk, *there}}
    seeing = [each for each in spoken.values() if sees(each, casefile)]
    note.untold = [each for each in spoken.values() if each not in seeing]
    NoteMention.objects.bulk_create(NoteMention(note=note, officer=each) for each in seeing)
    notices.post(MENTIONED, to=seeing, subject_id=note.pk)
    return [each.pk for each in seeing]


def _is_read(officer: Officer, notes: Sequence[Note]) -> None:
    """What speaks to the officer waits no longer."""
    waiting = NoteMention.objects.visible_to(officer).filter(officer=officer, note__in=notes, read_at=None)
    for mention in waiting:
        notices.settle(MENTIONED, subject_id=mention.note_id, officer=officer)
    if waiting:
        NoteMention.objects.visible_to(officer).filter(pk__in=[mention.pk for mention in waiting]).update(read_at=Now())


def _unread(officer: Officer) -> QuerySet[NoteMention]:
    mine: QuerySet[NoteMention] = NoteMention.objects.visible_to(officer).filter(officer=officer, read_at=None)
    return mine


def _waiting(officer: Officer, note_id: UUID) -> Waiting | None:
    """A note as the desk of whom it speaks to says it; nothing once it is read or out of their sight."""
    mention = _unread(officer).select_related("note__casefile", "note__author").filter(note=note_id).first()
    if mention is None:
        return None
    title = _("%(name)s speaks to you in a note") % {"name": mention.note.author.name}
    url = reverse("casefiles:note", args=[note_id])
    return Waiting(title=title, text=str(mention.note.casefile), url=url, icon="notebook-pen", chip=_("Note"), tone="info")


NOTICES = {MENTIONED: _waiting}
STANDING: dict[str, Standing] = {MENTIONED: lambda officer: _unread(officer).values("note")}
