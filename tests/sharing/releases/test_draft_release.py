"""Writing a release and asking for it: by those who work on the case it comes from."""

from __future__ import annotations

import pytest

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.casefiles import rules as cases
from cases.casefiles.models import CaseFile
from cases.records import actions as records
from sharing.agreements import policy
from sharing.releases import actions
from sharing.releases.models import Release
from tests.cases.asking import api, page
from tests.cases.refusals import refused
from tests.cast import fresh


@pytest.fixture
def onlooker(ana: Officer, sami: Officer, alma: Officer, casefile: CaseFile) -> Officer:
    """Alma, who sees the case as all of its unit does, and is not on its team."""
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    records.change_audience(officer=sami, casefile_id=casefile.pk, audience="unit", reason="The whole unit searches the port.")
    return fresh(alma)


def test_who_only_sees_a_case_drafts_no_release_from_it(onlooker, casefile, agreement, plan):
    for deed in (
        lambda: actions.begin_release(officer=onlooker, casefile_id=casefile.pk),
        lambda: actions.ask_policy(officer=onlooker, casefile_id=casefile.pk, plan=plan()),
        lambda: actions.draft_release(officer=onlooker, casefile_id=casefile.pk, plan=plan()),
    ):
        with refused(cases.NOT_ON_TEAM):
            deed()


def test_who_only_sees_a_case_is_told_why_they_cannot_share(onlooker, ana, casefile):
    offered, told = page(ana, "get", f"/cases/{casefile.pk}/sharing/").text, page(onlooker, "get", f"/cases/{casefile.pk}/sharing/").text
    assert (f"/cases/{casefile.pk}/share/" in offered, f"/cases/{casefile.pk}/share/" in told) == (True, False)
    assert "Only its team works on this case. Ask Ana Whitcombe" in told
    assert page(onlooker, "get", f"/cases/{casefile.pk}/share/").status_code == 403


def test_who_left_the_team_neither_changes_nor_asks_for_their_release(ana, sami, onlooker, casefile, agreement, plan):
    release = actions.draft_release(officer=sami, casefile_id=casefile.pk, plan=plan())
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=sami.pk)
    gone = fresh(sami)
    with refused(cases.NOT_ON_TEAM):
        actions.change_release(officer=gone, release_id=release.pk, plan=plan())
    with refused(cases.NOT_ON_TEAM):
        actions.request_release(officer=gone, release_id=release.pk)
    assert api(gone, "post", f"releases/{release.pk}/request/").data["type"] == "/problems/casefiles.not-on-team"
    assert f"/releases/{release.pk}/change/" not in page(gone, "get", f"/releases/{release.pk}/").text


def test_what_is_written_and_asked_for_at_once_is_both_or_neither(ana, otto, casefile, agreement, plan, other_item):
    release = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(), ask=True)
    assert (release.status, release.agreement_id) == (Release.Status.AWAITING, agreement.pk)
    changed = actions.change_release(officer=ana, release_id=release.pk, plan=plan(rendition_ids=[other_item.pk]), ask=True)
    assert (changed.status, changed.content_hash == release.content_hash) == (Release.Status.AWAITING, False)

    unagreed = plan(recipient_id=otto.agency_id, unit_id=otto.unit_id)
    with refused(policy.NO_AGREEMENT):
        actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=unagreed, ask=True)
    with refused(policy.NO_AGREEMENT):
        actions.change_release(officer=ana, release_id=release.pk, plan=unagreed, ask=True)
    only = Release.objects.unscoped("a test looks").get()
    assert (only.status, only.content_hash) == (Release.Status.AWAITING, changed.content_hash)
