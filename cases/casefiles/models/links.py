"""Cases that belong together."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles.models.casefile import CaseFile
from kernel.querysets import GuardedModel, GuardedQuerySet


class LinkedCasesQuerySet(GuardedQuerySet["LinkedCases"]):
    def visible_to(self, officer: Any) -> Self:
        """Those of which the officer sees both cases. To whoever sees one of them there is no link."""
        seen = CaseFile.objects.seen_by(officer)
        return self.filter(casefile__in=seen, other__in=seen)._scoped(f"officer {officer.pk}")

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def of(self, casefile: CaseFile) -> Self:
        """Those with this case at either end."""
        return self.filter(Q(casefile=casefile) | Q(other=casefile))


class LinkedCases(GuardedModel):
    """Two cases belong together, in one way and for a reason. It gives no sight, and is seen by who sees both.

    Unlinked, the row stays and says by whom and why; nothing else of it ever changes.
    """

    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        PARENT = "parent", _("Parent and child")
        SPLIT = "split-from", _("Split from")
        MERGED = "merged-into", _("Merged into")
        GROUP = "same-group", _("Same offence group")

    BOTH_WAYS = (Kind.RELATED, Kind.GROUP)

    sight_includes = frozenset({"casefile", "other"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    objects = LinkedCasesQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Least("casefile", "other"), Greatest("casefile", "other"), "kind", condition=Q(ended_at=None),
                name="two_cases_are_linked_once_in_one_way",
            ),
            models.CheckConstraint(condition=~Q(casefile=F("other")), name="no_case_is_linked_to_itself"),
            models.CheckConstraint(
                condition=Q(kind__in=["related", "parent", "split-from", "merged-into", "same-group"]), name="case_link_kind_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_case_link_has_its_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="") | ~Q(ended_at=None) & ~Q(ended_by=None) & ~Q(end_reason=""),
                name="a_case_link_is_ended_by_somebody_for_a_reason",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["other"], name="case_links_followed_back")]


FROM_HERE = {
    LinkedCases.Kind.RELATED: _("Related to"),
    LinkedCases.Kind.PARENT: _("Parent of"),
    LinkedCases.Kind.SPLIT: _("Split from"),
    LinkedCases.Kind.MERGED: _("Merged into"),
    LinkedCases.Kind.GROUP: _("Same offence group as"),
}
FROM_THERE = FROM_HERE | {
    LinkedCases.Kind.PARENT: _("Child of"),
    LinkedCases.Kind.SPLIT: _("Gave off"),
    LinkedCases.Kind.MERGED: _("Took in"),
}
