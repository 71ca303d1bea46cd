"""What this room leaves on desks. A notice of a joint case tells no more than its cover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.notices import Standing, Waiting
from sharing.joint.models import JointCase, Party

ASKED = "joint.case.asked"
ADMITTED = "joint.case.admitted"


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


NOTICES: dict[str, Callable[[Officer, UUID], Waiting | None]] = {ASKED: _asked, ADMITTED: _admitted}
STANDING: dict[str, Standing] = {
    ASKED: lambda officer: JointCase.objects.visible_to(officer).filter(pk__in=_open_seats(officer), closed_at=None).values("pk"),
    ADMITTED: lambda officer: JointCase.objects.inside(officer).values("pk"),
}
