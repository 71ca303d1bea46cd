"""Deciding on a release: by a second pair of eyes, on one exact content, with fresh proof of presence."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import proofs
from accounts.models import Officer, Proof
from accounts.notices import post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.records import grants
from kernel.errors import Conflict
from sharing.agreements.models import Agreement
from sharing.releases import rules
from sharing.releases.actions import contents, notices
from sharing.releases.actions.hold import agreement_of, expect, eyes, given, locked, recipients
from sharing.releases.events import Event
from sharing.releases.models import Decision, Release

Answer, Status = Decision.Answer, Release.Status


@transaction.atomic(durable=True)
def approve_release(*, officer: Officer, release_id: UUID, proof: Proof) -> Release:
    """Give the release: whoever of its recipients accepts the conditions sees exactly these renditions, until its end.

    Everything is asked again under locks that hold the release, its agreement and its renditions: who approves, whether the policy
    still says yes, whether the content is the one that was asked for and that the proof was given for.
    Raises NotFound, NotAllowed (rules.can_decide, the policy's own sentence, accounts.proofs), Conflict for anything that changed.
    """
    release = locked(officer, release_id)
    rules.can_decide(officer, release, eyes(officer, release)).enforce()
    expect(release, Status.AWAITING)
    agreement = agreement_of(release).locked().get()
    renditions = list(contents.renditions_of(release).order_by("pk").locked())
    answer = contents.weigh(contents.wish_of(release), now=timezone.now(), told_to=officer, agreement_id=agreement.pk)
    answer.verdict.enforce()
    rules.same_terms(release, answer).enforce()
    if contents.content_hash(release) != release.content_hash or any(each.withdrawn_at for each in renditions):
        raise Conflict(rules.CHANGED)
    proofs.spend(proof, officer, Deed.RELEASES_APPROVE, release.pk, release.content_hash)
    release.status, release.approved_by, release.approved_at = Status.APPROVED, officer, timezone.now()
    release.approved_hash = release.content_hash
    release.save(update_fields=["status", "approved_by", "approved_at", "approved_hash"])
    grants.admit_release(
        renditions, to=release.group, release_id=release.pk, agreement_id=agreement.pk, until=last_moment(release, agreement),
        reference=release.reference, recipient_id=release.recipient_id,
    )  # fmt: skip
    _decide(officer, release, Answer.APPROVED, proof=proof)
    post(notices.RECEIVED, to=recipients(release), subject_id=release.pk)
    record(
        Event.RELEASE_APPROVED, actor=officer, subject=release, owner=release.agency_id, via=contents.rests_on(release),
        content_hash=release.content_hash, recipient=release.recipient_id, renditions=sorted(str(r.pk) for r in renditions),
    )  # fmt: skip
    return release


@transaction.atomic(durable=True)
def send_back_release(*, officer: Officer, release_id: UUID, reason: str) -> Release:
    """Ask the requester for changes. Raises NotFound, NotAllowed (rules.can_decide), Conflict unless it waits, Invalid without a reason."""
    release = _judged(officer, release_id)
    release.status = Status.SENT_BACK
    release.save(update_fields=["status"])
    _decide(officer, release, Answer.SENT_BACK, reason=given(reason))
    record(Event.RELEASE_SENT_BACK, actor=officer, subject=release, owner=release.agency_id, reason=reason)
    return release


@transaction.atomic(durable=True)
def refuse_release(*, officer: Officer, release_id: UUID, reason: str) -> Release:
    """Refuse for good. Raises NotFound, NotAllowed (rules.can_decide), Conflict unless it waits, Invalid without a reason."""
    release = _judged(officer, release_id)
    release.status = Status.REFUSED
    release.save(update_fields=["status"])
    _decide(officer, release, Answer.REFUSED, reason=given(reason))
    record(Event.RELEASE_REFUSED, actor=officer, subject=release, owner=release.agency_id, reason=reason)
    return release


def last_moment(release: Release, agreement: Agreement) -> datetime:
    """When sight ends by itself: the release's own end, and never after its agreement's."""
    return min(release.ends_at, agreement.ends_at) if agreement.ends_at else release.ends_at


def _judged(officer: Officer, release_id: UUID) -> Release:
    release = locked(officer, release_id)
    rules.can_decide(officer, release, eyes(officer, release)).enforce()
    expect(release, Status.AWAITING)
    return release


def _decide(officer: Officer, release: Release, answer: Decision.Answer, *, reason: str = "", proof: Proof | None = None) -> None:
    """The decision on this very content; the requester hears of it, and nobody else is asked any more."""
    Decision.objects.create(
        release=release,
        officer=officer,
        answer=answer,
        reason=reason,
        content_hash=release.content_hash,
        proof=proof.pk if proof else None,
        version_id=release.version_id,
    )
    settle(notices.AWAITING, subject_id=release.pk)
    post(notices.DECIDED, to=[release.requested_by], subject_id=release.pk)
