"""What an officer has typed into a form and not sent yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual

from accounts.models.officers import Officer
from kernel.querysets import GuardedModel, GuardedQuerySet

KEPT_FOR = timedelta(days=30)
"""From the last time something was typed."""
MOST_SEALED = 1_500_000
"""Characters of a sealed text: more than accounts.actions.drafts lets in."""


class DraftQuerySet(GuardedQuerySet["Draft"]):
    def visible_to(self, officer: Any) -> Self:
        """One's own, and nobody else's: whatever their role."""
        return self.filter(officer_id=officer.pk)._scoped(f"officer {officer.pk}")

    def fresh(self) -> Self:
        """Those whose days are not over, by the database's clock."""
        return self.filter(kept_at__gt=Now() - KEPT_FOR)

    def lapsed(self) -> Self:
        return self.filter(kept_at__lte=Now() - KEPT_FOR)


class Draft(GuardedModel):
    """The fields of one form on one page, sealed. It is no record: nobody but its officer learns that it is there.

    `key` is drawn by the page that began it, `writer` by each page that goes on with it: by these two windows are told apart.
    `basis` is the hash of what the form showed before anything was typed.
    """

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    form = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=500, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    writer = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.TextField()
    begun_at = models.DateTimeField(db_default=Now())
    kept_at = models.DateTimeField(db_default=Now())

    objects = DraftQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["officer", "key"], name="one_draft_per_key"),
            models.CheckConstraint(condition=Q(path__regex=r"^/([^/\\]|$)"), name="a_draft_belongs_to_a_page_of_this_portal"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("sealed"), MOST_SEALED), name="a_draft_has_its_limit"),
        ]
        indexes = [models.Index(fields=["officer", "path"], name="drafts_of_a_page")]

    @property
    def address(self) -> str:
        """The form's own page, asked to go on with this."""
        return f"{self.path}?{self.query}{'&' if self.query else ''}draft={self.key}"
