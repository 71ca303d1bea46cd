"""Sheets of a workbook of Excel's: streamed, values as they were last calculated; formulas are not run, macros and links not opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from typing import Any, BinaryIO

import openpyxl

from cases.entities.transport import packed
from cases.entities.transport.cells import MOST_COLUMNS, MOST_ROWS, Cut, Figure, Line, Sheet

MOST_DIGITS = 10**15
"""Spreadsheets keep fifteen digits of a number: of a longer one the rest is lost before it comes here."""
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def sheets(file: BinaryIO) -> list[Sheet]:
    with _book(file) as book:
        return [Sheet(sheet.title, sheet.sheet_state != "visible") for sheet in book.worksheets]


def lines(file: BinaryIO, sheet: int) -> Iterator[Line]:
    """The rows of one sheet by their number. Raises IndexError for one that is not there."""
    with _book(file) as book:
        rows = book.worksheets[sheet].iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS, values_only=True)
        for number, row in enumerate(rows, start=1):
            yield Line(number, _said(row))


@contextmanager
def _book(file: BinaryIO) -> Iterator[Any]:
    packed.opened(file)
    file.seek(0)
    with closing(openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book:
        yield book


def _said(row: Sequence[object]) -> list[str]:
    """The cells up to the last that says something."""
    last = next((place for place in range(len(row), 0, -1) if row[place - 1] is not None), 0)
    return [_text(cell) for cell in row[:last]]


def _text(cell: object) -> str:
    """A cell as one would type it: numbers without an empty decimal part, dates as ISO 8601, errors as nothing."""
    if cell is None or cell in ERRORS:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)) and abs(cell) >= MOST_DIGITS:
        return Cut(f"{cell:.0f}")
    if isinstance(cell, (int, float)):
        return Figure(int(cell) if isinstance(cell, int) or cell.is_integer() else cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)
