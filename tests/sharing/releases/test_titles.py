"""A title is content: where a release is weighed, refused or asked about, it is read by those alone who see the thing."""

import pytest

from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records.models import Rendition
from sharing.releases import actions
from tests.cases.asking import api, page
from tests.sharing.releases.conftest import CODES, says

WIRETAP = "Wiretap of the harbour master"


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
