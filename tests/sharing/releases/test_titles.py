"""Titles and restrictions in words are content: where a release is weighed or refused, who sees the thing alone reads them."""

import pytest

from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records.models import Rendition
from sharing.releases import actions, rules
from sharing.releases.models import Release
from tests.cases.asking import api, page
from tests.cases.refusals import refused
from tests.cast import fresh, in_force
from tests.sharing.releases.conftest import CODES, proven, says

WIRETAP = "Wiretap of the harbour master"
WORDS, OF_A_PARAGRAPH = "Only for the sluice inquiry.", "Not to be shown to the port authority."


@pytest.fixture
def wiretap(ana, casefile) -> Rendition:
    """Kept in a compartment of Ana's, and linked to the case that Sami and Alma see too."""
    compartment = casefiles.open_case(officer=ana, title="Operation Sluice", is_compartment=True)
    facts = {"title": WIRETAP, "paragraphs": [says("He calls at night.")], **CODES}
    item = intelligence.record_item(officer=ana, casefile_id=compartment.pk, **facts)
    records.link_record(officer=ana, record_id=item.record_id, casefile_id=casefile.pk)
    return item


def test_who_does_not_see_a_line_does_not_read_its_title_in_what_the_policy_says(ana, sami, casefile, agreement, plan, wiretap):
    release = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=[wiretap.pk]))
    for officer, read in ((ana, True), (sami, False)):
        served = [
            page(officer, "get", f"/releases/{release.pk}/").text,
            str(api(officer, "get", f"releases/{release.pk}/").data["policy"]),
            str(api(officer, "get", f"releases/{release.pk}/policy/").data),
        ]
        assert [(WIRETAP in text, "leaves it for named officers only" in text) for text in served] == [(read, True)] * 3


def test_an_auditor_reads_why_something_did_not_leave_and_not_what_it_is_called(ana, iris, casefile, agreement, plan, wiretap):
    release = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=[wiretap.pk]))
    assert WIRETAP in api(ana, "post", f"releases/{release.pk}/request/").data["detail"]
    ledgers = [page(officer, "get", "/ledger/?kind=audit.request.refused").text for officer in (ana, iris)]
    assert all("leaves it for named officers only" in shown for shown in ledgers)
    assert [WIRETAP in shown for shown in ledgers] == [True, False]


def test_what_the_policy_said_is_not_said_again_from_memory(ana, casefile, agreement, plan, wiretap):
    asked = {"casefile": casefile.pk, "recipient": plan().recipient_id, "unit": plan().unit_id, "renditions": [wiretap.pk]}
    key = {"Idempotency-Key": "one question"}
    assert WIRETAP in str(api(ana, "post", "releases/policy/", asked, headers=key).data)
    records.unlink_record(officer=ana, record_id=wiretap.record_id, casefile_id=casefile.pk)
    assert api(ana, "post", "releases/policy/", asked, headers=key).status_code == 422


@pytest.fixture
def restricted(ana, alma, casefile) -> Rendition:
    """Kept in a compartment of Ana's and Alma's with restrictions in words, and linked to the case that Sami sees too."""
    compartment = casefiles.open_case(officer=ana, title="Operation Sluice", team=[alma.pk], is_compartment=True)
    marking = {"handling_scheme": "europol", "handling_code": "H3"}
    paragraph = says("He calls at night.", **marking, handling_text=OF_A_PARAGRAPH)
    facts = {"title": WIRETAP, "paragraphs": [paragraph], **marking, "handling_text": WORDS}
    item = intelligence.record_item(officer=ana, casefile_id=compartment.pk, **facts)
    records.link_record(officer=ana, record_id=item.record_id, casefile_id=casefile.pk)
    return item


@pytest.fixture
def worded(ana, sami, bela, breno, casefile, plan, item, restricted) -> Release:
    """A draft that gives it to Bela, beside something that all see."""
    in_force(sami, breno, handling_codes=["europol:H1", "europol:H3"])
    named = plan(rendition_ids=[item.pk, restricted.pk], unit_id=None, officer_ids=[bela.pk])
    return actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=named)


def test_who_does_not_see_a_line_does_not_read_its_restrictions_in_words(ana, sami, worded):
    def read() -> tuple[list[list[bool]], list[str]]:
        release = f"releases/{worded.pk}/"
        doors = [(page, f"/{release}"), (page, f"/{release}preview/"), (api, release), (api, f"{release}policy/")]
        served = {officer: [door(officer, "get", address).text for door, address in doors] for officer in (ana, sami)}
        assert all("Special restrictions (H3)" in text for texts in served.values() for text in texts[2:])
        return [[words in text for words in (WORDS, OF_A_PARAGRAPH)] for text in served[sami]], served[ana]

    hidden, shown = read()
    assert hidden == [[False, False]] * 4
    assert all(WORDS in shown[number] and OF_A_PARAGRAPH in shown[number] for number in (0, 2, 3))
    actions.request_release(officer=ana, release_id=worded.pk)
    hidden, shown = read()
    assert hidden == [[False, False]] * 4
    assert all(WORDS in text and OF_A_PARAGRAPH in text for text in shown)


def test_the_recipient_promises_the_restrictions_in_words_as_they_stand(ana, alma, bela, worded):
    release = actions.request_release(officer=ana, release_id=worded.pk)
    actions.approve_release(officer=alma, release_id=release.pk, proof=proven(alma, release))
    cover = page(bela, "get", f"/releases/{release.pk}/").text
    assert (WORDS in cover, OF_A_PARAGRAPH in cover, WIRETAP in cover) == (True, True, False)


def test_nobody_asks_for_a_release_of_what_they_no_longer_see(ana, alma, worded, restricted):
    compartment = restricted.record.home
    casefiles.change_lead(officer=ana, casefile_id=compartment.pk, lead_id=alma.pk)
    casefiles.take_off_team(officer=alma, casefile_id=compartment.pk, member_id=ana.pk)
    with refused(rules.UNSEEN):
        actions.request_release(officer=fresh(ana), release_id=worded.pk)
