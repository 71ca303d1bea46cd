from __future__ import annotations

from celery import shared_task

from sharing.releases import actions


@shared_task(name="releases.expire_releases", ignore_result=True)
def expire_releases(**_future: object) -> int:
    """Every minute (portal/celery.py): write down what has ended. Sight ended by itself. Safe twice, late, or in parallel."""
    return actions.expire_releases()


@shared_task(name="releases.check_projection", ignore_result=True)
def check_projection(**_future: object) -> int:
    """Nightly (portal/celery.py): alarm where sight is not what it rests on. Reads only, save for its alarms. Safe twice."""
    return actions.check_projection()
