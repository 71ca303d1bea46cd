"""What the columns of somebody's table mean: said by an officer, and then each row by itself is a good row or a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self, TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.entities import names
from cases.entities.identifiers import IdentifierType
from cases.entities.models import LISTS, EntityType
from cases.entities.transport.cells import Cut, Line
from cases.entities.transport.register import TYPES
from cases.entities.transport.rows import LONGEST_NUMBER, MISSING, TOO_LONG, UNKNOWN_TYPE, UNREADABLE, Fault, Row
from kernel.errors import sentence

R = TypeVar("R")
NUMBER = "number:"
FIELDS: dict[str, str | Promise] = {
    "id": _("Id of the row in the other system"), "etype": _("Kind"), "name": _("Name"), **names.PARTS, **names.ALIASES,
    "born": _("Born"), "happened": _("Happened"), "gender": _("Gender"), "country": _("Country"), "place": _("Place"),
    "address": _("Address"),
}  # fmt: skip
MOST = {"id": 80, "name": 300, "gender": 40, "country": 60, "address": 500}
USUAL_MOST = 200
MOST_VALUES = 20
"""Of one list in one cell, parted by | or ; or a new line."""
DATES = ("born", "happened")
NATIONAL = frozenset(
    {
        IdentifierType.PHONE, IdentifierType.NATIONAL_ID, IdentifierType.TAX_ID, IdentifierType.SOCIAL_SECURITY, IdentifierType.PASSPORT,
        IdentifierType.DOCUMENT, IdentifierType.REGISTRATION, IdentifierType.PLATE,
    }
)  # fmt: skip
"""Numbers that are of the row's own country where their column names none."""

BAD_DATE = sentence("entities.bad-date", _("“%(found)s” is no date in the order that was said, with a year of four digits."))
CUT_NUMBER = sentence(
    "entities.cut-number",
    _("The spreadsheet kept fifteen digits of this number and lost the rest. Have the column saved as text."),
)
NO_LETTER = sentence("entities.no-letter", _("“%(found)s” has no letter and no digit."))
TOO_MANY_VALUES = sentence("entities.too-many-values", _("This cell holds more than %(most)s values."))


class DateOrder(TextChoices):
    DMY = "dmy", _("Day, month, year: 31/12/1990")
    MDY = "mdy", _("Month, day, year: 12/31/1990")
    YMD = "ymd", _("Year, month, day: 1990-12-31")


class Kind(TextChoices):
    """What each row of a table says."""

    ENTITIES = "entities", _("A person, number or thing")
    MONEY = "money", _("A payment")
    CALLS = "calls", _("A call")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is taken for ("" for nothing), and of which country its numbers are."""

    header: str = ""
    field: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table is read: where its header stands (0: nowhere), how dates are written, what each column is.

    Of payments and calls also: the decimal sign, the zone and the currency of what says none, whose table it is (the end that a row
    leaves empty), and whether the accounts and numbers at the ends become mentions.
    """

    header: int = 1
    dates: str = DateOrder.YMD
    etype: str = EntityType.PERSON
    columns: list[Column] = field(default_factory=list)
    rows: str = Kind.ENTITIES
    decimals: str = "."
    zone: str = ""
    currency: str = ""
    own: str = ""
    ends: bool = True

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(**{**kept, "columns": [Column(**column) for column in kept.get("columns", [])]})

    def names_something(self) -> bool:
        """Without a name, a part of one or a number a row says of nobody anything."""
        said = {column.field for column in self.columns}
        if self.rows == Kind.MONEY:
            return bool(said & {"money:amount", "money:amount_back"}) and bool(said & {"money:payer", "money:payee"})
        if self.rows == Kind.CALLS:
            return bool(said & {"calls:caller", "calls:called"})
        return bool(said & {"name", *names.PARTS}) or any(each.startswith(NUMBER) for each in said)


