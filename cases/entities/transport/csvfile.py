"""Tables of text: which letters, which sign between the cells, and the rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cases.entities.transport.cells import MOST_COLUMNS, Line
from cases.entities.transport.lines import BROKEN, LONGEST_LINE, records

ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "cp850", "mac-roman")
DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64 * 1024  # bytes
UNSAID = "\ufffd"


def encoding_of(file: BinaryIO) -> str:
    """UTF by its mark or because all of the file is valid UTF-8; else what Windows writes in the Americas and western Europe."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(SAMPLE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter_of(file: BinaryIO, encoding: str) -> str:
    """The sign that parts the first lines most evenly: the most cells, of those by which most lines have equally many."""
    with _text(file, encoding) as text:
        heads = [line for line in text.read(SAMPLE // 4).splitlines()[:30] if line.strip()]

    def evenness(sign: str) -> tuple[int, int]:
        widths = Counter(len(cells) for cells in csv.reader(heads, delimiter=sign) if len(cells) > 1)
        [(width, lines)] = widths.most_common(1) or [(0, 0)]
        return lines, width

    return max(DELIMITERS, key=evenness)


def is_text(file: BinaryIO, encoding: str) -> bool:
    """A binary file has zero bytes; text has none, once it is decoded."""
    with _text(file, encoding) as text:
        return "\x00" not in text.read(SAMPLE)


def lines(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[Line]:
    """The rows by the number of their first line. A line that is none, or not in this encoding, has no cells."""
    with _text(file, encoding) as text:
        for line, cells in records(text.readline, lambda piece: _cells(piece, delimiter)):
            yield Line(line, [] if cells == BROKEN else cells[:MOST_COLUMNS])


def _cells(piece: list[str], delimiter: str) -> list[str] | None:
    text = "".join(piece)
    if UNSAID in text or "\x00" in text or len(text) >= LONGEST_LINE:
        return BROKEN
    try:
        rows = list(csv.reader([text], strict=True, delimiter=delimiter))
    except csv.Error as error:
        return None if "unexpected end of data" in str(error) else BROKEN
    return rows[0] if rows and any(rows[0]) else []


@contextmanager
def _text(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The file's letters from its beginning; the file itself stays open."""
    file.seek(0)
    text = io.TextIOWrapper(file, "utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        if not file.closed:  # a reading left half-way is ended whenever Python collects it
            text.detach()
