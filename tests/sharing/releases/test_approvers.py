"""Who could approve a release: the rule asked of a whole agency at once."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Officer
from accounts.roles import Role
from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from sharing.releases import actions, rules
from sharing.releases.actions.hold import approvers, eyes
from sharing.releases.models import Release
from tests.cast import fresh
from tests.sharing.releases.conftest import CODES, says


def one_by_one(release: Release) -> set[str]:
    """Everybody there is, asked as they would be asked themselves."""
    people = [fresh(officer) for officer in Officer.objects.all()]
    seeing = [officer for officer in people if Release.objects.visible_to(officer).filter(pk=release.pk).exists()]
    return {officer.name for officer in seeing if rules.can_decide(officer, release, eyes(officer, release))}


def named(release: Release) -> list[str]:
    """In the order of their names, and the same as one by one."""
    found = [officer.name for officer in approvers(release)]
    assert set(found) == one_by_one(release)
    return found


def test_those_can_approve_who_are_supervisors_and_see_the_case_and_all_that_leaves(ana, sami, alma, casefile, item, agreement, plan):
    closer = casefiles.open_case(officer=ana, title="Quiet file", team=[alma.pk])
    apart = intelligence.record_item(officer=ana, casefile_id=closer.pk, title="Dock foreman", paragraphs=[says("He saw it.")], **CODES)
    records.link_record(officer=ana, record_id=apart.record_id, casefile_id=casefile.pk)
    both, one = (
        actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=chosen))
        for chosen in ([item.pk, apart.pk], [item.pk])
    )
    assert named(one) == ["Alma Rydell", "Sami Okonjo-Hale"]
    assert named(both) == ["Alma Rydell"]
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    assert (named(one), named(both)) == (["Sami Okonjo-Hale"], [])


def test_neither_the_requester_nor_who_stood_in_for_them_or_they_for(ana, sami, alma, casefile, agreement, plan):
    def stands_in(officer, deputy, role):
        now = timezone.now()
        dates = {"since": now - timedelta(hours=1), "until": now + timedelta(days=1)}
        accounts.name_deputy(by=officer, officer_id=officer.pk, deputy_id=deputy.pk, role=role, reason="Leave", **dates)

    by_ana, by_sami = (actions.draft_release(officer=each, casefile_id=casefile.pk, plan=plan()) for each in (ana, sami))
    assert named(by_sami) == ["Alma Rydell"]
    stands_in(ana, sami, Role.INVESTIGATOR)
    assert named(by_ana) == ["Alma Rydell"]
    stands_in(alma, sami, Role.SUPERVISOR)
    assert named(by_sami) == []


def test_nobody_of_an_agency_or_with_a_role_that_may_not(ana, alma, adam, casefile, agreement, plan):
    release = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan())
    accounts.withdraw_role(by=None, officer_id=alma.pk, role=Role.SUPERVISOR)
    assert named(release) == ["Sami Okonjo-Hale"]


def test_more_supervisors_and_more_lines_take_no_more_queries(ana, sami, alma, casefile, item, other_item, agreement, plan):
    few, many = (
        actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=chosen))
        for chosen in ([item.pk], [item.pk, other_item.pk])
    )
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    with CaptureQueriesContext(connection) as first:
        assert len(approvers(few)) == 1
    casefiles.add_to_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    with CaptureQueriesContext(connection) as second:
        assert len(approvers(many)) == 2
    assert len(first) == len(second) <= 2