class Flaw(Exception):
    """Why a row cannot be used, on its way out of what reads it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def rows(lines: Iterable[Line], mapping: TableMapping, prefix: str) -> Iterator[Row | Fault]:
    """Each line under the header as a row; `prefix` and its number are its key where no column gives one."""
    return each_read(lines, mapping, prefix, _row)


def each_read(
    lines: Iterable[Line], mapping: TableMapping, prefix: str, read: Callable[[Line, TableMapping, str], R]
) -> Iterator[R | Fault]:
    """Each line under the header as it is read, or why it cannot be."""
    for line in lines:
        if line.number > mapping.header:
            try:
                yield read(line, mapping, prefix)
            except Flaw as flaw:
                yield flaw.fault


def _row(line: Line, mapping: TableMapping, prefix: str) -> Row:
    if not line.cells:
        raise Flaw(Fault(line.number, UNREADABLE))
    pairs = zip(mapping.columns, line.cells, strict=False)
    said = [(column, cell) for column, cell in pairs if cell and (column.field in FIELDS or column.field.startswith(NUMBER))]
    attributes: dict[str, Any] = {}
    for column, cell in said:
        if not column.field.startswith(NUMBER):
            attributes[column.field] = _value(line.number, column, cell, mapping.dates, attributes.get(column.field))
    home = attributes.get("country", "")
    numbers = [number for column, cell in said if column.field.startswith(NUMBER) for number in _numbers(line.number, column, cell, home)]
    if any(column.field == "id" for column in mapping.columns) and "id" not in attributes:
        raise Flaw(Fault(line.number, MISSING, {"column": str(FIELDS["id"])}))
    key = attributes.pop("id", f"{prefix}:{line.number}")
    etype = attributes.pop("etype", mapping.etype)
    name = attributes.pop("name", "") or " ".join(filter(None, (attributes.get(part) for part in names.PARTS)))
    name = name or (numbers[0][2] if numbers else "")
    if not name:
        raise Flaw(Fault(line.number, MISSING, {"column": str(FIELDS["name"])}))
    script = names.script_of(name)
    if script not in {None, names.Script.LATIN}:
        attributes["script"] = str(script)
    return Row(line.number, key, etype, name[:300], attributes, numbers)


def _value(line: int, column: Column, cell: str, dates: str, before: Any) -> Any:
    """One cell as the field takes it; a second column of a list adds to the first, of a text goes on after a space."""
    if column.field == "etype":
        if cell.lower() not in TYPES:
            raise Flaw(Fault(line, UNKNOWN_TYPE, {"found": cell[:40]}, column.header))
        return TYPES[cell.lower()].value
    if column.field in LISTS:
        values = [*(before or []), *_several(cell)]
        if len(values) > MOST_VALUES:
            raise Flaw(Fault(line, TOO_MANY_VALUES, {"most": MOST_VALUES}, column.header))
        if column.field in DATES:
            values = [date_of(line, column, value, dates) for value in values]
        _hold(line, column, *values, most=300)
        return values
    text = f"{before} {cell}" if before else str(cell)
    _hold(line, column, text, most=MOST.get(column.field, USUAL_MOST))
    return text


def _hold(line: int, column: Column, *values: str, most: int) -> None:
    if any(len(value) > most for value in values):
        raise Flaw(Fault(line, TOO_LONG, {"column": column.header, "most": most}, column.header))


def _numbers(line: int, column: Column, cell: str, home: str) -> Iterator[tuple[str, str, str]]:
    kind = column.field.removeprefix(NUMBER)
    if isinstance(cell, Cut):
        raise Flaw(Fault(line, CUT_NUMBER, {}, column.header))
    for raw in _several(cell):
        _hold(line, column, raw, most=LONGEST_NUMBER)
        if not any(letter.isalnum() for letter in raw):
            raise Flaw(Fault(line, NO_LETTER, {"found": raw[:40]}, column.header))
        yield kind, column.country or (home if kind in NATIONAL else ""), raw


def _several(cell: str) -> list[str]:
    return [value.strip() for value in re.split(r"[|;\n]", cell) if value.strip()]


ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[ T][\d:.Z+]+)?")


def date_of(line: int, column: Column, said: str, order: str) -> str:
    """ISO 8601, perhaps only year and month or year: as it is written so, or in the order that was said. Nothing is guessed."""
    found = ISO.fullmatch(said)
    parts = [part for part in found.groups() if part] if found else _in_order(said, order)
    try:
        date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except (ValueError, TypeError, IndexError):
        raise Flaw(Fault(line, BAD_DATE, {"found": said[:40]}, column.header)) from None
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def _in_order(said: str, order: str) -> list[str]:
    """Year, month, day as far as they are given; nothing where the year has not four digits."""
    parts = re.split(r"[/.\s-]+", said.strip())
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) not in {2, 3}:
        return []
    wanted = order if len(parts) == len(order) else order.replace("d", "")
    placed = dict(zip(wanted, parts, strict=True))
    return [placed[letter] for letter in "ymd" if letter in placed] if len(placed["y"]) == len("2026") else []
