"""The same deeds at the machine door, and the same sentences on page, API and ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from portal.demo.cast import PASSWORD
from sharing.agreements import policy
from sharing.releases import rules
from sharing.releases.models import Release
from tests.sharing.releases.conftest import CODES, says

RELEASES = "/api/v1/releases/"
ABSENT = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def body(bela, casefile, item) -> dict[str, Any]:
    return {
        "casefile": str(casefile.pk), "recipient": str(bela.agency_id), "unit": str(bela.unit_id), "renditions": [str(item.pk)],
        "purpose": "investigation", "legal_basis": "Liaison agreement, art. 7", "conditions": ["purpose-only"], "header": "reference",
        "ends_at": (timezone.now() + timedelta(days=60)).isoformat(),
    }  # fmt: skip


def test_a_release_travels_by_programs_alone(machine_of, ana, sami, bela, casefile, agreement, item, body):
    ours, boss, theirs = machine_of(ana), machine_of(sami), machine_of(bela)
    choices = ours.get(f"{RELEASES}choices/", {"casefile": casefile.pk, "recipient": bela.agency_id}).json()
    assert [row["title"] for row in choices["renditions"]] == ["Invoice set, seven reefers"]
    assert str(bela.pk) in {row["id"] for row in choices["officers"]}
    asked = ours.post(f"{RELEASES}policy/", body)
    assert (asked.status_code, asked.json()["outcome"]) == (200, "with-conditions")
    assert not Release.objects.unscoped("a test looks").exists()

    made = ours.post(RELEASES, body)
    assert made.status_code == 201
    place = f"{RELEASES}{made.json()['id']}/"
    assert ours.post(f"{place}request/").json()["status"] == "awaiting"
    assert ours.get(place).json()["why_not_decide"] == str(rules.OWN_REQUEST.text)

    assert [row["id"] for row in boss.get(RELEASES, {"side": "approvals"}).json()["results"]] == [made.json()["id"]]
    seen = boss.get(place).json()
    assert seen["why_not_decide"] == ""
    assert boss.get(f"{place}policy/").json()["outcome"] == "with-conditions"
    wrong = boss.post(f"{place}approve/", {"content_hash": "0" * 64, "proof": {"password": PASSWORD}})
    assert wrong.status_code == 403
    done = boss.post(f"{place}approve/", {"content_hash": seen["content_hash"], "proof": {"password": PASSWORD}})
    assert (done.status_code, done.json()["status"]) == (200, "approved")

    assert [row["id"] for row in theirs.get(RELEASES, {"side": "received"}).json()["results"]] == [made.json()["id"]]
    cover = theirs.get(place).json()
    assert (cover["line_count"], cover["lines"], cover["casefile"], cover["officers"]) == (2, [], None, None)
    assert "no-court" in {condition["code"] for condition in cover["conditions"]}
    assert theirs.post(f"{place}accept/").status_code == 200
    lines = {line["title"] for line in theirs.get(place).json()["lines"]}
    assert lines == {"Invoice set, seven reefers", casefile.reference}

    assert ours.post(f"{place}recall/", {"reason": "It names a source."}).json()["status"] == "recalled"
    after = theirs.get(place).json()
    assert (after["lines"], after["standing"]) == ([], rules.NOT_NOW.render({"status": "Recalled"}))
    assert "source" not in str(after)


def test_the_sentence_is_one_on_page_api_and_ledger(machine_of, browser_of, ana, otto, casefile, body):
    body |= {"recipient": str(otto.agency_id), "unit": str(otto.unit_id)}
    ours = machine_of(ana)
    place = f"{RELEASES}{ours.post(RELEASES, body).json()['id']}/"
    said = policy.NO_AGREEMENT.render({"giver": "NFIS", "taker": "PJ"})
    refused = ours.post(f"{place}request/")
    assert refused.status_code == 403
    assert (refused.json()["type"], refused.json()["detail"]) == ("/problems/policy.no-agreement", said)
    assert said in browser_of(ana).get(place.replace("/api/v1", "")).content.decode()
    assert ours.get(f"{place}policy/").json()["steps"][0]["said"] == said
    assert Event.objects.filter(decision=policy.NO_AGREEMENT.code, actor_id=ana.pk).exists()


def test_a_post_repeated_with_its_key_does_nothing_twice(machine_of, ana, agreement, body):
    ours = machine_of(ana)
    answers = [ours.post(RELEASES, body, headers={"Idempotency-Key": "one"}) for _time in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Release.objects.unscoped("a test looks").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipient": ABSENT}, "recipient"),
        ({"unit": ABSENT}, "unit"),
        ({"renditions": [ABSENT]}, "renditions"),
        ({"officers": [ABSENT], "unit": None}, "officers"),
        ({"purpose": ""}, "purpose"),
        ({"legal_basis": " "}, "legal_basis"),
        ({"ends_at": None}, "ends_at"),
        ({"conditions": ["gossip"]}, "conditions"),
        ({"renditions": "all"}, "renditions"),
        ({"cover_note": "x" * 1_001}, "cover_note"),
        ({"legal_basis": "a\x00b"}, "legal_basis"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(machine_of, ana, agreement, body, change, field):
    answer = machine_of(ana).post(RELEASES, body | change)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"]
    assert not Release.objects.unscoped("a test looks").exists()


def test_one_does_not_choose_what_one_does_not_see(machine_of, ana, bela, agreement, body):
    apart = casefiles.open_case(officer=bela, title="Porto Frio")
    hidden = intelligence.record_item(officer=bela, casefile_id=apart.pk, title="Dock foreman", paragraphs=[says("He saw it.")], **CODES)
    answers = [machine_of(ana).post(RELEASES, body | {"renditions": [pk]}).json() for pk in (str(hidden.pk), ABSENT)]
    assert answers[0]["errors"] == answers[1]["errors"] == {"renditions": str(rules.NOT_OF_THIS_CASE.text)}


def test_hidden_and_absent_releases_answer_alike(machine_of, otto, petra, asked):
    release = asked()
    for stranger in (otto, petra):
        machine = machine_of(stranger)
        for deed in ("", "policy/"):
            found = [machine.get(f"{RELEASES}{pk}/{deed}") for pk in (release.pk, ABSENT)]
            assert [answer.status_code for answer in found] == [404, 404]
            assert len({str(answer.json() | {"request_id": ""}) for answer in found}) == 1
        for deed in ("request", "withdraw", "accept"):
            assert machine.post(f"{RELEASES}{release.pk}/{deed}/").status_code == 404
        assert machine.post(f"{RELEASES}{release.pk}/recall/", {"reason": "x"}).status_code == 404


def test_nothing_of_the_inside_reaches_the_other_side(machine_of, browser_of, ana, sami, bela, breno, casefile, received, other_item):
    release = received(conditions=["tell-outcome"])
    canaries = [
        casefile.title, casefile.reference, str(casefile.pk), other_item.title, str(other_item.pk), ana.name, str(ana.pk), sami.name,
        str(sami.pk), breno.name, str(breno.pk),
    ]  # fmt: skip
    machine, browser = machine_of(bela), browser_of(bela)
    served = [
        machine.get(f"{RELEASES}{release.pk}/").content, machine.get(RELEASES, {"side": "received"}).content, machine.get(RELEASES).content,
        browser.get(f"/releases/{release.pk}/").content, browser.get("/releases/?side=received").content, browser.get("/releases/").content,
    ]  # fmt: skip
    for answer in served:
        for canary in canaries:
            assert canary not in answer.decode()
