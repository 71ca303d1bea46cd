"""How far what a mention says may be trusted, for pages of a room that does not know the paragraphs of intelligence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context

from cases.intelligence.models import Paragraph

register = template.Library()

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
