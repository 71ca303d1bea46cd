"""What is given to a joint case: one version, by its owner, from the own file alone, seen by the teams until it is taken back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions as people
from accounts import proofs
from accounts.roles import Deed, Role
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.casefiles import rules as case_rules
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records import grants
from cases.records import rules as sight
from cases.records.models import Record, RecordGrant
from kernel.errors import Conflict, NotAllowed, NotFound
from kernel.grants import Origin
from portal.demo.cast import PASSWORD
from sharing.agreements import actions as agreements
from sharing.agreements import policy
from sharing.deconfliction import actions as deconfliction
from sharing.joint import actions, rules
from sharing.joint.models import Contribution
from sharing.releases import actions as releases
from sharing.releases import rules as releases_rules
from sharing.releases.actions import Plan
from tests.answers import body
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.joint.conftest import admission, recorded, seat, sees
from tests.sharing.joint.giving import approve, give
from tests.sharing.releases.conftest import says


@pytest.fixture
def given(joint, ana, sami):
    """A version that Ana asked to give and Sami gave."""
    rendition = recorded(ana, joint)
    give(ana, sami, joint, rendition)
    return rendition


def line(rendition):
    return Contribution.objects.unscoped("a test looks").filter(rendition=rendition).latest("made_at")


def test_both_record_and_give_and_each_contribution_keeps_its_owner(joint, given, ana, bela, sami, breno, sofia, otto):
    theirs = recorded(bela, joint, "Lista do terminal")
    assert not sees(ana, theirs)
    give(bela, breno, joint, theirs)
    assert sees(ana, theirs)
    assert sees(bela, given)
    owner = dict(Record.objects.visible_to(fresh(bela)).values_list("pk", "agency"))
    assert owner == {given.record_id: ana.agency_id, theirs.record_id: bela.agency_id}
    for other in (sofia, otto):
        assert not sees(other, given)
        assert not sees(other, theirs)
    assert not sees(breno, given)
    opened = records.open_rendition(officer=fresh(bela), record_id=given.record_id)
    assert joint.reference in opened.why.reason
    assert opened.home is None
    for agency in (ana.agency_id, bela.agency_id, sofia.agency_id):
        assert Event.objects.filter(kind="joint.contribution.made", owner_id=agency).exists()


def test_nothing_crosses_by_being_recorded_and_a_correction_is_given_anew(joint, given, ana, bela, sami):
    newer = intelligence.correct_item(
        officer=ana,
        rendition_id=given.pk,
        title="Reefer list, corrected",
        handling_code="H1",
        paragraphs=[says("Eight of them.")],
        reason="Count",
    )
    assert sees(bela, given)
    assert not sees(bela, newer)
    give(ana, sami, joint, newer)
    assert sees(bela, newer)


def test_what_lies_in_any_other_case_leaves_by_a_release_alone(joint, ana, bela, given):
    elsewhere = casefiles.open_case(officer=ana, title="Harbor Ledger")
    item = intelligence.record_item(
        officer=ana, casefile_id=elsewhere.pk, title="Other", handling_code="H1", paragraphs=[says("Not this.")]
    )
    records.link_record(officer=fresh(ana), record_id=item.record_id, casefile_id=seat(joint, ana).casefile_id)
    with refused(rules.NOT_OF_OWN_FILE):
        actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    with refused(rules.NOT_OF_OWN_FILE):
        actions.contribute(officer=bela, joint_id=joint.pk, rendition_id=given.pk)
    with pytest.raises(NotFound):
        actions.contribute(officer=bela, joint_id=joint.pk, rendition_id=item.pk)


@pytest.mark.parametrize(
    ("scheme", "code", "text", "said"),
    [
        ("tlp", "AMBER+STRICT", "", policy.ORG_ONLY),
        ("tlp", "RED", "", rules.ASKS_TOO_MUCH),
        ("control", "NOFORN", "", policy.NO_FOREIGN),
        ("europol", "H3", "Keep it from the press.", rules.ASKS_TOO_MUCH),
        ("tlp", "GREEN", "", policy.CODE_NOT_ACCEPTED),
    ],
)
def test_what_a_handling_code_forbids_is_refused_with_its_sentence(joint, ana, bela, scheme, code, text, said):
    paragraph = says("Seven.", handling_scheme=scheme, handling_code=code, handling_text=text)
    item = intelligence.record_item(
        officer=ana, casefile_id=seat(joint, ana).casefile_id, title="Bound", handling_scheme=scheme, handling_code=code,
        handling_text=text, paragraphs=[paragraph],
    )  # fmt: skip
    with refused(said):
        actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    assert not sees(bela, item)
    assert not RecordGrant.objects.filter(origin=Origin.JOINT).exists()


def test_those_who_oversee_read_that_it_was_refused_and_no_word_of_the_restriction(joint, ana, iris, browser_of):
    words = "Keep it from the Almada port police."
    paragraph = says("Seven.", handling_scheme="europol", handling_code="H3", handling_text=words)
    item = recorded(ana, joint, code="H3", handling_text=words, paragraphs=[paragraph])
    address = f"/api/v1/joint-cases/{joint.pk}/contributions/"
    told = browser_of(ana).post(address, {"rendition_id": item.pk}, content_type="application/json")
    assert (told.status_code, words in told.json()["detail"]) == (403, True)
    assert "asks of each reader" in body(browser_of(iris).get("/ledger/"))
    assert words not in body(browser_of(iris).get("/ledger/"))


def test_the_owners_side_alone_takes_it_back_or_passes_it_on(joint, given, ana, bela, breno, sofia):
    with refused(sight.OTHER_AGENCY):
        actions.withdraw_contribution(officer=bela, joint_id=joint.pk, contribution_id=line(given).pk)
    own = casefiles.open_case(officer=bela, title="Porto Frio")
    records.link_record(officer=fresh(bela), record_id=given.record_id, casefile_id=own.pk)
    plan = Plan(
        recipient_id=sofia.agency_id, officer_ids=[sofia.pk], rendition_ids=[given.pk], purpose="investigation", legal_basis="art. 7",
        ends_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    answer = releases.ask_policy(officer=fresh(bela), casefile_id=own.pk, plan=plan)
    assert not answer.allowed
    assert policy.NOT_OURS in [step.said for step in answer.steps]
    with pytest.raises((NotAllowed, NotFound)):
        intelligence.correct_item(
            officer=fresh(bela), rendition_id=given.pk, title="x", handling_code="H1", paragraphs=[says("x")], reason="x"
        )
    with pytest.raises((NotAllowed, NotFound)):
        entities.note_mention(officer=fresh(bela), rendition_id=given.pk, etype="person", name="Somebody")
    actions.withdraw_contribution(officer=ana, joint_id=joint.pk, contribution_id=line(given).pk)
    assert not sees(bela, given)
    assert sees(ana, given)


def test_what_was_given_takes_no_further_mentions(joint, given, ana):
    assert grants.has_left(given)
    with pytest.raises(Conflict):
        entities.note_mention(officer=ana, rendition_id=given.pk, etype="person", name="Somebody")


def test_it_goes_with_the_agreement_the_officer_and_the_agency(joint, pact, given, ana, bela, breno, sami):
    agreements.suspend_agreement(officer=sami, agreement_id=pact.pk, reason="A leak is feared.")
    assert not sees(bela, given)
    assert sees(ana, given)
    agreements.resume_agreement(officer=sami, agreement_id=pact.pk, reason="It was not.")
    assert sees(bela, given)
    actions.end_admission(officer=breno, joint_id=joint.pk, admission_id=admission(joint, bela).pk)
    assert not sees(bela, given)
    actions.admit_officer(officer=breno, joint_id=joint.pk, member_id=bela.pk)
    assert sees(bela, given)
    actions.leave_joint_case(officer=breno, joint_id=joint.pk)
    assert not sees(bela, given)


def test_what_a_leaving_agency_gave_is_withdrawn(joint, ana, bela, breno):
    theirs = recorded(bela, joint, "Lista do terminal")
    give(bela, breno, joint, theirs)
    assert sees(ana, theirs)
    actions.leave_joint_case(officer=breno, joint_id=joint.pk)
    assert not sees(ana, theirs)
    assert sees(bela, theirs)
    assert line(theirs).withdrawn_at


def test_who_can_see_it_names_the_agencies_to_its_owner_and_to_a_partner_its_own_alone(joint, given, ana, bela, sofia, tomas):
    actions.admit_officer(officer=sofia, joint_id=joint.pk, member_id=tomas.pk)
    told = {(row.agency.short_name, row.sees) for row in records.explain_sight(officer=ana, record_id=given.record_id)}
    assert {("SIC", True), ("FN", True)} <= told
    partner = records.explain_sight(officer=fresh(bela), record_id=given.record_id)
    assert {row.agency.short_name for row in partner} == {"SIC"}
    assert joint.reference in partner[0].sentence
    assert partner[0].release_id is None
    steps = [step.reason for step in records.check_person(officer=fresh(bela), record_id=given.record_id, person_id=bela.pk).steps]
    assert any(joint.reference in step for step in steps)


def test_a_supervisor_off_the_team_takes_back_while_the_agreement_is_suspended(joint, pact, given, sami, breno, bela):
    agreements.suspend_agreement(officer=breno, agreement_id=pact.pk, reason="Not now.")
    actions.withdraw_contribution(officer=sami, joint_id=joint.pk, contribution_id=line(given).pk)
    agreements.resume_agreement(officer=breno, agreement_id=pact.pk, reason="Again.")
    assert not sees(bela, given)
    with pytest.raises(Conflict):
        actions.withdraw_contribution(officer=sami, joint_id=joint.pk, contribution_id=line(given).pk)


def test_the_nightly_checks_find_nothing_and_then_a_grant_that_nobody_gave(joint, given, ana, bela, otto):
    assert releases.check_projection() == 0
    assert actions.check_joint_sight() == 0
    Contribution.objects.unscoped("a test breaks it").filter(pk=line(given).pk).update(withdrawn_at=timezone.now(), withdrawn_by=ana.pk)
    assert actions.check_joint_sight() > 0
    assert Event.objects.filter(kind="joint.sight.differs", owner_id=ana.agency_id).exists()


def test_a_mention_in_it_carries_its_owners_desk(joint, ana, bela, sami, pact):
    item = recorded(ana, joint)
    mention = entities.note_mention(
        officer=ana, rendition_id=item.pk, etype="person", name="Rui", identifiers=[{"type": "phone", "raw": "+99 55 014 7720"}]
    )
    give(ana, sami, joint, item)
    seen = entities.list_mentions(officer=fresh(bela), rendition_id=item.pk).page.rows
    assert [row.mention.pk for row in seen] == [mention.pk]
    assert mention.agency_id == ana.agency_id
    while deconfliction.compare_changes(now=timezone.now(), limit=500):
        pass
    assert not deconfliction.list_hits(officer=fresh(bela)).rows


def test_who_is_not_on_the_team_gives_nothing(joint, ana, sami, alma, bela):
    item = recorded(ana, joint)
    actions.end_admission(officer=sami, joint_id=joint.pk, admission_id=admission(joint, ana).pk)
    with pytest.raises(NotFound):
        actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    with pytest.raises(NotFound):
        actions.contribute(officer=alma, joint_id=joint.pk, rendition_id=item.pk)


def test_what_one_officer_asked_for_crosses_when_another_approves_it(joint, ana, sami, bela, breno):
    item = recorded(ana, joint)
    asked = actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    own = {"joint_id": joint.pk, "contribution_id": asked.pk}
    assert not grants.has_left(item)
    assert not sees(bela, item)
    assert not actions.view_joint_case(officer=fresh(bela), joint_id=joint.pk).given
    for other in (bela, breno):
        with pytest.raises(NotFound):
            actions.open_contribution(officer=fresh(other), **own)
        with pytest.raises(NotFound):
            actions.withdraw_contribution(officer=fresh(other), **own)
    told = set(Event.objects.filter(kind__startswith="joint.contribution").values_list("owner_id", flat=True))
    assert told == {ana.agency_id}
    assert actions.NOTICES["joint.contribution.waits"](fresh(sami), asked.pk).title
    assert actions.NOTICES["joint.contribution.waits"](fresh(ana), asked.pk) is None
    approve(sami, asked)
    assert sees(bela, item)
    assert actions.NOTICES["joint.contribution.waits"](fresh(sami), asked.pk) is None
    assert actions.NOTICES["joint.contribution.decided"](fresh(ana), asked.pk).title == item.title


def test_nobody_approves_what_they_asked_for_not_as_a_deputy_either(joint, ana, sami, bela):
    item = recorded(ana, joint)
    asked = actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    days = {"since": timezone.now() - timedelta(hours=1), "until": timezone.now() + timedelta(days=2)}
    people.name_deputy(by=sami, officer_id=sami.pk, deputy_id=ana.pk, role=Role.SUPERVISOR, reason="On leave.", **days)
    with refused(releases_rules.OWN_REQUEST):
        approve(ana, asked)
    with refused(releases_rules.STANDS_IN):
        approve(sami, asked)
    with pytest.raises(IntegrityError, match="four_eyes_on_a_contribution"), transaction.atomic():
        Contribution.objects.unscoped("a test breaks in").filter(pk=asked.pk).update(
            approved_by=ana.pk, approved_at=timezone.now(), proof=uuid4()
        )
    with pytest.raises(IntegrityError, match="a_contribution_is_approved_with_proof"), transaction.atomic():
        Contribution.objects.unscoped("a test breaks in").filter(pk=asked.pk).update(approved_by=sami.pk, approved_at=timezone.now())
    assert not sees(bela, item)


def test_an_approval_is_for_what_was_looked_at_and_for_those_who_would_see_it(joint, pact, ana, sami, bela, sofia):
    item = recorded(ana, joint)
    asked = actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    own = {"joint_id": joint.pk, "contribution_id": asked.pk}
    for happens in (
        lambda: entities.note_mention(officer=fresh(ana), rendition_id=item.pk, etype="person", name="Somebody"),
        lambda: actions.leave_joint_case(officer=fresh(sofia), joint_id=joint.pk),
    ):
        seen = actions.open_contribution(officer=fresh(sami), **own).content_hash
        proof = proofs.check(sami, Deed.RELEASES_APPROVE, asked.pk, seen, {"proof_password": PASSWORD})
        happens()
        with refused(proofs.NOT_FOR_THIS):
            actions.approve_contribution(officer=fresh(sami), proof=proof, **own)
        assert not sees(bela, item)
    agreements.suspend_agreement(officer=sami, agreement_id=pact.pk, reason="A leak is feared.")
    assert actions.open_contribution(officer=fresh(sami), **own).allowed.reason == str(rules.HELD_BACK.text)
    with refused(rules.HELD_BACK, Conflict):
        approve(sami, asked)
    agreements.resume_agreement(officer=sami, agreement_id=pact.pk, reason="It was not.")
    approve(sami, asked)
    assert sees(bela, item)


def test_what_is_turned_down_says_why_to_whoever_asked_and_never_crosses(joint, ana, sami, bela):
    item = recorded(ana, joint)
    asked = actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    actions.withdraw_contribution(officer=sami, joint_id=joint.pk, contribution_id=asked.pk, reason="Name the berth first.")
    with refused(rules.WITHDRAWN_ALREADY, Conflict):
        approve(sami, asked)
    assert actions.NOTICES["joint.contribution.decided"](fresh(ana), asked.pk).tone == "warn"
    assert actions.open_contribution(officer=fresh(ana), joint_id=joint.pk, contribution_id=asked.pk).contribution.withdrawn_reason
    assert not Event.objects.filter(kind__startswith="joint.contribution", owner_id=bela.agency_id).exists()
    give(ana, sami, joint, item)
    assert sees(bela, item)


def test_nothing_leaves_the_own_file_once_it_is_closed(joint, ana, sami, bela):
    item = recorded(ana, joint)
    asked = actions.contribute(officer=ana, joint_id=joint.pk, rendition_id=item.pk)
    own = seat(joint, ana).casefile_id
    casefiles.close_case(officer=fresh(sami), casefile_id=own, outcome="no-offence", reason="Nothing came of it.")
    seen = actions.open_contribution(officer=fresh(sami), joint_id=joint.pk, contribution_id=asked.pk)
    assert not seen.allowed
    with refused(case_rules.CLOSED, Conflict):
        approve(sami, asked)
    assert not sees(bela, item)
