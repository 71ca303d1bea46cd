"""A prosecutor's advice: words for named people alone, and what they answer. Nobody else learns that there are any.

It hangs on a case file or on a joint case and on nothing else: no grant, release, list, count or search of another room knows of it.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.casefiles.storage import draw
from kernel.querysets import GuardedModel, GuardedQuerySet
from sharing.joint.models import JointCase

MARKING = {
    "level": "secret",
    "wording": _("Legal privilege: prosecutor's advice"),
    "note": _("For its author and those it is addressed to. Never released with the case."),
}
"""What a page that tells of advice is marked with."""


def new_reference() -> str:
    """Drawn, never counted: nobody learns from a number how much was advised."""
    return f"L-{draw(8)}"


class AdviceQuerySet(GuardedQuerySet["Advice"]):
    def visible_to(self, officer: Any) -> Self:
        """Its author and those let behind the wall, as long as they see the case it is about: both, at the moment of reading."""
        let_in = Reader.objects.standing().filter(advice=OuterRef("pk"), officer_id=officer.pk)
        cases, joints = CaseFile.objects.visible_to(officer), JointCase.objects.inside(officer)
        place = Q(casefile__in=cases.values("pk")) | Q(joint__in=joints.values("pk"))
        return self.filter(place, Q(author=officer.pk) | Q(Exists(let_in)))._scoped(f"officer {officer.pk}")


class Advice(GuardedModel):
    """What a prosecutor advises, or what a prosecutor is asked: sent once, to named people, and never changed."""

    class Kind(models.TextChoices):
        ADVICE = "advice", _("Advice")
        QUESTION = "question", _("Request for advice")

    sight_includes = frozenset({"casefile", "joint"})

    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=12, unique=True, editable=False, default=new_reference)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=20_000)
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    objects = AdviceQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(casefile=None) ^ Q(joint=None), name="advice_is_about_one_case"),
            models.CheckConstraint(condition=Q(kind__in=["advice", "question"]), name="advice_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="advice_has_its_words"),
        ]
        indexes = [
            models.Index(fields=["casefile", "-written_at"], name="advice_in_a_case"),
            models.Index(fields=["joint", "-written_at"], name="advice_in_a_joint_case"),
        ]

    @property
    def about(self) -> str:
        """What the case is called, for those who see it."""
        return str(self.casefile or self.joint)


class OfAdviceQuerySet(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly with the advice."""
        return self.filter(advice__in=Advice.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class ReaderQuerySet(OfAdviceQuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at=None)._scoped("who is let behind a wall")


class Reader(GuardedModel):
    """Somebody whom the author let behind the wall: since when, when they first read it, until when. The row stays."""

    sight_includes = frozenset({"advice"})

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="readers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    let_in_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ReaderQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["advice", "officer"], condition=Q(ended_at=None), name="an_officer_is_let_in_once")]


class Reply(GuardedModel):
    """What somebody behind the wall answered, for all who are behind it. It stays as it was written."""

    sight_includes = frozenset({"advice"})

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(max_length=20_000)
    author = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    objects = OfAdviceQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_reply_has_its_words")]
        indexes = [models.Index(fields=["advice", "written_at"], name="replies_to_an_advice")]
