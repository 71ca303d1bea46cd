from __future__ import annotations

from celery import shared_task

from accounts import actions


@shared_task(name="accounts.end_memberships", ignore_result=True)
def end_memberships(**_future: object) -> int:
    """Every minute (portal/celery.py): Django's groups follow the dates of memberships. Safe twice, late, or in parallel."""
    return actions.end_memberships()


@shared_task(name="accounts.forget_replies", ignore_result=True)
def forget_replies(**_future: object) -> int:
    """Every hour (portal/celery.py): what idempotency keys were answered is kept for a day. Safe twice, late, or in parallel."""
    return actions.forget_replies()


@shared_task(name="accounts.forget_drafts", ignore_result=True)
def forget_drafts(**_future: object) -> int:
    """Every hour (portal/celery.py): drafts are kept for thirty days. Safe twice, late, or in parallel."""
    return actions.forget_drafts()
