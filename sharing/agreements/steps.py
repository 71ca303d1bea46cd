"""How many must approve before something leaves, and which of them looks at the law. Pure: it answers from facts and rows it is given.

An agency's table is reviewed data. A row that speaks asks for so many supervisors, with or without a legal review; of all that speak
the strictest counts, part by part. Where the agency has no general row of its own for abroad or for at home, the usual one stands:
two persons abroad, one at home. Behind it: two-person integrity for what leaves a country; third-agency rule (access.md, rule 4).
Whatever the rows say, one other pair of eyes is the least: nobody approves their own request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

HOME, ABROAD = "home", "abroad"
MOST_SUPERVISORS = 2


class Step(TextChoices):
    """Who decides. Order is free."""

    SUPERVISOR = "supervisor", _("Supervisor")
    LEGAL = "legal", _("Legal review")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the rows are asked about: the handling atoms of all that leaves, between which countries, and what is in it."""

    atoms: frozenset[str]
    giver_country: str
    taker_country: str
    personal: bool
    from_source: bool

    @property
    def abroad(self) -> bool:
        return self.giver_country != self.taker_country


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it speaks, and what it asks for. `id` is None for the usual rows.

    `atom` and `country` are "" for any; a country is HOME, ABROAD or a code. `personal` and `from_source` narrow it to what holds
    personal data, and to what says how it came to be known.
    """

    id: UUID | None
    supervisors: int
    legal: bool = False
    atom: str = ""
    country: str = ""
    personal: bool = False
    from_source: bool = False

    @property
    def is_general(self) -> bool:
        """It speaks of everything that goes there."""
        return not (self.atom or self.personal or self.from_source)

    def speaks_of(self, leaving: Leaving) -> bool:
        where = {"", ABROAD if leaving.abroad else HOME, leaving.taker_country}
        return (
            self.country in where
            and (not self.atom or self.atom in leaving.atoms)
            and (leaving.personal or not self.personal)
            and (leaving.from_source or not self.from_source)
        )


USUAL = (Row(None, supervisors=2, country=ABROAD), Row(None, supervisors=1, country=HOME))


@dataclass(frozen=True, slots=True)
class Needed:
    """What must be decided before it leaves, and which rows spoke (the strictest that asked for each part come first)."""

    supervisors: int
    legal: bool
    trace: tuple[Row, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*(Step.SUPERVISOR,) * self.supervisors, *(Step.LEGAL,) * self.legal)


def in_use(rows: Iterable[Row]) -> tuple[Row, ...]:
    """An agency's rows, with the usual ones wherever it has no general row for the same place."""
    own = tuple(rows)
    general = {row.country for row in own if row.is_general}
    return (*own, *(row for row in USUAL if row.country not in general and "" not in general))


def required(leaving: Leaving, rows: Collection[Row]) -> Needed:
    """The strictest of all rows that speak; a supervisor where nobody would be asked at all."""
    trace = sorted((row for row in in_use(rows) if row.speaks_of(leaving)), key=lambda row: (-row.supervisors, not row.legal))
    legal = any(row.legal for row in trace)
    supervisors = max((row.supervisors for row in trace), default=0)
    return Needed(supervisors if supervisors or legal else 1, legal, tuple(trace))


def strictest(one: Needed, other: Needed) -> Needed:
    """Both at once: what was asked for stays asked for, and what is asked for since is added."""
    return Needed(max(one.supervisors, other.supervisors), one.legal or other.legal, other.trace)
