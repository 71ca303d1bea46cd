"""Dates in a text: ISO, in figures by the reader's order, and in words of four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.entities.identifiers.found.spans import DATE, Found

MONTHS = {
    word: number
    for number, words in enumerate((
        "january jan enero ene janeiro janvier janv", "february feb febrero fevereiro fev février fevrier févr",
        "march mar marzo março marco mars", "april apr abril abr avril avr", "may mayo maio mai", "june jun junio junho juin",
        "july jul julio julho juillet juil", "august aug agosto ago août aout",
        "september sep sept septiembre setiembre setembro set septembre",
        "october oct octubre outubro out octobre", "november nov noviembre novembro novembre",
        "december dec diciembre dic dezembro dez décembre decembre déc",
    ), start=1)
    for word in words.split()
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?P<y>(?:19|20)\d{2})"
ISO = re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])", re.ASCII)
FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])", re.ASCII)
IN_WORDS = (
    re.compile(
        rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º)?[ ](?:de |of )?(?P<m>{MONTH})\.?,?[ ](?:de |del )?{YEAR}(?!\w)", re.IGNORECASE
    ),
    re.compile(rf"(?<!\w)(?P<m>{MONTH})\.?[ ](?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]{YEAR}(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?P<m>{MONTH})\.?[ ](?:de |del )?{YEAR}(?!\w)", re.IGNORECASE),
)
OTHER_ORDER = _("Day and month could be the other way round")
CENTURY = _("The century is not written")


def dates(text: str, *, day_first: bool) -> Iterator[Found]:
    """In whole dates, or year and month; a date that could be read two ways is given twice, the reader's own order first."""
    for match in ISO.finditer(text):
        yield from _found(match, (int(match["y"]), int(match["m"]), int(match["d"])), 17)
    for pattern in IN_WORDS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            yield from _found(match, (int(parts["y"]), MONTHS[parts["m"].lower()], int(parts.get("d") or 0)), 18)
    for match in FIGURES.finditer(text):
        yield from _in_figures(match, day_first=day_first)


def _in_figures(match: re.Match[str], *, day_first: bool) -> Iterator[Found]:
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    short = len(match[4]) == 2  # noqa: PLR2004
    year += (1900 if year > 69 else 2000) if short else 0  # noqa: PLR2004  as POSIX reads two digits
    orders = [(other, one), (one, other)] if day_first else [(one, other), (other, one)]
    said = [(month, day) for month, day in orders if _is_date(year, month, day)]
    doubt = OTHER_ORDER if len(set(said)) > 1 else CENTURY if short else ""
    for rank, (month, day) in enumerate(dict.fromkeys(said)):
        yield from _found(match, (year, month, day), 19 + 25 * rank, doubt=doubt)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _found(match: re.Match[str], said: tuple[int, int, int], rank: int, doubt: str | Promise = "") -> Iterator[Found]:
    year, month, day = said
    if _is_date(year, month, day or 1):
        iso = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
        valid = "unknown" if doubt else "yes"
        yield Found(match.start(), match.end(), match[0], DATE, "", iso, valid, rank, doubt)
