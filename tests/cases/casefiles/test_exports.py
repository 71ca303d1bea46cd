"""Lists taken out as CSV: marked at both ends, without a cell that is a formula, asked for again as each line is written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Event
from cases.casefiles import actions, transport
from cases.casefiles.transport import Export
from kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def lines(export: Export) -> list[list[str]]:
    written = b"".join(export.pieces()).decode()
    assert written.startswith("\ufeff")
    return list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))


def test_the_list_of_cases_leaves_marked_and_counted(ana, client):
    for title in ("Harbor Ledger", "Paper Lighthouse"):
        actions.open_case(officer=ana, title=title)
    client.force_login(ana)
    answer = client.get("/cases/export/", {"q": "Harbor"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    first, columns, row, last = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline=""))
    assert (columns[1], row[1]) == ("Title", "Harbor Ledger")
    for [said] in (first, last):
        assert said.startswith("Case file: for its audience alone")
        assert "q: Harbor" in said
        assert "Ana Whitcombe, NFIS" in said
        assert "UTC" in said or "Z." in said
    assert "1 row" in last[0]
    line = Event.objects.get(kind="casefiles.casefile.exported")
    assert line.actor_id == ana.pk


def test_a_list_with_a_compartment_on_it_is_marked_as_one(ana):
    actions.open_case(officer=ana, title="Harbor")
    assert "Compartment" not in lines(actions.export_cases(officer=ana))[0][0]
    actions.open_case(officer=ana, title="Closed circle", is_compartment=True)
    assert lines(actions.export_cases(officer=ana))[0][0].startswith("Compartment")


def test_what_is_hidden_by_the_time_its_line_is_written_is_not_written(ana, sami):
    case = actions.open_case(officer=ana, title="Harbor", team=[sami.pk])
    kept = actions.open_case(officer=sami, title="Of Sami's own")
    export = actions.export_cases(officer=sami)
    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    *_head, only, last = lines(export)
    assert only[1] == kept.title
    assert "1 row" in last[0]


def test_nobody_takes_out_what_they_do_not_see(ana, bela, client):
    case = actions.open_case(officer=ana, title="Harbor")
    assert len(lines(actions.export_cases(officer=bela))) == 3
    with pytest.raises(NotFound):
        actions.export_tasks(officer=bela, casefile_id=case.pk)
    client.force_login(bela)
    assert client.get(f"/cases/{case.pk}/tasks/export/").status_code == 404


def test_the_tasks_of_a_case_leave_with_whose_they_are(ana):
    case = actions.open_case(officer=ana, title="Harbor")
    actions.set_task(officer=ana, casefile_id=case.pk, title="=HYPERLINK(1)", assignee_id=ana.pk)
    export = actions.export_tasks(officer=ana, casefile_id=case.pk)
    assert lines(export)[2][:3] == ["'=HYPERLINK(1)", "To do", "Ana Whitcombe"]
    assert export.name == f"tasks-{case.reference}"


def test_a_list_ends_where_it_is_too_long_and_says_so(ana, monkeypatch):
    monkeypatch.setattr("cases.casefiles.actions.exports.MOST_ROWS", 2)
    for number in range(3):
        actions.open_case(officer=ana, title=f"Case {number}")
    said = lines(actions.export_cases(officer=ana))
    assert [row[1] for row in said[3:5]] == ["Case 2", "Case 1"]
    assert "Narrow the list down" in said[1][0]


@pytest.mark.parametrize("cell", ["=1+1", "+99 55", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'quoted"])
def test_a_cell_that_could_be_a_formula_is_made_text_by_an_apostrophe(cell):
    assert transport.plain(cell) == "'" + cell


@given(st.text())
def test_taking_the_apostrophe_off_gives_back_what_was_there(cell):
    out = transport.plain(cell)
    assert not out.startswith(transport.FORMULA)
    assert (out[1:] if out.startswith("'") else out) == cell
