"""The file format of a register of holdings: CSV, one person or thing a row, read as a stream, bad rows reported and skipped.

Columns: id, side, etype, name, aliases (| between), given, surname, dob (| between; ISO, may be partial), gender, country, place,
ids (`type:country:value`, | between), address, phone, email.
"""

from __future__ import annotations

import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext_lazy as _

from cases.entities.identifiers import IdentifierType
from cases.entities.models import EntityType
from kernel.errors import Invalid, Sentence, sentence

COLUMNS = (
    "id", "side", "etype", "name", "aliases", "given", "surname", "dob", "gender", "country", "place", "ids", "address", "phone", "email",
)  # fmt: skip
ATTRIBUTES = ("given", "surname", "gender", "country", "place", "address")
TYPES = {"person": EntityType.PERSON, "company": EntityType.ORGANISATION, "organization": EntityType.ORGANISATION} | {
    member.value: member for member in EntityType
}
NUMBERS = {
    "passport": IdentifierType.PASSPORT, "ssn": IdentifierType.SOCIAL_SECURITY, "socsec": IdentifierType.SOCIAL_SECURITY,
    "cedula": IdentifierType.NATIONAL_ID, "nationalid": IdentifierType.NATIONAL_ID, "dni": IdentifierType.NATIONAL_ID,
    "curp": IdentifierType.NATIONAL_ID, "ife": IdentifierType.DOCUMENT, "dl": IdentifierType.DOCUMENT, "rfc": IdentifierType.TAX_ID,
    "nit": IdentifierType.TAX_ID, "ruc": IdentifierType.TAX_ID, "rtn": IdentifierType.TAX_ID, "other": IdentifierType.OTHER,
} | {member.value: member for member in IdentifierType}  # fmt: skip
LONGEST = {"id": 80, "name": 300} | dict.fromkeys(("aliases", "ids", "address"), 4_000)
LONGEST_NUMBER = 200
LONGEST_LINE = 100_000
"""Bytes; more is no row. It bounds what is in memory."""
MOST_LINES = 20
"""A quoted value may go on over so many lines."""

WRONG_HEADER = sentence("entities.wrong-header", _("The first line does not name the columns of a register: %(columns)s."))
UNREADABLE = sentence("entities.unreadable-row", _("This line is no row of a table in UTF-8."))
WRONG_WIDTH = sentence("entities.wrong-width", _("This row has %(found)s columns and not %(wanted)s."))
MISSING = sentence("entities.row-without", _("This row has no %(column)s."))
TOO_LONG = sentence("entities.value-too-long", _("The %(column)s of this row is longer than %(most)s characters."))
UNKNOWN_TYPE = sentence("entities.unknown-type", _("This row is of a type that is not known: %(found)s."))
BAD_NUMBER = sentence("entities.bad-number", _("An identifier is written type:country:value, and not %(found)s."))


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
class Fault:
    """One bad row: its line in the file, and why it was skipped."""

    line: int
    said: Sentence
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said.render(self.params)


class Measure(NamedTuple):
    """A file before it is read: its SHA-256 in hexadecimal, and how many lines it has."""

    digest: str
    lines: int


def measure(path: Path) -> Measure:
    """Taken in pieces, so that the file may be of any size. Raises OSError."""
    seen, lines = hashlib.sha256(), 0
    with path.open("rb") as source:
        while piece := source.read(LONGEST_LINE):
            seen.update(piece)
            lines += piece.count(b"\n")
    return Measure(seen.hexdigest(), lines)


def read(path: Path, side: str) -> Iterator[Row | Fault]:
    """The rows of one side ("" for all), one at a time, faults among them. Raises Invalid where the first line names other columns."""
    with path.open("rb") as source:
        records = _records(source)
        header = next(records, None)
        names = [name.strip().lower() for name in header.cells] if header else []
        if header is None or sorted(names) != sorted(COLUMNS):
            raise Invalid(WRONG_HEADER, columns=", ".join(COLUMNS))
        for record in records:
            row = _row(record, names, side)
            if row:
                yield row


BROKEN = [""]


class _Record(NamedTuple):
    """The cells of the row that begins on a line."""

    line: int
    cells: list[str]


def _records(source: BinaryIO) -> Iterator[_Record]:
    """Each row of the table by itself, so that a broken one spoils no other: a quote left open costs its own line alone."""
    waiting: deque[bytes] = deque()

    def next_line() -> bytes:
        return waiting.popleft() if waiting else source.readline(LONGEST_LINE)

    number = 0
    while first := next_line():
        number += 1
        piece, cells = [first], _cells([first])
        while cells is None and len(piece) < MOST_LINES and (more := next_line()):
            piece.append(more)
            cells = _cells(piece)
        if cells is None or (cells == BROKEN and len(piece) > 1):
            cells = BROKEN
            waiting.extendleft(reversed(piece[1:]))
            del piece[1:]
        if cells:
            yield _Record(number, cells)
        number += len(piece) - 1


def _cells(piece: list[bytes]) -> list[str] | None:
    """What these lines say together: [] for an empty line, None where a quote is still open, BROKEN where they are no text."""
    try:
        text = b"".join(piece).decode("utf-8-sig")
        rows = list(csv.reader([text], strict=True)) if "\x00" not in text else [BROKEN]
    except UnicodeDecodeError:
        return BROKEN
    except csv.Error as error:
        return None if "unexpected end of data" in str(error) else BROKEN
    return rows[0] if rows else []


def _row(record: _Record, header: list[str], side: str) -> Row | Fault | None:
    """A row of this side, or why it is none; nothing for the other side's."""
    line, cells = record
    if cells == BROKEN:
        return Fault(line, UNREADABLE)
    if len(cells) != len(header):
        return Fault(line, WRONG_WIDTH, {"found": len(cells), "wanted": len(header)})
    values = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    if side and values["side"] != side:
        return None
    return _flaw(line, values) or _numbered(line, values)


def _flaw(line: int, values: dict[str, str]) -> Fault | None:
    for column in ("id", "etype", "name"):
        if not values[column]:
            return Fault(line, MISSING, {"column": column})
    for column, value in values.items():
        most = LONGEST.get(column, 300)
        if len(value) > most:
            return Fault(line, TOO_LONG, {"column": column, "most": most})
    if values["etype"].lower() not in TYPES:
        return Fault(line, UNKNOWN_TYPE, {"found": values["etype"][:40]})
    return None


def _numbered(line: int, values: dict[str, str]) -> Row | Fault:
    numbers = []
    for written in filter(None, values["ids"].split("|")):
        kind, _colon, rest = written.partition(":")
        country, _colon, value = rest.partition(":")
        if not any(letter.isalnum() for letter in value) or len(value) > LONGEST_NUMBER:
            return Fault(line, BAD_NUMBER, {"found": written[:60]})
        numbers.append((NUMBERS.get(kind.strip().lower(), IdentifierType.OTHER).value, country, value.strip()))
    home = values["country"].partition("|")[0]
    for kind in ("phone", "email"):
        numbers += [(kind, home if kind == "phone" else "", each.strip()) for each in values[kind].split("|") if each.strip()]
    attributes: dict[str, Any] = {name: values[name] for name in ATTRIBUTES if values[name]}
    attributes |= {name: values[column].split("|") for name, column in (("aliases", "aliases"), ("born", "dob")) if values[column]}
    return Row(line, values["id"], TYPES[values["etype"].lower()].value, values["name"], attributes, numbers)
