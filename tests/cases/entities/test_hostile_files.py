"""Files from strangers: told by their content, measured before they are unpacked, and never a fault of the portal."""

import io
import zipfile
from datetime import date, datetime

import pytest

from cases.entities import transport
from cases.entities.transport import cells, csvfile, mapping, ods, packed, tables, xlsx
from kernel.errors import Invalid
from tests.cases.entities.tables import HEADER, PEOPLE, csv_of, look, ods_of, xlsx_of, zip_of
from tests.cases.refusals import refused

BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def cells_of(content: bytes, sheet: int = 0) -> list[list[str]]:
    seen = look(content)
    reading = transport.Reading(seen.format, sheet, seen.encoding or "utf-8", seen.delimiter or ",")
    return [line.cells for line in transport.lines(io.BytesIO(content), reading)]


@pytest.mark.parametrize(
    "content", [csv_of(HEADER, *PEOPLE), xlsx_of(HEADER, *PEOPLE), ods_of(HEADER, *PEOPLE)], ids=["csv", "xlsx", "ods"]
)
def test_a_table_is_read_whatever_it_is_kept_in(content):
    wide = [[*row, *[""] * (5 - len(row))] for row in cells_of(content)]
    assert wide == [HEADER, *PEOPLE]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_letters_and_the_sign_between_cells_are_found_out(encoding, found, delimiter):
    seen = look(csv_of(HEADER, *PEOPLE, encoding=encoding, delimiter=delimiter))
    assert (seen.encoding, seen.delimiter) == (found, delimiter)
    assert seen.first[0][0] == (1, HEADER)


def test_cells_come_as_one_would_type_them():
    [row] = cells_of(xlsx_of([datetime(1990, 12, 31), date(1990, 1, 2), datetime(1990, 1, 2, 3, 4), 5.0, 1.5, True, "=1+1", "#REF!", 7]))  # noqa: DTZ001
    assert row == ["1990-12-31", "1990-01-02", "1990-01-02 03:04:00", "5", "1.5", "true", "", "", "7"]


def test_hidden_sheets_are_named_as_hidden():
    for content in (xlsx_of(HEADER, hidden=[["x"]]), ods_of(HEADER)):
        assert [sheet.is_hidden for sheet in look(content).sheets] == [False, True]
    assert cells_of(xlsx_of(HEADER, hidden=[["x"]]), sheet=1) == [["x"]]


def test_a_number_longer_than_a_spreadsheet_keeps_is_not_taken_for_the_number():
    plan = mapping.TableMapping(1, "dmy", "person", [mapping.Column("Name", "name"), mapping.Column("Account", "number:account")])
    content = xlsx_of(["Name", "Account"], ["Dario", 1234567890123456], ["Ilaria", 123456789012345])
    first, second = transport.rows(transport.lines(io.BytesIO(content), transport.Reading("xlsx")), plan, "x")
    assert (first.said, first.column) == (mapping.CUT_NUMBER, "Account")
    assert second.numbers == [("account", "", "123456789012345")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 x", tables.NO_PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, tables.OLD_WORKBOOK),
        (b"\x7fELF\x00\x00\x01" * 40, tables.NO_TABLE),
        (zip_of({"a.txt": "x"}), tables.NO_TABLE),
        (zip_of({"xl/workbook.xml": "x"}), tables.BROKEN_FILE),
        (zip_of({"mimetype": "x", "content.xml": "<a>"}), tables.BROKEN_FILE),
        (xlsx_of(HEADER)[:-200], tables.BROKEN_FILE),
        (ods_of(["&c;"], entity=BILLION), tables.BROKEN_FILE),
        (ods_of(["&a;"], entity=OUTSIDE), tables.BROKEN_FILE),
    ],
    ids=["pdf", "xls", "binary", "zip", "no workbook", "half xml", "cut", "billion laughs", "outside"],
)
def test_what_is_no_table_is_refused_in_a_sentence(content, said):
    with refused(said, Invalid):
        look(content)


