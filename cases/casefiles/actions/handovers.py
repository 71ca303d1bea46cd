"""Offering a case to another unit of the agency, and every end of that but the one in which it is taken.

Taking it moves what higher rooms keep of the case too: cases.entities.actions.handovers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.grants import members
from accounts.models import Officer, OfficerQuerySet, Principal, Unit
from accounts.notices import Standing, Waiting
from accounts.roles import Deed
from audit.ledger import record
from cases.casefiles import rules
from cases.casefiles.actions.casefile import SHOWN
from cases.casefiles.events import Event
from cases.casefiles.models import CaseFile, Handover, HandoverQuerySet
from kernel.errors import Conflict, Invalid
from kernel.querysets import Page
from kernel.verdict import Verdict

OFFERED = "casefiles.handover.offered"
"""A case waits to be taken by the reader's unit."""
ANSWERED = "casefiles.handover.answered"
"""What became of a case that the reader offered, or now leads."""
DAYS = 14
PARTS = ("from_unit", "to_unit", "proposed_by", "decided_by", "lead")
Status = Handover.Status


@dataclass(frozen=True, slots=True)
class OpenHandover:
    """A hand-over as its reader may see it: the cover; the case only if they see it anyway; what they may do."""

    handover: Handover
    casefile: CaseFile | None
    may_decide: Verdict
    may_withdraw: Verdict


@transaction.atomic(durable=True)
def propose_handover(
    *, officer: Officer, casefile_id: UUID, unit_id: UUID, reason: str, shows_title: bool = False, team_stays: bool = False,
) -> Handover:  # fmt: skip
    """Offer a case to another unit of the agency, for a fortnight. Its supervisors read the cover, and nothing of the case.

    Raises NotFound, NotAllowed (rules.can_hand_over), Conflict if it is closed or offered already, Invalid for a unit that is not
    another one of the agency or has nobody who could take it, and for a reason without words.
    """
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).locked().one(casefile_id)
    rules.can_hand_over(officer, casefile, shows_title=shows_title).enforce()
    rules.hold_open(casefile)
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    unit = Unit.objects.filter(pk=unit_id, agency=casefile.agency_id).exclude(pk=casefile.unit_id).first()
    if unit is None:
        raise Invalid(fields={"unit_id": rules.ANOTHER_UNIT})
    if Handover.objects.visible_to(officer).filter(casefile=casefile).waiting().exists():
        raise Conflict(rules.OFFERED_ALREADY)
    asked = _who_decides(unit).exclude(pk=officer.pk)
    if not asked.exists():
        raise Invalid(fields={"unit_id": rules.NOBODY_TAKES})
    lapses_at = timezone.now() + timedelta(days=DAYS)
    made: Handover = Handover.objects.create(
        casefile=casefile, from_unit=casefile.unit, to_unit=unit, reference=casefile.reference,
        title=casefile.title if shows_title else "", reason=reason, team_stays=team_stays, proposed_by=officer, lapses_at=lapses_at,
    )  # fmt: skip
    notices.post(OFFERED, to=asked, subject_id=made.pk, due_at=lapses_at)
    record(
        Event.HANDOVER_PROPOSED, actor=officer, subject=casefile, owner=casefile.agency_id, handover=made.pk, to=unit.pk, reason=reason,
        titled=shows_title, team_stays=team_stays,
    )  # fmt: skip
    return made


@transaction.atomic(durable=True)
def list_handovers(
    *, officer: Officer, casefile_id: UUID | None = None, waiting: bool = False, after: str = "", size: int = 50
) -> Page[Handover]:
    """The hand-overs an officer may know of, those offered last first; of one case, or only those that wait for the officer's answer.

    Raises NotFound, Invalid for a broken cursor.
    """
    rows = (_offered_to(officer) if waiting else Handover.objects.visible_to(officer)).select_related(*PARTS)
    casefile = CaseFile.objects.visible_to(officer).one(casefile_id) if casefile_id else None
    page = (rows.filter(casefile=casefile) if casefile else rows).newest(by="proposed_at", after=after, size=size)
    record(Event.HANDOVERS_LISTED, actor=officer, subject=casefile, owner=officer.agency_id, count=len(page.rows))
    return page


