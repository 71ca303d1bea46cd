"""Whether a controlled delivery may pass: of each country on its route, whether its authority's word holds at this moment.

UNTOC art. 20(1) and the 1988 Convention art. 11 leave it to each country whether it lets a delivery pass: one that did not say yes has
not. Pure: it asks no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Protocol

LAPSING = timedelta(hours=24)
"""So long before its end an authorisation is said to lapse."""


class Answered(Protocol):
    """What an authority answered, as the models have it."""

    country: str
    answer: str
    starts_at: datetime | None
    ends_at: datetime | None


class Word(StrEnum):
    HOLDS = "holds"
    LAPSES = "lapses"
    NOT_YET = "not-yet"
    LAPSED = "lapsed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Passage:
    """One country on the route, and the answer of its authority that counts."""

    country: str
    word: Word
    answer: Answered | None
    left: timedelta | None = None

    @property
    def holds(self) -> bool:
        return self.word in {Word.HOLDS, Word.LAPSES}


def passages(countries: Iterable[str], answers: Sequence[Answered], *, now: datetime) -> list[Passage]:
    """Each country once, in the order of the route; `answers` the newest first.

    The newest answer counts that has begun by now. One that begins later counts from then: a renewal noted in good time cuts nothing short.
    """
    noted: dict[str, list[Answered]] = defaultdict(list)
    once: dict[str, str] = {}
    for answer in answers:
        noted[same(answer.country)].append(answer)
    for country in countries:
        once.setdefault(same(country), country.strip())
    return [_passage(said, noted.get(key, []), now) for key, said in once.items()]


def same(country: str) -> str:
    """Two ways of writing one country."""
    return country.strip().casefold()


def _passage(country: str, answers: Sequence[Answered], now: datetime) -> Passage:
    """`left` is how long it is let pass without a gap, by what counts now and what follows on it."""
    later = list(takewhile(lambda each: each.starts_at is not None and each.starts_at > now, answers))
    counting = answers[len(later)] if len(later) < len(answers) else None
    end = counting.ends_at if counting else None
    if counting is None or end is None or end <= now:
        shown = later[-1] if later else counting
        return Passage(country, _word(shown, None, now), shown)
    for each in reversed(later):
        if each.starts_at and each.ends_at and each.starts_at <= end:
            end = each.ends_at
    return Passage(country, _word(counting, end, now), counting, end - now)


def _word(answer: Answered | None, end: datetime | None, now: datetime) -> Word:
    if answer is None:
        return Word.MISSING
    if answer.answer != "given" or not answer.starts_at or not answer.ends_at:
        return Word.REFUSED if answer.answer == "refused" else Word.WITHDRAWN
    if now < answer.starts_at:
        return Word.NOT_YET
    if end is None:
        return Word.LAPSED
    return Word.LAPSES if end - now <= LAPSING else Word.HOLDS
