"""The pages and the machine door of case files: the same deeds, and nothing for those who may not know."""

import pytest

from audit.models import Event
from cases.casefiles import actions
from cases.casefiles.models import CaseFile, Note, Task
from cases.records import actions as records
from tests.cases.asking import ABSENT, api, bodies, page

TABS = ["", "change/", "notes/", "tasks/", "team/", "activity/"]


def test_a_case_is_opened_worked_in_and_closed_on_its_pages(ana, sami):
    typed = {"title": "Harbor Ledger", "unit_id": ana.unit_id, "team": [sami.pk], "audience": "team", "notice_mode": ""}
    assert page(ana, "post", "/cases/new/", typed).status_code == 302
    case = CaseFile.objects.visible_to(ana).get()
    assert page(ana, "post", f"/cases/{case.pk}/notes/", {"text": "Ask for the bills."}).status_code == 302
    assert page(ana, "post", f"/cases/{case.pk}/tasks/", {"title": "Ask", "person": sami.pk, "due_on": "2026-12-01"}).status_code == 302
    task = Task.objects.visible_to(ana).get()
    assert page(sami, "post", f"/cases/tasks/{task.pk}/end/", {"state": "done"}).status_code == 302
    change = {"title": "Harbor Ledger", "summary": "Eleven shipments.", "status": "dormant"}
    assert page(ana, "post", f"/cases/{case.pk}/change/", change).status_code == 302
    assert page(sami, "post", f"/cases/{case.pk}/close/", {"outcome": "charged", "reason": "Indicted."}).status_code == 302
    assert page(sami, "post", f"/cases/{case.pk}/reopen/", {"reason": "A new witness."}).status_code == 302
    for tab in TABS:
        shown = page(ana, "get", f"/cases/{case.pk}/{tab}")
        assert shown.status_code == 200
        assert "Harbor Ledger" in shown.text
    assert "Eleven shipments." in page(sami, "get", f"/cases/{case.pk}/").text


def test_supervisors_of_the_unit_are_suggested_for_the_team(ana, sami, alma):
    checked = page(ana, "get", "/cases/new/").context["form"]["team"].subwidgets
    assert {str(box.data["label"]) for box in checked if box.data["selected"]} == {sami.name, alma.name}


def test_who_joins_and_leaves_the_team_does_so_on_its_page(ana, case, second, alma):
    address = f"/cases/{case.pk}/team/"
    assert page(ana, "post", address, {"person": second.pk}).status_code == 302
    assert page(ana, "post", address, {"email": alma.email.upper()}).status_code == 302
    assert "Ivo Thorne" in page(ana, "get", address).text
    assert page(ana, "post", f"{address}{second.pk}/take-off/").status_code == 302
    assert page(ana, "post", f"{address}{alma.pk}/lead/").status_code == 302
    assert page(second, "get", address).status_code == 404


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/cases/new/", {"title": "", "summary": "kept words", "audience": "team"}),
        ("/cases/new/", {"title": "kept words" + "x" * 200, "audience": "team"}),
        ("{case}notes/", {"text": "kept words" + "x" * 20_001}),
        ("{case}tasks/", {"title": "kept words", "email": "nobody@nowhere.example"}),
        ("{case}tasks/", {"title": "kept words", "due_on": "yesterday"}),
        ("{case}change/", {"title": "kept words", "status": "closed"}),
        ("{case}team/", {"email": "bela@sic.example"}),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_typed_is_kept(ana, case, address, typed):
    shown = page(ana, "post", address.format(case=f"/cases/{case.pk}/"), typed)
    assert shown.status_code == 422
    assert "kept words" in shown.text or typed.get("email", "") in shown.text


def test_the_team_page_says_the_same_of_an_officer_elsewhere_and_of_nobody(ana, case):
    said = {page(ana, "post", f"/cases/{case.pk}/team/", {"email": email}).context["form"].errors.as_json() for email in
            ("bela@sic.example", "nobody@nowhere.example")}  # fmt: skip
    assert len(said) == 1


@pytest.mark.parametrize("who", ["alma", "iris", "bela", "otto"])
def test_a_hidden_case_and_no_case_are_answered_in_the_same_bytes(case, cast, who):
    officer = cast[who]
    for tab in TABS:
        assert len(bodies(page, officer, f"/cases/{{}}/{tab}", case.pk)) == 1
    for tab in ("", "team/", "notes/", "tasks/", "activity/"):
        assert len(bodies(api, officer, f"cases/{{}}/{tab}", case.pk)) == 1
    ended = {"outcome": "charged", "reason": "x"}
    for deed, sent in (("notes/", {"text": "x"}), ("close/", ended), ("reopen/", ended), ("lead/", {"officer_id": str(ABSENT)})):
        assert len(bodies(api, officer, f"cases/{{}}/{deed}", case.pk, method="post", data=sent)) == 1


