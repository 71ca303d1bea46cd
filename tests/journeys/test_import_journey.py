"""A table from outside: sent, mapped, checked, taken in and taken back at a real browser, with a real worker; with scripts and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from portal.celery import app as celery_app
from tests.journeys.desk import Desk

TABLE = "Nombre;Apellidos;Fecha de nacimiento;Teléfono\nDario;Quintelas;31/12/1990;+99 55 014 7720\nIlaria;Vell;13/31/1990;\n"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_goes_in_by_its_columns_and_comes_out_again(cast, sit, worker, tmp_path: Path, scripts):
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    ana.open_case("Harbor Ledger")
    ana.tab("Entities")
    ana.follow("Imports")
    sends(ana, tmp_path)
    expect(ana.page.get_by_label("Fecha de nacimiento is taken for")).to_have_value("born")
    ana.page.get_by_label("Dates are written").select_option("dmy")
    ana.page.get_by_label("The register is called").fill("Visitors of the quay")
    ana.press("Check the rows")
    waits_for(ana, "2 rows were looked at; 1 of them cannot be used and would stay out.")
    ana.reads("“13/31/1990” is no date")
    ana.press("Take in the 1 good row")
    waits_for(ana, "Every good row is in.")
    ana.follow("Visitors of the quay")
    ana.reads("Dario Quintelas")
    ana.page.go_back()
    takes_out(ana)
    ana.page.get_by_label("Why").fill("The list of another case.")
    ana.press("Take it back")
    ana.is_told("The import is taken back")
    ana.follow("Imports")
    ana.follow("Entities")
    assert "Dario Quintelas" not in ana.page.content()


def sends(ana: Desk, folder: Path) -> None:
    file = folder / "visitantes.csv"
    file.write_text(TABLE, encoding="cp1252")
    ana.page.get_by_label("File", exact=True).set_input_files(file)
    ana.press("Send it")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("What the columns are")


def waits_for(ana: Desk, words: str) -> None:
    """By itself with scripts, by loading the page again without."""
    celery_app.send_task("entities.work_on_imports")
    for _second in range(30 if not ana.scripts else 0):
        if ana.page.get_by_text(words).count():
            break
        ana.page.wait_for_timeout(1_000)
        ana.page.reload()
    ana.reads(words)


def takes_out(ana: Desk) -> None:
    """The list as a file, streamed by a real server."""
    here = ana.page.url
    ana.follow("Imports")
    ana.follow("Entities")
    with ana.page.expect_download() as waiting:
        ana.follow("Take out as CSV")
    written = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert re.search(r"^Person,Dario Quintelas,", written, re.MULTILINE)
    assert written.splitlines()[0].count("Ana Whitcombe, NFIS") == 1
    ana.go(here)
