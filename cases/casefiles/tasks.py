from __future__ import annotations

from celery import shared_task

from cases.casefiles import actions


@shared_task(name="casefiles.lapse_handovers", ignore_result=True)
def lapse_handovers(**_future: object) -> int:
    """Every ten minutes (portal/celery.py): write down which offers of cases nobody answered in time. Safe twice, late, or in parallel."""
    return actions.lapse_handovers()
