"""Money and calls as rows: typed by hand, sent as tables with a row that does not read, added up by pair, taken out and taken back."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.journeys.test_import_journey import waits_for

HARROW, CORVINA = "Harrow & Pell", "Corvina Trading"
FORMULA = '=HYPERLINK("http://harbor.example")'
PAYMENTS = (
    "Fecha;Ordenante;Beneficiario;Importe;Moneda;Concepto\n"
    f'14/03/2026;{HARROW};{CORVINA};1.250,50;USD;"{FORMULA.replace(chr(34), chr(34) * 2)}"\n'
    f"15/03/2026;{HARROW};{CORVINA};749,50;USD;Hielo\n"
    f"16/03/2026;{HARROW};{CORVINA};300;EUR;Hielo\n"
    f"17/03/2026;{HARROW};{CORVINA};treinta;USD;Hielo\n"
)
CALLER, CALLED = "+99 55 014 7720", "+99 55 014 2231"
CALLS = (
    "A-number,B number,Start time,Duration,Call type\n"
    f"{CALLER},{CALLED},2026-03-14T13:05:22Z,1:35,MOC\n"
    f"{CALLER},{CALLED},2026-03-15T06:01:02Z,25,MOC\n"
    f"{CALLER},{CALLED},2026-13-15T06:01:02Z,25,MOC\n"
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_payments_and_calls_are_typed_sent_added_up_taken_out_and_taken_back(cast, sit, worker, tmp_path: Path, scripts):
    ana, bela = desks = [sit(key, scripts=scripts) for key in ("ana", "bela")]
    for desk in desks:
        desk.sign_in()
    ana.open_case("Harbor Ledger")
    ana.record_item("Word of the bookkeeper", "Harrow & Pell paid twice and called the same evening.")
    types_by_hand(ana)
    payments = takes_in(ana, tmp_path / "pagos.csv", PAYMENTS, "Statement of March", "4 rows were looked at; 1 of them", good=3)
    calls = takes_in(ana, tmp_path / "calls.csv", CALLS, "Calls of March", "3 rows were looked at; 1 of them", good=2)
    adds_up(ana)
    takes_out(ana)
    knows_nothing(bela, payments, calls, ana.page.url)
    takes_back(ana)


def types_by_hand(ana: Desk) -> None:
    """On the item that says so."""
    if not ana.scripts:
        ana.follow("Show who and what this item names")
    ana.follow("Money")
    ana.follow("Note a transaction")
    ana.page.get_by_role("textbox", name="Payer (optional)").fill(HARROW)
    ana.page.get_by_role("textbox", name="Payee (optional)").fill(CORVINA)
    ana.page.get_by_label("Amount").fill("500")
    ana.page.get_by_role("textbox", name="Day (optional)", exact=True).fill("13 March")
    ana.page.get_by_label("Paragraph that says so").fill("1")
    ana.submit_unchecked("Note it")
    expect(ana.page.get_by_label("Currency")).to_have_attribute("aria-invalid", "true")
    expect(ana.page.get_by_role("textbox", name="Day (optional)", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(ana.page.get_by_role("textbox", name="Payer (optional)")).to_have_value(HARROW)
    ana.page.get_by_label("Currency").fill("eur")
    ana.page.get_by_role("textbox", name="Day (optional)", exact=True).fill("2026-03-13")
    ana.press("Note it")
    ana.is_told("The transaction is noted.")
    ana.reads("500.00 EUR")
    ana.reads("Usually reliable")
    ana.follow("Calls", exact=True)
    ana.follow("Note a call")
    ana.page.get_by_role("textbox", name="Caller (optional)").fill(CALLER)
    ana.page.get_by_role("textbox", name="Called number (optional)").fill(CALLED)
    ana.page.get_by_label("Seconds").fill("61")
    ana.page.get_by_role("textbox", name="Day (optional)", exact=True).fill("2026-03-13")
    ana.press("Note it")
    ana.reads("1:01")


def takes_in(ana: Desk, file: Path, table: str, title: str, looked_at: str, *, good: int) -> str:
    """By the page that says what the columns are; the import's address."""
    ana.rail("Cases")
    ana.follow("Harbor Ledger")
    ana.tab("Entities")
    ana.follow("Imports")
    file.write_text(table, encoding="utf-8")
    ana.page.get_by_label("File", exact=True).set_input_files(file)
    ana.press("Send it")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("What the columns are")
    if title == "Statement of March":
        expect(ana.page.get_by_label("Ordenante is taken for")).to_have_value("money:payer")
        ana.page.get_by_text("The first rows, as they stand in the file").first.click()
        expect(ana.page.get_by_role("cell", name="treinta")).to_be_visible()
        ana.page.get_by_label("Dates are written").select_option("dmy")
        ana.page.get_by_label("Decimal sign").select_option(",")
    else:
        expect(ana.page.get_by_label("A-number is taken for")).to_have_value("calls:caller")
        ana.page.get_by_label("Dates are written").select_option("ymd")
    ana.page.get_by_label("The register is called").fill(title)
    ana.press("Check the rows")
    waits_for(ana, looked_at)
    faults = ana.page.get_by_role("region", name="Rows at fault")
    expect(faults.get_by_role("row")).to_have_count(2)
    expect(faults).to_contain_text("treinta" if title == "Statement of March" else "2026-13-15")
    ana.press(f"Take in the {good} good rows")
    waits_for(ana, "Every good row is in.")
    return ana.page.url


