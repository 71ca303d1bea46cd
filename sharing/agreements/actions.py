"""Drafting, signing, suspending, resuming and ending agreements; who is not a party learns nothing of any of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.notices import Standing, Waiting, post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.records import grants
from cases.records.models import Record, RecordGrant
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page
from sharing.agreements import rules
from sharing.agreements.events import Event
from sharing.agreements.models import Agreement, Article, Party

AWAITING = "agreements.agreement.awaiting"
CHANGED = "agreements.agreement.changed"
Status = Agreement.Status


@dataclass(frozen=True, slots=True)
class Opened:
    """An agreement as a party's officer sees it: how many records they may see cross under it now, and what they could do with it."""

    agreement: Agreement
    given: int
    received: int
    deeds: list[str]


@transaction.atomic(durable=True)
def list_agreements(*, officer: Officer, after: str = "", size: int = 50) -> Page[Agreement]:
    """The agreements one's agency is a party to, newest first, with their parties."""
    mine = Agreement.objects.visible_to(officer).prefetch_related("parties__agency")
    page = mine.newest(by="drafted_at", after=after, size=size)
    record(Event.AGREEMENTS_LISTED, actor=officer, owner=officer.agency_id, count=len(page.rows))
    return page


@transaction.atomic(durable=True)
def open_agreement(*, officer: Officer, agreement_id: UUID) -> Opened:
    """One agreement with its parties, its articles and what rests on it. Raises NotFound."""
    seen = Agreement.objects.visible_to(officer).select_related("drafted_by__agency", "suspended_by")
    agreement = seen.prefetch_related("parties__agency", "parties__signed_by", "articles").one(agreement_id)
    settle(CHANGED, subject_id=agreement.pk, officer=officer)
    record(Event.AGREEMENT_VIEWED, actor=officer, subject=agreement, owner=officer.agency_id)
    held = RecordGrant.objects.live().filter(basis=agreement.pk)
    records = Record.objects.visible_to(officer).filter(pk__in=held.values("content_object"))
    mine = RecordGrant.objects.held_by(officer).filter(basis=agreement.pk)
    return Opened(
        agreement,
        given=records.filter(agency_id=officer.agency_id).count(),
        received=records.filter(pk__in=mine.values("content_object")).count(),
        deeds=rules.open_deeds(officer, agreement, Party.objects.filter(agreement=agreement, agency=officer.agency_id).first()),
    )


@transaction.atomic(durable=True)
def draft_agreement(
    *, officer: Officer, title: str, reference: str, parties: Collection[UUID], articles: Iterable[Mapping[str, Any]],
    handling_codes: Collection[str], starts_at: datetime, ends_at: datetime | None = None, covers_deconfliction: bool = False,
) -> Agreement:  # fmt: skip
    """Write an agreement for its parties to sign; from then on its words stay as they are. Its purposes are those of its articles.

    `articles` have number, text and purposes; `handling_codes` are "scheme:code". Raises NotAllowed (rules.can_draft), Invalid.
    """
    rules.can_draft(officer, parties).enforce()
    articles = list(articles)
    flaws = rules.flaws(parties=parties, articles=articles, handling_codes=handling_codes, starts_at=starts_at, ends_at=ends_at)
    agencies = list(Agency.objects.filter(pk__in=parties))
    if flaws or len(agencies) < len(set(parties)):
        raise Invalid(fields=flaws or {"parties": rules.TWO_PARTIES})
    agreement = Agreement.objects.create(
        title=title, reference=reference, starts_at=starts_at, ends_at=ends_at, drafted_by=officer,
        purposes=sorted({purpose for article in articles for purpose in article["purposes"]}),
        handling_codes=sorted(set(handling_codes)), covers_deconfliction=covers_deconfliction,
    )  # fmt: skip
    Article.objects.bulk_create(Article(agreement=agreement, **article) for article in articles)
    Party.objects.bulk_create(Party(agreement=agreement, agency=agency) for agency in agencies)
    record(
        Event.AGREEMENT_DRAFTED, actor=officer, subject=agreement, owner=officer.agency_id, title=title, parties=sorted(map(str, parties))
    )
    post(AWAITING, to=_signers(agreement).exclude(pk=officer.pk), subject_id=agreement.pk)
    return agreement


@transaction.atomic(durable=True)
def sign_agreement(*, officer: Officer, agreement_id: UUID) -> Agreement:
    """Sign for one's agency; the last signature brings the agreement into force.

    Raises NotFound, NotAllowed (rules.can_sign), Conflict if it is no draft any more or its end has passed.
    """
    agreement = _locked(officer, agreement_id)
    party = Party.objects.filter(agreement=agreement, agency=officer.agency_id).first()
    rules.can_sign(officer, party).enforce()
    _expect(agreement, Status.DRAFT)
    if agreement.ends_at and agreement.ends_at <= timezone.now():
        raise Conflict(rules.ENDED_BY_DATE)
    Party.objects.filter(agreement=agreement, agency=officer.agency_id).update(signed_by=officer, signed_at=Now())
    record(Event.AGREEMENT_SIGNED, actor=officer, subject=agreement, owner=officer.agency_id)
    for signer in _signers(agreement).filter(agency=officer.agency_id):
        settle(AWAITING, subject_id=agreement.pk, officer=signer)
    if not Party.objects.filter(agreement=agreement, signed_at=None).exists():
        _become(agreement, Status.IN_FORCE, officer)
        record(Event.AGREEMENT_IN_FORCE, actor=officer, subject=agreement, owner=officer.agency_id)
    return agreement


