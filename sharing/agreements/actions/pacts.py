"""Drafting, signing, suspending, resuming and ending agreements; who is not a party learns nothing of any of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import proofs
from accounts.models import Agency, Officer, Proof
from accounts.notices import Standing, Waiting, post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.records import grants
from cases.records.models import Record, RecordGrant
from kernel.errors import Conflict, Invalid, NotFound
from kernel.querysets import Page
from sharing.agreements import rules
from sharing.agreements.events import Event
from sharing.agreements.models import Agreement, Article, Party, Signature, Version
from sharing.agreements.terms import Terms, written
from sharing.agreements.versions import hash_of, version_in_force

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
    version: Version | None  # whose terms are shown: the one in force, or that of a draft; None where it never had one signed
    waiting: Version | None  # what waits for signatures
    versions: list[Version]  # the newest first
    missing: list[Agency]  # whose signature is missing under what waits


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
    versions = list(agreement.versions.select_related("drafted_by__agency").prefetch_related("signatures__agency", "signatures__officer"))
    waiting = next((each for each in versions if each.agreed_at is None and each.dropped_at is None), None)
    signed = {each.agency_id for each in waiting.signatures.all()} if waiting else set()
    held = RecordGrant.objects.live().filter(basis=agreement.pk)
    records = Record.objects.visible_to(officer).filter(pk__in=held.values("content_object"))
    mine, parties = RecordGrant.objects.held_by(officer).filter(basis=agreement.pk), list(agreement.parties.all())
    return Opened(
        agreement,
        given=records.filter(agency_id=officer.agency_id).count(),
        received=records.filter(pk__in=mine.values("content_object")).count(),
        deeds=rules.open_deeds(officer, agreement, next((each for each in parties if each.agency_id == officer.agency_id), None), waiting),
        version=version_in_force(agreement.pk) or (versions[-1] if versions else None),
        waiting=waiting,
        versions=versions,
        missing=[each.agency for each in parties if each.agency_id not in signed] if waiting else [],
    )


@transaction.atomic(durable=True)
def draft_agreement(
    *, officer: Officer, title: str, reference: str, parties: Collection[UUID], articles: Iterable[Mapping[str, Any]],
    handling_codes: Collection[str], starts_at: datetime, ends_at: datetime | None = None, covers_deconfliction: bool = False,
    terms: Terms | None = None,
) -> Agreement:  # fmt: skip
    """Write an agreement for its parties to sign; from then on its words stay as they are. Its purposes are those of its articles.

    `articles` have number, text and purposes; `handling_codes` are "scheme:code"; `terms` are those of its first version, under the
    same codes. Raises NotAllowed (rules.can_draft), Invalid.
    """
    rules.can_draft(officer, parties).enforce()
    articles = list(articles)
    said = replace(terms or Terms(), handling_codes=tuple(handling_codes))
    flaws = rules.flaws_of_terms(said, parties=parties)
    flaws |= rules.flaws(parties=parties, articles=articles, handling_codes=handling_codes, starts_at=starts_at, ends_at=ends_at)
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
    next_version(agreement, officer, said, number=1, starts_at=starts_at).save(force_insert=True)
    record(
        Event.AGREEMENT_DRAFTED, actor=officer, subject=agreement, owner=officer.agency_id, title=title, parties=sorted(map(str, parties))
    )
    post(AWAITING, to=signers(agreement).exclude(pk=officer.pk), subject_id=agreement.pk)
    return agreement


@transaction.atomic(durable=True)
def sign_agreement(*, officer: Officer, agreement_id: UUID, proof: Proof) -> Agreement:
    """Sign for one's agency the version that waits, under its hash; the last signature makes it stand from its day on.

    The first version brings the agreement into force; of a later one, the former stands until the later begins.
    Raises NotFound, NotAllowed (rules.can_sign, accounts.proofs), Conflict if nothing waits or the agreement's end has passed.
    """
    agreement = locked(officer, agreement_id)
    party = Party.objects.filter(agreement=agreement, agency=officer.agency_id).first()
    version = Version.objects.waiting().filter(agreement=agreement).select_for_update().first()
    if version is None:
        rules.can_amend(officer).enforce()
        raise Conflict(rules.NOT_NOW, status=str(agreement.get_status_display()))
    rules.can_sign(officer, party, version).enforce()
    expect(agreement, Status.DRAFT, Status.IN_FORCE, Status.SUSPENDED)
    if agreement.ends_at and agreement.ends_at <= timezone.now():
        raise Conflict(rules.ENDED_BY_DATE)
    proofs.spend(proof, officer, Deed.AGREEMENTS_SIGN, agreement.pk, version.content_hash)
    _put_under(officer, agreement, version, proof)
    if Signature.objects.filter(version=version).count() < Party.objects.filter(agreement=agreement).count():
        return agreement
    version.agreed_at = timezone.now()
    version.save(update_fields=["agreed_at"])
    told: dict[str, Any] = {"version": version.number, "content_hash": version.content_hash}
    if agreement.status == Status.DRAFT:
        _become(agreement, Status.IN_FORCE, officer)
        record(Event.AGREEMENT_IN_FORCE, actor=officer, subject=agreement, owner=officer.agency_id, **told)
    else:
        post(CHANGED, to=signers(agreement).exclude(pk=officer.pk), subject_id=agreement.pk)
        record(Event.AMENDMENT_AGREED, actor=officer, subject=agreement, owner=officer.agency_id, **told)
    return agreement


def _put_under(officer: Officer, agreement: Agreement, version: Version, proof: Proof) -> None:
    Signature.objects.create(version=version, agency=officer.agency, officer=officer, content_hash=version.content_hash, proof=proof.pk)
    if agreement.status == Status.DRAFT:
        Party.objects.filter(agreement=agreement, agency=officer.agency_id).update(signed_by=officer, signed_at=Now())
    record(
        Event.AGREEMENT_SIGNED, actor=officer, subject=agreement, owner=officer.agency_id, version=version.number,
        content_hash=version.content_hash,
    )  # fmt: skip
    for signer in signers(agreement).filter(agency=officer.agency_id):
        settle(AWAITING, subject_id=agreement.pk, officer=signer)


@transaction.atomic(durable=True)
def suspend_agreement(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """Hold back, from the next request on, all sight that rests on the agreement; any party may.

    Raises NotFound, NotAllowed (rules.can_suspend), Conflict unless it is in force, Invalid without a reason.
    """
    agreement = locked(officer, agreement_id)
    rules.can_suspend(officer).enforce()
    expect(agreement, Status.IN_FORCE)
    _become(agreement, Status.SUSPENDED, officer, reason=given(reason))
    held = grants.suspend(agreement.pk)
    record(Event.AGREEMENT_SUSPENDED, actor=officer, subject=agreement, owner=officer.agency_id, reason=reason, grants=held)
    return agreement


@transaction.atomic(durable=True)
def resume_agreement(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """Give back the sight that was held back and has not ended meanwhile.

    Raises NotFound, NotAllowed (rules.can_resume), Conflict unless it is suspended, Invalid without a reason.
    """
    agreement = locked(officer, agreement_id)
    expect(agreement, Status.SUSPENDED)
    rules.can_resume(officer, agreement).enforce()
    _become(agreement, Status.IN_FORCE, officer, reason=given(reason))
    back = grants.resume(agreement.pk)
    record(Event.AGREEMENT_RESUMED, actor=officer, subject=agreement, owner=officer.agency_id, reason=reason, grants=back)
    return agreement


@transaction.atomic(durable=True)
def end_agreement(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """End the agreement for good, or drop its draft: what was given under it is gone with the next request.

    Raises NotFound, NotAllowed (rules.can_end), Conflict if it has ended, Invalid without a reason.
    """
    agreement = locked(officer, agreement_id)
    rules.can_end(officer).enforce()
    expect(agreement, Status.DRAFT, Status.IN_FORCE, Status.SUSPENDED)
    _become(agreement, Status.ENDED, officer, reason=given(reason))
    Version.objects.waiting().filter(agreement=agreement).update(dropped_at=Now())
    ended = grants.end_agreement(agreement.pk)
    settle(AWAITING, subject_id=agreement.pk)
    record(Event.AGREEMENT_ENDED, actor=officer, subject=agreement, owner=officer.agency_id, reason=reason, grants=ended)
    return agreement


def next_version(
    agreement: Agreement, officer: Officer, said: Terms, *, number: int, starts_at: datetime, changed: str = "", reason: str = ""
) -> Version:
    """A version to be written and signed, hashed with every word it stands under."""
    version = Version(
        agreement=agreement, number=number, terms=written(said), changed=changed, reason=reason, starts_at=starts_at, drafted_by=officer
    )
    version.content_hash = hash_of(agreement, version)
    return version


def locked(officer: Officer, agreement_id: UUID) -> Agreement:
    """The agreement, held until the transaction ends. Raises NotFound."""
    return Agreement.objects.visible_to(officer).select_related("suspended_by").locked().one(agreement_id)


def expect(agreement: Agreement, *statuses: str) -> None:
    """Raises Conflict unless the agreement is in one of these states."""
    if agreement.status not in statuses:
        raise Conflict(rules.NOT_NOW, status=str(agreement.get_status_display()))


def given(reason: str) -> str:
    """The reason, trimmed. Raises Invalid for none."""
    if not reason.strip():
        raise Invalid(rules.REASON_MISSING, fields={"reason": rules.REASON_MISSING})
    return reason.strip()


def _become(agreement: Agreement, status: Agreement.Status, officer: Officer, *, reason: str = "") -> None:
    """The new status, with a word to everybody who signs for a party and did not do it themselves."""
    agreement.status, agreement.status_reason, agreement.status_at = status, reason, timezone.now()
    agreement.suspended_by = officer.agency if status == Status.SUSPENDED else None
    agreement.save(update_fields=["status", "status_reason", "status_at", "suspended_by"])
    post(CHANGED, to=signers(agreement).exclude(pk=officer.pk), subject_id=agreement.pk)


def signers(agreement: Agreement) -> Any:
    """Everybody who may sign for a party."""
    parties = Party.objects.filter(agreement=agreement)
    return Officer.objects.who_may(Deed.AGREEMENTS_SIGN).filter(agency__in=parties.values("agency"))


def _seen(officer: Officer, agreement_id: UUID) -> Agreement | None:
    try:
        return Agreement.objects.visible_to(officer).one(agreement_id)
    except NotFound:
        return None


def _awaiting(officer: Officer, agreement_id: UUID) -> Waiting | None:
    agreement = _seen(officer, agreement_id)
    if agreement is None or not Version.objects.waiting().filter(agreement=agreement).exists():
        return None
    url = reverse("agreements:one", args=[agreement.pk])
    return Waiting(
        _("Sign or drop an agreement") if agreement.status == Status.DRAFT else _("Sign or drop an amendment"),
        agreement.title,
        url,
        "handshake",
        _("Awaiting your signature"),
        "warn",
    )


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
    AWAITING: lambda officer: (
        Agreement.objects.visible_to(officer).filter(pk__in=Version.objects.waiting().values("agreement")).values("pk")
    ),
    CHANGED: lambda officer: Agreement.objects.visible_to(officer).values("pk"),
}
