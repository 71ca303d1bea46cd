"""What a text seems to hold: numbers and codes with their checks, dates, amounts of money; each with its exact place.

Time and memory grow with the length of the text and with nothing that it says: every pattern is of bounded length, what numbering
plans are asked about is cut into pieces first, and of one text no more than MOST are given back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cases.entities.identifiers.found.amounts import amounts
from cases.entities.identifiers.found.dates import dates
from cases.entities.identifiers.found.numbers import codes, emails, phones, zones
from cases.entities.identifiers.found.spans import DATE, MONEY, Found

__all__ = ["DATE", "LONGEST_TEXT", "MONEY", "MOST", "Found", "find"]

LONGEST_TEXT = 20_000
MOST = 300


def find(text: str, *, country: str = "", day_first: bool = True) -> list[Found]:
    """Everything found in the first LONGEST_TEXT characters, in the order of the text; of what overlaps the strictest check first.

    `country` is the reader's own (numbers written without their country are taken for it), `day_first` their order of dates.
    """
    text = text[:LONGEST_TEXT]
    found = {(each.start, each.end, each.type, each.country, each.normalised): each for each in _all(text, country, day_first=day_first)}
    return list(_in_order(found.values()))[:MOST]


def _all(text: str, country: str, *, day_first: bool) -> Iterator[Found]:
    yield from zones(text)
    yield from codes(text, country)
    yield from emails(text)
    yield from phones(text, country)
    yield from dates(text, day_first=day_first)
    yield from amounts(text)


def _in_order(found: Iterable[Found]) -> Iterator[Found]:
    """By place; what overlaps stands together, the strictest first, and what lies inside something that checks out is left away."""
    heap: list[Found] = []
    end = 0
    for each in sorted(found, key=lambda one: (one.start, one.end)):
        if heap and each.start >= end:
            yield from _ranked(heap)
            heap = []
        end = max(end, each.end) if heap else each.end
        heap.append(each)
    yield from _ranked(heap)


def _ranked(heap: list[Found]) -> Iterator[Found]:
    heap.sort(key=lambda one: (one.rank, one.start, one.start - one.end))
    kept: list[Found] = []
    for each in heap:
        if not any(better.leaves_no_room_for(each) for better in kept[:20]):
            kept.append(each)
    return iter(kept)
