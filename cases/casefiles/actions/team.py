"""Who is on a case's team, and who leads it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts import notices
from accounts.grants import join, leave, members
from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.actions.tasks import ASSIGNED
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Task
from cases.casefiles.storage import ask_supervisors, colleague, colleague_or_former, touch
from kernel.errors import Conflict


@transaction.atomic(durable=True)
def list_team(*, officer: Officer, casefile_id: UUID) -> tuple[CaseFile, list[Officer]]:
    """The case and who is on its team. Raises NotFound."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN, "prosecutor").one(casefile_id)
    team = list(members(casefile.team).select_related("unit").order_by("name"))
    record(Event.TEAM_READ, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(team))
    return casefile, team


@transaction.atomic(durable=True)
def add_to_team(*, officer: Officer, casefile_id: UUID, member_id: UUID) -> CaseFile:
    """Let a colleague see and work on the case from the next request on.

    Raises NotFound (for officers of other agencies too), NotAllowed (rules.can_lead, rules.can_join), Conflict.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_lead(officer, casefile).enforce()
    member = colleague(officer, member_id)
    rules.can_join(member, casefile).enforce()
    if members(casefile.team).filter(pk=member.pk).exists():
        raise Conflict(rules.ALREADY_A_MEMBER, name=member.name)
    join(member, casefile.team, cause=casefile.pk)
    ask_supervisors(casefile, [member])
    touch(casefile.pk)
    record(Event.TEAM_JOINED, actor=officer, subject=casefile, owner=casefile.agency_id, member=member.pk)
    return casefile


@transaction.atomic(durable=True)
def take_off_team(*, officer: Officer, casefile_id: UUID, member_id: UUID) -> CaseFile:
    """End a colleague's place on the team; with the next request they see only what a wider audience shows them.

    Raises NotFound, NotAllowed (rules.can_lead), Conflict for the lead, for the prosecutor, and for somebody who is not on the team.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_lead(officer, casefile).enforce()
    member = colleague_or_former(officer, member_id)
    if member.pk == casefile.lead_id:
        raise Conflict(rules.LEAD_STAYS, name=member.name)
    if member.pk == casefile.prosecutor_id:
        raise Conflict(rules.PROSECUTOR_STAYS, name=member.name)
    if not members(casefile.team).filter(pk=member.pk).exists():
        raise Conflict(rules.NOT_A_MEMBER, name=member.name)
    leave(member, casefile.team)
    for task in Task.objects.visible_to(officer).filter(casefile=casefile, assignee=member, state__in=Task.RUNNING):
        notices.settle(ASSIGNED, subject_id=task.pk, officer=member)
    touch(casefile.pk)
    record(Event.TEAM_LEFT, actor=officer, subject=casefile, owner=casefile.agency_id, member=member.pk)
    return casefile


@transaction.atomic(durable=True)
def change_lead(*, officer: Officer, casefile_id: UUID, lead_id: UUID) -> CaseFile:
    """Let a colleague lead the case, who joins its team with that. Raises NotFound, NotAllowed (rules.can_lead, rules.can_join)."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_lead(officer, casefile).enforce()
    lead = colleague(officer, lead_id)
    rules.can_join(lead, casefile).enforce()
    before, casefile.lead = casefile.lead_id, lead
    casefile.save(update_fields=["lead"])
    join(lead, casefile.team, cause=casefile.pk)
    touch(casefile.pk)
    record(Event.LEAD_CHANGED, actor=officer, subject=casefile, owner=casefile.agency_id, before=before, lead=lead.pk)
    return casefile
