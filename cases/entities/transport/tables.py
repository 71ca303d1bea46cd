"""A file from outside as a table: told by what is in it and never by its name, read as a stream, and refused where it could harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from cases.entities.models import Format
from cases.entities.transport import csvfile, ods, xlsx
from cases.entities.transport.cells import MOST_CELLS, MOST_ROWS, Cut, Figure, Line, Sheet
from kernel.errors import DomainError, Invalid, sentence

FIRST = 40
"""Rows of a sheet that are kept to choose by: the preview, and where a header is looked for."""
MOST_SHEETS = 40
NEAR = 2_000
"""Rows of a sheet among which those first ones are looked for: an empty sheet may have a million."""
LONGEST_SHOWN = 200

NO_TABLE = sentence("entities.no-table", _("This is no table that can be read here: send CSV, or a workbook as .xlsx or .ods."))
OLD_WORKBOOK = sentence(
    "entities.old-workbook", _("This is a workbook of an old kind, or one locked by a password. Save it as .xlsx without one, or as CSV.")
)
NO_PDF = sentence("entities.no-pdf", _("A PDF holds pictures of a table and no table. Ask for the table itself as CSV, .xlsx or .ods."))
BROKEN_FILE = sentence("entities.broken-file", _("This file is broken: it cannot be read to its end."))
TOO_MANY_CELLS = sentence("entities.too-many-cells", _("This sheet has more than %(most)s cells. Split it."))


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is at first sight: its sheets, and the first rows of each as (number, cells)."""

    format: Format
    encoding: str = ""
    delimiter: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    first: list[list[tuple[int, list[str]]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """Which table of a file, and how its letters are read where it is text."""

    format: str
    sheet: int = 0
    encoding: str = "utf-8"
    delimiter: str = ","


def look(file: BinaryIO) -> Look:
    """Say what a file is, and read its first rows. Raises Invalid for what is no table, too large once unpacked, or broken."""
    kind = _format_of(file)
    with _unharmed():
        if kind == Format.CSV:
            encoding = csvfile.encoding_of(file)
            if not csvfile.is_text(file, encoding):
                raise Invalid(NO_TABLE)
            reading = Reading(kind, 0, encoding, csvfile.delimiter_of(file, encoding))
            return Look(kind, encoding, reading.delimiter, [Sheet("", is_hidden=False)], [first_rows(file, reading)])
        sheets = (xlsx if kind == Format.XLSX else ods).sheets(file)[:MOST_SHEETS]
        return Look(kind, sheets=sheets, first=[first_rows(file, Reading(kind, number)) for number, _sheet in enumerate(sheets)])


def first_rows(file: BinaryIO, reading: Reading) -> list[tuple[int, list[str]]]:
    """The first rows of a table that say something, each cell cut to what a page shows. Raises Invalid."""
    return [(line.number, [cell[:LONGEST_SHOWN] for cell in line.cells]) for line in islice(lines(file, reading, last=NEAR), FIRST)]


def lines(file: BinaryIO, reading: Reading, *, last: int = MOST_ROWS) -> Iterator[Line]:
    """The rows of a table that say something, by their number, to the `last`; one that cannot be read has no cells. Raises Invalid."""
    if reading.format == Format.CSV:
        rows = csvfile.lines(file, reading.encoding, reading.delimiter)
    else:
        rows = (xlsx if reading.format == Format.XLSX else ods).lines(file, reading.sheet)
    cells = 0
    with _unharmed():
        for line in takewhile(lambda line: line.number <= last, rows):
            cells += len(line.cells)
            if cells > MOST_CELLS:
                raise Invalid(TOO_MANY_CELLS, most=MOST_CELLS)
            if any(line.cells) or (not line.cells and reading.format == Format.CSV):
                yield Line(line.number, [cell if isinstance(cell, Cut | Figure) else cell.strip() for cell in line.cells])


def _format_of(file: BinaryIO) -> Format:
    """By its first bytes, and of a zip by what it holds. Raises Invalid."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"%PDF"):
        raise Invalid(NO_PDF)
    if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Invalid(OLD_WORKBOOK)
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.CSV
    try:
        names = set(ZipFile(file).namelist())
    except BadZipFile as broken:
        raise Invalid(BROKEN_FILE) from broken
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if {"mimetype", "content.xml"} <= names:
        return Format.ODS
    raise Invalid(NO_TABLE)


@contextmanager
def _unharmed() -> Iterator[None]:
    """Whatever a hostile file makes a reader of other people's stumble over, it is one refusal and never a fault of the portal."""
    try:
        yield
    except DomainError:
        raise
    except Exception as broken:
        raise Invalid(BROKEN_FILE) from broken
