"""What is shared by those who work in case files: a reference drawn, a colleague found, and noting that work goes on."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db.models.functions import Now
from django.utils import timezone

from accounts import notices
from accounts.grants import found_group, members
from accounts.models import Agency, Officer, StandingAdviser, Unit
from accounts.roles import Deed
from cases.casefiles import grants
from cases.casefiles.models import Bookmark, CaseFile, Counsel, ReferenceScheme
from kernel.errors import NotFound

COUNSEL_WANTED = "casefiles.counsel.wanted"
"""A case of the reader's waits for a prosecution service to be asked to a joint case."""
USUAL_SCHEME = "{agency}-{year}-{draw}"
SCHEME = re.compile(r"(?=.*\{draw\})(?:\{agency\}|\{year\}|\{draw\}|[A-Za-z0-9 /.-]){1,40}")
VISIT = timedelta(minutes=30)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are mistaken for each other over the phone


def draw(length: int) -> str:
    """Letters by chance, to speak over the phone."""
    return "".join(secrets.choice(LETTERS) for _letter in range(length))


def draw_reference(agency: Agency) -> str:
    """A free reference in the agency's scheme, e.g. NFIS-2026-K7QW3M. Drawn, never counted: a sequence tells how much goes on."""
    plain = unicodedata.normalize("NFKD", agency.short_name).encode("ascii", "ignore").decode().upper()
    prefix = "".join(letter for letter in plain if letter.isalnum())[:20] or "CASE"
    year = timezone.localtime(timezone=ZoneInfo(agency.time_zone)).year
    pattern = ReferenceScheme.objects.filter(agency=agency).values_list("pattern", flat=True).first() or USUAL_SCHEME
    taken = CaseFile.objects.unscoped("drawing a reference that is free").filter(agency=agency)
    while True:
        drawn = pattern.replace("{agency}", prefix).replace("{year}", str(year)).replace("{draw}", draw(6))
        if not taken.filter(reference=drawn).exists():
            return drawn


def found_file(unit: Unit, **facts: Any) -> CaseFile:
    """A new file of a unit, with an empty team, under a reference drawn for it; in the caller's transaction. `facts` are its columns."""
    casefile_id = uuid4()
    casefile = CaseFile(
        id=casefile_id, agency=unit.agency, unit=unit, reference=draw_reference(unit.agency), team=found_group("case", casefile_id), **facts
    )
    casefile.save(force_insert=True)
    grants.project(casefile)
    return casefile


def colleague(officer: Officer, officer_id: UUID) -> Officer:
    """An officer of one's own agency who is in service. Raises NotFound for anybody else: elsewhere, gone and nowhere look the same."""
    found = colleague_or_former(officer, officer_id)
    if not found.is_active:
        raise NotFound
    return found


def colleague_or_former(officer: Officer, officer_id: UUID) -> Officer:
    """An officer of one's own agency, also one who has left: for what is past. Raises NotFound for anybody else."""
    found = Officer.objects.select_related("agency", "unit").filter(pk=officer_id, agency_id=officer.agency_id).first()
    if found is None:
        raise NotFound
    return found


def keep_open(officer: Officer, casefile: CaseFile, *, now: datetime | None = None) -> datetime | None:
    """Remember for the officer alone that they have just opened the file. Returns when their visit before this one ended, if there was one.

    Looks that follow each other within half an hour are one visit: what is new stays new while it is read.
    """
    now, mine = now or timezone.now(), Bookmark.objects.visible_to(officer).filter(casefile=casefile)
    last = mine.values_list("opened_at", "left_at").first()
    if last is None:
        Bookmark.objects.bulk_create([Bookmark(officer=officer, casefile=casefile, opened_at=now)], ignore_conflicts=True)
        return None
    opened_at: datetime | None = last[0]
    left_at: datetime | None = last[1]
    if opened_at and now - opened_at > VISIT:
        left_at = opened_at
    mine.update(opened_at=now, left_at=left_at)
    return left_at


def touch(casefile_id: UUID) -> None:
    """Note that work goes on in a file. Where somebody else holds the file, work goes on anyway: nobody waits for this."""
    files = CaseFile.objects.unscoped("noting that work goes on").filter(pk=casefile_id)
    if files.select_for_update(skip_locked=True, of=("self",)).values_list("pk").first():
        files.update(active_at=Now())


def want_counsel(casefile: CaseFile) -> None:
    """Where the law lets a prosecution service advise from the first day, a new case waits until it was asked to a joint case."""
    adviser = StandingAdviser.objects.filter(agency=casefile.agency_id).first()
    if adviser:
        Counsel.objects.create(casefile=casefile, service_id=adviser.service_id, law=adviser.law)
        ask_supervisors(casefile, members(casefile.team))


def ask_supervisors(casefile: CaseFile, people: Iterable[Officer]) -> None:
    """Leave word for those of them who may open a joint case, as long as the case waits for it; in the caller's transaction."""
    if Counsel.objects.unscoped("whether a case in hand waits for its counsel").filter(casefile=casefile, joint_id=None).exists():
        able = Officer.objects.who_may(Deed.CASES_LEAD).filter(pk__in=[person.pk for person in people])
        notices.post(COUNSEL_WANTED, to=able, subject_id=casefile.pk)


def seat_counsel(casefile: CaseFile, *, joint_id: UUID, partners: Iterable[UUID]) -> bool:
    """A joint case was opened about the case: its counsel is asked, if it is among the partners. Returns whether it was."""
    waiting = Counsel.objects.unscoped("noting that counsel of a case in hand was asked").filter(casefile=casefile, joint_id=None)
    asked = waiting.filter(service__in=partners).update(joint_id=joint_id, asked_at=Now()) > 0
    if asked:
        notices.settle(COUNSEL_WANTED, subject_id=casefile.pk)
    return asked


def unseat_counsel(joint_id: UUID, service_id: UUID) -> None:
    """The service declined or left: cases wait for it again, and those who lead them hear of it."""
    asked = Counsel.objects.unscoped("counsel that left a joint case").filter(joint_id=joint_id, service=service_id)
    files = CaseFile.objects.unscoped("cases whose counsel left").open().filter(pk__in=asked.values("casefile"))
    waiting = list(files.select_related("team"))
    asked.update(joint_id=None, asked_at=None)
    for casefile in waiting:
        ask_supervisors(casefile, members(casefile.team))
