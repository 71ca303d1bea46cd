"""Working notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel, GuardedQuerySet


class Note(GuardedModel):
    """A working note, in the words of its newest version. It has no grants: it is never released."""

    untold: Sequence[Officer] = ()  # set by the deed that wrote it: whom it speaks to and who does not see its case
    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=20_000)
    number = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)

    objects = InsideQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        indexes = [models.Index(fields=["casefile", "-written_at"], name="notes_of_a_case")]


class OfNote(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the note."""
        return self.filter(note__in=Note.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class NoteVersion(GuardedModel):
    """A note as it was written at one time. It stays: a change is a further version."""

    sight_includes = frozenset({"note"})

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=20_000)
    reason = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(db_default=Now())

    objects = OfNote.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="one_version_per_note_and_number")]


class NoteMention(GuardedModel):
    """A colleague to whom a note speaks, who saw its case then and was told."""

    sight_includes = frozenset({"note"})

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="mentions")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    objects = OfNote.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["note", "officer"], name="a_note_speaks_to_an_officer_once")]
