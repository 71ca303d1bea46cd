"""Tables that come in: the register's own format, and any spreadsheet by a mapping."""

from cases.entities.models import Format
from cases.entities.transport.csvfile import DELIMITERS, ENCODINGS
from cases.entities.transport.headers import guess
from cases.entities.transport.lines import LONGEST_LINE
from cases.entities.transport.mapping import FIELDS, NUMBER, Column, DateOrder, TableMapping, rows
from cases.entities.transport.register import COLUMNS, WRONG_HEADER, Measure, measure, read
from cases.entities.transport.rows import Fault, Row
from cases.entities.transport.tables import FIRST, Look, Reading, first_rows, lines, look

__all__ = [
    "COLUMNS",
    "DELIMITERS",
    "ENCODINGS",
    "FIELDS",
    "FIRST",
    "LONGEST_LINE",
    "NUMBER",
    "WRONG_HEADER",
    "Column",
    "DateOrder",
    "Fault",
    "Format",
    "Look",
    "Measure",
    "Reading",
    "Row",
    "TableMapping",
    "first_rows",
    "guess",
    "lines",
    "look",
    "measure",
    "read",
    "rows",
]
