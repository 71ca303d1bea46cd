"""The way from a case to its legal advice, for those who have one."""

from __future__ import annotations

from uuid import UUID

from django import template
from django.template.context import Context

from sharing.prosecution import actions
from sharing.prosecution.actions import WayIn

register = template.Library()


@register.simple_tag(takes_context=True)
def way_in(context: Context, *, casefile: UUID | None = None, joint: UUID | None = None, asking: bool = False) -> WayIn | None:
    """Where advice on this case is, as far as the reader may know; `asking` looks whether they may ask for some too."""
    officer = getattr(context.get("request"), "user", None)
    if officer is None or not officer.is_authenticated:
        return None
    return actions.way_in(officer, casefile_id=casefile, joint_id=joint, asking=asking)
