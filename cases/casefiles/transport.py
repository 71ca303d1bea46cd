"""Lists that leave as CSV: marked on the first and the last line, and with no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell may not begin with (OWASP, CSV injection); the wide forms are read as the narrow ones."""
APOSTROPHE = "'"
MOST_ROWS = 5_000
PIECE = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first and the last line say: what it is, how it is marked, who took it out of what, when; how many rows were there."""

    what: str
    marking: str
    reader: str
    at: datetime
    count: int
    query: Mapping[str, Any] = field(default_factory=dict)
    left_out: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A list about to leave: under which file name, and its rows, read through the officer's own eyes while they are written."""

    name: str
    heading: Heading
    columns: Sequence[object]
    rows: Iterable[Sequence[object]]

    def pieces(self) -> Iterator[bytes]:
        return csv_of(self.heading, self.columns, self.rows)


def in_pieces(ids: Sequence[Any], read: Callable[[Sequence[Any]], Mapping[Any, Any]]) -> Iterator[Any]:
    """The things of these ids in their order, read so many at a time; what is no longer seen when its turn comes is not there."""
    for start in range(0, len(ids), PIECE):
        piece = ids[start : start + PIECE]
        seen = read(piece)
        yield from (seen[pk] for pk in piece if pk in seen)


def plain(cell: object) -> str:
    """A cell as text: an apostrophe before what could be a formula, and before an apostrophe, so that taking one off gives it back."""
    text = "" if cell is None else str(cell)
    return APOSTROPHE + text if text.startswith((*FORMULA, APOSTROPHE)) else text


def csv_of(heading: Heading, columns: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file in pieces: its marking, what it is, the columns, the rows, and the marking again with how many rows really came."""
    yield BOM.encode() + _lines([f"{heading.marking} · {_said(heading)}"], *([said] for said in _left(heading)), columns)
    waiting: list[Sequence[object]] = []
    written = 0
    for row in rows:
        waiting.append(row)
        written += 1
        if len(waiting) == PIECE:
            yield _lines(*waiting)
            waiting = []
    end = ngettext("%(count)d row", "%(count)d rows", written) % {"count": written}
    yield _lines(*waiting, [f"{heading.marking} · {end} · {_said(heading)}"])


def _said(heading: Heading) -> str:
    """Who took what out of Meridian, when and by which query."""
    asked = ", ".join(f"{name}: {value}" for name, value in heading.query.items() if value) or _("all of it")
    facts = {
        "what": heading.what, "reader": heading.reader, "asked": asked, "count": heading.count,
        "at": heading.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }  # fmt: skip
    said = _("%(what)s (%(asked)s), %(count)d seen, taken out by %(reader)s on %(at)s.") % facts
    return said + " " + _("An apostrophe at the beginning of a cell was put there so that it is no formula: take one off.")


def _left(heading: Heading) -> list[str]:
    said = []
    if heading.left_out:
        said.append(
            ngettext(
                "%(count)d row that you see is left out: its handling forbids copies.",
                "%(count)d rows that you see are left out: their handling forbids copies.",
                heading.left_out,
            )
            % {"count": heading.left_out}
        )
    if heading.cut:
        said.append(_("There are more than %(most)d: these are the newest. Narrow the list down.") % {"most": MOST_ROWS})
    return said


def _lines(*rows: Sequence[object]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([plain(cell) for cell in row] for row in rows)
    return written.getvalue().encode()
