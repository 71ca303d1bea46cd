"""Leaving a joint case: without consent nothing of the agency is seen, with consent exactly what was chosen; and declining late."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions as people
from accounts import proofs
from accounts.models import Officer
from accounts.roles import Deed, Role
from audit.models import Event
from cases.records.models import RecordGrant, Rendition
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from kernel.grants import Origin
from portal.demo.cast import PASSWORD
from sharing.agreements import actions as agreements
from sharing.joint import actions, rules
from sharing.joint.models import Contribution, JointCase
from sharing.releases import rules as releases_rules
from tests.answers import body
from tests.cases.asking import api, page
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.joint.conftest import cover, inside, recorded, sees
from tests.sharing.joint.giving import give

Given = dict[str, Contribution]


@pytest.fixture
def given(joint: JointCase, ana: Officer, bela: Officer, breno: Officer) -> Given:
    """Three that Bela asked to give and Breno approved, one that still waits."""
    three = {word: give(bela, breno, joint, recorded(bela, joint, f"{word} list")) for word in ("zqfirst", "zqsecond", "zqthird")}
    waits = actions.contribute(officer=fresh(bela), joint_id=joint.pk, rendition_id=recorded(bela, joint, "zqwaits list").pk)
    return three | {"zqwaits": waits}


def proof_of(officer: Officer, joint: JointCase) -> Any:
    seen = actions.view_leaving(officer=fresh(officer), joint_id=joint.pk).content_hash
    return proofs.check(fresh(officer), Deed.RELEASES_APPROVE, joint.pk, seen, {"proof_password": PASSWORD})


def leave(officer: Officer, joint: JointCase, *stay: Contribution, reason: str = "They go on with it.") -> JointCase:
    proof = proof_of(officer, joint) if stay else None
    return actions.leave_joint_case(officer=fresh(officer), joint_id=joint.pk, stay=[each.pk for each in stay], reason=reason, proof=proof)


def met(officer: Officer, joint: JointCase, given: Given) -> set[str]:
    """Which of the agency's words an officer meets: on pages, in answers, and looking for them."""
    client = Client()
    client.force_login(fresh(officer))
    addresses = ["/", reverse("joint:list"), reverse("joint:one", args=[joint.pk]), f"/api/v1/joint-cases/{joint.pk}/", "/api/v1/records/"]
    addresses += [reverse("records:list"), reverse("intelligence:list"), "/api/v1/intelligence/"]
    for line in given.values():
        addresses += [
            reverse("intelligence:item", args=[line.rendition_id]), reverse("records:record", args=[line.record_id]),
            reverse("joint:contribution", args=[joint.pk, line.pk]), f"/api/v1/intelligence/{line.rendition_id}/",
            f"/api/v1/records/{line.record_id}/", f"/api/v1/joint-cases/{joint.pk}/contributions/{line.pk}/",
        ]  # fmt: skip
    text = "".join(body(client.get(address)) for address in addresses)
    for word in given:
        for door in (reverse("records:list"), reverse("intelligence:list"), "/api/v1/records/", "/api/v1/intelligence/"):
            text += body(client.get(door, {"q": word}))
    return {word for word in given if f"{word} list" in text}


def test_without_consent_nothing_of_an_agency_that_left_is_seen_by_the_others(joint, given, ana, sami, bela, breno):
    assert met(ana, joint, given) == {"zqfirst", "zqsecond", "zqthird"}
    leave(breno, joint)
    for other in (ana, sami):
        assert met(other, joint, given) == set()
        assert not any(sees(other, line.rendition) for line in given.values())
    assert not RecordGrant.objects.live().filter(origin=Origin.JOINT, cause__in=[line.pk for line in given.values()]).exists()
    assert actions.list_left_behind(officer=fresh(bela)).rows == []
    assert actions.check_joint_sight() == 0


