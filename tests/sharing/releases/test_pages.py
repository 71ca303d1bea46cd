"""The story of one release in the browser: shared, checked, approved, accepted, read, recalled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.casefiles import actions as casefiles
from portal.demo.cast import PASSWORD
from sharing.agreements import actions as agreements
from sharing.agreements import policy
from sharing.releases import actions, rules
from sharing.releases.models import Release


def only() -> Release:
    return Release.objects.unscoped("a test looks").get()


@pytest.fixture
def typed(bela, item) -> dict[str, Any]:
    return {
        "renditions": [str(item.pk)], "header": "reference", "unit": str(bela.unit_id), "purpose": "investigation",
        "legal_basis": "Liaison agreement, art. 7", "conditions": ["purpose-only"], "cover_note": "Call us before you act.",
        "ends_on": (timezone.now() + timedelta(days=60)).date().isoformat(),
    }  # fmt: skip


def test_a_release_travels_from_the_case_to_the_readers_eyes_and_back(browser_of, ana, sami, bela, casefile, agreement, typed, item):
    ours, boss, theirs = browser_of(ana), browser_of(sami), browser_of(bela)
    place = f"/cases/{casefile.pk}/share/"
    assert "First choose the agency" in ours.get(place).content.decode()
    page = ours.get(f"{place}?to={bela.agency_id}").content.decode()
    assert "Invoice set, seven reefers" in page
    assert "Bela Arouche" in page
    assert ours.post(f"{place}?to={bela.agency_id}", typed | {"send": "1"}).status_code == 302
    release = only()
    home = f"/releases/{release.pk}/"

    own = ours.get(home).content.decode()
    assert "Approve and release" not in own
    assert str(rules.OWN_REQUEST.text) in own
    assert "Invoice set" in ours.get(f"{home}preview/").content.decode()
    sharing = ours.get(f"/cases/{casefile.pk}/sharing/")
    assert f"Release {release.reference}" in sharing.content.decode()
    assert sharing.context["marking"] == casefile.marking

    assert home in boss.get("/releases/approvals/").content.decode()
    page = boss.get(home).content.decode()
    assert "Approve and release" in page
    assert release.content_hash in page
    assert "Liaison agreement, article 7" in page
    wrong = boss.post(f"{home}approve/", {"content_hash": release.content_hash, "proof_password": "wrong"})
    assert wrong.status_code == 403
    said = wrong.content.decode()
    assert "Go back to the page before and confirm there." in said
    assert not any(useless in said for useless in ("ask your supervisor", release.content_hash))
    assert boss.post(f"{home}approve/", {"content_hash": release.content_hash, "proof_password": PASSWORD}).status_code == 302
    assert only().status == "approved"

    assert home in theirs.get("/releases/?side=received").content.decode()
    cover = theirs.get(home).content.decode()
    assert "Call us before you act." in cover
    assert "Not used in court without the owner&#x27;s permission" in cover
    assert "Enforced by law" in cover
    for hidden in ("Invoice set", "Harbor Ledger", casefile.reference, "Ana Whitcombe", str(item.pk), str(casefile.pk)):
        assert hidden not in cover
    assert theirs.post(f"{home}accept/").status_code == 302
    cover = theirs.get(home).content.decode()
    assert "Invoice set, seven reefers" in cover
    assert "Harbor Ledger" not in cover
    assert theirs.get(f"/intelligence/{item.pk}/").status_code == 200

    opened = ours.get(home).content.decode()
    assert "Opened by: Investigator, SIC" in opened
    assert "Bela Arouche" not in opened

    assert boss.post(f"{home}recall/", {"reason": ""}).status_code == 422
    assert boss.post(f"{home}recall/", {"reason": "A source may be at risk."}).status_code == 302
    assert theirs.get(f"/intelligence/{item.pk}/").status_code == 404
    cover = theirs.get(home).content.decode()
    assert "This release is now: Recalled." in cover
    assert "at risk" not in cover
    assert "Invoice set" not in cover


def test_the_policy_answers_while_the_form_is_filled_in(browser_of, ana, bela, casefile, agreement, typed):
    ours = browser_of(ana)
    ask = f"/cases/{casefile.pk}/share/policy/?to={bela.agency_id}"
    answer = ours.post(ask, {}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert str(policy.NOTHING_CHOSEN.text) in answer
    assert str(policy.READERS_MISSING.text) in answer
    answer = ours.post(ask, typed, headers={"HX-Request": "true"}).content.decode()
    assert "Allowed with conditions" in answer
    assert "accepts the handling code of everything chosen" in answer
    assert not Release.objects.unscoped("a test looks").exists()


def test_without_javascript_a_button_asks_the_policy_and_keeps_what_was_typed(browser_of, ana, bela, casefile, agreement, typed):
    page = browser_of(ana).post(f"/cases/{casefile.pk}/share/?to={bela.agency_id}", typed | {"check": "1", "legal_basis": ""})
    assert page.status_code == 200
    assert "Allowed with conditions" in page.content.decode()
    assert "Call us before you act." in page.content.decode()
    assert not Release.objects.unscoped("a test looks").exists()


def test_what_cannot_leave_is_not_sent_and_nothing_typed_is_lost(browser_of, ana, otto, casefile, typed):
    page = browser_of(ana).post(f"/cases/{casefile.pk}/share/?to={otto.agency_id}", typed | {"unit": str(otto.unit_id), "send": "1"})
    assert page.status_code == 422
    assert "There is no agreement in force between NFIS and PJ." in page.content.decode()
    assert "Call us before you act." in page.content.decode()
    assert "Otto Delacroix" not in page.content.decode()


def test_a_draft_says_why_it_cannot_go(browser_of, ana, otto, casefile, plan):
    release = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(recipient_id=otto.agency_id, unit_id=otto.unit_id))
    page = browser_of(ana).get(f"/releases/{release.pk}/").content.decode()
    assert "There is no agreement in force between NFIS and PJ." in page
    assert "disabled" in page
    refused = browser_of(ana).post(f"/releases/{release.pk}/request/")
    assert refused.status_code == 403
    assert "There is no agreement in force between NFIS and PJ." in refused.content.decode()


def test_a_release_is_changed_by_who_asked_for_it(browser_of, ana, sami, asked, typed, other_item):
    release = asked()
    place = f"/releases/{release.pk}/change/"
    page = browser_of(ana).get(place).content.decode()
    assert "Liaison agreement, art. 7" in page
    assert "checked" in page
    assert browser_of(sami).get(place).status_code == 403
    changed = browser_of(ana).post(place, typed | {"renditions": [str(other_item.pk)], "keep": "1"})
    assert changed.status_code == 302
    assert (only().status, only().content_hash) == ("draft", "")
    assert "Berth change" in browser_of(ana).get(f"/releases/{release.pk}/").content.decode()


def test_a_page_says_when_nobody_could_approve(browser_of, ana, asked, casefile, sami, alma):
    release = asked()
    for member in (sami, alma):
        casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=member.pk)
    page = browser_of(ana).get(f"/releases/{release.pk}/").content.decode()
    assert rules.NOBODY_TO_APPROVE.render({"agency": "NFIS"}) in page


def test_strangers_find_nothing_anywhere(browser_of, otto, petra, tomas, approved, casefile):
    release = approved()
    absent = "00000000-0000-4000-8000-000000000000"
    for stranger in (otto, petra, tomas):
        browser = browser_of(stranger)
        for pk in (release.pk, absent):
            assert browser.get(f"/releases/{pk}/").status_code == 404
            assert browser.get(f"/releases/{pk}/preview/").status_code == 404
            for deed in ("request", "withdraw", "accept"):
                assert browser.post(f"/releases/{pk}/{deed}/").status_code == 404
            for deed in ("send-back", "refuse", "recall"):
                assert browser.post(f"/releases/{pk}/{deed}/", {"reason": "x"}).status_code == 404
        for place in (f"/cases/{casefile.pk}/sharing/", f"/cases/{casefile.pk}/share/", f"/cases/{absent}/sharing/"):
            assert browser.get(place).status_code == 404
        assert release.reference not in browser.get("/releases/?side=received").content.decode()


def test_a_recipient_never_reaches_the_inside(browser_of, bela, received):
    release = received()
    browser = browser_of(bela)
    assert browser.get(f"/releases/{release.pk}/preview/").status_code == 404
    assert browser.get(f"/releases/{release.pk}/change/").status_code == 404
    for deed in ("recall", "send-back", "refuse"):
        assert browser.post(f"/releases/{release.pk}/{deed}/", {"reason": "x"}).status_code == 403


def test_lists_take_few_queries(browser_of, ana, asked, casefile, django_assert_max_num_queries):
    for _number in range(3):
        asked()
    browser = browser_of(ana)
    for place in ("/releases/", f"/cases/{casefile.pk}/sharing/"):
        browser.get(place)
        with django_assert_max_num_queries(28):
            browser.get(place)


def test_more_lines_take_no_more_queries(browser_of, sami, asked, item, other_item):
    one, two = asked(), asked(rendition_ids=[item.pk, other_item.pk], header="title")
    browser, counts = browser_of(sami), []
    for release in (one, one, two):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/releases/{release.pk}/").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 70


def test_the_sharing_tab_says_who_sees_what_now(browser_of, ana, sami, breno, casefile, agreement, received):
    release, browser = received(), browser_of(ana)
    place, said = f"/cases/{casefile.pk}/sharing/", f"Release {release.reference}: Financial investigations"
    assert said in browser.get(place).content.decode()
    agreements.suspend_agreement(officer=breno, agreement_id=agreement.pk, reason="A leak.")
    assert said not in browser.get(place).content.decode()
    agreements.resume_agreement(officer=breno, agreement_id=agreement.pk, reason="Closed.")
    assert said in browser.get(place).content.decode()
    actions.recall_release(officer=sami, release_id=release.pk, reason="Mistake.")
    assert "Nobody outside your agency sees anything of this case." in browser.get(place).content.decode()


def test_who_asks_for_no_release_is_shown_those_received(browser_of, ana, paulo):
    assert browser_of(ana).get("/releases/").context["side"] == "given"
    assert browser_of(paulo).get("/releases/").context["side"] == "received"
    assert browser_of(paulo).get("/releases/?side=given").context["side"] == "given"
