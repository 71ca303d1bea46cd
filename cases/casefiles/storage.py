"""What every room that works in a case file shares: drawing its reference, and noting that work goes on."""

from __future__ import annotations

import secrets
import unicodedata
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Agency
from cases.casefiles.models import CaseFile

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are mistaken for each other over the phone


def draw_reference(agency: Agency) -> str:
    """A free reference in the agency's scheme, e.g. NFIS-2026-K7QW3M. Drawn, never counted: a sequence tells how much goes on."""
    plain = unicodedata.normalize("NFKD", agency.short_name).encode("ascii", "ignore").decode().upper()
    prefix = "".join(letter for letter in plain if letter.isalnum())[:20] or "CASE"
    year = timezone.localtime(timezone=ZoneInfo(agency.time_zone)).year
    taken = CaseFile.objects.unscoped("drawing a reference that is free").filter(agency=agency)
    while True:
        drawn = f"{prefix}-{year}-{''.join(secrets.choice(LETTERS) for _letter in range(6))}"
        if not taken.filter(reference=drawn).exists():
            return drawn


def touch(casefile_id: UUID) -> None:
    """Note that work goes on in a file. Where somebody else holds the file, work goes on anyway: nobody waits for this."""
    files = CaseFile.objects.unscoped("noting that work goes on").filter(pk=casefile_id)
    if files.select_for_update(skip_locked=True, of=("self",)).values_list("pk").first():
        files.update(active_at=Now())
