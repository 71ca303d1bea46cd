"""What this room leaves on desks. A notice of a joint case tells no more than its cover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.notices import Standing, Waiting
from accounts.roles import Deed
from sharing.joint.models import AgreedTask, AgreedTaskQuerySet, Contribution, ContributionQuerySet, JointCase, Party

ASKED = "joint.case.asked"
ADMITTED = "joint.case.admitted"
WAITS = "joint.contribution.waits"
DECIDED = "joint.contribution.decided"
TASK = "joint.task.waits"
COMMENTED = "joint.task.commented"
_AGREED = _("What it says is read by the team of the joint case.")


def _asked(officer: Officer, joint_id: UUID) -> Waiting | None:
    joint = JointCase.objects.visible_to(officer).select_related("host").filter(pk__in=_open_seats(officer), pk=joint_id).first()
    if joint is None:
        return None
    title = _("%(host)s asks your agency to joint case %(reference)s") % {"host": joint.host.short_name, "reference": joint.reference}
    text = _("Join it or decline. Until then nobody of your agency sees more than its cover.")
    return Waiting(title, text, reverse("joint:one", args=[joint.pk]), "users", _("Awaiting your answer"), "warn")


def _admitted(officer: Officer, joint_id: UUID) -> Waiting | None:
    joint = JointCase.objects.inside(officer).filter(pk=joint_id).first()
    if joint is None:
        return None
    title = _("You are admitted to joint case %(reference)s") % {"reference": joint.reference}
    return Waiting(title, _("What is in it is seen by officers of several agencies."), reverse("joint:one", args=[joint.pk]), "users")


def _open_seats(officer: Officer) -> Any:
    return Party.objects.led_by(officer).filter(state=Party.State.ASKED).values("joint")


def _waits(officer: Officer, contribution_id: UUID) -> Waiting | None:
    line = _to_decide(officer).filter(pk=contribution_id).first()
    if line is None:
        return None
    title = _("Decide what is given to joint case %(reference)s") % {"reference": line.joint.reference}
    return Waiting(title, _("Asked for by %(name)s") % {"name": line.made_by.name}, _page(line), "stamp", _("Awaiting approval"), "warn")


def _decided(officer: Officer, contribution_id: UUID) -> Waiting | None:
    line = _decided_for(officer).filter(pk=contribution_id).first()
    if line is None:
        return None
    said = _("It was not given, or is taken back.") if line.withdrawn_at else _("It is given: the teams of the other agencies read it.")
    return Waiting(line.rendition.title, said, _page(line), "users", line.joint.reference, "warn" if line.withdrawn_at else "ok")


def _to_decide(officer: Officer) -> ContributionQuerySet:
    if Deed.RELEASES_APPROVE not in officer.deeds:
        return _own(officer).none()
    return _own(officer).waiting().filter(joint__closed_at=None).exclude(made_by=officer)


def _decided_for(officer: Officer) -> ContributionQuerySet:
    return _own(officer).filter(made_by=officer).exclude(approved_at=None, withdrawn_at=None)


def _own(officer: Officer) -> ContributionQuerySet:
    mine = Contribution.objects.visible_to(officer).filter(party__agency=officer.agency_id)
    return mine.select_related("joint", "made_by", "rendition")


def _task(officer: Officer, task_id: UUID) -> Waiting | None:
    task = _to_do(officer).select_related("joint", "assignee", "made_by").filter(pk=task_id).first()
    if task is None:
        return None
    mine = _("A task of yours in joint case %(reference)s") if task.is_held else _("A task of your agency in joint case %(reference)s")
    url = reverse("joint:task", args=[task.pk])
    return Waiting(mine % {"reference": task.joint.reference}, _AGREED, url, "list-checks", _("Task"), due=task.due_at)


def _commented(officer: Officer, task_id: UUID) -> Waiting | None:
    task = _spoken_of(officer).select_related("joint").filter(pk=task_id).first()
    if task is None:
        return None
    title = _("Somebody commented on a task in joint case %(reference)s") % {"reference": task.joint.reference}
    return Waiting(title, _AGREED, reverse("joint:task", args=[task.pk]), "list-checks", _("Task"), "info")


def _to_do(officer: Officer) -> AgreedTaskQuerySet:
    return AgreedTask.objects.visible_to(officer).waiting_for(officer)


def _spoken_of(officer: Officer) -> AgreedTaskQuerySet:
    near = Q(assignee=officer.pk, is_held=True) | Q(made_by=officer.pk)
    return AgreedTask.objects.visible_to(officer).held().filter(near)


def _page(line: Contribution) -> str:
    if line.kept_at:
        return reverse("joint:left-behind")
    return reverse("joint:contribution", args=[line.joint_id, line.pk])


NOTICES: dict[str, Callable[[Officer, UUID], Waiting | None]] = {
    ASKED: _asked,
    ADMITTED: _admitted,
    WAITS: _waits,
    DECIDED: _decided,
    TASK: _task,
    COMMENTED: _commented,
}
STANDING: dict[str, Standing] = {
    ASKED: lambda officer: JointCase.objects.visible_to(officer).filter(pk__in=_open_seats(officer), closed_at=None).values("pk"),
    ADMITTED: lambda officer: JointCase.objects.inside(officer).values("pk"),
    WAITS: lambda officer: _to_decide(officer).values("pk"),
    DECIDED: lambda officer: _decided_for(officer).values("pk"),
    TASK: lambda officer: _to_do(officer).values("pk"),
    COMMENTED: lambda officer: _spoken_of(officer).values("pk"),
}
