"""What a row of a table becomes: a good row, or a fault that says in one sentence why it is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.entities.moments import Moment
from kernel.errors import Sentence, sentence

LONGEST = {"id": 80, "name": 300} | dict.fromkeys(("aliases", "ids", "address"), 4_000)
LONGEST_NUMBER = 200

UNREADABLE = sentence("entities.unreadable-row", _("This line is no row of a table in the encoding of the file."))
MISSING = sentence("entities.row-without", _("This row has no %(column)s."))
TOO_LONG = sentence("entities.value-too-long", _("The %(column)s of this row is longer than %(most)s characters."))
UNKNOWN_TYPE = sentence("entities.unknown-type", _("This row is of a type that is not known: %(found)s."))


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: who or what, with the numbers it carries as (type, country, raw)."""

    line: int
    key: str
    etype: str
    name: str
    attributes: dict[str, Any]
    numbers: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DealingRow:
    """One good row of payments or calls: its ends as written, with the countries of their numbers, when, and what else is said.

    `flags` is how many of its codes and numbers do not check out.
    """

    line: int
    key: str
    giver: str
    taker: str
    countries: tuple[str, str]
    when: Moment
    said: dict[str, Any]
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad row: its line in the file, why it was skipped, and the column that is at fault where one is ("" otherwise)."""

    line: int
    said: Sentence
    params: dict[str, Any] = field(default_factory=dict)
    column: str = ""

    def __str__(self) -> str:
        return self.said.render(self.params)
