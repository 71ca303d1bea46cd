"""The same deeds at the page and at the machine door."""

from __future__ import annotations

from portal.demo.cast import PASSWORD
from sharing.agreements import rules
from sharing.agreements.models import Agreement, Version

TYPED = {
    "kind": "treaty", "onward": "group", "evidence": "yes",
    "title": "Mutual assistance treaty", "reference": "MLAT 2026/1", "starts_on": "2026-01-01", "ends_on": "2028-12-31",
    "handling_codes": ["europol:H0", "europol:H1"], "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-number": "12",
    "form-0-text": "Money laundering.", "form-0-purposes": ["investigation"], "form-1-number": "", "form-1-text": "",
}  # fmt: skip


PROVEN = {"proof_password": PASSWORD}


def to_sign() -> str:
    return Version.objects.waiting().get().content_hash


def only() -> Agreement:
    return Agreement.objects.unscoped("a test looks").get()


def test_an_agreement_is_drafted_signed_and_suspended_on_the_page(browser_of, sami, breno):
    ours, theirs = browser_of(sami), browser_of(breno)
    assert ours.get("/agreements/new/").status_code == 200
    assert ours.post("/agreements/new/", TYPED | {"parties": [str(breno.agency_id)]}).status_code == 302
    place = f"/agreements/{only().pk}/"
    for browser in (ours, theirs):
        assert b"Sign for your agency" in browser.get(place).content
        assert browser.post(f"{place}sign/").status_code == 403
        assert browser.post(f"{place}sign/", PROVEN | {"content_hash": to_sign()}).status_code == 302
    assert only().status == "in-force"
    page = theirs.get(place).content.decode()
    assert "Article 12" in page
    assert "Not for court" in page
    assert theirs.post(f"{place}suspend/", {"reason": ""}).status_code == 422
    theirs.post(f"{place}suspend/", {"reason": "A leak is being looked into."})
    page = ours.get(place).content.decode()
    assert "Suspended by SIC" in page
    assert "A leak is being looked into." in page
    assert "Resume" not in page
    assert "Mutual assistance treaty" in ours.get("/agreements/").content.decode()


def test_what_was_typed_is_kept_when_something_is_missing(browser_of, sami, breno):
    page = browser_of(sami).post("/agreements/new/", TYPED | {"title": ""})
    assert page.status_code == 422
    assert "Money laundering." in page.content.decode()
    more = browser_of(sami).post("/agreements/new/", TYPED | {"more": "1"})
    assert more.status_code == 200
    assert "form-3-number" in more.content.decode()
    assert "Money laundering." in more.content.decode()


def test_a_stranger_gets_the_same_answer_for_hidden_and_absent(browser_of, machine_of, otto, agreement, sami):
    absent = "00000000-0000-4000-8000-000000000000"
    browser, machine = browser_of(otto), machine_of(otto)
    for place in (f"/agreements/{agreement.pk}/", f"/agreements/{absent}/"):
        assert browser.get(place).status_code == 404
        assert browser.post(f"{place}sign/").status_code == 404
    answers = [machine.get(f"/api/v1/agreements/{pk}/").json() | {"request_id": ""} for pk in (agreement.pk, absent)]
    assert answers[0] == answers[1]
    assert machine.get("/api/v1/agreements/").json()["results"] == []


def test_a_program_drafts_signs_and_suspends(machine_of, sami, breno):
    ours, theirs = machine_of(sami), machine_of(breno)
    made = ours.post(
        "/api/v1/agreements/",
        {
            "title": "Treaty", "reference": "T 1", "parties": [str(sami.agency_id), str(breno.agency_id)], "handling_codes": ["europol:H1"],
            "articles": [{"number": "1", "text": "All.", "purposes": ["investigation"]}], "starts_at": "2026-01-01T00:00:00Z",
        },
    )  # fmt: skip
    assert made.status_code == 201
    place = f"/api/v1/agreements/{made.json()['id']}/"
    assert ours.post(f"{place}sign/").status_code == 422
    body = {"content_hash": ours.get(place).json()["waiting"]["content_hash"], "proof": {"password": PASSWORD}}
    assert ours.post(f"{place}sign/", body | {"content_hash": "0" * 64}).status_code == 403
    assert ours.post(f"{place}sign/", body).json()["status"] == "draft"
    assert theirs.post(f"{place}sign/", body).json()["status"] == "in-force"
    assert theirs.post(f"{place}suspend/", {}).status_code == 422
    assert theirs.post(f"{place}suspend/", {"reason": "A leak."}).json()["status"] == "suspended"
    refused = ours.post(f"{place}resume/", {"reason": "We need it."})
    assert refused.status_code == 403
    assert refused.json()["type"] == f"/problems/{rules.OTHER_PARTY_SUSPENDED.code}"
    seen = ours.get(place).json()
    assert (seen["status"], seen["suspended_by"], seen["deeds"]) == ("suspended", str(breno.agency_id), ["end"])


