"""What every kind of table is read into."""

from __future__ import annotations

from typing import NamedTuple

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000


class Cut(str):
    """A number of more digits than the spreadsheet keeps: what was typed is lost, and this is not it."""

    __slots__ = ()


class Figure(str):
    """A number as the spreadsheet keeps it, with a point, whatever sign its sheet shows."""

    __slots__ = ()


class Sheet(NamedTuple):
    """One sheet of a workbook by its name, and whether it is hidden from whoever opens it."""

    name: str
    is_hidden: bool


class Line(NamedTuple):
    """A row by its number in the sheet or file; no cells where it could not be read."""

    number: int
    cells: list[str]
