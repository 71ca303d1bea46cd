"""A rendition as a partner holds it once its release was approved and its conditions accepted."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.grants import found_group, join
from accounts.models import Officer
from cases.records import grants
from cases.records.models import Rendition


def released(
    rendition: Rendition, *readers: Officer, days: float = 30, reference: str = "R-K7QW", agreement_id: UUID | None = None
) -> UUID:
    """Written by the same hands as a release's own approval and acceptance. Returns the release's id."""
    release_id = uuid4()
    group, until = found_group("release", release_id), timezone.now() + timedelta(days=days)
    grants.admit_release(
        [rendition], to=group, release_id=release_id, agreement_id=agreement_id or uuid4(), until=until, reference=reference,
        recipient_id=readers[0].agency_id,
    )  # fmt: skip
    for reader in readers:
        join(reader, group, cause=release_id, until=until)
    return release_id
