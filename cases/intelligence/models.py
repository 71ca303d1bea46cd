"""Graded intelligence: the numbered paragraphs of a rendition, each with its own grade and handling."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.intelligence import grading
from cases.records import handling
from cases.records.models import Handled, Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet


class ParagraphQuerySet(GuardedQuerySet["Paragraph"]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly where the rendition is seen."""
        return self.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")


class Paragraph(Handled, GuardedModel):
    """One numbered statement of an intelligence item, graded by itself. Provenance is a paragraph of its own."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("Information")
        PROVENANCE = "provenance", _("Provenance")

    sight_includes = frozenset({"rendition"})

    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.INFORMATION)
    text = models.TextField(max_length=20_000)
    scheme = models.CharField(max_length=10, choices=grading.Scheme)
    source_code = models.CharField(max_length=2)
    information_code = models.CharField(max_length=2)

    objects = ParagraphQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rendition", "number"], name="one_paragraph_per_number"),
            models.CheckConstraint(condition=grading.known(), name="paragraph_grade_known"),
            models.CheckConstraint(condition=handling.known(), name="paragraph_handling_known"),
            models.CheckConstraint(condition=Q(kind__in=["information", "provenance"]), name="paragraph_kind_known"),
        ]

    @property
    def grade_words(self) -> str:
        return grading.words(self.scheme, self.source_code, self.information_code)

    @property
    def grade(self) -> grading.Grade:
        """As its originator gave it."""
        return grading.Grade(self.scheme, self.source_code, self.information_code)
