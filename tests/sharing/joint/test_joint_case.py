"""Joint cases: opened by one agency, joined by the others, each of which names its own officers; gone at once when trust ends."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts import actions as accounts
from accounts.models import Agency, Membership, Notice
from accounts.rules import NOT_YOUR_DEED
from audit.models import Event
from cases.casefiles.models import CaseFile
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from sharing.agreements import actions as agreements
from sharing.joint import actions, rules
from sharing.joint.models import Entry, Mandate, Party
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.joint.conftest import admission, cover, inside, own_file, seat


def test_two_signatures_and_two_names_bring_two_agencies_onto_one_team(joint, sami, breno, ana, bela):
    for member in (sami, ana, bela):
        assert inside(member, joint), member
        assert Mandate.objects.visible_to(fresh(member)).get(joint=joint).title == "Operation Two Harbours"
    viewed = actions.view_joint_case(officer=bela, joint_id=joint.pk)
    assert viewed.mandate.summary == "Reefers from Porto Almada."
    assert {each.officer.name for each in viewed.admissions} == {sami.name, ana.name, bela.name}
    assert viewed.joint.article.number == "7"
    for agency in (sami.agency_id, breno.agency_id):
        kinds = set(Event.objects.filter(subject_id=joint.pk, owner_id=agency).values_list("kind", flat=True))
        assert {"joint.case.opened", "joint.party.joined", "joint.admission.made"} <= kinds


def test_until_it_is_joined_partner_supervisors_see_its_cover_and_nobody_else_of_theirs_sees_anything(opened, breno, bela, sofia, otto):
    viewed = actions.view_joint_case(officer=breno, joint_id=opened.pk)
    assert viewed.seat is None
    assert viewed.mandate is None
    assert viewed.admissions == []
    assert viewed.deeds == ["join"]
    page, titles = actions.list_joint_cases(officer=breno)
    assert [each.pk for each in page.rows] == [opened.pk]
    assert titles == {}
    assert cover(sofia, opened)
    for stranger in (bela, otto):
        assert not cover(stranger, opened)
        with pytest.raises(NotFound):
            actions.view_joint_case(officer=stranger, joint_id=opened.pk)


def test_joining_lets_nobody_in_by_itself(opened, breno, bela):
    actions.join_joint_case(officer=breno, joint_id=opened.pk)
    assert not inside(breno, opened)
    assert not cover(bela, opened)
    assert own_file(breno) == {f"Joint case {opened.reference}"}
    with pytest.raises(Conflict):
        actions.join_joint_case(officer=breno, joint_id=opened.pk)


def test_no_case_file_of_one_agency_is_seen_by_the_other(joint, ana, bela, breno, sami):
    assert own_file(bela) == own_file(breno) == {f"Joint case {joint.reference}"}
    assert seat(joint, bela).casefile_id != seat(joint, ana).casefile_id
    for mine, theirs in ((ana, bela), (bela, ana)):
        file = CaseFile.objects.unscoped("a test looks").get(pk=seat(joint, theirs).casefile_id)
        assert not fresh(mine).has_perm("casefiles.view_casefile", file)


def test_each_agency_picks_its_own_people_and_no_other_agency_does(joint, sami, breno, ana, bela, alma, iris):
    with pytest.raises(NotFound):
        actions.admit_officer(officer=sami, joint_id=joint.pk, member_id=bela.pk)
    with pytest.raises(NotFound):
        actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=alma.pk)
    for member in (ana, bela):
        with refused(NOT_YOUR_DEED):
            actions.admit_officer(officer=member, joint_id=joint.pk, member_id=member.pk)
    with refused(rules.READS_NO_CASES):
        actions.admit_officer(officer=sami, joint_id=joint.pk, member_id=iris.pk)
    with pytest.raises(Conflict):
        actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=bela.pk)


def test_an_agency_that_did_not_join_admits_nobody(opened, breno, bela):
    with pytest.raises(Conflict) as told:
        actions.admit_officer(officer=breno, joint_id=opened.pk, member_id=bela.pk)
    assert told.value.code == rules.NOT_JOINED.code
    assert not inside(bela, opened)


def test_whom_the_host_took_off_is_not_let_on_again(joint, sami, breno, bela):
    actions.end_admission(officer=sami, joint_id=joint.pk, admission_id=admission(joint, bela).pk)
    assert not cover(bela, joint)
    with pytest.raises(Conflict) as told:
        actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=bela.pk)
    assert told.value.code == rules.TAKEN_OFF.code


def test_a_partner_takes_off_its_own_people_alone_and_may_let_them_on_again(joint, sami, breno, ana, bela):
    actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=breno.pk)
    with pytest.raises(NotAllowed):
        actions.end_admission(officer=breno, joint_id=joint.pk, admission_id=admission(joint, ana).pk)
    actions.end_admission(officer=breno, joint_id=joint.pk, admission_id=admission(joint, bela).pk)
    assert not inside(bela, joint)
    actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=bela.pk)
    assert inside(bela, joint)


def test_a_suspended_agreement_closes_it_with_the_next_request_and_a_resumed_one_gives_it_back(joint, pact, sami, breno, ana, bela):
    agreements.suspend_agreement(officer=breno, agreement_id=pact.pk, reason="A leak is feared.")
    for member in (ana, bela):
        assert not cover(member, joint)
        with pytest.raises(NotFound):
            actions.view_joint_case(officer=member, joint_id=joint.pk)
        with pytest.raises(NotFound):
            actions.write_entry(officer=member, joint_id=joint.pk, text="Still here?")
    shown = actions.view_joint_case(officer=sami, joint_id=joint.pk)
    assert (shown.seat, shown.mandate, shown.agreed) == (None, None, False)
    with pytest.raises(NotAllowed):
        actions.write_entry(officer=sami, joint_id=joint.pk, text="Still here?")
    with pytest.raises(Conflict):
        actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=breno.pk)
    agreements.resume_agreement(officer=breno, agreement_id=pact.pk, reason="It was not.")
    assert inside(bela, joint)
    agreements.end_agreement(officer=sami, agreement_id=pact.pk, reason="Over.")
    assert not inside(bela, joint)
    assert not inside(ana, joint)


def test_an_officer_or_an_agency_that_is_suspended_sees_nothing(joint, bela, ana, breno):
    accounts.set_agency_status(agency_id=bela.agency_id, status=Agency.Status.SUSPENDED)
    assert not cover(bela, joint)
    assert not cover(breno, joint)
    assert inside(ana, joint)


def test_who_leaves_sees_nothing_more_and_does_not_come_back(joint, breno, bela, ana, sami):
    actions.write_entry(officer=bela, joint_id=joint.pk, text="Seen at berth 4.")
    told = Notice.objects.filter(subject_id=joint.pk, officer__agency=breno.agency_id, done_at=None)
    assert told.exists()
    actions.leave_joint_case(officer=breno, joint_id=joint.pk)
    for former in (breno, bela):
        assert not cover(former, joint)
    assert not told.exists()
    assert not Membership.objects.active().filter(group=seat(joint, breno).group).exists()
    assert [each.text for each in actions.view_joint_case(officer=ana, joint_id=joint.pk).entries.rows] == ["Seen at berth 4."]
    for deed in (actions.join_joint_case, actions.leave_joint_case, actions.decline_joint_case):
        with pytest.raises(NotFound):
            deed(officer=breno, joint_id=joint.pk)


def test_who_declines_sees_nothing_more(opened, breno, sofia):
    actions.decline_joint_case(officer=sofia, joint_id=opened.pk)
    assert not cover(sofia, opened)
    assert cover(breno, opened)


def test_the_host_closes_it_and_all_keep_reading(joint, sami, breno, ana, bela):
    with refused(rules.HOST_CLOSES):
        actions.leave_joint_case(officer=sami, joint_id=joint.pk)
    with refused(rules.HOST_ALONE):
        actions.close_joint_case(officer=breno, joint_id=joint.pk)
    actions.close_joint_case(officer=sami, joint_id=joint.pk)
    assert inside(bela, joint)
    for deed in (lambda: actions.write_entry(officer=ana, joint_id=joint.pk, text="More."),
                 lambda: actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=breno.pk),
                 lambda: actions.close_joint_case(officer=sami, joint_id=joint.pk)):  # fmt: skip
        with pytest.raises(Conflict):
            deed()


def test_it_is_opened_by_a_supervisor_under_an_agreement_that_covers_it_with_agencies_that_signed(pact, ana, sami, breno, otto, bela):
    facts = {"agreement_id": pact.pk, "partner_ids": [breno.agency_id], "purpose": "investigation", "title": "Two harbours"}
    with pytest.raises(NotAllowed):
        actions.open_joint_case(officer=ana, **facts)
    for wrong, field in (
        ({"partner_ids": [otto.agency_id]}, "partner_ids"), ({"partner_ids": [sami.agency_id]}, "partner_ids"),
        ({"partner_ids": []}, "partner_ids"),
        ({"purpose": "prosecution"}, "purpose"), ({"title": "  "}, "title"), ({"agreement_id": otto.pk}, "agreement_id"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as flaw:
            actions.open_joint_case(officer=sami, **facts | wrong)
        assert set(flaw.value.fields) == {field}
    agreements.suspend_agreement(officer=breno, agreement_id=pact.pk, reason="Not now.")
    with pytest.raises(Invalid):
        actions.open_joint_case(officer=sami, **facts)


def test_what_is_written_stays_and_is_read_by_the_team_alone(joint, ana, bela, breno, sofia, otto):
    actions.write_entry(officer=ana, joint_id=joint.pk, text="We begin on Monday.", kind="decision")
    assert [each.text for each in actions.view_joint_case(officer=bela, joint_id=joint.pk).entries.rows] == ["We begin on Monday."]
    for other in (breno, sofia, otto):
        assert not Entry.objects.visible_to(fresh(other)).exists()
    with refused(rules.NOT_ON_TEAM):
        actions.write_entry(officer=breno, joint_id=joint.pk, text="Hello?")
    with pytest.raises(Invalid):
        actions.write_entry(officer=ana, joint_id=joint.pk, text="   ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.unscoped("a test tries").update(text="Other words.")


def test_a_notice_says_the_cover_alone_and_goes_with_its_case(opened, breno, bela):
    [asked] = Notice.objects.filter(officer=breno, kind="joint.case.asked", done_at=None)
    said = actions.NOTICES["joint.case.asked"](breno, asked.subject_id)
    assert opened.reference in str(said.title)
    assert "Harbours" not in f"{said.title} {said.text}"
    assert actions.NOTICES["joint.case.asked"](bela, asked.subject_id) is None
    actions.join_joint_case(officer=breno, joint_id=opened.pk)
    actions.admit_officer(officer=breno, joint_id=opened.pk, member_id=bela.pk)
    assert actions.NOTICES["joint.case.admitted"](fresh(bela), opened.pk)
    assert [row["pk"] for row in actions.STANDING["joint.case.admitted"](fresh(bela))] == [opened.pk]
    actions.leave_joint_case(officer=breno, joint_id=opened.pk)
    assert actions.NOTICES["joint.case.admitted"](fresh(bela), opened.pk) is None


def test_a_seat_is_held_once_by_an_agency(opened, breno):
    party = seat(opened, breno)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(joint=opened, agency=breno.agency, group=breno.agency.group)
    assert party.state == Party.State.ASKED
