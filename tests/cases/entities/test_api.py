"""Mentions and subjects at the machine door."""

import pytest

from cases.entities import actions
from cases.entities.models import Mention
from cases.intelligence import actions as intelligence
from tests.cases.doors import machine_of
from tests.cases.entities.conftest import LAGOON, note
from tests.cases.intelligence.conftest import said
from tests.cases.released import released


def sent(item, **changes):
    return {"rendition_id": str(item.pk), "etype": "person", "name": "Dario Quintelas", "identifiers": [LAGOON]} | changes


def test_mentions_are_noted_listed_and_taken_over_by_a_machine(ana, case, item):
    machine = machine_of(ana)
    made = machine.post("/api/v1/mentions/", sent(item, attributes={"aliases": ["Tio"]}))
    assert made.status_code == 201
    assert set(made.json()) == {"id", "made_at"}
    for query in (f"rendition={item.pk}", f"case={case.pk}", f"case={case.pk}&q=quintelas&etype=person"):
        (row,) = machine.get(f"/api/v1/mentions/?{query}").json()["results"]
        assert (row["id"], row["attributes"], row["identifiers"][0]["normalised"]) == (
            made.json()["id"],
            {"aliases": ["Tio"]},
            "+999550147720",
        )
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Typing error.", **said())
    taken = machine.post("/api/v1/mentions/take-over/", {"rendition_id": str(newer.pk), "from_rendition_id": str(item.pk)})
    assert len(taken.json()["ids"]) == 1


def test_subjects_are_made_read_changed_and_taken_back_by_a_machine(ana, item):
    machine, first, second = machine_of(ana), note(ana, item), note(ana, item, name="Tio")
    made = machine.post("/api/v1/subjects/", {"mention_ids": [str(first.pk)], "label": "The driver"})
    assert made.status_code == 201
    path = f"/api/v1/subjects/{made.json()['id']}/"
    assert [row["id"] for row in machine.get(path).json()["alike"]] == [str(second.pk)]
    assert machine.post(f"{path}group/", {"mention_ids": [str(second.pk)]}).status_code == 200
    assert machine.patch(path, {"category": "suspect"}).status_code == 403
    assert machine.patch(path, {"category": "suspect", "category_reason": "Seen at the quay."}).status_code == 200
    shown = machine.get(path).json()
    assert (shown["category"], len(shown["mentions"]), shown["facts"][0]["value"]) == ("suspect", 2, "Dario Quintelas")
    assert machine.delete(f"{path}mentions/{second.pk}/").status_code == 204
    assert machine.delete(f"{path}mentions/{second.pk}/").status_code == 404
    (row,) = machine.get("/api/v1/subjects/?q=driver").json()["results"]
    assert row["mentions"] == 1


def test_who_hears_of_a_match_is_said_by_a_machine(ana, case):
    machine = machine_of(ana)
    assert machine.post(f"/api/v1/cases/{case.pk}/notice-mode/", {"notice_mode": "both"}).json() == {
        "id": str(case.pk),
        "notice_mode": "both",
    }
    assert machine.post(f"/api/v1/cases/{case.pk}/notice-mode/", {"notice_mode": "all"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"etype": "ghost"}, 422),
        ({"name": ""}, 422),
        ({"name": "x" * 301}, 422),
        ({"name": "nul\x00"}, 422),
        ({"paragraph": 0}, 422),
        ({"paragraph": "first"}, 422),
        ({"identifiers": [{"type": "ghost", "raw": "1"}]}, 422),
        ({"identifiers": [{"type": "phone", "raw": "--"}]}, 422),
        ({"identifiers": [LAGOON] * 51}, 422),
        ({"identifiers": "text"}, 422),
        ({"attributes": {"aliases": "Tio"}}, 422),
        ({"rendition_id": "nonsense"}, 422),
        ({"rendition_id": "00000000-0000-4000-8000-000000000000"}, 404),
    ],
)
def test_bad_input_is_a_problem_and_nothing_is_kept(ana, item, changes, status):
    answer = machine_of(ana).post("/api/v1/mentions/", sent(item, **changes))
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Mention.objects.visible_to(ana).exists()


@pytest.mark.parametrize("query", ["", "rendition=nonsense", "case=x", "case=00000000-0000-4000-8000-000000000000&rendition=x"])
def test_mentions_are_those_of_a_rendition_or_of_a_case(ana, query):
    assert machine_of(ana).get(f"/api/v1/mentions/?{query}").status_code == 422


def test_a_released_rendition_takes_no_mention(ana, bela, item):
    released(item, bela)
    problem = machine_of(ana).post("/api/v1/mentions/", sent(item))
    assert (problem.status_code, problem.json()["type"]) == (409, "/problems/entities.has-left")


def test_a_partner_gets_mentions_without_judgements(ana, bela, item):
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk], label="CANARY judgement")
    released(item, bela)
    machine = machine_of(bela)
    (row,) = machine.get(f"/api/v1/mentions/?rendition={item.pk}").json()["results"]
    assert row["subjects"] == []
    assert machine.get("/api/v1/subjects/").json()["results"] == []
    for answer in (
        machine.get(f"/api/v1/subjects/{subject.pk}/"),
        machine.patch(f"/api/v1/subjects/{subject.pk}/", {"label": "Mine"}),
        machine.post(f"/api/v1/subjects/{subject.pk}/group/", {"mention_ids": [row["id"]]}),
        machine.delete(f"/api/v1/subjects/{subject.pk}/mentions/{row['id']}/"),
    ):
        assert answer.status_code == 404
        assert "CANARY" not in answer.content.decode()