def test_a_flaw_is_said_at_its_field(machine_of, sami):
    body = {
        "title": "Treaty", "reference": "T 1", "parties": [str(sami.agency_id)], "handling_codes": ["europol:H1"],
        "articles": [{"number": "1", "text": "All.", "purposes": ["investigation"]}], "starts_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    answer = machine_of(sami).post("/api/v1/agreements/", body)
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"parties": str(rules.TWO_PARTIES.text)}


def test_a_list_of_agreements_takes_few_queries(browser_of, sami, agreement, agreement_with_fiscalia, django_assert_max_num_queries):
    browser = browser_of(sami)
    browser.get("/agreements/")
    with django_assert_max_num_queries(22):
        browser.get("/agreements/")


ROW = {
    "contact-TOTAL_FORMS": "1", "contact-INITIAL_FORMS": "0", "contact-0-role": "desk", "contact-0-name": "Duty desk",
    "contact-0-telephone": "+000 1", "contact-0-time_zone": "America/Bogota", "level-TOTAL_FORMS": "1", "level-INITIAL_FORMS": "0",
    "level-0-level": "Reservada", "level-0-other_level": "Restricted",
}  # fmt: skip


def test_terms_are_typed_read_and_amended_on_the_page(browser_of, sami, breno):
    ours, theirs = browser_of(sami), browser_of(breno)
    rows = ROW | {"contact-0-agency": str(breno.agency_id), "level-0-agency": str(breno.agency_id), "level-0-other": str(sami.agency_id)}
    terms = {"offences": ["0704"], "retention_months": "18", "conditions": ["no-death-penalty"], "their_codes": ["europol:H0"]}
    assert ours.post("/agreements/new/", TYPED | terms | rows | {"parties": [str(breno.agency_id)]}).status_code == 302
    place = f"/agreements/{only().pk}/"
    for browser in (ours, theirs):
        browser.post(f"{place}sign/", PROVEN | {"content_hash": to_sign()})
    page = theirs.get(place).content.decode()
    for said in (
        "18 months",
        "Duty desk",
        "SIC may give",
        "Reservada",
        "Not for proceedings that may lead to the death penalty",
        "Version 1",
    ):
        assert said in page
    form = theirs.get(f"{place}amend/").content.decode()
    assert "Duty desk" in form
    typed = {name: TYPED[name] for name in ("kind", "onward", "evidence", "handling_codes")} | {"retention_months": "6"}
    assert theirs.post(f"{place}amend/", typed).status_code == 422
    assert theirs.post(f"{place}amend/", typed | {"changed": "Kept for six months.", "reason": "A new law."}).status_code == 302
    assert "An amendment waits for signatures" in ours.get(place).content.decode()
    for browser in (ours, theirs):
        browser.post(f"{place}sign/", PROVEN | {"content_hash": to_sign()})
    assert "6 months" in ours.get(place).content.decode()
    first = only().versions.get(number=1)
    assert "A newer version is in force: version 2." in ours.get(f"/agreements/versions/{first.pk}/").content.decode()


def test_a_program_amends_and_reads_versions(machine_of, sami, breno, otto, agreement):
    ours, place = machine_of(sami), f"/api/v1/agreements/{agreement.pk}/"
    now = ours.get(place).json()["version"]
    body = {"terms": now["terms"] | {"retention_months": 6}, "changed": "Kept for six months.", "reason": "A new law."}
    made = ours.post(f"{place}amend/", body)
    assert made.status_code == 201
    assert ours.post(f"{place}amend/", body).status_code == 409
    signing = {"content_hash": made.json()["content_hash"], "proof": {"password": PASSWORD}}
    for machine in (ours, machine_of(breno)):
        assert machine.post(f"{place}sign/", signing).status_code == 200
    first = ours.get(f"/api/v1/agreement-versions/{now['id']}/").json()
    assert (first["number"], first["in_force"]) == (1, 2)
    second = ours.get(f"/api/v1/agreement-versions/{made.json()['id']}/").json()
    assert (second["changes"], [row["name"] for row in second["signatures"]]) == (["retention_months"], ["NFIS", "SIC"])
    hidden, absent = (machine_of(otto).get(f"/api/v1/agreement-versions/{pk}/") for pk in (now["id"], agreement.pk))
    assert (hidden.status_code, hidden.json() | {"request_id": ""}) == (404, absent.json() | {"request_id": ""})
    bad = {"terms": now["terms"] | {"offences": ["nope"]}, "changed": "x", "reason": "y"}
    assert ours.post(f"{place}amend/", bad).json()["errors"] == {"offences": str(rules.UNKNOWN_TERM.text)}
