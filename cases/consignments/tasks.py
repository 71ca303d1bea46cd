"""What is looked after while nobody looks."""

from __future__ import annotations

from celery import shared_task

from cases.consignments import actions


@shared_task(name="consignments.watch_deliveries", ignore_result=True)
def watch_deliveries(**_future: object) -> int:
    """Every minute (portal/celery.py): tell of what goes wrong with controlled deliveries under way. Safe twice, late, or in parallel."""
    return actions.watch_deliveries()
