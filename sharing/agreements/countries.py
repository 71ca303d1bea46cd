"""What the law of a country asks of what its agencies give: reviewed data, each rule with its law, its source and when it was read."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("countries.csv")
ALL = "*"


@dataclass(frozen=True, slots=True)
class CountryRule:
    """`attach`: the condition travels with these kinds of data. `keep`: these kinds of data stay in the country."""

    code: str
    rule: str
    effect: Literal["attach", "keep"]
    kinds: frozenset[str]
    condition: str
    law: str
    source: str
    reviewed_on: str

    def speaks_of(self, kinds: Collection[str]) -> bool:
        return ALL in self.kinds or bool(self.kinds & set(kinds))


@cache
def rules() -> tuple[CountryRule, ...]:
    """Every rule, in the file's order."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(CountryRule(**row | {"kinds": frozenset(row["kinds"].split())}) for row in csv.DictReader(lines, delimiter=";"))


def rules_of(code: str) -> tuple[CountryRule, ...]:
    """The rules of one country, for what its agencies give."""
    return tuple(rule for rule in rules() if rule.code == code)
