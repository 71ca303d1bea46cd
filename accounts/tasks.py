from __future__ import annotations

from celery import shared_task

from accounts import actions


@shared_task(name="accounts.end_memberships", ignore_result=True)
def end_memberships(**_future: object) -> int:
    """Every minute (portal/celery.py): Django's groups follow the dates of memberships. Safe twice, late, or in parallel."""
    return actions.end_memberships()
