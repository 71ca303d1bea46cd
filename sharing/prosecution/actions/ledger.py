"""One line in the ledger of each agency that has somebody behind the wall: its number and whom it is for, and no word of it.

The line is about the advice and never about the case: what was done with a case is read by all who see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import Officer
from audit.ledger import record
from sharing.prosecution.events import Event
from sharing.prosecution.models import Advice, Reader


def write_down(event: Event, officer: Officer, advice: Advice, *also: Officer, **facts: Any) -> None:
    """For the agencies of its author, of those behind the wall, and of `also`."""
    people = [officer, advice.author, *also, *(reader.officer for reader in behind(advice))]
    for agency_id in sorted({person.agency_id for person in people}, key=str):
        record(event, actor=officer, subject=advice, owner=agency_id, number=advice.reference, **facts)


def behind(advice: Advice) -> list[Reader]:
    """Who is let behind the wall of an advice in hand."""
    readers = Reader.objects.standing().filter(advice=advice).select_related("officer__agency")
    return list(readers.order_by("officer__name", "pk"))


def ids(people: Iterable[Officer]) -> list[str]:
    """People as the ledger keeps them."""
    return sorted(str(person.pk) for person in people)
