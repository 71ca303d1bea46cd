"""The ledger's kinds in words, for pages of rooms that do not know each other's events."""

from __future__ import annotations

from django import template

from portal.pages.ledger import LABELS

register = template.Library()


@register.filter
def deed(kind: str) -> str:
    """What a line of this kind says was done; the kind itself if no room speaks of it any more."""
    return str(LABELS.get(kind, kind))
