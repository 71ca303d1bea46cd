"""Who may be the same: names as they are looked up, and pairs that an agency holds apart."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Agency, Officer
from accounts.roles import Deed
from cases.entities.models.mentions import Mention
from kernel.querysets import GuardedModel, GuardedQuerySet


class NameKey(GuardedModel):
    """One key under which a mention's names are looked up (names.keys_of): the index that likely doubles are found by."""

    sight_includes = frozenset({"mention"})

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=300)

    class Keys(GuardedQuerySet["NameKey"]):
        def visible_to(self, officer: Any) -> Self:
            """Seen exactly where the mention is seen."""
            return self.filter(mention__in=Mention.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    objects = Keys.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        indexes = [models.Index(fields=["key", "mention"], name="names_looked_up")]


class HeldApart(GuardedModel):
    """Two mentions that one agency judged not to be the same, in the order of their ids; taken back by ending the row."""

    sight_includes = frozenset({"one", "other"})

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Pairs(GuardedQuerySet["HeldApart"]):
        def visible_to(self, officer: Any) -> Self:
            """The pairs of one's own agency that stand and both of which one sees."""
            if Deed.INTELLIGENCE_READ not in officer.deeds:
                return self.none()._scoped(f"officer {officer.pk}")
            seen = Mention.objects.seen_by(officer)
            mine = self.filter(agency_id=officer.agency_id, ended_at=None)
            return mine.filter(one__in=seen, other__in=seen)._scoped(f"officer {officer.pk}")

        def of(self, mention_ids: Any) -> Self:
            """Those in which one of these mentions stands."""
            return self.filter(Q(one__in=mention_ids) | Q(other__in=mention_ids))

    objects = Pairs.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["agency", "one", "other"], condition=Q(ended_at=None), name="a_pair_held_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_in_the_order_of_its_ids"),
        ]
        indexes = [models.Index(fields=["other"], condition=Q(ended_at=None), name="held_apart_from")]