@transaction.atomic(durable=True)
def suspend_agreement(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """Hold back, from the next request on, all sight that rests on the agreement; any party may.

    Raises NotFound, NotAllowed (rules.can_suspend), Conflict unless it is in force, Invalid without a reason.
    """
    agreement = _locked(officer, agreement_id)
    rules.can_suspend(officer).enforce()
    _expect(agreement, Status.IN_FORCE)
    _become(agreement, Status.SUSPENDED, officer, reason=_given(reason))
    held = grants.suspend(agreement.pk)
    record(Event.AGREEMENT_SUSPENDED, actor=officer, subject=agreement, owner=officer.agency_id, reason=reason, grants=held)
    return agreement


@transaction.atomic(durable=True)
def resume_agreement(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """Give back the sight that was held back and has not ended meanwhile.

    Raises NotFound, NotAllowed (rules.can_resume), Conflict unless it is suspended, Invalid without a reason.
    """
    agreement = _locked(officer, agreement_id)
    _expect(agreement, Status.SUSPENDED)
    rules.can_resume(officer, agreement).enforce()
    _become(agreement, Status.IN_FORCE, officer, reason=_given(reason))
    given = grants.resume(agreement.pk)
    record(Event.AGREEMENT_RESUMED, actor=officer, subject=agreement, owner=officer.agency_id, reason=reason, grants=given)
    return agreement


@transaction.atomic(durable=True)
def end_agreement(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """End the agreement for good, or drop its draft: what was given under it is gone with the next request.

    Raises NotFound, NotAllowed (rules.can_end), Conflict if it has ended, Invalid without a reason.
    """
    agreement = _locked(officer, agreement_id)
    rules.can_end(officer).enforce()
    _expect(agreement, Status.DRAFT, Status.IN_FORCE, Status.SUSPENDED)
    _become(agreement, Status.ENDED, officer, reason=_given(reason))
    ended = grants.end_agreement(agreement.pk)
    settle(AWAITING, subject_id=agreement.pk)
    record(Event.AGREEMENT_ENDED, actor=officer, subject=agreement, owner=officer.agency_id, reason=reason, grants=ended)
    return agreement


def _locked(officer: Officer, agreement_id: UUID) -> Agreement:
    return Agreement.objects.visible_to(officer).select_related("suspended_by").locked().one(agreement_id)


def _expect(agreement: Agreement, *statuses: str) -> None:
    if agreement.status not in statuses:
        raise Conflict(rules.NOT_NOW, status=str(agreement.get_status_display()))


def _given(reason: str) -> str:
    if not reason.strip():
        raise Invalid(rules.REASON_MISSING, fields={"reason": rules.REASON_MISSING})
    return reason.strip()


def _become(agreement: Agreement, status: Agreement.Status, officer: Officer, *, reason: str = "") -> None:
    """The new status, with a word to everybody who signs for a party and did not do it themselves."""
    agreement.status, agreement.status_reason, agreement.status_at = status, reason, timezone.now()
    agreement.suspended_by = officer.agency if status == Status.SUSPENDED else None
    agreement.save(update_fields=["status", "status_reason", "status_at", "suspended_by"])
    post(CHANGED, to=_signers(agreement).exclude(pk=officer.pk), subject_id=agreement.pk)


def _signers(agreement: Agreement) -> Any:
    parties = Party.objects.filter(agreement=agreement)
    return Officer.objects.who_may(Deed.AGREEMENTS_SIGN).filter(agency__in=parties.values("agency"))


def _seen(officer: Officer, agreement_id: UUID) -> Agreement | None:
    try:
        return Agreement.objects.visible_to(officer).one(agreement_id)
    except NotFound:
        return None


def _awaiting(officer: Officer, agreement_id: UUID) -> Waiting | None:
    agreement = _seen(officer, agreement_id)
    if agreement is None or agreement.status != Status.DRAFT:
        return None
    url = reverse("agreements:one", args=[agreement.pk])
    return Waiting(_("Sign or drop an agreement"), agreement.title, url, "handshake", _("Awaiting your signature"), "warn")


def _changed(officer: Officer, agreement_id: UUID) -> Waiting | None:
    agreement = _seen(officer, agreement_id)
    if agreement is None:
        return None
    tone = {Status.IN_FORCE: "ok", Status.SUSPENDED: "warn", Status.ENDED: "bad"}.get(Status(agreement.status), "")
    url = reverse("agreements:one", args=[agreement.pk])
    return Waiting(agreement.title, agreement.status_reason or agreement.reference, url, "handshake", agreement.get_status_display(), tone)


NOTICES: dict[str, Callable[[Officer, UUID], Waiting | None]] = {AWAITING: _awaiting, CHANGED: _changed}
"""How this room's notices read for their reader, or None where the reader may no longer see the thing."""
STANDING: dict[str, Standing] = {
    AWAITING: lambda officer: Agreement.objects.visible_to(officer).filter(status=Status.DRAFT).values("pk"),
    CHANGED: lambda officer: Agreement.objects.visible_to(officer).values("pk"),
}
