from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from cases.entities import actions


@shared_task(name="entities.work_on_imports", ignore_result=True)
def work_on_imports(**_future: object) -> int:
    """Every few seconds, and when one waits (portal/celery.py): the longest waiting first. Safe twice, late, or in parallel."""
    done = 0
    while actions.work_on_imports(now=timezone.now()):
        done += 1
    return done


@shared_task(name="entities.clear_imports", ignore_result=True)
def clear_imports(**_future: object) -> int:
    """Every few minutes (portal/celery.py): files that are in, dropped or forgotten are removed. Safe twice, late, or in parallel."""
    return actions.clear_imports(now=timezone.now())