def test_with_consent_exactly_what_was_chosen_is_seen_until_its_own_officers_take_it_back(joint, given, ana, sami, bela, breno, otto):
    stays = given["zqsecond"]
    leave(breno, joint, stays)
    for other in (ana, sami):
        assert met(other, joint, given) == {"zqsecond"}
    assert met(otto, joint, given) == set()
    [line] = actions.view_joint_case(officer=fresh(ana), joint_id=joint.pk).given
    assert line.pk == stays.pk
    assert actions.check_joint_sight() == 0
    for former in (bela, breno):
        assert not inside(former, joint)
        assert not cover(former, joint)
        [line] = actions.list_left_behind(officer=fresh(former)).rows
        assert (line.pk, line.kept_by_id, line.kept_reason) == (stays.pk, breno.pk, "They go on with it.")
    for other in (ana, otto):
        assert actions.list_left_behind(officer=fresh(other)).rows == []
        with pytest.raises(NotFound):
            actions.take_back_left_behind(officer=fresh(other), contribution_id=stays.pk)
    actions.take_back_left_behind(officer=fresh(bela), contribution_id=stays.pk, reason="It is old.")
    assert met(ana, joint, given) == set()
    assert actions.list_left_behind(officer=fresh(bela)).rows == []
    with refused(rules.WITHDRAWN_ALREADY, Conflict):
        actions.take_back_left_behind(officer=fresh(bela), contribution_id=stays.pk)


def test_it_is_taken_back_while_trust_is_suspended_and_after_the_case_was_closed(joint, pact, given, ana, sami, bela, breno):
    leave(breno, joint, given["zqfirst"], given["zqsecond"])
    actions.close_joint_case(officer=fresh(sami), joint_id=joint.pk)
    actions.take_back_left_behind(officer=fresh(bela), contribution_id=given["zqfirst"].pk)
    agreements.suspend_agreement(officer=fresh(sami), agreement_id=pact.pk, reason="A leak is feared.")
    assert not sees(ana, given["zqsecond"].rendition)
    actions.take_back_left_behind(officer=fresh(breno), contribution_id=given["zqsecond"].pk)
    agreements.resume_agreement(officer=fresh(sami), agreement_id=pact.pk, reason="It was not.")
    assert met(ana, joint, given) == set()


def test_whoever_asked_to_give_it_does_not_let_it_stay_nor_whoever_stands_in_for_them(joint, given, bela, breno):
    rui = people.enrol_officer(unit=breno.unit, email="rui@sic.example", name="Rui Lobo", password=PASSWORD, roles=[Role.SUPERVISOR])
    for officer in (breno, rui):
        actions.admit_officer(officer=fresh(breno), joint_id=joint.pk, member_id=officer.pk)
    own = give(breno, rui, joint, recorded(bela, joint, "zqown list"))
    with refused(releases_rules.OWN_REQUEST):
        leave(breno, joint, own)
    days = {"since": timezone.now() - timedelta(hours=1), "until": timezone.now() + timedelta(days=2)}
    people.name_deputy(by=breno, officer_id=breno.pk, deputy_id=bela.pk, role=Role.SUPERVISOR, reason="On leave.", **days)
    with refused(releases_rules.STANDS_IN):
        leave(breno, joint, given["zqfirst"])
    assert not actions.view_leaving(officer=fresh(breno), joint_id=joint.pk).offers
    assert inside(bela, joint)
    leave(rui, joint, own)
    assert [line.pk for line in actions.list_left_behind(officer=fresh(bela)).rows] == [own.pk]


def test_consent_takes_fresh_proof_for_what_was_looked_at_and_those_who_remain(joint, given, bela, breno, sofia):
    stay = {"stay": [given["zqfirst"].pk], "reason": "They go on."}
    with refused(proofs.WANTED):
        actions.leave_joint_case(officer=fresh(breno), joint_id=joint.pk, **stay)
    proof = proof_of(breno, joint)
    actions.leave_joint_case(officer=fresh(sofia), joint_id=joint.pk)
    with refused(proofs.NOT_FOR_THIS):
        actions.leave_joint_case(officer=fresh(breno), joint_id=joint.pk, proof=proof, **stay)
    assert inside(bela, joint)


