"""A table of lines, read so that a broken row spoils no other: a quote left open costs its own line alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

LONGEST_LINE = 100_000
"""Bytes or letters; more is no row. It bounds what is in memory."""
MOST_LINES = 20
"""A quoted value may go on over so many lines."""
BROKEN = [""]


class Record(NamedTuple):
    """The cells of the row that begins on a line; BROKEN where it is no row."""

    line: int
    cells: list[str]


def records(read: Callable[[int], Any], cells_of: Callable[[list[Any]], list[str] | None]) -> Iterator[Record]:
    """Each row by itself. `read` gives the next line, at most so long; `cells_of` what some lines say together: [] for an empty
    line, None where a quote is still open, BROKEN where they are no text.
    """  # fmt: skip
    waiting: deque[Any] = deque()

    def next_line() -> Any:
        return waiting.popleft() if waiting else read(LONGEST_LINE)

    number = 0
    while first := next_line():
        number += 1
        piece, cells = [first], cells_of([first])
        while cells is None and len(piece) < MOST_LINES and (more := next_line()):
            piece.append(more)
            cells = cells_of(piece)
        if cells is None or (cells == BROKEN and len(piece) > 1):
            cells = BROKEN
            waiting.extendleft(reversed(piece[1:]))
            del piece[1:]
        if cells:
            yield Record(number, cells)
        number += len(piece) - 1
