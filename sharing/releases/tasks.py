from __future__ import annotations

from celery import shared_task

from sharing.releases import actions


@shared_task(name="releases.expire_releases", ignore_result=True)
def expire_releases(**_future: object) -> int:
    """Every minute (portal/celery.py): write down what has ended. Sight ended by itself. Safe twice, late, or in parallel."""
    return actions.expire_releases()
