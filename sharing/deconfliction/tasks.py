from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from sharing.deconfliction import actions

MAX_BATCHES_PER_RUN = 40


@shared_task(name="deconfliction.compare_changes", ignore_result=True)
def compare_changes(**_future: object) -> int:
    """Every few seconds (portal/celery.py): compare what was recorded since. Safe twice, late, or in parallel."""
    compared = 0
    for _batch in range(MAX_BATCHES_PER_RUN):
        claimed = actions.compare_changes(now=timezone.now())
        if not claimed:
            break
        compared += claimed
    return compared
