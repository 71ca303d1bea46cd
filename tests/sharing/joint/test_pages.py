"""A joint case at the pages and at the machine door, from the first signature to the day trust ends."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.demo.cast import PASSWORD
from sharing.agreements import actions as agreements
from sharing.joint import actions
from sharing.joint.models import JointCase
from tests.answers import body
from tests.cast import fresh
from tests.sharing.joint.conftest import recorded, seat


def test_sami_opens_breno_joins_and_names_bela_both_give_and_the_agreement_is_suspended(pact, browser_of, sami, breno, ana, bela):
    host, partner, investigator = browser_of(sami), browser_of(breno), browser_of(bela)
    typed = {
        "agreement": pact.pk, "partners": [breno.agency_id], "purpose": "investigation", "title": "Two Harbours", "summary": "Reefers.",
    }  # fmt: skip
    answer = host.post(reverse("joint:new"), typed)
    joint = JointCase.objects.visible_to(sami).get()
    page = reverse("joint:one", args=[joint.pk])
    assert (answer.status_code, answer["Location"]) == (302, page)
    cover = body(partner.get(page))
    assert "Two Harbours" not in cover
    assert "Liaison" not in cover
    assert joint.reference in cover
    assert investigator.get(page).status_code == 404
    partner.post(reverse("joint:join", args=[joint.pk]))
    partner.post(reverse("joint:admit", args=[joint.pk]), {"member": bela.pk})
    host.post(reverse("joint:admit", args=[joint.pk]), {"member": ana.pk})
    inside = body(investigator.get(page))
    for word in ("Two Harbours", "Seen by officers of", "NFIS", "SIC", ana.name):
        assert word in inside
    investigator.post(page, {"text": "Visto no cais.", "kind": "note"})
    given = [recorded(officer, joint, title) for officer, title in ((ana, "Reefer list"), (bela, "Lista"))]
    for officer, rendition in zip((ana, bela), given, strict=True):
        answer = browser_of(officer).post(reverse("joint:give", args=[joint.pk, rendition.pk]))
        seen_by, waits = {ana: host, bela: partner}[officer], answer["Location"]
        assert rendition.title not in body({ana: investigator, bela: host}[officer].get(page))
        asked = body(seen_by.get(waits))
        assert "Your decision" in asked
        typed = {"content_hash": re.search(r'name="content_hash" value="(\w+)"', asked)[1], "proof_password": PASSWORD}
        assert seen_by.post(f"{waits}approve/", typed | {"proof_password": "wrong"}).status_code == 403
        assert seen_by.post(f"{waits}approve/", typed)["Location"] == waits
        assert "Approved by" in body(browser_of(officer).get(waits))
    shown = body(browser_of(ana).get(page))
    for word in ("Visto no cais.", "Reefer list", "Lista"):
        assert word in shown
    item = reverse("intelligence:item", args=[given[0].pk])
    assert investigator.get(item).status_code == 200
    agreements.suspend_agreement(officer=sami, agreement_id=pact.pk, reason="A leak is feared.")
    for address in (page, item, reverse("records:record", args=[given[0].record_id])):
        assert investigator.get(address).status_code == 404
    assert "Two Harbours" not in body(investigator.get(reverse("joint:list")))


def test_a_reason_that_is_too_long_comes_back_and_nothing_is_withdrawn(joint, browser_of, ana):
    asked = actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=recorded(ana, joint).pk)
    answer = browser_of(ana).post(reverse("joint:withdraw", args=[joint.pk, asked.pk]), {"reason": "x" * 501})
    assert answer.status_code == 422
    assert "at most 500 characters" in body(answer)
    assert actions.open_contribution(officer=fresh(ana), joint_id=joint.pk, contribution_id=asked.pk).waits


def test_a_wrong_form_comes_back_with_what_was_typed_and_what_is_wrong(pact, browser_of, sami, joint, breno):
    answer = browser_of(sami).post(
        reverse("joint:new"), {"agreement": pact.pk, "partners": [breno.agency_id], "purpose": "prosecution", "title": "Two Harbours"}
    )
    assert answer.status_code == 422
    assert "No article of this agreement covers this purpose." in body(answer)
    for address, typed in (
        (reverse("joint:one", args=[joint.pk]), {"text": ""}),
        (reverse("joint:admit", args=[joint.pk]), {"member": breno.pk}),
    ):
        assert browser_of(sami).post(address, typed).status_code == 422


def test_a_program_does_the_same(pact, machine_of, sami, breno, bela):
    host, partner, member = machine_of(sami), machine_of(breno), machine_of(bela)
    made = host.post("/api/v1/joint-cases/", {
        "agreement_id": pact.pk, "partner_ids": [breno.agency_id], "purpose": "investigation", "title": "Two Harbours",
    })  # fmt: skip
    assert made.status_code == 201
    address = f"/api/v1/joint-cases/{made.json()['id']}/"
    assert partner.get(address).json() | {"inside": False, "title": "", "entries": [], "contributions": []} == partner.get(address).json()
    assert partner.post(f"{address}join/").status_code == 200
    admission = partner.post(f"{address}team/", {"member_id": bela.pk})
    assert admission.status_code == 201
    assert host.post(f"{address}team/", {"member_id": bela.pk}).status_code == 404
    assert member.post(f"{address}entries/", {"text": "Visto."}).status_code == 201
    seen = member.get(address).json()
    assert (seen["inside"], seen["title"], seen["entries"][0]["text"]) == (True, "Two Harbours", "Visto.")
    joint = JointCase.objects.visible_to(sami).get()
    assert seen["file"] == str(seat(joint, bela).casefile_id)
    rendition = recorded(bela, joint)
    given = member.post(f"{address}contributions/", {"rendition_id": rendition.pk})
    assert given.status_code == 201
    line = f"{address}contributions/{given.json()['id']}/"
    assert host.get(address).json()["contributions"] == host.get(address).json()["waiting"] == []
    assert [each["title"] for each in member.get(address).json()["waiting"]] == ["Reefer list"]
    assert host.get(line).status_code == host.delete(line).status_code == 404
    waits = partner.get(line).json()
    assert (waits["to"], waits["allowed"], waits["may_approve"], member.get(line).json()["may_approve"]) == (["NFIS"], True, True, False)
    confirmed = {"content_hash": waits["content_hash"], "proof": {"password": PASSWORD}}
    assert member.post(f"{line}approve/", confirmed).status_code == 403
    assert partner.post(f"{line}approve/", confirmed | {"content_hash": "0" * 64}).status_code == 403
    assert partner.post(f"{line}approve/", confirmed).status_code == 200
    assert partner.post(f"{line}approve/", confirmed).status_code == 409
    assert [each["title"] for each in host.get(address).json()["contributions"]] == ["Reefer list"]
    assert host.delete(f"{address}contributions/{given.json()['id']}/").status_code == 403
    assert member.delete(f"{address}contributions/{given.json()['id']}/").status_code == 204
    assert host.delete(f"{address}team/{admission.json()['id']}/").status_code == 204
    assert member.get(address).status_code == 404
    assert partner.post(f"{address}leave/").status_code == 200
    assert partner.get(address).status_code == 404


def test_a_list_asks_no_more_questions_for_more_cases(opened, pact, sami, breno):
    def asked() -> int:
        reader = fresh(sami)
        with CaptureQueriesContext(connection) as queries:
            actions.list_joint_cases(officer=reader)
        return len(queries)

    one = asked()
    for n in range(3):
        actions.open_joint_case(
            officer=sami, agreement_id=pact.pk, partner_ids=[breno.agency_id], purpose="investigation", title=f"Case {n}"
        )
    assert asked() == one <= 10