def test_consent_says_why_names_what_was_given_and_waits_for_the_agreement(joint, pact, given, ana, sami, bela, breno):
    with pytest.raises(Invalid) as flaw:
        leave(breno, joint, given["zqfirst"], reason="  ")
    assert set(flaw.value.fields) == {"reason"}
    for wrong in ([given["zqwaits"].pk], [uuid4()], [given["zqfirst"].pk, give(ana, sami, joint, recorded(ana, joint)).pk]):
        with pytest.raises(NotFound):
            actions.leave_joint_case(officer=fresh(breno), joint_id=joint.pk, stay=wrong, reason="x", proof=proof_of(breno, joint))
    agreements.suspend_agreement(officer=fresh(sami), agreement_id=pact.pk, reason="Not now.")
    assert not actions.view_leaving(officer=fresh(breno), joint_id=joint.pk).offers
    with refused(rules.HELD_BACK, Conflict):
        leave(breno, joint, given["zqfirst"])
    leave(breno, joint)
    agreements.resume_agreement(officer=fresh(sami), agreement_id=pact.pk, reason="Now.")
    assert not inside(bela, joint)
    assert not sees(ana, given["zqfirst"].rendition)


def test_only_a_supervisor_of_an_agency_that_joined_looks_at_leaving(joint, given, ana, sami, bela, alma, otto):
    for other, error in ((bela, NotAllowed), (sami, NotAllowed), (ana, NotAllowed), (otto, NotFound)):
        for deed in (actions.view_leaving, actions.leave_joint_case):
            with pytest.raises(error):
                deed(officer=fresh(other), joint_id=joint.pk)


def test_each_ledger_says_what_stays_and_what_was_taken_back(joint, given, ana, bela, breno, sofia):
    leave(breno, joint, given["zqfirst"])
    everybody = {ana.agency_id, bela.agency_id, sofia.agency_id}
    actions.take_back_left_behind(officer=fresh(bela), contribution_id=given["zqfirst"].pk)
    for kind in ("joint.contribution.kept", "joint.contribution.withdrawn", "joint.party.left"):
        assert set(Event.objects.filter(kind=kind).values_list("owner_id", flat=True)) == everybody, kind


