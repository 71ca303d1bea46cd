"""What this room leaves on desks, and how it reads: rendered for its reader through the predicate, when it is read."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.notices import Waiting
from accounts.roles import Deed
from sharing.releases.actions.needs import asked_of, open_steps
from sharing.releases.events import Event
from sharing.releases.models import Release

AWAITING = "releases.release.awaiting"
DECIDED = "releases.release.decided"
RECEIVED = "releases.release.received"
RECALLED = "releases.release.recalled"
LAPSED = "releases.release.lapsed"
EXPIRED = "releases.release.expired"
PROJECTION = "releases.projection.differs"
Status = Release.Status
TONES = {Status.APPROVED: "ok", Status.SENT_BACK: "warn", Status.REFUSED: "bad", Status.RECALLED: "bad", Status.STOPPED: "bad"}

NEXT = {
    Status.APPROVED: _("The recipient reads it once they accept its conditions."),
    Status.SENT_BACK: _("Change what was asked for, then request approval again."),
    Status.REFUSED: _("Nothing leaves. The reason stands on its page."),
    Status.STOPPED: _("Nothing has left. Its recipients never heard of it."),
    Status.RECALLED: _("The recipient can no longer read it."),
}


def _about(officer: Officer, release_id: UUID, *statuses: str) -> Release | None:
    seen = Release.objects.visible_to(officer).select_related("agency", "recipient", "requested_by")
    return seen.filter(pk=release_id, status__in=statuses).first()


def _url(release: Release) -> str:
    return reverse("releases:one", args=[release.pk])


def _awaiting(officer: Officer, release_id: UUID) -> Waiting | None:
    release = _about(officer, release_id, Status.AWAITING)
    if release is None or release.agency_id != officer.agency_id:
        return None
    title = _("Decide on release %(reference)s to %(taker)s") % {"reference": release.reference, "taker": release.recipient.short_name}
    text = _("Asked for by %(name)s") % {"name": release.requested_by.name}
    needed, left = len(asked_of(release).steps), len(open_steps(release))
    if needed > 1:
        text = _("%(done)s of %(needed)s steps are taken. Asked for by %(name)s") % {
            "done": needed - left, "needed": needed, "name": release.requested_by.name,
        }  # fmt: skip
    return Waiting(title, text, _url(release), "stamp", _("Awaiting approval"), "warn", due=release.lapses_at)


def _decided(officer: Officer, release_id: UUID) -> Waiting | None:
    release = _about(officer, release_id, Status.APPROVED, Status.SENT_BACK, Status.REFUSED, Status.STOPPED, Status.RECALLED)
    if release is None or release.agency_id != officer.agency_id:
        return None
    title = _("Your release %(reference)s to %(taker)s") % {"reference": release.reference, "taker": release.recipient.short_name}
    status = Status(release.status)
    return Waiting(title, NEXT[status], _url(release), "stamp", release.get_status_display(), TONES[status])


def _received(officer: Officer, release_id: UUID) -> Waiting | None:
    release = _about(officer, release_id, Status.APPROVED)
    if release is None or release.recipient_id != officer.agency_id:
        return None
    title = _("%(giver)s has released something to you") % {"giver": release.agency.short_name}
    text = _("Release %(reference)s. You see it once you accept its conditions.") % {"reference": release.reference}
    return Waiting(title, text, _url(release), "inbox", _("Accept conditions"), "info")


def _recalled(officer: Officer, release_id: UUID) -> Waiting | None:
    release = _about(officer, release_id, Status.RECALLED)
    if release is None or release.recipient_id != officer.agency_id:
        return None
    title = _("%(giver)s has recalled release %(reference)s") % {"giver": release.agency.short_name, "reference": release.reference}
    return Waiting(title, _("It can no longer be read. Do not use it any more."), _url(release), "undo-2", _("Recalled"), "bad")


def _lapsed(officer: Officer, release_id: UUID) -> Waiting | None:
    release = _about(officer, release_id, Status.LAPSED)
    if release is None or release.agency_id != officer.agency_id:
        return None
    title = _("Release %(reference)s to %(taker)s has lapsed") % {"reference": release.reference, "taker": release.recipient.short_name}
    text = _("Nobody approved it in time. %(name)s can ask for it again.") % {"name": release.requested_by.name}
    return Waiting(title, text, _url(release), "clock", release.get_status_display(), "warn")


def _expired(officer: Officer, release_id: UUID) -> Waiting | None:
    release = _about(officer, release_id, Status.APPROVED)
    if release is None or release.agency_id != officer.agency_id:
        return None
    title = _("Release %(reference)s to %(taker)s has ended") % {"reference": release.reference, "taker": release.recipient.short_name}
    return Waiting(title, _("Its recipients no longer see it. Ask for a new one if they still need it."), _url(release), "clock")


def _projection(officer: Officer, agency_id: UUID) -> Waiting | None:
    if officer.agency_id != agency_id or Deed.LEDGER_READ not in officer.deeds:
        return None
    text = _("The nightly check found sight that no file or release gives, or the other way round. The ledger says where.")
    url = f"{reverse('ledger')}?kind={Event.PROJECTION_DIFFERS}"
    return Waiting(_("Sight is not what it rests on"), text, url, "triangle-alert", _("Alarm"), "bad")


NOTICES: dict[str, Callable[[Officer, UUID], Waiting | None]] = {
    AWAITING: _awaiting,
    DECIDED: _decided,
    RECEIVED: _received,
    RECALLED: _recalled,
    LAPSED: _lapsed,
    EXPIRED: _expired,
    PROJECTION: _projection,
}
"""How this room's notices read for their reader, or None where the reader may no longer see the thing."""
