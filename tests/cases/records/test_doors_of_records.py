"""The pages and the machine door of records: the same deeds, and nothing for those who may not know."""

import pytest

from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from cases.records import storage
from cases.records.models import CaseLink
from tests.cases.asking import api, bodies, page
from tests.cases.released import released
from tests.cast import fresh


def test_a_record_s_page_says_what_it_is_who_sees_it_and_why(ana, original, tear_line, bela):
    released(tear_line, bela, reference="R-K7QW")
    shown = page(ana, "get", f"/records/{original.record_id}/").text
    for said in (original.title, "The team of the case it is kept in: 2 people", "Release R-K7QW: 1 person", "Not for court", "Version 2"):
        assert said in shown
    assert "is on the team of the case this is kept in" in shown
    assert tear_line.title in page(ana, "get", f"/records/{original.record_id}/?rendition={tear_line.pk}").text


def test_a_recipient_s_page_shows_its_own_rendition_and_nothing_beside_it(case, original, tear_line, bela, tomas):
    released(tear_line, bela, reference="R-BELA")
    released(tear_line, tomas, reference="R-TOMAS")
    for answer in (page(bela, "get", f"/records/{original.record_id}/"), api(bela, "get", f"records/{original.record_id}/")):
        assert answer.status_code == 200
        assert tear_line.title in answer.text
        for hidden in (original.title, case.title, case.reference, str(case.pk), str(original.pk), "R-TOMAS", "Ana Whitcombe", "Version 1"):
            assert hidden not in answer.text
    assert page(bela, "get", f"/records/{original.record_id}/?rendition={original.pk}").status_code == 404


def test_who_opened_it_is_listed(ana, original, tear_line, bela):
    released(tear_line, bela)
    page(bela, "get", f"/records/{original.record_id}/")
    shown = page(ana, "get", f"/records/{original.record_id}/readings/").text
    assert "SIC" in shown
    assert "Bela" not in shown
    rows = api(ana, "get", f"records/{original.record_id}/readings/").data["results"]
    assert [(row["agency"], row["name"], row["role"]) for row in rows] == [("SIC", "", "Investigator")]


def test_one_person_is_checked_on_the_page_and_over_the_machine_door(ana, sami, alma, original):
    address = f"/records/{original.record_id}/check/"
    assert page(ana, "get", address).status_code == 200
    assert "Sees it" in page(ana, "post", address, {"person": sami.pk}).text
    no = page(ana, "post", address, {"email": alma.email}).text
    assert "is not on the team of the case this is kept in" in no
    assert page(ana, "post", address, {}).status_code == 422
    assert page(ana, "post", address, {"email": "not an address"}).status_code == 422
    answer = api(ana, "post", f"records/{original.record_id}/check-person/", {"officer_id": str(alma.pk)})
    assert (answer.data["sees"], [step["speaks_for"] for step in answer.data["steps"]]) == (False, [True, True, False])
    assert api(ana, "post", f"records/{original.record_id}/check-person/", {}).status_code == 422


def test_what_was_said_of_a_person_is_not_said_again_once_the_record_is_out_of_sight(ana, sami, case, original):
    asked = {"data": {"officer_id": str(sami.pk)}, "headers": {"Idempotency-Key": "one question"}}
    assert api(ana, "post", f"records/{original.record_id}/check-person/", **asked).status_code == 200
    casefiles.change_lead(officer=ana, casefile_id=case.pk, lead_id=sami.pk)
    casefiles.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    assert api(ana, "post", f"records/{original.record_id}/check-person/", **asked).status_code == 404


