"""Taking a case over from another unit: with it move who sees it, its records, and the desk that others call about what it names.

Here and not where it is offered, because this room knows all that hangs on a case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import notices
from accounts.grants import join, leave_all, members
from accounts.models import Officer, Unit
from audit.ledger import record
from cases.casefiles import grants as case_grants
from cases.casefiles import rules as casefiles
from cases.casefiles.actions.handovers import ANSWERED, settle_handover
from cases.casefiles.actions.tasks import ASSIGNED, write_entry
from cases.casefiles.models import CaseFile, Handover, Task, TaskEntry
from cases.casefiles.storage import ask_supervisors, colleague
from cases.entities import outbox
from cases.entities.events import Event
from cases.entities.models import Mention
from cases.records import grants


@transaction.atomic(durable=True)
def accept_handover(*, officer: Officer, handover_id: UUID, lead_id: UUID, team: Iterable[UUID] = ()) -> Handover:
    """Take a case for one's unit, led by `lead_id`, with `team` beside them; the old team stays or leaves as it was offered.

    In one transaction move the unit, the lead, the team, the audience with its grants on the case and on its records, and the desk of
    what those name. A compartment stays its team's alone; the reference, the agency and what was released stay. Whoever no longer
    belongs to it sees nothing of it from the next request on, and their open tasks fall to the new lead. The prosecutor stays on it.

    Raises NotFound (for officers of other agencies too), NotAllowed (casefiles.rules.can_decide, can_receive), Conflict if it was
    decided, lapsed or closed meanwhile.
    """
    offered = Handover.objects.visible_to(officer).one(handover_id)
    files = CaseFile.objects.unscoped("holding a case that is handed over").select_related("agency", "unit", "lead", "prosecutor")
    casefile = files.locked().one(offered.casefile_id)
    handover = Handover.objects.visible_to(officer).select_related("to_unit", "from_unit", "proposed_by").locked().one(handover_id)
    casefiles.can_decide(officer, handover).enforce()
    casefiles.hold_in_time(handover, now=timezone.now())
    casefiles.hold_open(casefile)
    lead, beside = colleague(officer, lead_id), {pk: colleague(officer, pk) for pk in team}
    casefiles.can_receive(lead, handover, leads=True).enforce()
    for member in beside.values():
        casefiles.can_receive(member, handover).enforce()
    before, former = casefile.lead, handover.from_unit
    left = _move(casefile, handover, lead=lead, beside=list(beside.values()))
    ask_supervisors(casefile, [lead, *beside.values()])
    _pass_on_tasks(officer, casefile, lead)
    mentions = _move_desk(casefile)
    handover.status, handover.lead, handover.decided_by, handover.decided_at = Handover.Status.ACCEPTED, lead, officer, timezone.now()
    handover.save(update_fields=["status", "lead", "decided_by", "decided_at"])
    settle_handover(handover)
    notices.post(ANSWERED, to={handover.proposed_by, lead} - {officer}, subject_id=handover.pk)
    record(
        Event.CASE_TAKEN, actor=officer, subject=casefile, owner=casefile.agency_id, handover=handover.pk, former=former.pk,
        unit=casefile.unit_id, former_lead=before.pk, lead=lead.pk, team=sorted(map(str, beside)), left=sorted(map(str, left)),
        mentions=mentions,
    )  # fmt: skip
    return handover


def _move(casefile: CaseFile, handover: Handover, *, lead: Officer, beside: Collection[Officer]) -> set[UUID]:
    """The case to its new unit, with who sees it and its records. Returns who left the team."""
    before = set(members(casefile.team_id).values_list("pk", flat=True))
    former: Unit = handover.from_unit
    casefile.unit, casefile.lead, casefile.active_at = handover.to_unit, lead, timezone.now()
    casefile.save(update_fields=["unit", "lead", "active_at"])
    if not handover.team_stays:
        leave_all(casefile.team)
    stays = {casefile.prosecutor} if casefile.prosecutor else set()
    for member in {lead, *beside, *stays}:
        join(member, casefile.team, cause=casefile.pk)
    case_grants.project(casefile, former=former)
    grants.project_home(casefile, former=former)
    return before - set(members(casefile.team_id).values_list("pk", flat=True))


def _pass_on_tasks(officer: Officer, casefile: CaseFile, lead: Officer) -> None:
    """The tasks of those who no longer see the case, if they are still to be done, fall to its lead."""
    tasks = Task.objects.visible_to(lead).filter(casefile=casefile, state__in=Task.RUNNING).select_related("assignee__agency")
    for task in tasks.locked().order_by("pk"):
        if not casefiles.can_be_set(task.assignee, casefile):
            notices.settle(ASSIGNED, subject_id=task.pk)
            task.assignee = lead
            task.save(update_fields=["assignee"])
            write_entry(officer, task, TaskEntry.Kind.CHANGED, str(casefiles.FELL_TO_LEAD.text))
            notices.post(ASSIGNED, to=[lead], subject_id=task.pk)


def _move_desk(casefile: CaseFile) -> int:
    """Others call the new unit about what the case names; what was found before is looked at again. Returns how many mentions moved."""
    mentions = Mention.objects.unscoped("all that a case says, whoever else may see it").filter(rendition__record__home=casefile)
    others = mentions.exclude(unit=casefile.unit_id).order_by("pk")
    ids = list(others.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    Mention.objects.unscoped("all that a case says, whoever else may see it").filter(pk__in=ids).update(unit=casefile.unit_id)
    outbox.put(ids)
    return len(ids)
