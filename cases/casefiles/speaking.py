"""Whom words speak to: colleagues named beside them, or in them as @name@agency.example."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from uuid import UUID

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.casefiles.storage import colleague

CALLED = re.compile(r"(?<![\w@.])@([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
MOST_CALLED = 20
"""Colleagues whom one text can speak to: further ones are only words."""


def called(officer: Officer, text: str, tell: Collection[UUID]) -> Iterator[Officer]:
    """The colleagues a text speaks to. An address of anybody else is only words. Raises NotFound for anybody else in `tell`."""
    for officer_id in sorted(set(tell), key=str)[:MOST_CALLED]:
        yield colleague(officer, officer_id)
    addresses = {address.lower() for address in CALLED.findall(text)}
    own = Officer.objects.filter(agency=officer.agency_id, is_active=True)
    for address in sorted(addresses)[:MOST_CALLED]:
        yield from own.filter(email__iexact=address)


def sees(officer: Officer, casefile: CaseFile) -> bool:
    """Whether the officer sees the case at this moment."""
    return CaseFile.objects.visible_to(officer).filter(pk=casefile.pk).exists()