def test_the_audience_is_changed_on_its_page_with_its_consequence_said_before(ana, sami, case, original):
    shown = page(sami, "get", f"/cases/{case.pk}/audience/").text
    assert "The whole unit: 3 people" in shown
    assert page(sami, "post", f"/cases/{case.pk}/audience/", {"audience": "unit", "reason": ""}).status_code == 422
    assert page(sami, "post", f"/cases/{case.pk}/audience/", {"audience": "world", "reason": "x"}).status_code == 422
    assert page(sami, "post", f"/cases/{case.pk}/audience/", {"audience": "unit", "reason": "All look for it."}).status_code == 302
    assert CaseFile.objects.visible_to(ana).get().audience == "unit"
    narrowed = api(ana, "post", f"cases/{case.pk}/audience/", {"audience": "team"})
    assert (narrowed.status_code, narrowed.data["audience"]) == (200, "team")
    refused = api(ana, "post", f"cases/{case.pk}/audience/", {"audience": "agency", "reason": "x"})
    assert (refused.status_code, refused.data["type"]) == (403, "/problems/casefiles.wider-takes-supervisor")


def test_a_record_is_linked_and_taken_back_on_its_page_and_over_the_machine_door(ana, original):
    other = casefiles.open_case(officer=ana, title="Cold store fires")
    assert page(ana, "post", f"/records/{original.record_id}/link/", {"casefile": other.pk}).status_code == 302
    assert "Cold store fires" in page(ana, "get", f"/records/{original.record_id}/").text
    assert page(ana, "post", f"/records/{original.record_id}/unlink/{other.pk}/").status_code == 302
    assert not CaseLink.objects.visible_to(ana).exists()
    assert api(ana, "post", f"records/{original.record_id}/links/", {"case_id": str(other.pk)}).status_code == 201
    assert api(ana, "delete", f"records/{original.record_id}/links/{other.pk}/").status_code == 204
    assert api(ana, "delete", f"records/{original.record_id}/links/{other.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["alma", "iris", "bela", "otto"])
def test_a_hidden_record_and_no_record_are_answered_in_the_same_bytes(original, cast, who):
    hidden, officer = original.record_id, cast[who]
    for address in ("", "readings/", "check/"):
        assert len(bodies(page, officer, f"/records/{{}}/{address}", hidden)) == 1
    for address in ("", "sight/", "readings/"):
        assert len(bodies(api, officer, f"records/{{}}/{address}", hidden)) == 1
    check = {"email": "nobody@nowhere.example"}
    assert len(bodies(api, officer, "records/{}/check-person/", hidden, method="post", data=check)) == 1
    assert len(bodies(page, officer, "/cases/{}/audience/", original.record.home_id)) == 1
    assert len(bodies(api, officer, "cases/{}/audience/", original.record.home_id, method="post", data={"audience": "unit"})) == 1


def test_the_list_is_shown_and_filtered(ana, bela, original):
    assert original.title in page(ana, "get", "/records/").text
    assert original.title in page(ana, "get", "/records/?q=berth&kind=intelligence").text
    assert "No record that you may see fits this." in page(ana, "get", "/records/?q=zebra").text
    assert "No record yet that you may read." in page(bela, "get", "/records/").text
    assert page(ana, "get", "/records/?kind=gossip").status_code == 422
    assert page(ana, "get", "/records/?after=nonsense").status_code == 422
    assert page(ana, "get", f"/records/{original.record_id}/?rendition=nonsense").status_code == 404
    rows = api(ana, "get", "records/?size=1").data
    assert (rows["results"][0]["rendition"]["title"], rows["next"]) == (original.title, None)
    assert api(ana, "get", "records/?kind=gossip").status_code == 422
    assert api(ana, "get", "records/?after=nonsense").status_code == 422


def test_the_header_of_a_case_is_a_record_whose_page_says_whom_to_call(ana, bela, case):
    header = storage.keep_case_header(officer=ana, casefile=case, titled=False)
    released(header, bela)
    for answer in (page(bela, "get", f"/records/{header.record_id}/"), api(bela, "get", f"records/{header.record_id}/")):
        assert "NFIS financial crime desk" in answer.text
        assert case.reference in answer.text
        assert case.title not in answer.text
    titled = storage.keep_case_header(officer=ana, casefile=case, titled=True)
    assert case.title in page(ana, "get", f"/records/{header.record_id}/?rendition={titled.pk}").text
    assert case.title not in page(bela, "get", f"/records/{header.record_id}/").text
    assert page(fresh(bela), "get", f"/records/{header.record_id}/?rendition={titled.pk}").status_code == 404