def test_what_is_done_or_refused_on_a_page_is_no_reading_of_it(ana, sami, case, alma, second):
    records.change_audience(officer=sami, casefile_id=case.pk, audience="unit", reason="All search.")
    for officer, status in ((ana, 302), (second, 403)):
        typed = {"title": "Ask", "person": sami.pk}
        assert page(officer, "post", f"/cases/{case.pk}/tasks/", typed).status_code == status
        assert page(officer, "post", f"/cases/{case.pk}/team/", {"person": alma.pk}).status_code == status
    assert not Event.objects.filter(kind__endswith=".listed").exists()


def test_the_list_shows_what_one_may_see_and_says_so_when_nothing_fits(ana, bela, case):
    assert case.title in page(ana, "get", "/cases/?q=harbor&status=open&mine=on").text
    nothing = page(ana, "get", "/cases/?q=zebra").text
    assert "No case that you may see fits this." in nothing
    assert case.title not in page(bela, "get", "/cases/").text
    assert page(ana, "get", "/cases/?status=stolen").status_code == 422
    assert page(ana, "get", "/cases/?after=nonsense").status_code == 422


def test_those_who_only_see_a_case_are_offered_no_deeds(sami, ana):
    wide = actions.open_case(officer=sami, title="Wide", audience="unit", audience_reason="All of us.")
    for tab in ("notes/", "tasks/", "team/"):
        assert f'<form class="card card-body stack" method="post">{tab}' not in page(ana, "get", f"/cases/{wide.pk}/{tab}").text
        assert 'class="btn btn-primary"' not in page(ana, "get", f"/cases/{wide.pk}/{tab}").text


def test_the_unit_s_standing_file_is_found_from_the_list(ana):
    answer = page(ana, "post", "/cases/standing/")
    assert page(ana, "get", answer.url).status_code == 200


def test_the_same_deeds_over_the_machine_door(ana, sami, second):
    opened = api(ana, "post", "cases/", {"title": "Harbor Ledger", "team": [str(sami.pk)]})
    assert opened.status_code == 201
    address = f"cases/{opened.data['id']}/"
    assert set(opened.data) == {"id", "reference", "status", "audience"}
    assert [row["title"] for row in api(sami, "get", "cases/?mine=true").data["results"]] == ["Harbor Ledger"]
    detail = api(ana, "get", address).data
    assert (detail["lead"]["name"], detail["seen_by"][0]["sentence"]) == (ana.name, "The case team: 2 people")
    assert api(ana, "patch", address, {"summary": "Eleven shipments."}).data["status"] == "open"
    assert api(ana, "post", f"{address}team/", {"officer_id": str(second.pk)}).status_code == 200
    assert len(api(ana, "get", f"{address}team/").data) == 3
    assert api(ana, "delete", f"{address}team/{second.pk}/").status_code == 204
    written = api(ana, "post", f"{address}notes/", {"text": "Ask for the bills."})
    assert written.status_code == 201
    assert Note.objects.visible_to(ana).get().pk == written.data["id"] or str(Note.objects.visible_to(ana).get().pk) == written.data["id"]
    assert api(sami, "get", f"{address}notes/").data["results"][0]["text"] == "Ask for the bills."
    task = api(ana, "post", f"{address}tasks/", {"title": "Ask", "assignee_id": str(sami.pk)})
    assert api(sami, "post", f"tasks/{task.data['id']}/end/", {"state": "done"}).data["state"] == "done"
    assert api(sami, "get", f"{address}tasks/?state=done").data["results"][0]["title"] == "Ask"
    assert api(sami, "post", f"{address}lead/", {"officer_id": str(sami.pk)}).status_code == 200
    assert "casefiles.note.written" in [line["kind"] for line in api(sami, "get", f"{address}activity/").data["results"]]
    assert api(sami, "post", f"{address}close/", {"outcome": "charged", "reason": "Indicted."}).data["status"] == "closed"
    assert api(sami, "post", f"{address}reopen/", {"reason": "A new witness."}).data["status"] == "open"
    assert api(ana, "post", "cases/standing/", {}).data["audience"] == "unit"


def test_a_refusal_over_the_machine_door_says_the_rule_s_own_sentence(ana, case):
    refused = api(ana, "post", f"cases/{case.pk}/close/", {"outcome": "charged", "reason": "Indicted."})
    assert refused.status_code == 403
    assert refused.data["detail"] == "A case is closed and opened again by a supervisor of its unit or team."
    assert refused.data["type"] == "/problems/casefiles.supervisor-closes"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("cases/", {}),
        ("cases/", {"title": "x" * 200}),
        ("cases/", {"title": "x", "audience": "world"}),
        ("cases/", {"title": "a\x00b"}),
        ("cases/", {"title": "x", "team": ["nobody"]}),
        ("cases/{case}/notes/", {"text": ""}),
        ("cases/{case}/tasks/", {"title": "x", "assignee_id": "1", "due_on": "soon"}),
        ("cases/{case}/lead/", {"officer_id": None}),
    ],
)
def test_bad_input_over_the_machine_door_is_answered_with_what_is_wrong(ana, case, address, sent):
    answer = api(ana, "post", address.format(case=case.pk), sent)
    assert answer.status_code == 422
    assert answer.data["errors"]
