"""The catalogue of offences: data, from the United Nations' classification of crime (ICCS). Its source is named in the file."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).with_name("iccs.csv")
SECTION = 2
"""Digits of a section's code; a division has four, a group five."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Each code's titles by language, in the catalogue's order."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["code"]: row for row in csv.DictReader(lines, delimiter=";")}


def title_of(code: str) -> str:
    """What a code stands for, in the reader's language; the code itself where the catalogue no longer has it."""
    titles = catalogue().get(code, {})
    return titles.get((get_language() or "en")[:2]) or titles.get("en", code)


def by_section() -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue as a form offers it: each section with itself and what is in it."""
    return [
        (f"{section} {title_of(section)}", [(code, f"{code} {title_of(code)}") for code in catalogue() if code.startswith(section)])
        for section in catalogue()
        if len(section) == SECTION
    ]
