"""Deciding on a release: by as many pairs of eyes as it needs, on one exact content, each with fresh proof of presence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts import proofs
from accounts.models import Officer, Proof
from accounts.notices import post, settle
from accounts.roles import Deed
from audit.ledger import record
from cases.records import grants
from kernel.errors import Conflict
from sharing.agreements import steps
from sharing.agreements.models import Agreement
from sharing.agreements.steps import Step
from sharing.releases import rules
from sharing.releases.actions import contents, notices
from sharing.releases.actions.hold import agreement_of, approvers, eyes, given, in_time, locked, recipients
from sharing.releases.actions.needs import asked_of, needed, open_steps
from sharing.releases.events import Event
from sharing.releases.models import Decision, Release

Answer, Status = Decision.Answer, Release.Status


@transaction.atomic(durable=True)
def approve_release(*, officer: Officer, release_id: UUID, proof: Proof) -> Release:
    """Take one of the steps that a release needs. With the last one it leaves as soon as it can no longer be stopped (stop_release):
    whoever of its recipients accepts the conditions then sees exactly these renditions, until its end.

    Everything is asked again under locks that hold the release, its agreement and its renditions: who approves, whether the policy
    still says yes, what the agency's table asks for by now, whether the content is the one that was asked for and that the proof was
    given for.
    Raises NotFound, NotAllowed (rules.can_decide, the policy's own sentence, accounts.proofs), Conflict for anything that changed.
    """
    release = locked(officer, release_id)
    _need_what_is_asked_by_now(release)
    seen = eyes(officer, release)
    rules.can_decide(officer, release, seen).enforce()
    in_time(release)
    agreement = agreement_of(release).locked().get()
    renditions = list(contents.renditions_of(release).order_by("pk").locked())
    answer = contents.weigh(contents.wish_of(release), now=timezone.now(), told_to=officer, agreement_id=agreement.pk)
    answer.verdict.enforce()
    if contents.content_hash(release) != release.content_hash or any(each.withdrawn_at for each in renditions):
        raise Conflict(rules.CHANGED)
    proofs.spend(proof, officer, Deed.RELEASES_APPROVE, release.pk, release.content_hash)
    step = rules.step_for(officer, seen.open) or Step.SUPERVISOR
    Decision.objects.create(
        release=release, officer=officer, step=step, answer=Answer.APPROVED, content_hash=release.content_hash, proof=proof.pk
    )
    settle(notices.AWAITING, subject_id=release.pk)
    left = open_steps(release)
    facts: dict[str, Any] = {"content_hash": release.content_hash, "step": step, "open": len(left), "needed": len(asked_of(release).steps)}
    if left:
        post(notices.AWAITING, to=approvers(release), subject_id=release.pk)
        record(Event.RELEASE_STEP_APPROVED, actor=officer, subject=release, owner=release.agency_id, **facts)
        return release
    release.status, release.approved_by, release.approved_at = Status.APPROVED, officer, timezone.now()
    release.approved_hash = release.content_hash
    release.leaves_at = Now() + timedelta(seconds=settings.RELEASE_STOP_SECONDS)
    release.save(update_fields=["status", "approved_by", "approved_at", "approved_hash", "leaves_at"])
    release.refresh_from_db(fields=["leaves_at"])
    grants.admit_release(
        renditions, to=release.group, release_id=release.pk, agreement_id=agreement.pk, until=last_moment(release, agreement),
        reference=release.reference, recipient_id=release.recipient_id,
    )  # fmt: skip
    post(notices.DECIDED, to=[release.requested_by], subject_id=release.pk)
    if not settings.RELEASE_STOP_SECONDS:
        tell(release)
    record(
        Event.RELEASE_APPROVED, actor=officer, subject=release, owner=release.agency_id, via=contents.rests_on(release),
        **facts, recipient=release.recipient_id, renditions=sorted(str(r.pk) for r in renditions),
    )  # fmt: skip
    return release


@transaction.atomic(durable=True)
def send_back_release(*, officer: Officer, release_id: UUID, reason: str) -> Release:
    """Ask the requester for changes. Raises NotFound, NotAllowed (rules.can_decide), Conflict unless it waits, Invalid without a reason."""
    release = _decided(officer, release_id, Answer.SENT_BACK, reason)
    record(Event.RELEASE_SENT_BACK, actor=officer, subject=release, owner=release.agency_id, reason=reason)
    return release


@transaction.atomic(durable=True)
def refuse_release(*, officer: Officer, release_id: UUID, reason: str) -> Release:
    """Refuse for good. Raises NotFound, NotAllowed (rules.can_decide), Conflict unless it waits, Invalid without a reason."""
    release = _decided(officer, release_id, Answer.REFUSED, reason)
    record(Event.RELEASE_REFUSED, actor=officer, subject=release, owner=release.agency_id, reason=reason)
    return release


def last_moment(release: Release, agreement: Agreement) -> datetime:
    """When sight ends by itself: the release's own end, and never after its agreement's."""
    return min(release.ends_at, agreement.ends_at) if agreement.ends_at else release.ends_at


def tell(release: Release) -> None:
    """The recipients of what has left hear of it."""
    release.told_at = timezone.now()
    release.save(update_fields=["told_at"])
    post(notices.RECEIVED, to=recipients(release), subject_id=release.pk)


def _need_what_is_asked_by_now(release: Release) -> None:
    """A table that has grown stricter since counts for what waits; one that has grown milder does not."""
    if release.status != Status.AWAITING:
        return
    now = steps.strictest(asked_of(release), needed(release))
    if (now.supervisors, now.legal) != (release.supervisors, release.legal):
        release.supervisors, release.legal = now.supervisors, now.legal
        release.save(update_fields=["supervisors", "legal"])


def _decided(officer: Officer, release_id: UUID, answer: Decision.Answer, reason: str) -> Release:
    """A no on this very content, by whoever could approve it; the requester hears of it, and nobody else is asked any more."""
    release = locked(officer, release_id)
    seen = eyes(officer, release)
    rules.can_decide(officer, release, seen).enforce()
    in_time(release)
    Decision.objects.create(
        release=release, officer=officer, step=rules.step_for(officer, seen.open) or Step.SUPERVISOR, answer=answer, reason=given(reason),
        content_hash=release.content_hash,
    )  # fmt: skip
    release.status = Status(answer)
    release.save(update_fields=["status"])
    settle(notices.AWAITING, subject_id=release.pk)
    post(notices.DECIDED, to=[release.requested_by], subject_id=release.pk)
    return release
