"""The file format of a register of holdings: CSV, one person or thing a row, read as a stream, bad rows reported and skipped.

Columns: id, side, etype, name, aliases (| between), given, surname, dob (| between; ISO, may be partial), gender, country, place,
ids (`type:country:value`, | between), address, phone, email.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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

    key: str
    etype: EntityType
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


def digest(path: Path) -> str:
    """SHA-256 (hex) of the file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def read(path: Path, side: str) -> Iterator[Row | Fault]:
    """The rows of one side, one at a time, faults among them. Raises Invalid where the first line does not name the columns."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as source:
        lines = csv.reader(source, strict=True)
        header = next(_safely(lines), None)
        if not isinstance(header, list) or sorted(header) != sorted(COLUMNS):
            raise Invalid(WRONG_HEADER, columns=", ".join(COLUMNS))
        for cells in _safely(lines):
            row = cells if isinstance(cells, Fault) else _row(lines.line_num, header, cells, side)
            if row:
                yield row


def _safely(lines: Any) -> Iterator[list[str] | Fault]:
    while True:
        try:
            yield next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield Fault(lines.line_num, UNREADABLE)


def _row(line: int, header: list[str], cells: list[str], side: str) -> Row | Fault | None:
    """A row of this side, or why it is none; nothing for the other side's."""
    if not cells:
        return None
    if len(cells) != len(header):
        return Fault(line, WRONG_WIDTH, {"found": len(cells), "wanted": len(header)})
    values = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    if any(_broken(cell) for cell in cells):
        return Fault(line, UNREADABLE)
    if side and values["side"] != side:
        return None
    return _flaw(line, values) or _numbered(line, values)


def _broken(cell: str) -> bool:
    return "\x00" in cell or any("\ud800" <= character <= "\udfff" for character in cell)


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
        country, colon, value = rest.partition(":")
        if not colon or not value.strip() or max(len(country) * 3, len(value)) > LONGEST_NUMBER:
            return Fault(line, BAD_NUMBER, {"found": written[:60]})
        numbers.append((NUMBERS.get(kind.strip().lower(), IdentifierType.OTHER).value, country.strip(), value.strip()))
    numbers += [(kind, values["country"], values[kind]) for kind in ("phone", "email") if values[kind]]
    attributes: dict[str, Any] = {name: values[name] for name in ATTRIBUTES if values[name]}
    attributes |= {name: values[column].split("|") for name, column in (("aliases", "aliases"), ("born", "dob")) if values[column]}
    return Row(values["id"], TYPES[values["etype"].lower()], values["name"], attributes, numbers)
