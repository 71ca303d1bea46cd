"""Two subjects that an agency took for one, so that it can be taken back whole."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import Officer
from cases.entities.models.mentions import Mention
from cases.entities.models.subjects import Subject
from kernel.querysets import GuardedModel, GuardedQuerySet

ONE_OF: dict[str, Any] = {"template": "(%(expressions)s))", "arg_joiner": " = ANY(", "output_field": models.BooleanField()}


class SubjectMergeQuerySet(GuardedQuerySet["SubjectMerge"]):
    def visible_to(self, officer: Any) -> Self:
        """Those of subjects that one sees, by which went over at least one mention that one sees too."""
        went = Mention.objects.visible_to(officer).filter(Func(F("pk"), OuterRef("moved"), **ONE_OF))
        return self.filter(Exists(went), kept__in=Subject.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    def standing(self) -> Self:
        return self.filter(undone_at=None)


class SubjectMerge(GuardedModel):
    """One subject went over into another, with exactly what is listed here; taken back once, and never changed otherwise.

    Its reason is read by those who see every mention that went over, and every one of what it went over into.
    """

    sight_includes = frozenset({"kept"})

    kept = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    moved = ArrayField(models.UUIDField(), default=list)  # mentions that counted as `gone`
    added = ArrayField(models.UUIDField(), default=list)  # those of them that `kept` did not have already
    turned_from = ArrayField(models.UUIDField(), default=list)  # relations that began at `gone`
    turned_to = ArrayField(models.UUIDField(), default=list)  # relations that led to `gone`
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = SubjectMergeQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="no_subject_goes_over_into_itself"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | ~Q(undone_at=None) & ~Q(undone_by=None), name="a_merge_is_undone_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["kept", "-made_at"], name="merges_into_a_subject")]
