from __future__ import annotations

from celery import shared_task

from audit import actions


@shared_task(name="audit.make_partitions", ignore_result=True)
def make_partitions(**_future: object) -> int:
    """Daily (portal/celery.py): the ledger has a partition for every month to come. Safe twice or in parallel."""
    return actions.make_partitions()
