"""The pages and the machine door of imports: from a file to a register and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.entities import actions
from cases.entities.models import FileImport, Mention
from tests.cases.entities.tables import HEADER, PEOPLE, again, checked, csv_of, send, taken_in, work, xlsx_of

pytestmark = pytest.mark.django_db
FILE = csv_of(HEADER, *PEOPLE)


def upload(content: bytes, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/csv")


def filled(job: FileImport, **more: str) -> dict[str, str]:
    fields = ["given", "surname", "born", "number:passport", "number:phone"]
    columns = {f"columns-{n}-field": field for n, field in enumerate(fields)} | {f"columns-{n}-country": "" for n in range(5)}
    plan = {"sheet": "0", "header": "1", "encoding": "cp1252", "delimiter": ";", "dates": "dmy", "etype": "person", "title": "Watch list"}
    return {**columns, **plan, "handling_code": "H1", "columns-TOTAL_FORMS": "5", "columns-INITIAL_FORMS": "5", **more}


def test_a_file_goes_by_its_pages_into_a_register_and_back(client, ana, case):
    client.force_login(ana)
    at = f"/cases/{case.pk}/imports/"
    sent = client.post(at, {"file": upload(FILE)})
    job = FileImport.objects.visible_to(ana).get()
    assert sent.headers["Location"] == f"/imports/{job.pk}/map/"
    page = client.get(sent.headers["Location"]).content.decode()
    assert "Fecha de nacimiento" in page
    assert 'value="number:passport" selected' in page
    assert client.post(f"/imports/{job.pk}/map/", filled(job)).headers["Location"] == f"/imports/{job.pk}/"
    work()
    assert "Take in the 3 good rows" in client.get(f"/imports/{job.pk}/").content.decode()
    client.post(f"/imports/{job.pk}/start/")
    work()
    assert "Every good row is in." in client.get(f"/imports/{job.pk}/").content.decode()
    assert "Watch list" in client.get(at).content.decode()
    client.post(f"/imports/{job.pk}/mapping/", {"name": "Registro"})
    assert client.post(f"/imports/{job.pk}/undo/", {}).status_code == 422
    client.post(f"/imports/{job.pk}/undo/", {"reason": "Another case's list."})
    assert "Another case" in client.get(f"/imports/{job.pk}/").content.decode()
    assert not Mention.objects.visible_to(ana).exists()


def test_the_table_is_shown_in_other_letters_with_another_header_or_another_mapping(client, ana, case):
    client.force_login(ana)
    kept = checked(ana, case, FILE)
    mapping = actions.keep_mapping(officer=ana, import_id=kept.pk, name="Registro")
    job = send(ana, case, csv_of(["x"] * 5, HEADER, *PEOPLE))
    at = f"/imports/{job.pk}/map/"
    wrong = client.post(at, filled(job, again="1", encoding="cp850", header="2")).content.decode()
    assert "TelÚfono" in wrong
    known = client.post(at, filled(job, again="1", header="2", mapping=str(mapping.pk))).content.decode()
    assert 'value="given" selected' in known
    assert client.post(at, filled(job, dates="", title="")).status_code == 422
    nobody = {f"columns-{n}-field": "" for n in range(5)}
    assert client.post(at, filled(job, **nobody)).status_code == 422
    assert client.post(at, filled(job, handling_code="H3")).status_code == 422


def test_an_open_page_asks_until_there_is_nothing_more_to_wait_for(client, ana, case):
    client.force_login(ana)
    job = send(ana, case, FILE)
    client.post(f"/imports/{job.pk}/map/", filled(job))
    at, htmx = f"/imports/{job.pk}/progress/", {"HX-Request": "true"}
    waiting = client.get(at, headers=htmx)
    assert (waiting.status_code, b"hx-trigger" in waiting.content, b"<html" in waiting.content) == (200, True, False)
    work()
    ready = client.get(at, headers=htmx)
    assert (ready.status_code, b"hx-trigger" in ready.content) == (286, False)
    assert client.get(at).status_code == 200


def test_a_hidden_sheet_is_named_as_hidden(client, ana, case):
    client.force_login(ana)
    job = send(ana, case, xlsx_of(HEADER, hidden=[["x"]]), "people.xlsx")
    assert "Secretly (hidden)" in client.get(f"/imports/{job.pk}/map/").content.decode()


def test_what_is_no_table_is_answered_in_a_sentence(client, ana, case):
    client.force_login(ana)
    answer = client.post(f"/cases/{case.pk}/imports/", {"file": upload(b"%PDF-1.7", "people.csv")})
    assert (answer.status_code, b"A PDF holds pictures" in answer.content) == (422, True)
    assert client.post(f"/cases/{case.pk}/imports/", {}).status_code == 422


def test_machines_send_map_start_and_take_back(client, ana, case):
    client.force_login(ana)
    at = "/api/v1/imports/"
    sent = client.post(at, {"casefile": str(case.pk), "file": upload(FILE)})
    assert (sent.status_code, sent.json()["state"]) == (201, "uploaded")
    job = at + sent.json()["id"] + "/"
    assert client.get(job).json()["first"][0][0] == {"row": 1, "cells": HEADER}
    columns = [{"header": head, "field": field} for head, field in zip(HEADER, ["given", "surname", "born", "", ""], strict=True)]
    plan = {"dates": "dmy", "columns": columns, "title": "Watch list", "handling_code": "H1"}
    assert client.post(job + "map/", {**plan, "columns": []}, "application/json").status_code == 422
    assert client.post(job + "map/", {**plan, "dates": ""}, "application/json").status_code == 422
    assert client.post(job + "map/", {**plan, "sheet": 3}, "application/json").status_code == 422
    assert client.post(job + "map/", plan, "application/json").json()["state"] == "checking"
    work()
    assert client.post(job + "start/", headers={"Idempotency-Key": "1"}).json()["state"] == "waiting"
    assert client.post(job + "cancel/").json()["state"] == "cancelled"
    assert client.post(job + "start/").json()["state"] == "waiting"
    work()
    shown = client.get(job).json()
    assert (shown["state"], shown["new"], shown["percent"], len(shown["renditions"])) == ("done", 3, 100, 1)
    assert [row["id"] for row in client.get(at, {"casefile": case.pk}).json()["results"]] == [shown["id"]]
    assert client.post(job + "drop/").status_code == 409
    assert client.post(job + "undo/", {"reason": "x"}, "application/json").json()["state"] == "undone"


@pytest.mark.parametrize("body", [{}, {"file": "x"}, {"casefile": "x"}])
def test_nonsense_sent_to_the_machine_door_is_refused(client, ana, case, body):
    client.force_login(ana)
    assert client.post("/api/v1/imports/", body).status_code == 422
    assert client.post("/api/v1/imports/", b"x", "text/plain").status_code == 415


def test_a_list_of_imports_asks_no_more_for_more_of_them(client, ana, case, django_assert_max_num_queries):
    client.force_login(ana)
    taken_in(ana, case, FILE)
    for _more in range(4):
        send(ana, case, FILE)
    with django_assert_max_num_queries(24):
        assert client.get(f"/cases/{case.pk}/imports/").content.count(b'href="/imports/') == 5
    assert again(ana, FileImport.objects.visible_to(ana).last()).made_by == ana
