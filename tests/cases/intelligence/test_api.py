"""Intelligence at the machine door."""

import pytest

from cases.intelligence import rules
from cases.records.models import Rendition
from tests.cases.doors import machine_of
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released


def sent(case, **changes):
    facts = said(**changes)
    return facts | {"case_id": str(case.pk), "dated_on": str(facts["dated_on"])}


def test_an_item_is_recorded_corrected_torn_off_and_read_by_a_machine(ana, case):
    machine = machine_of(ana)
    made = machine.post("/api/v1/intelligence/", sent(case))
    assert made.status_code == 201
    item = made.json()["id"]
    assert BERTH["text"] not in made.content.decode()

    shown = machine.get(f"/api/v1/intelligence/{item}/").json()
    assert [part["words"] for part in shown["paragraphs"]] == [
        "Usually reliable; Probably true",
        "Usually reliable; Confirmed by other independent sources",
    ]
    assert (shown["case"], shown["agency"], shown["newer"]) == (str(case.pk), "NFIS", None)

    corrected = machine.post(f"/api/v1/intelligence/{item}/correct/", sent(case) | {"reason": "Wrong ship."})
    assert corrected.status_code == 201
    assert machine.get(f"/api/v1/intelligence/{item}/").json()["newer"] == corrected.json()["id"]
    assert machine.post(f"/api/v1/intelligence/{item}/tear-line/", sent(case)).status_code == 201

    for path in ("/api/v1/intelligence/", f"/api/v1/intelligence/?case={case.pk}"):
        (row,) = machine.get(path).json()["results"]
        assert (row["id"], row["grade"]["source_code"]) == (corrected.json()["id"], "B")


def test_the_same_key_records_once(ana, case):
    machine = machine_of(ana)
    answers = [machine.post("/api/v1/intelligence/", sent(case), headers={"Idempotency-Key": "one"}) for _twice in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Rendition.objects.visible_to(ana).count() == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"paragraphs": []}, 422),
        ({"paragraphs": "text"}, 422),
        ({"paragraphs": [{"text": "No grade."}]}, 422),
        ({"paragraphs": [BERTH | {"source_code": "Q"}]}, 422),
        ({"paragraphs": [BERTH] * 51}, 422),
        ({"paragraphs": [BERTH | {"text": "nul\x00"}]}, 422),
        ({"handling_code": "H9"}, 422),
        ({"handling_code": "H0"}, 422),
        ({"handling_scheme": "nonsense"}, 422),
        ({"handling_code": "H3", "handling_text": "x" * 501}, 422),
        ({"title": ""}, 422),
        ({"title": None}, 422),
        ({"case_id": "nonsense"}, 422),
        ({"case_id": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"dated_on": "2026-13-01"}, 422),
        ({"language": "klingonese"}, 422),
    ],
)
def test_bad_input_is_a_problem_and_nothing_is_kept(ana, case, changes, status):
    answer = machine_of(ana).post("/api/v1/intelligence/", sent(case) | changes)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Rendition.objects.visible_to(ana).exists()


def test_the_sentence_is_the_rules_own(ana, case):
    problem = machine_of(ana).post("/api/v1/intelligence/", sent(case, handling_code="H0")).json()
    assert problem["type"] == f"/problems/{rules.TOO_WEAK.code}"
    assert "not for court" in problem["detail"]


def test_a_stranger_finds_nothing(otto, bela, case, item):
    released(item, bela)
    machine = machine_of(otto)
    assert machine.get("/api/v1/intelligence/").json()["results"] == []
    for answer in (
        machine.get(f"/api/v1/intelligence/{item.pk}/"),
        machine.get(f"/api/v1/intelligence/?case={case.pk}"),
        machine.post("/api/v1/intelligence/", sent(case)),
        machine.post(f"/api/v1/intelligence/{item.pk}/correct/", sent(case) | {"reason": "Mine."}),
        machine.post(f"/api/v1/intelligence/{item.pk}/tear-line/", sent(case)),
    ):
        assert answer.status_code == 404
        assert case.reference not in answer.content.decode()


def test_a_partner_gets_the_item_without_its_case_or_author(ana, bela, case, item):
    released(item, bela)
    text = machine_of(bela).get(f"/api/v1/intelligence/{item.pk}/").content.decode()
    assert BERTH["text"] in text
    for hidden in (str(case.pk), case.reference, ana.name, str(ana.pk)):
        assert hidden not in text
