"""The main job once more, by programs alone over HTTP: the same deeds, the same sentences."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import Officer
from audit.models import Event
from portal.demo.cast import PASSWORD
from sharing.releases import rules
from tests.journeys.machine import Answer, Machine

TEXT, LATER_TEXT = "A driver who calls himself Tio travels by Bahía Larga.", "The foreman's son saw the driver twice."
PARAGRAPH = {"text": TEXT, "scheme": "admiralty", "source_code": "B", "information_code": "2"}
STEPS = [
    "casefiles.casefile.opened", "intelligence.item.recorded", "entities.mention.noted", "releases.policy.asked",
    "releases.release.drafted", "releases.release.requested", "accounts.proof.failed", "accounts.proof.given",
    "releases.release.approved", "releases.release.accepted", "intelligence.item.viewed", "intelligence.item.corrected",
    "releases.release.recalled",
]  # fmt: skip


@pytest.fixture
def program_of(live_portal: str) -> Callable[[Officer], Machine]:
    return lambda officer: Machine(live_portal, make_token(officer=officer, name="a program", days=1)[1])


def made(answer: Answer, status: int = 201) -> Any:
    assert answer.status == status, answer.body
    return answer.body


def refused(answer: Answer, status: int, code: str) -> str:
    """As RFC 9457 has it; the sentence."""
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert (answer.body["status"], answer.body["type"]) == (status, f"/problems/{code}")
    return str(answer.body["detail"])


def test_a_release_travels_and_is_taken_back_by_programs_alone(program_of, agreement, ana, sami, bela):
    ours, boss, theirs = program_of(ana), program_of(sami), program_of(bela)
    case = made(ours.post("cases/", {"title": "Harbor Ledger", "team": [str(sami.pk)]}))["id"]
    item = recorded(ours, case)
    release = asked_for(ours, case, item, bela)
    approved(ours, boss, release)
    accepted_and_read(theirs, release, item)
    assert_later_words_stay(ours, theirs, item)
    taken_back(boss, theirs, release, item)
    kinds = iter(Event.objects.order_by("at", "pk").values_list("kind", flat=True))
    assert [step for step in STEPS if step not in kinds] == []


def recorded(ours: Machine, case: str) -> str:
    body = {"case_id": case, "title": "Driver of the white lorry", "handling_code": "H1", "paragraphs": [PARAGRAPH]}
    first, again = (ours.post("intelligence/", body, key="item-1") for _time in range(2))
    assert made(first) == made(again)
    assert again.headers["Idempotency-Replayed"] == "true"
    refused(ours.post("intelligence/", body | {"title": "Another"}, key="item-1"), 422, "accounts.idempotency-key-reused")
    assert [row["id"] for row in made(ours.get(f"intelligence/?case={case}"), 200)["results"]] == [first.body["id"]]
    number = {"type": "phone", "raw": "+99 55 014 7720"}
    made(ours.post("mentions/", {"rendition_id": first.body["id"], "etype": "phone", "name": "The Lagoon number", "identifiers": [number]}))
    return str(first.body["id"])


def asked_for(ours: Machine, case: str, item: str, bela: Officer) -> str:
    plan = {
        "casefile": case, "recipient": str(bela.agency_id), "unit": str(bela.unit_id), "renditions": [item], "purpose": "investigation",
        "legal_basis": "Article 7 of the liaison agreement", "ends_at": (timezone.now() + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    assert made(ours.post("releases/policy/", plan | {"purpose": "prevention"}), 200)["outcome"] == "refused"
    assert made(ours.post("releases/policy/", plan), 200)["outcome"] == "with-conditions"
    missing = ours.post("releases/", plan | {"legal_basis": ""})
    assert (missing.status, list(missing.body["errors"])) == (422, ["legal_basis"])
    release = made(ours.post("releases/", plan, key="release-1"))["id"]
    assert made(ours.post(f"releases/{release}/request/", key="request-1"), 200)["status"] == "awaiting"
    return str(release)


def approved(ours: Machine, boss: Machine, release: str) -> None:
    place = f"releases/{release}/"
    seen = made(boss.get(place), 200)["content_hash"]
    proof = {"content_hash": seen, "proof": {"password": PASSWORD}}
    own = refused(ours.post(f"{place}approve/", proof), 403, "releases.own-request")
    assert own == made(ours.get(place), 200)["why_not_decide"] == str(rules.OWN_REQUEST.text)
    refused(boss.post(f"{place}approve/", proof | {"proof": {"password": "a guess"}}), 403, "accounts.proof-failed")
    refused(boss.post(f"{place}approve/", proof | {"content_hash": "0" * 64}), 403, "accounts.proof-not-for-this")
    first, again = (boss.post(f"{place}approve/", proof, key="approve-1") for _time in range(2))
    assert made(first, 200)["status"] == "approved"
    assert (again.body, again.headers["Idempotency-Replayed"]) == (first.body, "true")


def accepted_and_read(theirs: Machine, release: str, item: str) -> None:
    [row] = made(theirs.get("releases/?side=received"), 200)["results"]
    assert row["id"] == release
    refused(theirs.get(f"intelligence/{item}/"), 404, "not-found")
    made(theirs.post(f"releases/{release}/accept/"), 200)
    assert [line["rendition"] for line in made(theirs.get(f"releases/{release}/"), 200)["lines"]] == [item]
    assert [part["text"] for part in made(theirs.get(f"intelligence/{item}/"), 200)["paragraphs"]] == [TEXT]


def assert_later_words_stay(ours: Machine, theirs: Machine, item: str) -> None:
    corrected = {
        "title": "Driver",
        "handling_code": "H1",
        "reason": "A second interview.",
        "paragraphs": [PARAGRAPH | {"text": LATER_TEXT}],
    }
    newer = made(ours.post(f"intelligence/{item}/correct/", corrected))["id"]
    refused(theirs.get(f"intelligence/{newer}/"), 404, "not-found")
    shown = made(theirs.get(f"intelligence/{item}/"), 200)
    assert ([part["text"] for part in shown["paragraphs"]], shown["versions"], shown["newer"]) == ([TEXT], [item], None)
    assert [row["id"] for row in made(theirs.get("intelligence/"), 200)["results"]] == [item]


def taken_back(boss: Machine, theirs: Machine, release: str, item: str) -> None:
    readings = made(boss.get(f"releases/{release}/"), 200)["readings"]
    assert {(reading["agency"], reading["roles"]) for reading in readings} == {("SIC", "Investigator")}
    made(boss.post(f"releases/{release}/recall/", {"reason": "The source is at risk."}), 200)
    refused(theirs.get(f"intelligence/{item}/"), 404, "not-found")
    refused(theirs.get(f"mentions/?rendition={item}"), 404, "not-found")
    cover = made(theirs.get(f"releases/{release}/"), 200)
    assert (cover["status"], cover["lines"]) == ("recalled", [])
    assert "at risk" not in str(cover)


def test_a_token_made_in_settings_opens_the_machine_door_until_it_is_ended(live_portal, sit, sami):
    desk = sit("sami")
    desk.sign_in()
    desk.go("/account/security/")
    desk.make_token("Nightly export")
    program = Machine(live_portal, desk.page.locator(".mono.kept").inner_text())
    assert program.get("cases/").status == 200
    desk.press("End Nightly export")
    desk.is_told("The token is ended.")
    assert program.get("cases/").status == 401
