"""Money and calls of an item, typed by hand: added up without mixing currencies, and taken out as a table that begins no formula."""

from pathlib import Path

import pytest

from tests.journeys.desk import Desk

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


def pay(ana: Desk, amount: str, currency: str) -> None:
    ana.follow("Note a transaction")
    ana.page.get_by_label("Payer").first.fill("Harrow & Finch")
    ana.page.get_by_label("Payee").first.fill("=Polar Brisa")
    ana.page.get_by_label("Amount").fill(amount)
    ana.page.get_by_label("Currency").fill(currency)
    ana.page.get_by_label("Day").first.fill("2026-11-19")
    ana.press("Note it")


@with_and_without_scripts
def test_payments_are_noted_added_up_and_taken_out(cast, sit, scripts, tmp_path: Path):
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    case = ana.open_case("Harbor Ledger")
    item = ana.record_item("Bank statement", "Three payments to Polar Brisa.")
    if not scripts:
        ana.follow("Show who and what this item names")
    ana.follow("Money")
    for amount, currency in (("1200.50", "EUR"), ("800", "EUR"), ("99", "USD")):
        pay(ana, amount, currency)
    ana.reads("2,000.50")
    totals = ana.page.get_by_role("region", name="In all by currency").inner_text()
    assert "2,000.50" in totals
    assert "99" in totals
    assert "2,099.50" not in totals
    ana.follow("Calls")
    ana.follow("Note a call")
    ana.page.get_by_label("Caller").first.fill("+99 55 014 7720")
    ana.page.get_by_label("Called").first.fill("+99 55 014 7721")
    ana.page.get_by_label("Day").first.fill("2026-11-19")
    ana.press("Note it")
    ana.reads("+99 55 014 7721")
    ana.go(case)
    ana.tab("Entities")
    ana.follow("Money")
    with ana.page.expect_download() as taken:
        ana.follow("CSV")
    out = tmp_path / "money.csv"
    taken.value.save_as(out)
    text = out.read_text(encoding="utf-8-sig")
    assert "'=Polar Brisa" in text
    assert ",=" not in text
    assert "audience" in text.splitlines()[0].lower() or "Official" in text
    assert ana.go(item).status == 200
