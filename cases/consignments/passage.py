"""Whether a controlled delivery may pass: of each country on its route, whether its authority's word holds at this moment.

UNTOC art. 20(1) and the 1988 Convention art. 11 leave it to each country whether it lets a delivery pass: one that did not say yes has
not. Pure: it asks no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
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
    """One country on the route, and its authority's newest answer."""

    country: str
    word: Word
    answer: Answered | None
    left: timedelta | None = None

    @property
    def holds(self) -> bool:
        return self.word in {Word.HOLDS, Word.LAPSES}


def passages(countries: Iterable[str], answers: Sequence[Answered], *, now: datetime) -> list[Passage]:
    """Each country once, in the order of the route; `answers` the newest first."""
    newest: dict[str, Answered] = {}
    once: dict[str, str] = {}
    for answer in answers:
        newest.setdefault(same(answer.country), answer)
    for country in countries:
        once.setdefault(same(country), country.strip())
    return [_passage(said, newest.get(key), now) for key, said in once.items()]


def same(country: str) -> str:
    """Two ways of writing one country."""
    return country.strip().casefold()


def _passage(country: str, answer: Answered | None, now: datetime) -> Passage:
    """`left` is how long an authorisation still holds."""
    word = _word(answer, now)
    end = answer.ends_at if answer and word in {Word.HOLDS, Word.LAPSES} else None
    return Passage(country, word, answer, end - now if end else None)


def _word(answer: Answered | None, now: datetime) -> Word:
    if answer is None:
        return Word.MISSING
    if answer.answer != "given" or not answer.starts_at or not answer.ends_at:
        return Word.REFUSED if answer.answer == "refused" else Word.WITHDRAWN
    if now < answer.starts_at:
        return Word.NOT_YET
    if now >= answer.ends_at:
        return Word.LAPSED
    return Word.LAPSES if answer.ends_at - now <= LAPSING else Word.HOLDS
