"""Sheets of an OpenDocument workbook: streamed, values as they were last calculated; nothing in it is run or followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from cases.entities.transport import packed
from cases.entities.transport.cells import MOST_COLUMNS, MOST_ROWS, Cut, Figure, Line, Sheet
from cases.entities.transport.xlsx import MOST_DIGITS

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = (f"{{{OASIS}{name}:1.0}}" for name in ("table", "office", "text", "style"))
SHEET, ROW, CELLS = f"{TABLE}table", f"{TABLE}table-row", {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


def sheets(file: BinaryIO) -> list[Sheet]:
    hidden: set[str] = set()
    found: list[Sheet] = []
    for event, element in _content(file):
        if event == "end" and element.tag == f"{STYLE}style":
            if any(each.get(f"{TABLE}display") == "false" for each in element.iter(f"{STYLE}table-properties")):
                hidden.add(element.get(f"{STYLE}name", ""))
        elif event == "start" and element.tag == SHEET:
            found.append(Sheet(element.get(f"{TABLE}name", ""), element.get(f"{TABLE}style-name", "") in hidden))
        elif event == "end" and element.tag == ROW:
            element.clear()
    return found


def lines(file: BinaryIO, sheet: int) -> Iterator[Line]:
    """The rows of one sheet by their number, repeated ones as often as it says. Raises IndexError for a sheet that is not there."""
    seen, number = -1, 0
    for event, element in _content(file):
        if event == "start" and element.tag == SHEET:
            seen += 1
        elif event == "end" and element.tag == ROW:
            if seen == sheet:
                cells = _cells(element)
                times = min(_times(element, f"{TABLE}number-rows-repeated"), MOST_ROWS - number)
                for _again in range(times if cells else 0):
                    number += 1
                    yield Line(number, cells)
                number += 0 if cells else times
            element.clear()
        elif event == "end" and element.tag == SHEET:
            element.clear()
    if seen < sheet:
        raise IndexError(sheet)


def _content(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    with packed.opened(file) as archive, archive.open("content.xml") as content:
        yield from iterparse(content, events=("start", "end"))


def _cells(row: Element) -> list[str]:
    """The cells up to the last that says something."""
    cells: list[str] = []
    for cell in row:
        if cell.tag in CELLS:
            times = min(_times(cell, f"{TABLE}number-columns-repeated"), MOST_COLUMNS - len(cells))
            cells += [_text(cell)] * times
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _times(element: Element, attribute: str) -> int:
    said = element.get(attribute, "1")
    return max(int(said), 1) if said.isascii() and said.isdigit() else 1


def _text(cell: Element) -> str:
    """A cell as one would type it; of numbers and dates the value and not how it is shown."""
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind == "date":
        return cell.get(f"{OFFICE}date-value", "").removesuffix("T00:00:00").replace("T", " ")
    if kind in {"float", "currency", "percentage"}:
        return _number(cell.get(f"{OFFICE}value", ""))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value", "")
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{TEXT}p"))


def _number(value: str) -> str:
    number = float(value)
    if abs(number) >= MOST_DIGITS:
        return Cut(value)
    return Figure(int(number) if number.is_integer() else value)
