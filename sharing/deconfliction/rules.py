"""Who may answer a hit, and when either side may be shown the other's desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import Deed
from accounts.rules import may
from kernel.errors import sentence
from kernel.verdict import ALLOWED, Verdict, refuse
from sharing.deconfliction.models import HitSide

NOT_COVERED = sentence(
    "deconfliction.not-covered",
    _("No agreement that covers deconfliction is in force between %(one)s and %(other)s. Until one is, neither is shown the other's desk."),
)
URGENT_ALREADY = sentence("deconfliction.urgent-already", _("Your desk has marked this hit as urgent already."))


def can_answer(officer: Officer) -> Verdict:
    """Whoever at the desk may see the side may say how it stands."""
    return may(officer, Deed.DECONFLICTION_READ)


def can_mark_urgent(officer: Officer, side: HitSide) -> Verdict:
    """Once: a warning that is repeated is no longer read."""
    return refuse(URGENT_ALREADY) if side.urgent_at else may(officer, Deed.DECONFLICTION_READ)


def can_show_desks(one: Agency, other: Agency, *, covered: bool) -> Verdict:
    """A desk crosses under an agreement only, each time it is shown. What was told stays told: the hit remains, without the contact."""
    return ALLOWED if covered else refuse(NOT_COVERED, one=one.short_name, other=other.short_name)
