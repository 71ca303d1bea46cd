"""How a release is entered and how it ends: accepted by a reader, recalled by its owner, or over by itself."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.grants import join, leave_all
from accounts.models import Officer
from accounts.notices import post, settle
from audit.ledger import record
from cases.records import grants
from kernel.errors import Conflict
from sharing.agreements.models import Agreement
from sharing.releases import rules
from sharing.releases.actions import contents, notices
from sharing.releases.actions.decisions import last_moment
from sharing.releases.actions.hold import agreement_of, expect, given, locked, recipients
from sharing.releases.events import Event
from sharing.releases.models import Acceptance, Release

Status = Release.Status


@transaction.atomic(durable=True)
def accept_release(*, officer: Officer, release_id: UUID) -> Release:
    """Promise its conditions; from the next request on, the reader sees exactly what was released, until its end.

    Accepting again changes nothing. Raises NotFound, NotAllowed (rules.can_accept), Conflict if it is recalled, over, or on hold
    with its agreement.
    """
    release = locked(officer, release_id)
    rules.can_accept(officer, release).enforce()
    agreement = agreement_of(release).in_force().first()
    standing = rules.stands(release, now=timezone.now(), agreed=agreement is not None)
    if standing.said and not standing:
        raise Conflict(standing.said, **standing.params)
    if Acceptance.objects.visible_to(officer).filter(release=release, officer=officer).exists():
        return release
    Acceptance.objects.create(release=release, officer=officer, content_hash=release.approved_hash)
    join(officer, release.group, cause=release.pk, until=last_moment(release, agreement))
    settle(notices.RECEIVED, subject_id=release.pk, officer=officer)
    record(
        Event.RELEASE_ACCEPTED, actor=officer, subject=release, owner=release.agency_id, via=contents.rests_on(release),
        content_hash=release.approved_hash, conditions=release.conditions, further_conditions=release.further_conditions,
    )  # fmt: skip
    return release


@transaction.atomic(durable=True)
def recall_release(*, officer: Officer, release_id: UUID, reason: str) -> Release:
    """Take back what was given: gone for every recipient with their next request. The reason stays inside the giving agency.

    Raises NotFound, NotAllowed (rules.can_recall), Conflict unless it was released, Invalid without a reason.
    """
    release = locked(officer, release_id)
    rules.can_recall(officer, release).enforce()
    expect(release, Status.APPROVED)
    release.recall_reason, release.recalled_by, release.recalled_at = given(reason), officer, timezone.now()
    release.status = Status.RECALLED
    release.save(update_fields=["status", "recall_reason", "recalled_by", "recalled_at"])
    ended = grants.end_release(release.pk)
    leave_all(release.group)
    settle(notices.RECEIVED, subject_id=release.pk)
    post(notices.RECALLED, to=recipients(release), subject_id=release.pk)
    record(Event.RELEASE_RECALLED, actor=officer, subject=release, owner=release.agency_id, reason=reason, grants=ended)
    return release


@transaction.atomic(durable=True)
def expire_releases(*, limit: int = 200) -> int:
    """Write down the releases whose end has come, by their own date or by their agreement's; sight had ended by itself.

    Returns how many. Run by the clock; safe twice, late or in parallel.
    """
    standing = Agreement.objects.unscoped("whose end has come").exclude(status=Agreement.Status.ENDED)
    standing = standing.filter(Q(ends_at=None) | Q(ends_at__gt=Now()))
    over = Release.objects.unscoped("writing down what has ended").filter(status=Status.APPROVED, expired_at=None)
    over = over.filter(Q(ends_at__lte=Now()) | ~Q(agreement__in=standing.values("pk")))
    rows = over.select_related("group", "requested_by").select_for_update(of=("self",), skip_locked=True).order_by("ends_at")[:limit]
    for release in rows:
        release.expired_at = timezone.now()
        release.save(update_fields=["expired_at"])
        grants.end_release(release.pk)
        leave_all(release.group)
        settle(notices.RECEIVED, subject_id=release.pk)
        post(notices.EXPIRED, to=[release.requested_by], subject_id=release.pk)
        record(Event.RELEASE_EXPIRED, actor=None, subject=release, owner=release.agency_id, ends_at=release.ends_at)
    return len(rows)
