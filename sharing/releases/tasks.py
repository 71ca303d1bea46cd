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


@shared_task(name="releases.tell_recipients", ignore_result=True)
def tell_recipients(**_future: object) -> int:
    """Twice a minute (portal/celery.py): tell of what has left. Sight began by itself. Safe twice, late, or in parallel."""
    return actions.tell_recipients()


@shared_task(name="releases.lapse_releases", ignore_result=True)
def lapse_releases(**_future: object) -> int:
    """Every minute (portal/celery.py): write down what lapsed. It could not be approved any more. Safe twice, late, or in parallel."""
    return actions.lapse_releases()
