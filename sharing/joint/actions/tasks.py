"""What the agencies of a joint case agreed to do, which of them does it, and what was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Officer
from accounts.notices import post, settle
from audit.ledger import record
from kernel.errors import Conflict, Invalid
from kernel.querysets import Page
from sharing.joint import rules
from sharing.joint.actions import notices
from sharing.joint.actions.hold import given, hold_open, locked, seat_of, standing, write_down
from sharing.joint.events import Event
from sharing.joint.models import Admission, AgreedEntry, AgreedTask, AgreedTaskQuerySet, JointCase, Party

SHOWN = ("joint", "party__agency", "assignee", "made_by", "ended_by")
RUNNING = "running"
Kind, State = AgreedEntry.Kind, AgreedTask.State


@dataclass(frozen=True, slots=True)
class OpenAgreed:
    """A task of a joint case with its history, the newest first; `moves` says whether the reader may move it on, `writes` comment on it."""

    task: AgreedTask
    page: Page[AgreedEntry]
    moves: bool
    writes: bool


@transaction.atomic(durable=True)
def list_agreed_tasks(
    *, officer: Officer, joint_id: UUID, state: str = "", after: str = "", size: int = 50
) -> tuple[JointCase, Page[AgreedTask], bool]:
    """A joint case's tasks, those set last first, and whether the officer may set one.

    Raises NotFound, also for whoever sees its cover alone, Invalid.
    """
    joint: JointCase = JointCase.objects.inside(officer).select_related("host").one(joint_id)
    tasks = _in_state(_seen(officer).filter(joint=joint), state)
    page = tasks.newest(by="made_at", after=after, size=size)
    write_down(
        Event.TASKS_LISTED, officer, joint, agencies=[officer.agency_id, joint.host_id], count=len(page.rows), query={"state": state}
    )
    return joint, page, not joint.closed_at and bool(rules.can_write(officer, seat_of(officer, joint)))


@transaction.atomic(durable=True)
def list_my_agreed_tasks(*, officer: Officer, state: str = RUNNING, after: str = "", size: int = 50) -> Page[AgreedTask]:
    """What the officer has in hand in all joint cases that they are inside, set last first. Raises Invalid for a broken cursor."""
    page = _in_state(_mine(officer), state).newest(by="made_at", after=after, size=size)
    record(Event.TASKS_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows), query={"state": state, "whose": "own"})
    return page


@transaction.atomic(durable=True)
def list_due_agreed_tasks(*, officer: Officer, size: int = 5) -> Sequence[AgreedTask]:
    """The first of what the officer has in hand in joint cases, due soonest first."""
    tasks = list(_in_state(_mine(officer), RUNNING).order_by(F("due_on").asc(nulls_last=True), "made_at", "pk")[:size])
    record(Event.TASKS_LISTED, actor=officer, owner=officer.agency_id, count=len(tasks), query={"state": RUNNING, "whose": "own"})
    return tasks


@transaction.atomic(durable=True)
def open_agreed_task(*, officer: Officer, task_id: UUID, after: str = "", size: int = 50) -> OpenAgreed:
    """One task with its history; what was said of it waits no longer for the officer. Raises NotFound, Invalid for a broken cursor."""
    task: AgreedTask = _seen(officer).one(task_id)
    entries = AgreedEntry.objects.visible_to(officer).filter(task=task).select_related("author", "agency", "assignee")
    page = entries.newest(by="at", after=after, size=size)
    seat = seat_of(officer, task.joint)
    settle(notices.COMMENTED, subject_id=task.pk, officer=officer)
    write_down(Event.TASK_VIEWED, officer, task.joint, agencies=[officer.agency_id, task.joint.host_id], task=task.pk)
    goes_on = not task.joint.closed_at
    return OpenAgreed(
        task, page, moves=goes_on and bool(rules.can_move_on(officer, task, seat)), writes=goes_on and bool(rules.can_write(officer, seat))
    )


@transaction.atomic(durable=True)
def set_agreed_task(
    *, officer: Officer, joint_id: UUID, title: str, agency_id: UUID, text: str = "", assignee_id: UUID | None = None,
    due_on: date | None = None,
) -> AgreedTask:  # fmt: skip
    """Write down what one of the agencies that joined is to do, and leave word there: with its assignee, or with its whole team.

    The assignee is one whom that agency itself admitted: no agency picks another's people.
    Raises NotFound, NotAllowed (rules.can_write), Conflict in a closed joint case, Invalid.
    """
    joint = locked(officer, joint_id)
    rules.can_write(officer, seat_of(officer, joint)).enforce()
    hold_open(joint)
    if not title.strip():
        raise Invalid(fields={"title": rules.SAY_TITLE})
    _hold_day(due_on)
    party = standing(joint).filter(agency=agency_id, state=Party.State.JOINED).first()
    if party is None:
        raise Invalid(fields={"agency_id": rules.NOT_A_PARTY})
    assignee = _admitted(officer, party, assignee_id)
    task: AgreedTask = AgreedTask.objects.create(
        joint=joint, party=party, title=title.strip(), text=text.strip(), assignee=assignee, due_on=due_on, made_by=officer
    )
    task.is_held = assignee is not None
    _enter(officer, task, Kind.SET)
    _leave_word(officer, task)
    _tell(Event.TASK_SET, officer, task, of=party.agency_id, assignee=assignee and assignee.pk, due_on=due_on)
    return task


@transaction.atomic(durable=True)
def change_agreed_task(*, officer: Officer, task_id: UUID, assignee_id: UUID | None, due_on: date | None, reason: str) -> AgreedTask:
    """Give it to somebody else of the same agency, to nobody, or another day, for a reason.

    Raises NotFound, NotAllowed (rules.can_move_on), Conflict if it was ended, its joint case is closed or nothing would change, Invalid.
    """
    task = _in_hand(officer, task_id)
    _hold_running(task)
    why = _said(reason, "reason")
    _hold_day(due_on)
    if (assignee_id, due_on) == (task.holder and task.holder.pk, task.due_on):
        raise Conflict(rules.TASK_STAYS)
    task.assignee, task.due_on = _admitted(officer, task.party, assignee_id), due_on
    task.is_held = task.assignee is not None
    task.save(update_fields=["assignee", "due_on"])
    _enter(officer, task, Kind.CHANGED, why)
    settle(notices.TASK, subject_id=task.pk)
    _leave_word(officer, task)
    _tell(Event.TASK_CHANGED, officer, task, assignee=task.assignee and task.assignee.pk, due_on=due_on)
    return task


@transaction.atomic(durable=True)
def move_agreed_task(*, officer: Officer, task_id: UUID, state: str) -> AgreedTask:
    """It is taken in hand ("doing"), or laid back ("open"). Raises NotFound, NotAllowed (rules.can_move_on), Conflict, Invalid."""
    task = _in_hand(officer, task_id)
    _hold_running(task)
    if state not in AgreedTask.RUNNING:
        raise Invalid
    if state == task.state:
        raise Conflict(rules.TASK_STAYS)
    task.state = state
    task.save(update_fields=["state"])
    _enter(officer, task, Kind.STATE)
    _tell(Event.TASK_MOVED, officer, task, state=state)
    return task


@transaction.atomic(durable=True)
def end_agreed_task(*, officer: Officer, task_id: UUID, state: str = State.DONE, reason: str = "") -> AgreedTask:
    """It is done; or dropped, for a reason. Raises NotFound, NotAllowed (rules.can_move_on), Conflict, Invalid."""
    task = _in_hand(officer, task_id)
    _hold_running(task)
    if state not in (State.DONE, State.DROPPED):
        raise Invalid
    why = _said(reason, "reason") if state == State.DROPPED else reason.strip()
    task.state, task.ended_by, task.ended_at = state, officer, timezone.now()
    task.save(update_fields=["state", "ended_by", "ended_at"])
    _enter(officer, task, Kind.ENDED, why)
    settle(notices.TASK, subject_id=task.pk)
    _tell(Event.TASK_ENDED, officer, task, state=state)
    return task


@transaction.atomic(durable=True)
def reopen_agreed_task(*, officer: Officer, task_id: UUID, reason: str) -> AgreedTask:
    """It is to be done after all, for a reason. Raises NotFound, NotAllowed (rules.can_move_on), Conflict unless it was ended, Invalid."""
    task = _in_hand(officer, task_id)
    if task.is_running:
        raise Conflict(rules.TASK_RUNS)
    why = _said(reason, "reason")
    task.state, task.ended_by, task.ended_at = State.OPEN, None, None
    task.save(update_fields=["state", "ended_by", "ended_at"])
    _enter(officer, task, Kind.REOPENED, why)
    _leave_word(officer, task)
    _tell(Event.TASK_REOPENED, officer, task)
    return task


@transaction.atomic(durable=True)
def comment_agreed_task(*, officer: Officer, task_id: UUID, text: str) -> AgreedEntry:
    """Say something of it for the whole team, for good; whose it is and who set it hear that there is something.

    Raises NotFound, NotAllowed (rules.can_write), Conflict in a closed joint case, Invalid.
    """
    task = _locked(officer, task_id)
    rules.can_write(officer, seat_of(officer, task.joint)).enforce()
    hold_open(task.joint)
    entry = _enter(officer, task, Kind.COMMENT, given(text))
    near = [task.made_by_id, *([task.holder.pk] if task.holder else [])]
    on_team = Admission.objects.visible_to(officer).standing().filter(party__joint=task.joint_id, officer__in=near)
    hearing = Officer.objects.filter(pk__in=on_team.values("officer"), is_active=True).exclude(pk=officer.pk)
    post(notices.COMMENTED, to=hearing, subject_id=task.pk)
    _tell(Event.TASK_COMMENTED, officer, task, entry=entry.pk)
    return entry


def _seen(officer: Officer) -> AgreedTaskQuerySet:
    return AgreedTask.objects.visible_to(officer).held().select_related(*SHOWN)


def _mine(officer: Officer) -> AgreedTaskQuerySet:
    return _seen(officer).filter(assignee=officer, is_held=True)


def _in_state(tasks: AgreedTaskQuerySet, state: str) -> AgreedTaskQuerySet:
    if state == RUNNING:
        return tasks.running()
    return tasks.filter(state=state) if state else tasks


def _locked(officer: Officer, task_id: UUID) -> AgreedTask:
    """A task in the officer's sight, held together with its joint case. Raises NotFound."""
    joint = locked(officer, AgreedTask.objects.visible_to(officer).one(task_id).joint_id)
    task: AgreedTask = _seen(officer).locked().one(task_id)
    task.joint = joint
    return task


