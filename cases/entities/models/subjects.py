"""What one agency concludes from mentions."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import Deed
from cases.entities.models.mentions import EntityType, Mention
from kernel.querysets import GuardedModel, GuardedQuerySet


class SubjectQuerySet(GuardedQuerySet["Subject"]):
    def visible_to(self, officer: Any) -> Self:
        """One's own agency's judgements, if one may see at least one of the mentions they rest on; in the words one may read."""
        seen = SubjectMention.objects.visible_to(officer).filter(subject=OuterRef("pk"))
        first = seen.order_by("mention__made_at", "mention").values("mention__name")[:1]
        whole = ~Exists(_written_from_unseen(officer))
        mine = self.filter(Exists(seen), agency_id=officer.agency_id).annotate(whole=whole, first=Subquery(first))
        return mine._scoped(f"officer {officer.pk}")

    def by_name(self) -> Self:
        """As they are called by the reader of `visible_to`, in the order of the alphabet."""
        return self.order_by(Case(When(~Q(label=""), whole=True, then=F("label")), default=F("first")), "pk")


def _written_from_unseen(officer: Any) -> SubjectMentionQuerySet:
    """The mentions an outer subject's words may have been written from, or that came since, which the officer does not see."""
    groupings = SubjectMention.objects.unscoped("whether a reader sees all that a label was written from")
    there = groupings.filter(Q(ended_at=None) | Q(ended_at__gt=OuterRef("worded_at")), subject=OuterRef("pk"))
    return there.exclude(Exists(Mention.objects.visible_to(officer).filter(pk=OuterRef("mention"))))


class Subject(GuardedModel):
    """One agency's own judgement that several mentions are the same person or thing. It never travels.

    Its label and its category's reason are read by those who see every mention it has, and every one it had when both were last
    written; to others it is `called` as the first mention they see, as it is to everybody without a label.
    """

    whole: bool = False  # set on rows read with visible_to: whether that reader may read label and reason
    first: str = ""  # and the name in the first mention they see

    class Category(models.TextChoices):
        SUSPECT = "suspect", _("Suspect")
        VICTIM = "victim", _("Victim")
        WITNESS = "witness", _("Witness")
        MINOR = "minor", _("Minor")
        OTHER = "other", _("Other")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    etype = models.CharField(max_length=12, choices=EntityType)
    label = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=8, choices=Category, default=Category.OTHER)
    category_reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    worded_at = models.DateTimeField(db_default=Now())

    objects = SubjectQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(etype__in=EntityType.values, category__in=["suspect", "victim", "witness", "minor", "other"]),
                name="subject_vocabulary_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.called} ({self.get_category_display()})" if self.is_protected else self.called

    @property
    def typed(self) -> str:
        return self.label if self.whole else ""

    @property
    def reason(self) -> str:
        return self.category_reason if self.whole else ""

    @property
    def called(self) -> str:
        return self.typed or self.first

    @property
    def is_protected(self) -> bool:
        """A minor, a victim or a witness: said wherever they are named."""
        return self.category in {self.Category.VICTIM, self.Category.WITNESS, self.Category.MINOR}


class SubjectMentionQuerySet(GuardedQuerySet["SubjectMention"]):
    def visible_to(self, officer: Any) -> Self:
        """The groupings of one's own agency whose mention one may see, as they stand."""
        if Deed.INTELLIGENCE_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        mine = self.filter(subject__agency_id=officer.agency_id, ended_at=None)
        return mine.filter(mention__in=Mention.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class SubjectMention(GuardedModel):
    """A mention belongs to a subject, by somebody's judgement; taken back by ending the row."""

    sight_includes = frozenset({"subject", "mention"})

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="groupings")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="groupings")
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = SubjectMentionQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject", "mention"], condition=Q(ended_at=None), name="a_mention_once_per_subject")
        ]
