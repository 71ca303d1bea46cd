"""Notices said in words. A notice is a kind and an id; its room says what it means to this reader now, or nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from accounts import actions
from accounts.models import Notice, Officer
from accounts.notices import Waiting
from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from sharing.agreements import actions as agreements
from sharing.deconfliction import actions as deconfliction
from sharing.releases import actions as releases

SPOKEN: dict[str, Callable[[Officer, UUID], Waiting | None]] = {
    **casefiles.NOTICES, **intelligence.NOTICES, **agreements.NOTICES, **deconfliction.NOTICES, **releases.NOTICES,
}  # fmt: skip
SHOWN = 50
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """One notice and what it says to its reader."""

    notice: Notice
    waiting: Waiting


def waiting_for(officer: Officer) -> list[Said]:
    """Open notices in words, the soonest due first, then the newest. Those whose thing is out of sight are put aside unsaid."""
    rows = Notice.objects.filter(officer=officer, done_at=None).order_by("-posted_at")[:SHOWN]
    said, unsaid = [], []
    for notice in rows:
        waiting = SPOKEN[notice.kind](officer, notice.subject_id) if notice.kind in SPOKEN else None
        if waiting:
            said.append(Said(notice, waiting))
        else:
            unsaid.append(notice.pk)
    if unsaid:
        actions.put_notices_aside(officer=officer, notice_ids=unsaid)
    return sorted(said, key=lambda s: s.waiting.due or NEVER)
