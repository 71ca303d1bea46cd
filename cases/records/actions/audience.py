"""Who at home shall see a case and what is kept in it, and which further cases a record matters to."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from audit.ledger import record as write
from cases.casefiles import grants as case_grants
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.records import grants, rules
from cases.records.events import Event
from cases.records.models import CaseLink, Record
from kernel.errors import Conflict, NotFound


@transaction.atomic(durable=True)
def change_audience(*, officer: Officer, casefile_id: UUID, audience: str, reason: str = "") -> CaseFile:
    """Show a case and all that is kept in it to more people at home, or to fewer; with the next request.

    Raises NotFound, NotAllowed (casefiles.rules.can_change_audience), Conflict if it has that audience already.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("agency", "unit", "lead").locked().one(casefile_id)
    casefiles.can_change_audience(officer, casefile, audience=audience, reason=reason).enforce()
    if audience == casefile.audience:
        raise Conflict(rules.SAME_AUDIENCE)
    before, casefile.audience = casefile.audience, CaseFile.Audience(audience)
    casefile.audience_reason = "" if audience == CaseFile.Audience.TEAM else reason or casefile.audience_reason
    casefile.active_at = timezone.now()
    casefile.save(update_fields=["audience", "audience_reason", "active_at"])
    case_grants.project(casefile)
    grants.project_home(casefile)
    write(
        Event.AUDIENCE_CHANGED, actor=officer, subject=casefile, owner=casefile.agency_id, before=before, audience=audience, reason=reason
    )
    return casefile


@transaction.atomic(durable=True)
def link_record(*, officer: Officer, record_id: UUID, casefile_id: UUID) -> CaseLink:
    """Say that a record matters to a further case too; whoever follows the link needs to see both ends.

    Raises NotFound, NotAllowed (casefiles.rules.can_work), Conflict if it is in that case already or the case is closed.
    """
    record = Record.objects.visible_to(officer).one(record_id)
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    casefiles.can_work(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    linked = CaseLink.objects.visible_to(officer).filter(record=record, casefile=casefile)
    if record.home_id == casefile.pk or linked.exists():
        raise Conflict(rules.ALREADY_THERE)
    link: CaseLink = CaseLink.objects.create(record=record, casefile=casefile, made_by=officer)
    write(Event.RECORD_LINKED, actor=officer, subject=casefile, owner=casefile.agency_id, record=record.pk)
    return link


@transaction.atomic(durable=True)
def unlink_record(*, officer: Officer, record_id: UUID, casefile_id: UUID) -> None:
    """Take back that a record matters to a further case. Raises NotFound, NotAllowed (casefiles.rules.can_work), Conflict."""
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    casefiles.can_work(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    link = CaseLink.objects.visible_to(officer).filter(record=record_id, casefile=casefile).first()
    if link is None:
        raise NotFound
    link.ended_at = timezone.now()
    link.save(update_fields=["ended_at"])
    write(Event.RECORD_UNLINKED, actor=officer, subject=casefile, owner=casefile.agency_id, record=record_id)
