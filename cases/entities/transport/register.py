"""The file format of a register of holdings: CSV, one person or thing a row, read as a stream, bad rows reported and skipped.

Columns: id, side, etype, name, aliases (| between), given, surname, dob (| between; ISO, may be partial), gender, country, place,
ids (`type:country:value`, | between), address, phone, email.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from cases.entities.identifiers import IdentifierType
from cases.entities.models import EntityType
from cases.entities.transport.lines import BROKEN, LONGEST_LINE, Record, records
from cases.entities.transport.rows import LONGEST, LONGEST_NUMBER, MISSING, TOO_LONG, UNKNOWN_TYPE, UNREADABLE, Fault, Row
from kernel.errors import Invalid, sentence

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

WRONG_HEADER = sentence("entities.wrong-header", _("The first line does not name the columns of a register: %(columns)s."))
WRONG_WIDTH = sentence("entities.wrong-width", _("This row has %(found)s columns and not %(wanted)s."))
BAD_NUMBER = sentence("entities.bad-number", _("An identifier is written type:country:value, and not %(found)s."))


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
        found = records(source.readline, _cells)
        header = next(found, None)
        names = [name.strip().lower() for name in header.cells] if header else []
        if header is None or sorted(names) != sorted(COLUMNS):
            raise Invalid(WRONG_HEADER, columns=", ".join(COLUMNS))
        for record in found:
            row = _row(record, names, side)
            if row:
                yield row


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


def _row(record: Record, header: list[str], side: str) -> Row | Fault | None:
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
