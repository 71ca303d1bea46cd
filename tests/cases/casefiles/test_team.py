"""Who is on the team: adding, taking off, and who leads."""

import pytest

from accounts import notices
from accounts.models import Notice
from cases.casefiles import actions, rules
from cases.casefiles.models import CaseFile, Note
from kernel.errors import Conflict, NotAllowed, NotFound
from tests.cases.refusals import refused
from tests.cast import fresh


def sees(officer, case):
    return CaseFile.objects.visible_to(fresh(officer)).filter(pk=case.pk).exists()


def test_who_is_added_sees_and_works_and_who_is_taken_off_does_neither_with_the_next_request(case, ana, second):
    actions.write_note(officer=ana, casefile_id=case.pk, text="Ask for the bills of lading.")
    actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    assert sees(second, case)
    actions.write_note(officer=fresh(second), casefile_id=case.pk, text="Asked.")

    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    assert not sees(second, case)
    assert not Note.objects.visible_to(fresh(second)).exists()
    with pytest.raises(NotFound):
        actions.list_notes(officer=fresh(second), casefile_id=case.pk)


def test_who_was_taken_off_can_be_added_again(case, ana, second):
    for _time in range(2):
        actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
        assert sees(second, case)
        actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    assert not sees(second, case)


def test_a_task_no_longer_waits_for_whom_was_taken_off(case, ana, second):
    actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    task = actions.set_task(officer=ana, casefile_id=case.pk, title="Call the port", assignee_id=second.pk)
    assert Notice.objects.filter(officer=second, subject_id=task.pk, done_at=None).exists()
    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    assert not Notice.objects.filter(officer=second, done_at=None).exists()
    notices.post("casefiles.task.assigned", to=[second], subject_id=task.pk)
    assert actions.NOTICES["casefiles.task.assigned"](fresh(second), task.pk) is None


def test_a_supervisor_of_the_team_changes_it_and_an_investigator_does_not(case, sami, second, alma):
    actions.add_to_team(officer=sami, casefile_id=case.pk, member_id=second.pk)
    with refused(rules.NOT_LEAD):
        actions.add_to_team(officer=fresh(second), casefile_id=case.pk, member_id=alma.pk)


def test_a_supervisor_who_does_not_see_the_case_finds_nothing(case, alma, second):
    with pytest.raises(NotFound):
        actions.add_to_team(officer=alma, casefile_id=case.pk, member_id=alma.pk)


@pytest.mark.parametrize("who", ["bela", "petra"])
def test_officers_of_other_agencies_look_like_nobody(case, cast, ana, who):
    with pytest.raises(NotFound):
        actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=cast[who].pk)


@pytest.mark.parametrize("who", ["iris", "adam"])
def test_those_whose_role_reads_no_cases_are_not_added(case, cast, ana, who):
    with refused(rules.ROLE_READS_NO_CASES):
        actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=cast[who].pk)


def test_nobody_is_on_a_team_twice(case, ana, sami):
    with refused(rules.ALREADY_A_MEMBER, Conflict):
        actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)


def test_the_lead_is_not_taken_off_before_another_leads(case, ana, sami):
    with refused(rules.LEAD_STAYS, Conflict):
        actions.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    actions.change_lead(officer=sami, casefile_id=case.pk, lead_id=sami.pk)
    actions.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    assert not sees(ana, case)


def test_whoever_is_not_on_the_team_cannot_be_taken_off(case, ana, alma):
    with refused(rules.NOT_A_MEMBER, Conflict):
        actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=alma.pk)


def test_a_new_lead_joins_the_team_and_the_old_one_stays(case, ana, second):
    actions.change_lead(officer=ana, casefile_id=case.pk, lead_id=second.pk)
    assert sees(second, case)
    assert sees(ana, case)
    with refused(rules.NOT_LEAD):
        actions.change_lead(officer=ana, casefile_id=case.pk, lead_id=ana.pk)


def test_an_auditor_does_not_lead(case, ana, iris):
    with pytest.raises(NotAllowed):
        actions.change_lead(officer=ana, casefile_id=case.pk, lead_id=iris.pk)


def test_the_team_is_read_by_those_who_see_the_case(case, ana, bela):
    _case, team = actions.list_team(officer=ana, casefile_id=case.pk)
    assert [member.name for member in team] == ["Ana Whitcombe", "Sami Okonjo-Hale"]
    with pytest.raises(NotFound):
        actions.list_team(officer=bela, casefile_id=case.pk)
