"""What lies on desks: written for its reader when it is read, and gone when the reader may no longer see the thing."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Notice
from cases.casefiles import actions as casefiles
from sharing.releases import actions, tasks
from sharing.releases.actions import notices
from tests.cast import fresh
from tests.sharing.releases.conftest import proven

READ = notices.NOTICES


def waiting(officer) -> set[str]:
    return set(Notice.objects.filter(officer=officer, done_at=None, kind__startswith="releases.").values_list("kind", flat=True))


def test_each_is_told_what_concerns_them_and_no_more(ana, sami, bela, asked, casefile):
    release = asked()
    asks = READ[notices.AWAITING](sami, release.pk)
    assert asks
    assert str(asks.title) == f"Decide on release {release.reference} to SIC"
    assert asks.url == f"/releases/{release.pk}/"
    assert READ[notices.RECEIVED](bela, release.pk) is None
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    told = READ[notices.RECEIVED](bela, release.pk)
    assert told
    assert str(told.title) == "NFIS has released something to you"
    for hidden in (casefile.title, casefile.reference, ana.name, "Invoice"):
        assert hidden not in f"{told.title} {told.text}"
    assert READ[notices.AWAITING](sami, release.pk) is None
    assert READ[notices.DECIDED](ana, release.pk)


@pytest.mark.parametrize("kind", list(READ))
def test_a_stranger_reads_no_notice_of_any_kind(otto, received, kind):
    assert READ[kind](otto, received().pk) is None


def test_who_was_taken_off_the_case_reads_nothing_of_it(ana, alma, asked, casefile):
    release = asked()
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    assert READ[notices.AWAITING](fresh(alma), release.pk) is None


def test_a_decision_leaves_the_desk_when_it_was_looked_at(ana, sami, asked):
    release = asked()
    assert waiting(sami) == {notices.AWAITING}
    actions.send_back_release(officer=sami, release_id=release.pk, reason="Say more of the berth.")
    assert (waiting(sami), waiting(ana)) == (set(), {notices.DECIDED})
    actions.open_release(officer=ana, release_id=release.pk)
    assert waiting(ana) == set()


def test_withdrawing_clears_the_approvers_desks(ana, sami, alma, asked):
    release = asked()
    withdrawn = actions.withdraw_release(officer=ana, release_id=release.pk)
    assert (withdrawn.status, withdrawn.content_hash) == ("draft", "")
    assert waiting(sami) == waiting(alma) == set()


def test_the_clock_finds_nothing_to_end_among_what_stands(received):
    release = received()
    assert release.ends_at > timezone.now()
    assert tasks.expire_releases() == 0