def _in_hand(officer: Officer, task_id: UUID) -> AgreedTask:
    """A task that the officer may move on, in a joint case that goes on. Raises NotFound, NotAllowed, Conflict."""
    task = _locked(officer, task_id)
    rules.can_move_on(officer, task, seat_of(officer, task.joint)).enforce()
    hold_open(task.joint)
    return task


def _hold_running(task: AgreedTask) -> None:
    if not task.is_running:
        raise Conflict(rules.TASK_ENDED)


def _hold_day(due_on: date | None) -> None:
    if not rules.is_a_day(due_on):
        raise Invalid(fields={"due_on": rules.NO_SUCH_DAY})


def _said(reason: str, name: str) -> str:
    if not reason.strip():
        raise Invalid(fields={name: rules.SAY_WHY})
    return reason.strip()


def _admitted(officer: Officer, party: Party, member_id: UUID | None) -> Officer | None:
    """One whom that agency admitted: the team sees the whole team. Raises Invalid for anybody else."""
    if member_id is None:
        return None
    admitted = Admission.objects.visible_to(officer).standing().filter(party=party, officer=member_id, officer__is_active=True)
    found = admitted.select_related("officer").first()
    if found is None:
        raise Invalid(fields={"assignee_id": rules.NOT_OF_THE_AGENCY})
    return found.officer


def _enter(officer: Officer, task: AgreedTask, kind: AgreedEntry.Kind, text: str = "") -> AgreedEntry:
    """A line in the history of a task, with how it stands now; in the caller's transaction."""
    facts: dict[str, Any] = {
        "assignee": task.holder,
        "due_on": task.due_on,
        "state": task.state,
        "author": officer,
        "agency": officer.agency,
    }
    entry: AgreedEntry = AgreedEntry.objects.create(task=task, kind=kind, text=text, **facts)
    return entry


def _leave_word(officer: Officer, task: AgreedTask) -> None:
    """With whoever holds it, else with the whole team of the agency that is to do it."""
    team = Admission.objects.visible_to(officer).standing().filter(party=task.party_id)
    hearing = [task.holder] if task.holder else Officer.objects.filter(pk__in=team.values("officer"), is_active=True)
    post(notices.TASK, to=hearing, subject_id=task.pk, due_at=task.due_at)


def _tell(event: Event, officer: Officer, task: AgreedTask, **facts: Any) -> None:
    agencies = standing(task.joint).values_list("agency_id", flat=True)
    write_down(event, officer, task.joint, agencies=agencies, task=task.pk, **facts)
