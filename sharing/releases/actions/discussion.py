"""What the giving agency says among itself about a release, and what its recipient would see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from accounts.grants import join
from accounts.models import Officer
from audit.ledger import record
from cases.records import grants
from kernel.errors import Invalid, NotFound
from sharing.releases import rules
from sharing.releases.actions import contents
from sharing.releases.actions.hold import expect, locked, recipients
from sharing.releases.actions.readings import SHOWN, Leaving, Opened, leaving, opened_inside
from sharing.releases.events import Event
from sharing.releases.models import Comment, Release

Status = Release.Status
ASSUMED = (Status.DRAFT, Status.SENT_BACK, Status.LAPSED, Status.AWAITING, Status.REFUSED)
"""Releases that never gave anything: what they would give is asked of the database as if they had."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A release, and its lines as one of its recipients would read them. A line of which `hidden` speaks they would not see."""

    opened: Opened
    leaving: Sequence[Leaving]
    hidden: frozenset[UUID]  # lines
    reader: Officer | None


@transaction.atomic(durable=True)
def discuss_release(*, officer: Officer, release_id: UUID, text: str) -> Comment:
    """Say something to the others of one's agency who read this release. Raises NotFound, NotAllowed (rules.can_discuss), Conflict
    unless it waits, Invalid for nothing said.
    """
    release = locked(officer, release_id)
    rules.can_discuss(officer, release).enforce()
    expect(release, Status.AWAITING)
    if not text.strip():
        raise Invalid(rules.NOTHING_SAID, fields={"text": rules.NOTHING_SAID})
    said = Comment.objects.create(release=release, officer=officer, text=text.strip())
    record(Event.RELEASE_DISCUSSED, actor=officer, subject=release, owner=release.agency_id, comment=said.pk)
    return said


@transaction.atomic(durable=True)
def preview_release(*, officer: Officer, release_id: UUID) -> Preview:
    """What the first of its recipients would see, once it has left and they accepted: asked of the same predicate that will decide.

    For this the release's grants and their membership are written and taken back at once, in this transaction: nobody else ever finds
    them. What the officer does not see themselves is not shown to them by another's eyes. Raises NotFound, also at the recipient.
    """
    ours = Release.objects.visible_to(officer).filter(agency_id=officer.agency_id)
    release = ours.select_related(*SHOWN, "group", "recipient_unit__group").one(release_id)
    opened = opened_inside(officer, release)
    if opened.inside is None:
        raise NotFound
    reader = recipients(release).select_related("agency", "unit").order_by("name", "pk").first()
    record(Event.RELEASE_PREVIEWED, actor=officer, subject=release, owner=release.agency_id)
    mine = opened.inside.leaving
    if reader is None or release.status not in ASSUMED:
        return Preview(opened, mine, frozenset(), reader)
    theirs = {row.line.pk: row for row in _through(reader, officer, release)}
    rows = [theirs[row.line.pk] if row.rendition else row for row in mine]
    hidden = frozenset(row.line.pk for row in mine if row.rendition and theirs[row.line.pk].rendition is None)
    return Preview(opened, rows, hidden, reader)


def _through(reader: Officer, officer: Officer, release: Release) -> list[Leaving]:
    undo = transaction.savepoint()
    try:
        grants.admit_release(
            contents.renditions_of(release), to=release.group, release_id=release.pk, agreement_id=release.agreement_id or uuid4(),
            until=release.ends_at, reference=release.reference, recipient_id=release.recipient_id,
        )  # fmt: skip
        join(reader, release.group, cause=release.pk, until=release.ends_at)
        return leaving(officer, release, reader=reader)
    finally:
        transaction.savepoint_rollback(undo)
