"""Advice behind a wall: written, read, answered and asked for by those behind it, and by nobody else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions import dismiss_officer, enrol_officer, withdraw_role
from accounts.models import Notice
from accounts.roles import Role
from accounts.rules import NOT_YOUR_DEED
from audit.models import Event, Payload
from cases.casefiles import actions as casefiles
from cases.casefiles import rules as case_rules
from kernel.errors import Conflict, Invalid, NotFound
from sharing.agreements import actions as agreements
from sharing.joint import actions as joints
from sharing.joint import rules as joint_rules
from sharing.joint.models import Admission
from sharing.prosecution import actions, rules
from sharing.prosecution.models import Advice, Reader, Reply
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.prosecution.conftest import WORDS, sees


def test_petra_advises_ana_who_reads_and_answers_and_nobody_else_sees_it(cast, advice, petra, ana):
    assert {key for key, person in cast.items() if sees(person, advice)} == {"petra", "ana"}
    opened = actions.open_advice(officer=ana, advice_id=advice.pk)
    assert (opened.advice.text, opened.is_author) == (WORDS["text"], False)
    actions.reply_to_advice(officer=ana, advice_id=advice.pk, text="It is asked for.")
    again = actions.open_advice(officer=petra, advice_id=advice.pk)
    assert [reply.text for reply in again.replies] == ["It is asked for."]
    assert again.readers[0].read_at


def test_it_waits_on_the_desks_of_those_behind_the_wall_alone(advice, petra, ana):
    assert [notice.officer for notice in Notice.objects.filter(subject_id=advice.pk)] == [ana]
    assert actions.NOTICES["prosecution.advice.given"](ana, advice.pk).title == "Petra Vance gives you legal advice"
    actions.open_advice(officer=ana, advice_id=advice.pk)
    actions.reply_to_advice(officer=ana, advice_id=advice.pk, text="It is asked for.")
    assert [notice.officer for notice in Notice.objects.filter(subject_id=advice.pk, done_at=None)] == [petra]
    actions.open_advice(officer=petra, advice_id=advice.pk)
    assert not Notice.objects.filter(subject_id=advice.pk, done_at=None).exists()


@pytest.mark.parametrize("who", ["sami", "bela", "breno", "alma", "iris", "adam", "otto", "paulo"])
def test_hidden_from_everybody_else_as_if_it_were_not_there(cast, advice, who):
    officer = fresh(cast[who])
    for deed in (
        lambda: actions.open_advice(officer=officer, advice_id=advice.pk),
        lambda: actions.reply_to_advice(officer=officer, advice_id=advice.pk, text="Words."),
        lambda: actions.let_in(officer=officer, advice_id=advice.pk, member_id=officer.pk),
        lambda: actions.let_out(officer=officer, advice_id=advice.pk, member_id=cast["ana"].pk),
    ):
        with pytest.raises(NotFound):
            deed()
    assert not Reader.objects.visible_to(officer).exists()
    assert actions.list_advice(officer=officer).rows == []


def test_whoever_is_on_the_case_and_whose_role_does_not_advise_advises_nobody(joint, ana, bela, sami):
    for officer in (ana, sami):
        with refused(NOT_YOUR_DEED):
            actions.give_advice(officer=officer, joint_id=joint.pk, to=[bela.pk], **WORDS)


def test_a_prosecutor_who_does_not_see_the_case_advises_on_nothing(joint, case, paulo, petra, ana):
    for officer, about in ((paulo, {"joint_id": joint.pk}), (petra, {"casefile_id": case.pk}), (petra, {})):
        with pytest.raises(NotFound):
            actions.give_advice(officer=officer, to=[ana.pk], **about, **WORDS)
    with pytest.raises(NotFound):
        actions.give_advice(officer=petra, joint_id=joint.pk, casefile_id=case.pk, to=[ana.pk], **WORDS)


@pytest.mark.parametrize("to", [[], ["otto"], ["alma"], ["ana", "otto"], ["petra"], ["iris"]], ids=str)
def test_it_is_addressed_to_people_who_see_the_case_and_to_somebody(cast, joint, petra, to):
    with pytest.raises(Invalid) as refusal:
        actions.give_advice(officer=petra, joint_id=joint.pk, to=[cast[key].pk for key in to], **WORDS)
    assert refusal.value.fields == {"to": rules.ADDRESS_IT}
    assert not Advice.objects.unscoped("test").exists()


def test_it_has_words(joint, petra, ana):
    with pytest.raises(Invalid) as refusal:
        actions.give_advice(officer=petra, joint_id=joint.pk, to=[ana.pk], title=" ", text=" ")
    assert set(refusal.value.fields) == {"title", "text"}


def test_a_prosecutor_on_the_team_at_home_advises_there(case, cast, sofia, tomas):
    advice = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    assert {key for key, person in cast.items() if sees(person, advice)} == {"tomas", "sofia"}


def test_whoever_loses_the_case_loses_the_advice_and_gets_it_back_with_the_case(case, cast, sofia, tomas):
    ines = fresh(enrol_officer(unit=cast["sofia"].unit, roles=[Role.INVESTIGATOR], email="ines@fn.example", name="Inés", password=None))
    casefiles.add_to_team(officer=sofia, casefile_id=case.pk, member_id=ines.pk)
    advice = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[ines.pk], **WORDS)
    assert sees(ines, advice)
    casefiles.take_off_team(officer=sofia, casefile_id=case.pk, member_id=ines.pk)
    assert not sees(ines, advice)
    assert actions.NOTICES["prosecution.advice.given"](fresh(ines), advice.pk) is None
    assert not actions.STANDING["prosecution.advice.given"](fresh(ines)).exists()
    casefiles.add_to_team(officer=sofia, casefile_id=case.pk, member_id=ines.pk)
    assert sees(ines, advice)
    assert not sees(sofia, advice)


def test_whoever_is_taken_off_the_joint_case_or_while_trust_is_suspended_sees_nothing(advice, joint, pact, sami, ana, petra):
    agreements.suspend_agreement(officer=sami, agreement_id=pact.pk, reason="A leak is feared.")
    assert not sees(ana, advice)
    assert not sees(petra, advice)
    agreements.resume_agreement(officer=sami, agreement_id=pact.pk, reason="None was found.")
    assert sees(ana, advice)
    row = Admission.objects.unscoped("test").get(officer=ana, ended_at=None)
    joints.end_admission(officer=sami, joint_id=joint.pk, admission_id=row.pk)
    assert not sees(ana, advice)
    assert sees(petra, advice)


def test_a_dismissed_author_sees_it_no_more_and_the_addressee_still_does(advice, petra, ana):
    dismiss_officer(by=None, officer_id=petra.pk)
    assert not sees(petra, advice)
    assert sees(ana, advice)


def test_a_prosecutor_without_the_role_reads_what_they_wrote_and_advises_no_more(case, sofia, tomas):
    advice = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    withdraw_role(by=None, officer_id=tomas.pk, role=Role.PROSECUTOR)
    assert sees(tomas, advice)
    with refused(NOT_YOUR_DEED):
        actions.give_advice(officer=fresh(tomas), casefile_id=case.pk, to=[sofia.pk], **WORDS)


# --- Asking


def test_ana_asks_petra_behind_the_same_wall(cast, joint, ana, petra):
    asked = actions.ask_for_advice(officer=ana, joint_id=joint.pk, to=[petra.pk], title="May we?", text="Search the berth?")
    assert {key for key, person in cast.items() if sees(person, asked)} == {"ana", "petra"}
    actions.reply_to_advice(officer=petra, advice_id=asked.pk, text="With a warrant.")
    assert [reply.text for reply in actions.open_advice(officer=ana, advice_id=asked.pk).replies] == ["With a warrant."]


def test_only_a_prosecutor_is_asked_and_only_one_may_be_let_in(joint, ana, bela, petra):
    with pytest.raises(Invalid) as refusal:
        actions.ask_for_advice(officer=ana, joint_id=joint.pk, to=[petra.pk, bela.pk], title="May we?", text="Search?")
    assert refusal.value.fields == {"to": rules.ASK_ADVISERS}
    asked = actions.ask_for_advice(officer=ana, joint_id=joint.pk, to=[petra.pk], title="May we?", text="Search?")
    with pytest.raises(Invalid):
        actions.let_in(officer=ana, advice_id=asked.pk, member_id=bela.pk)
    assert not sees(bela, asked)


def test_where_no_prosecutor_is_on_the_case_nobody_is_asked(ana, sami, cast):
    case = casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    with refused(rules.NO_ADVISER):
        actions.ask_for_advice(officer=ana, casefile_id=case.pk, to=[sami.pk], title="May we?", text="Search?")


# --- Who is behind it


def test_its_author_lets_somebody_in_who_reads_it_all_and_out_again(advice, ana, bela, petra):
    actions.reply_to_advice(officer=ana, advice_id=advice.pk, text="It is asked for.")
    actions.let_in(officer=petra, advice_id=advice.pk, member_id=bela.pk)
    assert len(actions.open_advice(officer=bela, advice_id=advice.pk).replies) == 1
    actions.reply_to_advice(officer=bela, advice_id=advice.pk, text="Visto.")
    actions.let_out(officer=petra, advice_id=advice.pk, member_id=bela.pk)
    assert not sees(bela, advice)
    assert not Notice.objects.filter(officer=bela, done_at=None, subject_id=advice.pk).exists()
    opened = actions.open_advice(officer=petra, advice_id=advice.pk)
    assert [(reader.officer, bool(reader.read_at)) for reader in opened.former] == [(bela, True)]
    assert actions.open_advice(officer=ana, advice_id=advice.pk).former == []
    with refused(rules.READS_NOT, Conflict):
        actions.let_out(officer=petra, advice_id=advice.pk, member_id=bela.pk)


def test_nobody_but_its_author_lets_in_or_out(advice, ana, bela):
    with refused(rules.AUTHOR_DECIDES):
        actions.let_in(officer=ana, advice_id=advice.pk, member_id=bela.pk)
    with refused(rules.AUTHOR_DECIDES):
        actions.let_out(officer=ana, advice_id=advice.pk, member_id=ana.pk)


def test_only_who_sees_the_case_is_let_in_and_once(advice, petra, ana, otto, alma):
    for stranger in (otto, alma, petra):
        with pytest.raises(Invalid):
            actions.let_in(officer=petra, advice_id=advice.pk, member_id=stranger.pk)
    with refused(rules.READS_ALREADY, Conflict):
        actions.let_in(officer=petra, advice_id=advice.pk, member_id=ana.pk)


def test_a_name_out_of_sight_is_not_told_by_a_refusal(advice, petra, otto):
    with pytest.raises(Conflict) as refusal:
        actions.let_out(officer=petra, advice_id=advice.pk, member_id=otto.pk)
    assert otto.name not in str(refusal.value)


def test_behind_the_wall_of_a_closed_case_nothing_is_added_and_everything_read(case, joint, sofia, tomas, sami, petra, ana, bela):
    at_home = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    away = actions.give_advice(officer=petra, joint_id=joint.pk, to=[ana.pk], **WORDS)
    casefiles.close_case(officer=sofia, casefile_id=case.pk, outcome="charged", reason="Charged.")
    joints.close_joint_case(officer=sami, joint_id=joint.pk)
    with refused(case_rules.CLOSED, Conflict):
        actions.reply_to_advice(officer=sofia, advice_id=at_home.pk, text="Words.")
    with refused(case_rules.CLOSED, Conflict):
        actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    with refused(joint_rules.CLOSED, Conflict):
        actions.let_in(officer=petra, advice_id=away.pk, member_id=bela.pk)
    assert sees(sofia, at_home)
    actions.let_out(officer=petra, advice_id=away.pk, member_id=ana.pk)
    assert not sees(ana, away)


# --- The ledger and the database


def test_the_agencies_behind_the_wall_have_a_line_with_number_and_addressees_and_no_word(advice, petra, ana, breno, sofia):
    lines = Event.objects.filter(kind="prosecution.advice.given")
    assert {line.owner_id for line in lines} == {petra.agency_id, ana.agency_id}
    assert {line.subject_id for line in lines} == {advice.pk}
    bodies = list(Payload.objects.filter(event_id__in=[line.pk for line in lines]).values_list("body", flat=True))
    assert all(advice.reference in body and str(ana.pk) in body and "zq" not in body for body in bodies)


def test_no_line_is_about_the_case_and_the_case_does_not_move(case, sofia, tomas):
    before = casefiles.view_case(officer=sofia, casefile_id=case.pk).casefile.active_at
    lines = Event.objects.filter(subject_id=case.pk).count()
    advice = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    actions.open_wall(officer=tomas, casefile_id=case.pk)
    actions.open_advice(officer=sofia, advice_id=advice.pk)
    actions.reply_to_advice(officer=sofia, advice_id=advice.pk, text="Words.")
    assert Event.objects.filter(subject_id=case.pk).count() == lines
    assert casefiles.view_case(officer=sofia, casefile_id=case.pk).casefile.active_at == before


def test_what_was_written_is_neither_changed_nor_deleted_whatever_the_code_does(advice, ana, bela):
    actions.reply_to_advice(officer=ana, advice_id=advice.pk, text="Words.")
    rows = [model.objects.unscoped("test") for model in (Advice, Reply, Reader)]
    changes = [{"text": "Other."}, {"text": "Other."}, {"officer": bela}]
    for found, change in zip(rows, changes, strict=True):
        for deed in (lambda found=found, change=change: found.update(**change), lambda found=found: found.delete()):
            with pytest.raises(IntegrityError), transaction.atomic():
                deed()


def test_the_database_holds_the_wall_by_itself(advice, joint, case, ana, petra, sami):
    facts = {"kind": "advice", "author": petra, "title": "T", "text": "T"}
    faults = [
        lambda: Advice.objects.create(**facts),
        lambda: Advice.objects.create(joint=joint, casefile=case, **facts),
        lambda: Advice.objects.create(joint=joint, **facts | {"text": ""}),
        lambda: Reader.objects.create(advice=advice, officer=petra),
        lambda: Reader.objects.create(advice=advice, officer=ana),
        lambda: Reply.objects.create(advice=advice, author=sami, text="From outside."),
        lambda: Reply.objects.create(advice=advice, author=ana, text=""),
    ]
    for fault in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            fault()
    with transaction.atomic(), connection.cursor() as cursor:
        Advice.objects.create(joint=joint, **facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
