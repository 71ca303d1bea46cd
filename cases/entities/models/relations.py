"""What one agency concludes of two subjects: how they are related, and which paragraphs say so."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import Deed
from cases.entities.models.subjects import Subject
from cases.records.models import Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet


class RelationKind(models.TextChoices):
    """How the first is related to the second; what the second is to the first stands in FROM_THERE."""

    ASSOCIATE = "associate", _("is an associate of")
    FAMILY = "family", _("is family of")
    CONTACT = "contact", _("is in contact with")
    MET = "met", _("met")
    OWNS = "owns", _("owns")
    CONTROLS = "controls", _("controls")
    DIRECTS = "directs", _("is a director of")
    EMPLOYED = "employed", _("is employed by")
    MEMBER = "member", _("is a member of")
    REPRESENTS = "represents", _("acts for")
    USES = "uses", _("uses")
    PAYS = "pays", _("pays")
    SUPPLIES = "supplies", _("supplies")
    CARRIED = "carried", _("is transported by")
    LOCATED = "located", _("is located at")
    INVOLVED = "involved", _("is involved in")
    OTHER = "other", _("is otherwise related to")


FROM_HERE = dict(RelationKind.choices)
FROM_THERE = FROM_HERE | {
    RelationKind.OWNS: _("is owned by"),
    RelationKind.CONTROLS: _("is controlled by"),
    RelationKind.DIRECTS: _("has as a director"),
    RelationKind.EMPLOYED: _("employs"),
    RelationKind.MEMBER: _("has as a member"),
    RelationKind.REPRESENTS: _("is acted for by"),
    RelationKind.USES: _("is used by"),
    RelationKind.PAYS: _("is paid by"),
    RelationKind.SUPPLIES: _("is supplied by"),
    RelationKind.CARRIED: _("transports"),
    RelationKind.LOCATED: _("is the location of"),
    RelationKind.INVOLVED: _("involves"),
}


class RelationQuerySet(GuardedQuerySet["Relation"]):
    def visible_to(self, officer: Any) -> Self:
        """Those of one's own agency of which one sees both subjects and a paragraph that supports it; in the words one may read."""
        seen = RelationSupport.objects.visible_to(officer).filter(relation=OuterRef("pk"))
        mine = self.filter(Exists(seen)).annotate(whole=~Exists(_unseen_supports(officer)))
        return mine._scoped(f"officer {officer.pk}")

    def of(self, subject: Subject) -> Self:
        """Those with this subject at either end."""
        return self.filter(Q(subject=subject) | Q(other=subject))

    def standing(self) -> Self:
        return self.filter(ended_at=None)


def _unseen_supports(officer: Any) -> RelationSupportQuerySet:
    """What an outer relation rests on, or rested on, that the officer does not see."""
    supports = RelationSupport.objects.unscoped("whether a reader sees all that a relation rests on").filter(relation=OuterRef("pk"))
    return supports.exclude(Exists(Rendition.objects.visible_to(officer).filter(pk=OuterRef("rendition"))))


class Relation(GuardedModel):
    """One agency's own judgement of how two of its subjects are related. It never travels, and others may stand beside it that differ.

    Its description, its days and the reason it ended are read by those who see every paragraph it rests on; its kind by whoever sees
    both subjects and one of those paragraphs. It is ended for a reason and never deleted; nothing else of it ever changes, but which
    subjects are its ends when two subjects are taken for one.
    """

    whole: bool = False  # set on rows read with visible_to: whether that reader may read all of it

    class Confidence(models.TextChoices):
        LOW = "low", _("Low")
        MODERATE = "moderate", _("Moderate")
        HIGH = "high", _("High")

    sight_includes = frozenset({"subject", "other"})

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=RelationKind)
    confidence = models.CharField(max_length=8, choices=Confidence, default=Confidence.MODERATE)
    description = models.CharField(max_length=500, blank=True)
    began_on = models.DateField(null=True)
    ceased_on = models.DateField(null=True)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values, confidence__in=["low", "moderate", "high"]), name="relation_vocabulary_known"
            ),
            models.CheckConstraint(condition=~Q(subject=F("other")), name="no_subject_is_related_to_itself"),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(description=""), name="another_relation_is_described"),
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(ceased_on=None) | Q(ceased_on__gte=F("began_on")),
                name="a_relation_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="") | ~Q(ended_at=None) & ~Q(ended_by=None) & ~Q(end_reason=""),
                name="a_relation_is_ended_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-made_at"], name="relations_followed"),
            models.Index(fields=["other", "-made_at"], name="relations_followed_back"),
            models.Index(fields=["agency", "-made_at", "-id"], name="relations_of_an_agency"),
        ]

    @property
    def said(self) -> str:
        return self.description if self.whole else ""

    @property
    def days(self) -> tuple[date | None, date | None]:
        """From when until when it holds, as far as that is known to whoever reads it."""
        return (self.began_on, self.ceased_on) if self.whole else (None, None)

    @property
    def why_ended(self) -> str:
        return self.end_reason if self.whole else ""


class RelationSupportQuerySet(GuardedQuerySet["RelationSupport"]):
    def visible_to(self, officer: Any) -> Self:
        """Those whose version one sees, of one's own agency's relations between subjects that one sees; withdrawn ones too."""
        if Deed.INTELLIGENCE_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        subjects = Subject.objects.seen_by(officer)
        mine = self.filter(relation__agency_id=officer.agency_id, relation__subject__in=subjects, relation__other__in=subjects)
        return mine.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class RelationSupport(GuardedModel):
    """A paragraph that says that two subjects are related. Withdrawn for a reason, never deleted.

    That the version has a paragraph of this number is held by the database: this room does not know the paragraphs.
    """

    sight_includes = frozenset({"relation", "rendition"})

    relation = models.ForeignKey(Relation, on_delete=models.PROTECT, related_name="supports")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    paragraph = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    objects = RelationSupportQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["relation", "rendition", "paragraph"], condition=Q(ended_at=None), name="a_paragraph_supports_a_relation_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="") | ~Q(ended_at=None) & ~Q(ended_by=None) & ~Q(end_reason=""),
                name="a_support_is_withdrawn_by_somebody_for_a_reason",
            ),
        ]