@transaction.atomic(durable=True)
def begin_handover(*, officer: Officer, casefile_id: UUID) -> tuple[CaseFile, list[Handover]]:
    """A case and its hand-overs so far, for whoever is about to offer it. Raises NotFound, NotAllowed (rules.can_hand_over)."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    rules.can_hand_over(officer, casefile).enforce()
    rows = Handover.objects.visible_to(officer).filter(casefile=casefile).select_related(*PARTS)
    found = list(rows.order_by("-proposed_at", "pk"))
    record(Event.HANDOVERS_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(found))
    return casefile, found


@transaction.atomic(durable=True)
def read_handover(*, officer: Officer, handover_id: UUID) -> OpenHandover:
    """The cover of a hand-over. Raises NotFound."""
    handover = Handover.objects.visible_to(officer).select_related(*PARTS).one(handover_id)
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).filter(pk=handover.casefile_id).first()
    record(Event.HANDOVER_VIEWED, actor=officer, subject=handover, owner=officer.agency_id)
    may_decide, may_withdraw = rules.can_decide(officer, handover), rules.can_withdraw(officer, handover, casefile)
    return OpenHandover(handover, casefile, may_decide, may_withdraw)


@transaction.atomic(durable=True)
def refuse_handover(*, officer: Officer, handover_id: UUID, reason: str) -> Handover:
    """Do not take a case that was offered; it stays where it is. Raises NotFound, NotAllowed (rules.can_decide), Conflict, Invalid."""
    handover = Handover.objects.visible_to(officer).select_related("proposed_by", "to_unit").locked().one(handover_id)
    rules.can_decide(officer, handover).enforce()
    rules.hold_in_time(handover, now=timezone.now())
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    _end(handover, Status.REFUSED, by=officer, answer=reason)
    notices.post(ANSWERED, to=[handover.proposed_by], subject_id=handover.pk)
    record(
        Event.HANDOVER_REFUSED, actor=officer, subject=CaseFile(pk=handover.casefile_id), owner=officer.agency_id, handover=handover.pk,
        reason=reason,
    )  # fmt: skip
    return handover


@transaction.atomic(durable=True)
def withdraw_handover(*, officer: Officer, handover_id: UUID, reason: str) -> Handover:
    """Take back the offer of a case. Raises NotFound, NotAllowed (rules.can_withdraw), Conflict if it was decided, Invalid."""
    handover = Handover.objects.visible_to(officer).select_related("proposed_by").locked().one(handover_id)
    casefile = CaseFile.objects.visible_to(officer).filter(pk=handover.casefile_id).first()
    rules.can_withdraw(officer, handover, casefile).enforce()
    if not reason.strip():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    _end(handover, Status.WITHDRAWN, by=officer, answer=reason)
    record(
        Event.HANDOVER_WITHDRAWN, actor=officer, subject=CaseFile(pk=handover.casefile_id), owner=officer.agency_id, handover=handover.pk,
        reason=reason,
    )  # fmt: skip
    return handover


@transaction.atomic(durable=True)
def lapse_handovers(*, now: datetime | None = None) -> int:
    """Write down which offers nobody answered in time; who offered hears of it. Sight of them ended by itself. How many."""
    rows = Handover.objects.unscoped("whose fortnight is over").waiting().filter(lapses_at__lte=now or timezone.now())
    lapsed = list(rows.select_related("proposed_by").select_for_update(skip_locked=True, of=("self",)).order_by("pk"))
    for handover in lapsed:
        _end(handover, Status.LAPSED)
        notices.post(ANSWERED, to=[handover.proposed_by], subject_id=handover.pk)
        subject, owner = CaseFile(pk=handover.casefile_id), handover.proposed_by.agency_id
        record(Event.HANDOVER_LAPSED, actor=None, subject=subject, owner=owner, handover=handover.pk)
    return len(lapsed)


def drop_handover(officer: Officer, casefile: CaseFile) -> None:
    """A case that is closed is no longer on offer: in the transaction of whoever closes it, which holds the case."""
    for handover in Handover.objects.visible_to(officer).filter(casefile=casefile).waiting().locked():
        _end(handover, Status.WITHDRAWN, by=officer, answer=str(rules.CASE_WAS_CLOSED.text))
        record(Event.HANDOVER_WITHDRAWN, actor=officer, subject=casefile, owner=casefile.agency_id, handover=handover.pk)


def settle_handover(handover: Handover) -> None:
    """Nobody waits for the answer any longer."""
    notices.settle(OFFERED, subject_id=handover.pk)


def _end(handover: Handover, status: str, *, by: Officer | None = None, answer: str = "") -> None:
    rules.hold_waiting(handover)
    handover.status, handover.decided_by, handover.decided_at, handover.answer = status, by, timezone.now(), answer
    handover.save(update_fields=["status", "decided_by", "decided_at", "answer"])
    settle_handover(handover)


def _who_decides(unit: Unit) -> OfficerQuerySet:
    return Officer.objects.who_may(Deed.CASES_LEAD).filter(pk__in=members(unit.group_id).values("pk"), agency=unit.agency_id)


def _offered_to(officer: Officer) -> HandoverQuerySet:
    rows: HandoverQuerySet = Handover.objects.visible_to(officer).waiting().exclude(proposed_by=officer)
    held = Principal.objects.held_by(officer)
    return rows.filter(to_unit__group__in=held) if Deed.CASES_LEAD in officer.deeds else rows.none()


def _answered_to(officer: Officer) -> QuerySet[Handover]:
    rows: QuerySet[Handover] = Handover.objects.visible_to(officer).filter(Q(proposed_by=officer) | Q(lead=officer))
    return rows.filter(status__in=[Status.ACCEPTED, Status.REFUSED, Status.LAPSED])


def _offered(officer: Officer, handover_id: UUID) -> Waiting | None:
    handover = _offered_to(officer).select_related("from_unit").filter(pk=handover_id).first()
    if handover is None:
        return None
    title = _("%(unit)s offers your unit the case %(case)s") % {"unit": handover.from_unit.name, "case": _called(handover)}
    return Waiting(
        title=title, text=handover.reason, url=reverse("casefiles:handover", args=[handover.pk]), icon="arrow-left-right",
        chip=_("Hand-over"), due=handover.lapses_at,
    )  # fmt: skip


def _answered(officer: Officer, handover_id: UUID) -> Waiting | None:
    handover = _answered_to(officer).select_related("to_unit").filter(pk=handover_id).first()
    if handover is None:
        return None
    said = {
        Status.ACCEPTED: _("The case %(case)s is now %(unit)s's"),
        Status.REFUSED: _("%(unit)s does not take the case %(case)s"),
        Status.LAPSED: _("%(unit)s did not answer about the case %(case)s"),
    }[Status(handover.status)] % {"case": _called(handover), "unit": handover.to_unit.name}
    url = reverse("casefiles:handover", args=[handover.pk])
    return Waiting(title=said, text=handover.answer, url=url, icon="arrow-left-right", chip=_("Hand-over"))


def _called(handover: Handover) -> str:
    return f"{handover.reference} {handover.title}".strip()


NOTICES = {OFFERED: _offered, ANSWERED: _answered}
STANDING: dict[str, Standing] = {
    OFFERED: lambda officer: _offered_to(officer).values("pk"),
    ANSWERED: lambda officer: _answered_to(officer).values("pk"),
}
