"""The log of decisions: who decided what, why, when, on what basis. Nothing in it is changed; a correction is a new entry."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseDecision, CaseFile
from cases.casefiles.storage import colleague_or_former, touch
from kernel.errors import Invalid
from kernel.querysets import Page


@transaction.atomic(durable=True)
def list_decisions(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[CaseDecision]]:
    """The case and its decisions, those entered last first. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    rows = CaseDecision.objects.visible_to(officer).filter(casefile=casefile)
    page = rows.select_related("decided_by", "written_by", "corrects").newest(by="written_at", after=after, size=size)
    record(Event.DECISIONS_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows))
    return casefile, page


@transaction.atomic(durable=True)
def enter_decision(
    *, officer: Officer, casefile_id: UUID, decided_by_id: UUID, decided_on: date, what: str, why: str, basis: str,
    corrects_id: UUID | None = None,
) -> CaseDecision:  # fmt: skip
    """Enter a decision for good; `corrects_id` names the entry of the same case that this one puts right.

    Raises NotFound (for officers of other agencies too), NotAllowed (rules.can_work), Conflict if the case is closed,
    Invalid for a day to come.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    rules.can_work(officer, casefile).enforce()
    rules.hold_open(casefile)
    decided_by = colleague_or_former(officer, decided_by_id)
    if decided_on > timezone.localdate():
        raise Invalid(fields={"decided_on": rules.NOT_YET_DECIDED})
    if corrects_id:
        CaseDecision.objects.visible_to(officer).filter(casefile=casefile).one(corrects_id)
    entry: CaseDecision = CaseDecision.objects.create(
        casefile=casefile, decided_by=decided_by, decided_on=decided_on, what=what, why=why, basis=basis, corrects_id=corrects_id,
        written_by=officer,
    )  # fmt: skip
    touch(casefile.pk)
    record(
        Event.DECISION_ENTERED, actor=officer, subject=casefile, owner=casefile.agency_id, entry=entry.pk, decided_by=decided_by.pk,
        decided_on=decided_on, corrects=corrects_id,
    )  # fmt: skip
    return entry
