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
from kernel.errors import Conflict, NotFound
from sharing.agreements.models import Agreement
from sharing.releases import rules
from sharing.releases.actions import contents, needs, notices
from sharing.releases.actions.decisions import last_moment, tell
from sharing.releases.actions.hold import agreement_of, approvers, expect, given, locked, recipients
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
    if release.status not in Release.CROSSED:  # it was stopped while this waited for it: the recipient never hears of it
        raise NotFound
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
    if _can_be_stopped(release):
        raise Conflict(rules.NOT_LEFT_YET)
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
def stop_release(*, officer: Officer, release_id: UUID) -> Release:
    """Keep back what was approved and has not left yet: its recipients never hear of it. It is over; what is needed is asked for anew.

    Raises NotFound, NotAllowed (rules.can_stop), Conflict once it has left by the database's clock, and unless it was approved.
    """
    release = locked(officer, release_id)
    rules.can_stop(officer, release, approved=officer.pk in needs.counted(release)).enforce()
    expect(release, Status.APPROVED)
    if not _can_be_stopped(release):
        raise Conflict(rules.LEFT_ALREADY)
    release.status, release.stopped_by, release.stopped_at = Status.STOPPED, officer, timezone.now()
    release.save(update_fields=["status", "stopped_by", "stopped_at"])
    ended = grants.end_release(release.pk)
    leave_all(release.group)
    deciders = Officer.objects.get_queryset().filter(pk__in={release.requested_by_id, *needs.counted(release)})
    post(notices.DECIDED, to=deciders.exclude(pk=officer.pk), subject_id=release.pk)
    record(Event.RELEASE_STOPPED, actor=officer, subject=release, owner=release.agency_id, leaves_at=release.leaves_at, grants=ended)
    return release


@transaction.atomic(durable=True)
def tell_recipients(*, limit: int = 200) -> int:
    """Tell the recipients of what has left; they saw it from that moment on. Returns how many releases. Safe twice, late, in parallel."""
    gone = Release.objects.unscoped("telling of what has left").filter(status=Status.APPROVED, told_at=None, leaves_at__lte=Now())
    rows = gone.select_related("recipient_unit__group").select_for_update(of=("self",), skip_locked=True).order_by("leaves_at")[:limit]
    for release in rows:
        tell(release)
        record(Event.RELEASE_LEFT, actor=None, subject=release, owner=release.agency_id, leaves_at=release.leaves_at)
    return len(rows)


@transaction.atomic(durable=True)
def lapse_releases(*, limit: int = 200) -> int:
    """Write down the requests that nobody approved in time; they could not be approved any more. Who asked and who could decide hear of it.

    Returns how many. Run by the clock; safe twice, late or in parallel.
    """
    late = Release.objects.unscoped("writing down what has lapsed").lapsed()
    rows = late.select_related("requested_by", "group").select_for_update(of=("self",), skip_locked=True).order_by("requested_at")[:limit]
    for release in rows:
        asked = [release.requested_by, *approvers(release), *Officer.objects.get_queryset().filter(pk__in=needs.counted(release))]
        release.status = Status.LAPSED
        release.save(update_fields=["status"])
        needs.void(release)
        settle(notices.AWAITING, subject_id=release.pk)
        post(notices.LAPSED, to=set(asked), subject_id=release.pk)
        record(Event.RELEASE_LAPSED, actor=None, subject=release, owner=release.agency_id, requested_at=release.requested_at)
    return len(rows)


def _can_be_stopped(release: Release) -> bool:
    held = Release.objects.unscoped("whether a release in hand has left").filter(pk=release.pk)
    return bool(held.can_be_stopped().exists())


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
