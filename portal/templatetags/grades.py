"""How far what a mention says may be trusted, for pages of a room that does not know the paragraphs of intelligence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.intelligence import grading
from cases.intelligence.models import Paragraph

register = template.Library()


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one half of a grade, with what they mean."""

    label: str | Promise
    codes: list[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of grading: how sources are graded on it, and how information is."""

    label: str
    parts: list[Codes]


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph to be ticked."""

    paragraph: Paragraph

    @property
    def number(self) -> int:
        return self.paragraph.number

    @property
    def text(self) -> str:
        return self.paragraph.text

    @property
    def key(self) -> str:
        return str(self.number)

    @property
    def pair(self) -> tuple[Any, int]:
        return self.paragraph.rendition_id, self.number


Grades = dict[tuple[Any, int | None], Paragraph]
"""By rendition and number; by None the only paragraph there is, where no number was noted."""


@register.simple_tag(takes_context=True)
def grades_of(context: Context, *lists: Iterable[Any]) -> Grades:
    """The graded paragraphs behind these rows, or rows of mentions, those alone that the reader sees, in one statement."""
    renditions = {getattr(row, "mention", row).rendition_id for rows in lists for row in rows or ()}
    if not renditions:
        return {}
    found = list(Paragraph.objects.visible_to(context["request"].user).filter(rendition__in=renditions))
    grades: Grades = {(each.rendition_id, each.number): each for each in found}
    for rendition in renditions:
        said = [each for each in found if each.rendition_id == rendition and each.kind == Paragraph.Kind.INFORMATION]
        if len(said) == 1:
            grades[rendition, None] = said[0]
    return grades


@register.filter
def of(grades: Grades | str | None, mention: Any) -> Paragraph | None:
    """The paragraph that says this mention, or this payment or call, among those at hand."""
    return grades.get((mention.rendition_id, mention.paragraph)) if isinstance(grades, dict) else None


@register.simple_tag(takes_context=True)
def paragraphs_of(context: Context, offered: Iterable[Any]) -> dict[Any, list[Part]]:
    """The paragraphs of information in these versions, those alone that the reader sees, in one statement."""
    renditions = [each.rendition.pk for each in offered]
    seen = Paragraph.objects.visible_to(context["request"].user).filter(rendition__in=renditions, kind=Paragraph.Kind.INFORMATION)
    found: dict[Any, list[Part]] = {}
    for each in seen.order_by("number"):
        found.setdefault(each.rendition_id, []).append(Part(each))
    return found


@register.filter
def parts(paragraphs: dict[Any, list[Part]] | str | None, rendition: Any) -> list[Part]:
    """Those of one version, among those at hand."""
    return paragraphs.get(rendition.pk, []) if isinstance(paragraphs, dict) else []


@register.simple_tag
def scales_for(agency: Any) -> list[Scale]:
    """Every scale with its codes in words, the agency's own first."""
    schemes = sorted(grading.Scheme, key=lambda scheme: scheme.value != agency.grading_scheme)
    halves = ((_("Source"), grading.SOURCE), (_("Information"), grading.INFORMATION))
    return [Scale(str(scheme.label), [Codes(label, list(words[scheme].items())) for label, words in halves]) for scheme in schemes]
