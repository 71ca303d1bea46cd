"""A rendition as a partner holds it once its release was approved and its conditions accepted."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.grants import found_group, join
from accounts.models import Officer
from cases.records import grants
from cases.records.models import Rendition


def released(rendition: Rendition, *to: Officer) -> UUID:
    """Written by the same hands as a release's own approval; returns the cause."""
    cause = uuid4()
    group = found_group("release", cause)
    grants.admit_release(
        [rendition], to=group, release_id=cause, agreement_id=uuid4(), until=timezone.now() + timedelta(days=30), reference="R-7QK2",
        recipient_id=to[0].agency_id,
    )  # fmt: skip
    for officer in to:
        join(officer, group, cause=cause)
    return cause