def test_the_database_holds_that_what_stays_was_given_by_two_and_says_why(given, bela, breno):
    rows = Contribution.objects.unscoped("a test breaks in")
    whole = {"kept_by": breno, "kept_at": timezone.now(), "kept_reason": "x", "kept_proof": uuid4()}
    for pk, facts in (
        (given["zqwaits"].pk, whole), (given["zqfirst"].pk, whole | {"kept_reason": ""}), (given["zqfirst"].pk, whole | {"kept_by": bela}),
        (given["zqfirst"].pk, {"kept_at": timezone.now()}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.filter(pk=pk).update(**facts)


def test_an_officer_who_does_not_see_the_record_is_not_shown_that_it_stays(joint, given, breno, bela, cast):
    leave(breno, joint, given["zqfirst"])
    blind = [
        officer for officer in cast.values()
        if officer.agency_id == bela.agency_id and not Rendition.objects.visible_to(fresh(officer)).filter(pk=given["zqfirst"].rendition_id)
    ]  # fmt: skip
    for officer in blind:
        assert actions.list_left_behind(officer=fresh(officer)).rows == []


def test_on_the_page_breno_lets_one_stay_and_bela_takes_it_back(joint, given, browser_of, ana, bela, breno):
    partner = browser_of(breno)
    address = reverse("joint:leave", args=[joint.pk])
    assert address in body(partner.get(reverse("joint:one", args=[joint.pk])))
    shown = body(partner.get(address))
    assert "zqfirst list" in shown
    assert "zqwaits" not in shown
    seen = re.search(r'name="content_hash" value="(\w+)"', shown)[1]
    typed: dict[str, Any] = {"content_hash": seen, "stay": [given["zqthird"].pk], "reason": "They go on.", "proof_password": PASSWORD}
    some = reverse("joint:leave-some", args=[joint.pk])
    for wrong, status in (
        ({"stay": []}, 422), ({"stay": ["x"]}, 422), ({"reason": ""}, 422), ({"reason": "x" * 501}, 422), ({"proof_password": "no"}, 403),
        ({"stay": [given["zqwaits"].pk]}, 404), ({"content_hash": ""}, 403),
    ):  # fmt: skip
        assert partner.post(some, typed | wrong).status_code == status, wrong
    assert inside(bela, joint)
    left = reverse("joint:left-behind")
    assert partner.post(some, typed)["Location"] == left
    assert met(ana, joint, given) == {"zqthird"}
    assert "lets it stay" in body(page(ana, "get", reverse("joint:one", args=[joint.pk])))
    assert "zqthird list" in body(page(bela, "get", left))
    assert "zqthird list" not in body(page(ana, "get", left))
    assert page(ana, "post", reverse("joint:take-back", args=[given["zqthird"].pk])).status_code == 404
    assert page(bela, "post", reverse("joint:take-back", args=[given["zqthird"].pk]), {"reason": "x" * 501}).status_code == 422
    assert page(bela, "post", reverse("joint:take-back", args=[given["zqthird"].pk]))["Location"] == left
    assert met(ana, joint, given) == set()


def test_leaving_on_the_page_without_consent_takes_everything_back(joint, given, browser_of, ana, breno):
    assert browser_of(breno).post(reverse("joint:leave", args=[joint.pk]))["Location"] == reverse("joint:list")
    assert met(ana, joint, given) == set()


def test_a_program_does_the_same(joint, given, ana, bela, breno, otto):
    address = f"joint-cases/{joint.pk}/leave/"
    shown = api(breno, "get", address).json()
    assert {row["title"] for row in shown["given"] if row["may_stay"]} == {"zqfirst list", "zqsecond list", "zqthird list"}
    sent = {"stay": [str(given["zqfirst"].pk)], "reason": "They go on.", "content_hash": shown["content_hash"]}
    assert api(breno, "post", address, sent).status_code == 403
    assert api(breno, "post", address, sent | {"proof": {"password": PASSWORD}}).status_code == 200
    assert met(ana, joint, given) == {"zqfirst"}
    [row] = api(bela, "get", "joint-cases/left-behind/").json()["results"]
    assert (row["id"], row["joint"]) == (str(given["zqfirst"].pk), joint.reference)
    assert api(ana, "get", "joint-cases/left-behind/").json()["results"] == []
    own = f"joint-cases/left-behind/{row['id']}/"
    assert [api(who, "delete", own).status_code for who in (ana, otto, bela)] == [404, 404, 204]
    assert met(ana, joint, given) == set()


def test_who_was_asked_declines_after_it_was_closed_and_does_not_join(opened, sami, breno, sofia, browser_of):
    actions.close_joint_case(officer=fresh(sami), joint_id=opened.pk)
    for asked in (breno, sofia):
        assert actions.view_joint_case(officer=fresh(asked), joint_id=opened.pk).deeds == ["decline"]
        with refused(rules.CLOSED, Conflict):
            actions.join_joint_case(officer=fresh(asked), joint_id=opened.pk)
    shown = body(page(breno, "get", reverse("joint:one", args=[opened.pk])))
    assert reverse("joint:decline", args=[opened.pk]) in shown
    assert "Answer for your agency" in shown
    actions.decline_joint_case(officer=fresh(breno), joint_id=opened.pk)
    assert not cover(breno, opened)
    assert api(sofia, "post", f"joint-cases/{opened.pk}/decline/").status_code == 200
    assert not cover(sofia, opened)