def adds_up(ana: Desk) -> None:
    """One pair, three rows of two currencies and one typed: no sum mixes them."""
    ana.rail("Cases")
    ana.follow("Harbor Ledger")
    ana.tab("Entities")
    ana.follow("Calls")
    totals = ana.page.get_by_role("region", name="In all, and from whom to whom")
    expect(totals.get_by_role("row").filter(has_text=CALLED)).to_contain_text(re.compile(r"\b3\b.*3:01", re.DOTALL))
    ana.follow("Money")
    totals = ana.page.get_by_role("region", name="In all by currency")
    pairs = totals.get_by_role("row").filter(has_text=CORVINA)
    expect(pairs).to_have_count(2)
    expect(pairs.filter(has_text="2,000.00 USD")).to_have_count(1)
    expect(pairs.filter(has_text="800.00 EUR")).to_have_count(1)
    assert "2,800" not in ana.text()


def takes_out(ana: Desk) -> None:
    """Narrowed to one currency, as a file that no spreadsheet runs, with whose it is at both ends."""
    totals = ana.page.get_by_role("region", name="In all by currency")
    totals.get_by_role("row").filter(has_text="USD").get_by_role("link").click()
    expect(ana.page.get_by_role("textbox", name="Currency")).to_have_value("USD")
    assert ana.in_one_line("Take out as CSV")
    with ana.page.expect_download() as waiting:
        ana.follow("Take out as CSV")
    first, columns, *rows, last = csv.reader(Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines())
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    assert sorted(row["Amount"] for row in told) == ["1250.5", "749.5"]
    assert {row["Currency"] for row in told} == {"USD"}
    assert f"'{FORMULA}" in {row["Purpose"] for row in told}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    for [line] in (first, last):
        assert "Transactions of" in line
        assert "Ana Whitcombe, NFIS" in line


def takes_back(ana: Desk) -> None:
    """What was typed stays; what the table said goes, and its accounts with it."""
    ana.rail("Cases")
    ana.follow("Harbor Ledger")
    ana.tab("Entities")
    ana.follow("Imports")
    ana.follow("Statement of March")
    ana.page.get_by_label("Why").fill("The statement of another firm.")
    ana.press("Take it back")
    ana.is_told("The import is taken back")
    ana.reads("The statement of another firm.")
    ana.follow("Imports")
    ana.follow("Entities")
    ana.follow("Money")
    ana.reads("500.00 EUR")
    assert "USD" not in ana.page.get_by_role("region", name="In all by currency").inner_text()
    ana.follow("Calls")
    ana.reads("3:01")


def knows_nothing(bela: Desk, *addresses: str) -> None:
    for address in addresses:
        answer = bela.go(address)
        assert answer.status == 404
        assert CORVINA not in answer.text()
