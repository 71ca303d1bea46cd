"""Other terms for an agreement that stands: drafted, dropped, read. They are signed as the agreement was (sign_agreement)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, Officer
from accounts.notices import post, settle
from audit.ledger import record
from kernel.errors import Conflict, Invalid, NotFound
from sharing.agreements import rules
from sharing.agreements.actions.pacts import AWAITING, Status, expect, given, locked, next_version, signers
from sharing.agreements.events import Event
from sharing.agreements.models import Agreement, Party, Version
from sharing.agreements.terms import Terms, differences
from sharing.agreements.versions import version_in_force


@dataclass(frozen=True, slots=True)
class OpenedVersion:
    """One version as a party's officer reads it: its terms, who signed it, what it changed, and which one stands now."""

    agreement: Agreement
    version: Version
    parties: list[Agency]
    in_force: Version | None
    changes: list[str]  # names of the terms that are not as in the version before


@transaction.atomic(durable=True)
def draft_amendment(
    *, officer: Officer, agreement_id: UUID, terms: Terms, changed: str, reason: str, starts_at: datetime | None = None
) -> Version:
    """Propose other terms: what changes and why; the parties sign them, and they stand from `starts_at` on, or at once.

    Parties, articles, dates and whether identifiers are compared stay as they are: for those another agreement is made.
    Raises NotFound, NotAllowed (rules.can_amend), Conflict unless it is in force and nothing waits, Invalid.
    """
    agreement = locked(officer, agreement_id)
    rules.can_amend(officer).enforce()
    expect(agreement, Status.IN_FORCE)
    if Version.objects.waiting().filter(agreement=agreement).exists():
        raise Conflict(rules.AMENDMENT_WAITS)
    former = Version.objects.filter(agreement=agreement).exclude(agreed_at=None).first()
    if former is None:
        raise Conflict(rules.NOT_NOW, status=str(agreement.get_status_display()))
    said = replace(terms, handling_codes=terms.handling_codes or former.read.handling_codes)
    parties = Party.objects.filter(agreement=agreement).values_list("agency_id", flat=True)
    begins = starts_at or timezone.now()
    flaws = rules.flaws_of_terms(said, parties=list(parties)) | rules.flaws_of_amendment(
        agreement, starts_at=begins, changed=changed, reason=reason
    )
    if not flaws and not differences(former.read, said):
        flaws["changed"] = rules.NOTHING_CHANGES
    if flaws:
        raise Invalid(fields=flaws)
    last = Version.objects.filter(agreement=agreement).first()
    version = next_version(
        agreement, officer, said, number=(last or former).number + 1, starts_at=begins, changed=changed.strip(), reason=reason.strip()
    )
    version.save(force_insert=True)
    post(AWAITING, to=signers(agreement).exclude(pk=officer.pk), subject_id=agreement.pk)
    record(
        Event.AMENDMENT_DRAFTED, actor=officer, subject=agreement, owner=officer.agency_id, version=version.number,
        content_hash=version.content_hash,
    )  # fmt: skip
    return version


@transaction.atomic(durable=True)
def drop_amendment(*, officer: Officer, agreement_id: UUID, reason: str) -> Agreement:
    """Drop what waits for signatures; any party may. Raises NotFound, NotAllowed (rules.can_amend), Conflict, Invalid without a reason."""
    agreement = locked(officer, agreement_id)
    rules.can_amend(officer).enforce()
    expect(agreement, Status.IN_FORCE, Status.SUSPENDED)
    version = Version.objects.waiting().filter(agreement=agreement).first()
    if version is None:
        raise Conflict(rules.NOT_NOW, status=str(agreement.get_status_display()))
    why = given(reason)
    version.dropped_at = timezone.now()
    version.save(update_fields=["dropped_at"])
    settle(AWAITING, subject_id=agreement.pk)
    record(Event.AMENDMENT_DROPPED, actor=officer, subject=agreement, owner=officer.agency_id, version=version.number, reason=why)
    return agreement


@transaction.atomic(durable=True)
def open_version(*, officer: Officer, version_id: UUID) -> OpenedVersion:
    """Any version there was, as it was signed. Raises NotFound."""
    found = Version.objects.filter(pk=version_id).first()
    if found is None:
        raise NotFound
    seen = Agreement.objects.visible_to(officer).prefetch_related("parties__agency")
    agreement = seen.select_related("suspended_by").one(found.agreement_id)
    versions = agreement.versions.select_related("drafted_by__agency").prefetch_related("signatures__agency", "signatures__officer")
    version = versions.get(pk=version_id)
    former = versions.filter(number__lt=version.number, agreed_at__isnull=False).first()
    record(Event.VERSION_VIEWED, actor=officer, subject=agreement, owner=officer.agency_id, version=version.number)
    return OpenedVersion(
        agreement=agreement,
        version=version,
        parties=[party.agency for party in agreement.parties.all()],
        in_force=version_in_force(agreement.pk),
        changes=differences(former.read, version.read) if former else [],
    )
