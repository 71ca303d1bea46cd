"""What an officer keeps at hand."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile, InsideQuerySet
from kernel.querysets import GuardedModel


class BookmarkQuerySet(InsideQuerySet):
    def visible_to(self, officer: Any) -> Self:
        """One's own, of files that one still sees."""
        return super().visible_to(officer).filter(officer_id=officer.pk)


class Bookmark(GuardedModel):
    """A file on one officer's own desk: when they last opened it, when their visit before this one ended, since when it is pinned."""

    sight_includes = frozenset({"casefile"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["officer", "casefile"], name="one_bookmark_per_officer_and_case")]
