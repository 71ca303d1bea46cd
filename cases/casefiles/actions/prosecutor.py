"""The prosecutor on a case: named when it is opened, on its team at once, changed by whoever leads it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.grants import join
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Counsel
from cases.casefiles.storage import COUNSEL_WANTED, colleague, touch
from kernel.errors import Conflict


@transaction.atomic(durable=True)
def change_prosecutor(*, officer: Officer, casefile_id: UUID, member_id: UUID) -> CaseFile:
    """Name another prosecutor on the case, who joins its team with that; the former one stays on the team.

    Raises NotFound (for officers of other agencies too), NotAllowed (rules.can_lead, rules.can_prosecute), Conflict.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_lead(officer, casefile).enforce()
    rules.hold_open(casefile)
    member = colleague(officer, member_id)
    rules.can_prosecute(member, casefile.agency).enforce()
    if casefile.prosecutor_id == member.pk:
        raise Conflict(rules.PROSECUTES_ALREADY, name=member.name)
    before, casefile.prosecutor = casefile.prosecutor_id, member
    casefile.save(update_fields=["prosecutor"])
    join(member, casefile.team, cause=casefile.pk)
    touch(casefile.pk)
    record(Event.PROSECUTOR_CHANGED, actor=officer, subject=casefile, owner=casefile.agency_id, before=before, prosecutor=member.pk)
    return casefile


def _waiting_for_counsel(officer: Officer) -> QuerySet[Counsel]:
    seen: QuerySet[Counsel] = Counsel.objects.visible_to(officer).filter(joint_id=None)
    open_ones = seen.exclude(casefile__status=CaseFile.Status.CLOSED)
    return open_ones if Deed.CASES_LEAD in officer.deeds else seen.none()


def _wanted(officer: Officer, casefile_id: UUID) -> Waiting | None:
    counsel = _waiting_for_counsel(officer).select_related("casefile", "service").filter(casefile=casefile_id).first()
    if counsel is None:
        return None
    title = _("Ask %(service)s to a joint case about %(case)s") % {"service": counsel.service.short_name, "case": counsel.casefile}
    url = reverse("casefiles:overview", args=[casefile_id])
    return Waiting(title=title, text=counsel.law, url=url, icon="scale", chip=_("From the first day"), tone="warn")


NOTICES = {COUNSEL_WANTED: _wanted}
STANDING: dict[str, Standing] = {COUNSEL_WANTED: lambda officer: _waiting_for_counsel(officer).values("casefile")}
