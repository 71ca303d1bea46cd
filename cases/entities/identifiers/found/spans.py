"""One thing found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

DATE, MONEY = "date", "money"
PROVEN = 20
"""Ranks under this are of checks that chance does not pass: what else could be read into the same characters is not offered."""
LOOSE = 40
"""From here on there is no check at all."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number, date or amount at a place of a text: `type` is an IdentifierType, DATE or MONEY; `rank` 0 is the strictest check.

    `normalised` is the form it is compared by: of a date ISO, of money currency and amount. `doubt` says what is uncertain about it.
    """

    start: int
    end: int
    raw: str
    type: str
    country: str
    normalised: str
    valid: str
    rank: int
    doubt: str | Promise = ""

    def leaves_no_room_for(self, other: Found) -> bool:
        """Whether what the other reads into the same characters is not worth saying: it is a part of this, or this is proven."""
        overlaps = self.start < other.end and other.start < self.end
        within = (self.start, self.end) != (other.start, other.end) and self.start <= other.start and other.end <= self.end
        proven = self.rank < PROVEN and self.valid == "yes" and self.rank < other.rank
        return (overlaps and proven) or (within and (other.type == self.type or other.rank >= LOOSE))
