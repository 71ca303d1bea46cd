"""What an officer has in hand in joint cases, where the tasks of their own agency's cases are shown."""

from __future__ import annotations

from django import template
from django.template.context import Context

from sharing.joint import actions
from sharing.joint.models import AgreedTask

register = template.Library()


@register.simple_tag(takes_context=True)
def agreed_tasks(context: Context, state: str = actions.RUNNING) -> list[AgreedTask]:
    """The reader's own tasks in all joint cases that they are inside; older ones stand in the joint cases themselves."""
    officer = getattr(context.get("request"), "user", None)
    if officer is None or not officer.is_authenticated:
        return []
    return actions.list_my_agreed_tasks(officer=officer, state=state).rows
