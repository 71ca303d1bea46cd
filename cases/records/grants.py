"""The projection of sight: one row per record for its home file's audience, one per line for a release. Written here alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models.functions import Now

from cases.casefiles.models import CaseFile
from cases.records.models import Record, RecordGrant, Rendition
from kernel import grants
from kernel.grants import Origin


def admit_home(records: Iterable[Record], casefile: CaseFile) -> None:
    """Let the home file's audience see these records, in the caller's transaction."""
    view = grants.permission_id(Record, "view")
    RecordGrant.objects.bulk_create(
        [
            RecordGrant(group_id=group, permission_id=view, content_object=record, origin=Origin.HOME)
            for record in records
            for group in casefile.audience_groups()
        ],
        batch_size=2_000,
    )


def admit_release(renditions: Iterable[Rendition], *, to: Group, release_id: UUID, agreement_id: UUID, until: datetime) -> None:
    """Let the release's own group see exactly these renditions until its end, in the caller's transaction."""
    view = grants.permission_id(Record, "view")
    RecordGrant.objects.bulk_create(
        [
            RecordGrant(
                group=to, permission_id=view, content_object_id=rendition.record_id, rendition=rendition, origin=Origin.RELEASE,
                cause=release_id, basis=agreement_id, expires_at=until,
            )
            for rendition in renditions
        ],
        batch_size=2_000,
    )  # fmt: skip


def end_release(release_id: UUID) -> int:
    """End all sight a release gave; gone with the next request. Returns how many grants ended."""
    return grants.end(RecordGrant, cause=release_id)


def suspend(agreement_id: UUID) -> int:
    """Hold back all sight that rests on an agreement, until it resumes."""
    return RecordGrant.objects.filter(basis=agreement_id, ended_at=None, suspended_at=None).update(suspended_at=Now())


def resume(agreement_id: UUID) -> int:
    """Give back the sight that rests on an agreement and has not ended meanwhile."""
    return RecordGrant.objects.filter(basis=agreement_id, ended_at=None).update(suspended_at=None)


def has_left(rendition: Rendition) -> bool:
    """Whether the rendition was ever released: from then on nothing is added to what it says."""
    return RecordGrant.objects.filter(rendition=rendition, origin=Origin.RELEASE).exists()
