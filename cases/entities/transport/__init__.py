"""Tables that come in: the register's own format, and any spreadsheet by a mapping."""

from cases.entities.models import Format
from cases.entities.transport.csvfile import DELIMITERS, ENCODINGS
from cases.entities.transport.dealings import FIELDS as DEALING_FIELDS
from cases.entities.transport.dealings import rows as dealing_rows
from cases.entities.transport.headers import guess, kind_of
from cases.entities.transport.lines import LONGEST_LINE
from cases.entities.transport.mapping import FIELDS, NUMBER, Column, DateOrder, Kind, TableMapping, rows
from cases.entities.transport.register import COLUMNS, WRONG_HEADER, Measure, measure, read
from cases.entities.transport.rows import DealingRow, Fault, Row
from cases.entities.transport.tables import FIRST, Look, Reading, first_rows, lines, look

__all__ = [
    "COLUMNS",
    "DEALING_FIELDS",
    "DELIMITERS",
    "ENCODINGS",
    "FIELDS",
    "FIRST",
    "LONGEST_LINE",
    "NUMBER",
    "WRONG_HEADER",
    "Column",
    "DateOrder",
    "DealingRow",
    "Fault",
    "Format",
    "Kind",
    "Look",
    "Measure",
    "Reading",
    "Row",
    "TableMapping",
    "dealing_rows",
    "first_rows",
    "guess",
    "kind_of",
    "lines",
    "look",
    "measure",
    "read",
    "rows",
]
