from __future__ import annotations

from celery import shared_task

from sharing.joint import actions


@shared_task(name="joint.check_sight", ignore_result=True)
def check_sight(**_future: object) -> int:
    """Nightly (portal/celery.py): alarm where sight by joint cases is not what it rests on. Reads only, save for its alarms. Safe twice."""
    return actions.check_joint_sight()