def with_entity(content: bytes, part: str, entity: str) -> bytes:
    """A workbook one part of which defines entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[part] = entity.encode() + entries[part].removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>")
    return zip_of(entries)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_no_part_of_a_workbook_may_define_entities(part):
    with refused(tables.BROKEN_FILE, Invalid):
        cells_of(with_entity(xlsx_of(HEADER), part, BILLION))


def test_a_bomb_is_not_unpacked():
    swollen = zip_of({"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": "0" * 4_000_000})
    many = zip_of({"xl/workbook.xml": "x"} | {f"e{n}": "" for n in range(packed.MOST_ENTRIES)})
    for content in (swollen, many):
        with refused(packed.BOMB, Invalid):
            look(content)


def test_a_part_too_large_to_be_read_whole_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "MOST_PART", 500)
    with refused(packed.BOMB, Invalid):
        look(xlsx_of(HEADER))


def test_rows_and_cells_that_are_said_to_repeat_are_counted(monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 10_000)
    repeated = (
        '<table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999"'
        ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    with refused(tables.TOO_MANY_CELLS, Invalid):
        cells_of(ods_of(HEADER, extra=repeated))
    assert look(ods_of(HEADER, extra=repeated)).first[0][1] == (2, ["x"] * cells.MOST_COLUMNS)


def test_a_row_said_to_be_far_below_does_not_make_the_reader_count_there():
    content = xlsx_of(HEADER, ["far"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"].replace(b'<row r="2"', b'<row r="999999999999"').replace(b'"A2"', b'"A999999999999"')
    entries["xl/worksheets/sheet1.xml"] = sheet
    assert cells_of(zip_of(entries)) == [HEADER]


def test_a_quote_left_open_spoils_its_own_line_alone():
    assert cells_of(b'a;b\n"c;d\ne;f\n') == [["a", "b"], [], ["e", "f"]]
    assert cells_of(b'a;b\n"c\nd";e\n') == [["a", "b"], ["c\nd", "e"]]


def test_nothing_in_the_readers_can_run_what_is_in_a_file():
    assert "keep_vba" not in open(xlsx.__file__).read()  # noqa: PTH123, SIM115
    assert ods.iterparse.__module__.startswith("defusedxml")
    assert csvfile.ENCODINGS[0] == "utf-8"


DATES = [
    ("31/12/1990", "dmy", "1990-12-31"), ("12/31/1990", "mdy", "1990-12-31"), ("1990.12.31", "ymd", "1990-12-31"),
    ("12/1990", "dmy", "1990-12"), ("1990", "mdy", "1990"), ("1990-12-31", "mdy", "1990-12-31"),
    ("1990-12-31 10:00:00", "dmy", "1990-12-31"),
    ("12/31/1990", "dmy", None), ("31/12/90", "dmy", None), ("1990-13", "dmy", None), ("soon", "dmy", None), ("0000", "dmy", None),
]  # fmt: skip


@pytest.mark.parametrize(("said", "order", "kept"), DATES)
def test_dates_are_read_in_the_order_that_was_said_and_never_guessed(said, order, kept):
    plan = mapping.TableMapping(0, order, "person", [mapping.Column("n", "name"), mapping.Column("b", "born")])
    [row] = transport.rows([cells.Line(1, ["Dario", said])], plan, "x")
    assert row.said is mapping.BAD_DATE if kept is None else row.attributes["born"] == [kept]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Name", "DOB", "Passport No.", "Nationality"], ["name", "born", "number:passport", "country"]),
        (["Nombre", "Apellidos", "Cédula", "Teléfono"], ["given", "surname", "number:national-id", "number:phone"]),
        (["Nome completo", "Data de nascimento", "CPF", "Placa"], ["name", "born", "number:national-id", "number:plate"]),
        (["Prénom", "Nom", "N° de téléphone", "Adresse"], ["given", "surname", "", "address"]),
        (["Name", "Name", "Colour"], ["name", "", ""]),
    ],
)
def test_headers_are_guessed_in_four_languages(headers, fields):
    assert transport.guess(headers) == fields


@pytest.mark.parametrize("kind", [xlsx_of, ods_of])
def test_an_empty_sheet_of_a_million_rows_is_not_walked_through_to_be_shown(kind):
    content = kind(*[[]] * tables.NEAR, ["far below"])
    assert look(content).first[0] == []
    assert cells_of(content) == [["far below"]]
