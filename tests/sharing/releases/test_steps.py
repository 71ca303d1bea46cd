"""As many pairs of eyes as the agency's table asks for: each decides once, and the last one lets it leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts import proofs
from accounts.models import Notice, Officer, Proof
from accounts.roles import Deed, Role
from audit.models import Event
from cases.records.models import RecordGrant
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.demo.cast import PASSWORD
from sharing.releases import actions, rules
from sharing.releases.actions import NewRule
from sharing.releases.models import ApprovalRule, Decision, Release
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.releases.conftest import proven, seen_by

Status = Release.Status
TRY = "a test tries"


def confirmed(officer: Officer) -> Proof:
    """The officer confirms, looking at the agency's table as it is."""
    seen = actions.list_approval_rules(officer=officer).content_hash
    return proofs.check(officer, Deed.RELEASES_APPROVE, officer.agency_id, seen, {"proof_password": PASSWORD})


def ruled(officer: Officer, supervisors: int, **facts: Any) -> ApprovalRule:
    rule = NewRule(supervisors=supervisors, **{"reason": "Order 4 of the director."} | facts)
    return actions.add_approval_rule(officer=officer, rule=rule, proof=confirmed(officer))


def approves(officer: Officer, release: Release) -> Release:
    return actions.approve_release(officer=officer, release_id=release.pk, proof=proven(officer, release))


@pytest.fixture
def for_two(sami: Officer, asked: Callable[..., Release]) -> Callable[..., Release]:
    """A release that awaits two supervisors."""

    def made(**changes: Any) -> Release:
        ruled(sami, 2, country="abroad")
        return asked(**changes)

    return made


def test_the_first_of_two_lets_nothing_leave_and_the_second_does(ana, sami, alma, bela, for_two):
    release = for_two()
    first = approves(sami, release)
    assert (first.status, RecordGrant.objects.filter(cause=release.pk).exists()) == (Status.AWAITING, False)
    assert not Release.objects.visible_to(bela).filter(pk=release.pk).exists()
    waiting = Notice.objects.filter(kind="releases.release.awaiting", done_at=None)
    assert set(waiting.values_list("officer", flat=True)) == {alma.pk}
    assert not Notice.objects.filter(kind__in=["releases.release.received", "releases.release.decided"], done_at=None).exists()

    done = approves(alma, release)
    assert (done.status, done.approved_by_id) == (Status.APPROVED, alma.pk)
    actions.accept_release(officer=bela, release_id=release.pk)
    assert seen_by(bela) == {"Invoice set, seven reefers"}
    step, leaving = (Event.objects.get(kind=f"releases.release.{kind}") for kind in ("step-approved", "approved"))
    assert (step.actor_id, leaving.actor_id) == (sami.pk, alma.pk)


def test_the_usual_table_asks_for_two_abroad(sami, asked):
    ApprovalRule.objects.unscoped(TRY).update(ended_at=timezone.now(), ended_by=sami, ended_reason="A test.")
    release = asked()
    assert (release.supervisors, approves(sami, release).status) == (2, Status.AWAITING)


def test_nobody_decides_twice(sami, alma, for_two):
    release = for_two()
    approves(sami, release)
    for deed in (approves, lambda who, what: actions.refuse_release(officer=who, release_id=what.pk, reason="No.")):
        with refused(rules.DECIDED_ALREADY):
            deed(sami, release)
    assert approves(alma, release).status == Status.APPROVED


def test_nobody_decides_twice_in_two_roles(sami, alma, asked):
    """Sami may also give legal advice: whichever step he takes, the other one is somebody else's."""
    ruled(sami, 1, legal=True)
    accounts.appoint(by=None, officer_id=sami.pk, role=Role.PROSECUTOR)
    release = asked()
    both = fresh(sami)
    approves(both, release)
    assert Decision.objects.visible_to(both).get().step == "legal"
    with refused(rules.DECIDED_ALREADY):
        approves(both, release)
    assert approves(alma, release).status == Status.APPROVED


def test_nor_as_the_deputy_of_somebody_who_decided(sami, alma, for_two):
    release, now = for_two(), timezone.now()
    accounts.name_deputy(
        by=sami, officer_id=sami.pk, deputy_id=alma.pk, role=Role.SUPERVISOR, since=now - timedelta(hours=1), until=now + timedelta(days=1),
        reason="Leave",
    )  # fmt: skip
    approves(sami, release)
    with refused(rules.STANDS_IN):
        approves(fresh(alma), release)


def test_a_legal_review_is_given_by_whom_the_agency_lets_advise(sami, alma, asked):
    ruled(sami, 1, legal=True)
    release = asked()
    approves(sami, release)
    with pytest.raises(NotAllowed, match="Your role"):
        approves(alma, release)
    accounts.appoint(by=None, officer_id=alma.pk, role=Role.PROSECUTOR)
    assert approves(fresh(alma), release).status == Status.APPROVED


def test_a_change_voids_the_first_approval(ana, sami, alma, for_two, plan):
    release = for_two()
    approves(sami, release)
    actions.change_release(officer=ana, release_id=release.pk, plan=plan(cover_note="Call first."), ask=True)
    release.refresh_from_db(from_queryset=Release.objects.unscoped(TRY))
    assert approves(alma, release).status == Status.AWAITING
    assert Decision.objects.visible_to(sami).filter(voided_at=None).count() == 1
    assert approves(sami, release).status == Status.APPROVED


def test_asking_again_without_a_change_voids_it_too(ana, sami, alma, for_two):
    release = for_two()
    approves(sami, release)
    actions.send_back_release(officer=alma, release_id=release.pk, reason="Is the date needed?")
    again = actions.request_release(officer=ana, release_id=release.pk)
    assert approves(alma, again).status == Status.AWAITING
    assert approves(sami, again).status == Status.APPROVED


def test_one_refusal_is_enough(sami, alma, bela, for_two):
    release = for_two()
    approves(sami, release)
    assert actions.refuse_release(officer=alma, release_id=release.pk, reason="It shows the source.").status == Status.REFUSED
    with refused(rules.NOT_NOW, Conflict):
        approves(sami, release)
    assert not RecordGrant.objects.filter(cause=release.pk).exists()


def test_a_stricter_table_counts_for_what_waits_and_a_milder_one_does_not(sami, alma, asked):
    release = asked()
    strict = ruled(sami, 2)
    assert approves(sami, release).status == Status.AWAITING
    actions.end_approval_rule(officer=sami, rule_id=strict.pk, reason="Too slow.", proof=confirmed(sami))
    assert Release.objects.unscoped(TRY).get(pk=release.pk).supervisors == 2
    assert approves(alma, release).status == Status.APPROVED


# --- the table


def test_a_supervisor_adds_and_ends_a_rule_with_a_reason_and_both_are_in_the_ledger(ana, sami):
    rule = ruled(sami, 2, country="SC", atom="NO_JUDICIAL", legal=True)
    assert rule in actions.list_approval_rules(officer=ana).standing
    with refused(rules.REASON_MISSING, Invalid):
        actions.end_approval_rule(officer=sami, rule_id=rule.pk, reason=" ", proof=confirmed(sami))
    actions.end_approval_rule(officer=sami, rule_id=rule.pk, reason="Never used.", proof=confirmed(sami))
    table = actions.list_approval_rules(officer=ana)
    assert (rule in table.standing, [each.ended_reason for each in table.ended]) == (False, ["Never used."])
    assert [Event.objects.filter(kind=f"releases.rule.{deed}").count() for deed in ("added", "ended")] == [1, 1]
    with refused(rules.RULE_ENDED, Conflict):
        actions.end_approval_rule(officer=sami, rule_id=rule.pk, reason="Again.", proof=confirmed(sami))


def test_an_investigator_reads_the_table_and_does_not_change_it(ana, sami):
    with pytest.raises(NotAllowed, match="Your role"):
        ruled(ana, 1)


def test_another_agencys_table_is_not_there(sami, breno):
    rule = ruled(sami, 2)
    assert rule not in actions.list_approval_rules(officer=breno).standing
    with pytest.raises(NotFound):
        actions.end_approval_rule(officer=breno, rule_id=rule.pk, reason="Not mine.", proof=confirmed(breno))


def test_a_change_is_confirmed_for_the_table_that_was_looked_at(sami, alma):
    looked = confirmed(sami)
    ruled(alma, 2)
    with pytest.raises(NotAllowed, match="confirmed"):
        actions.add_approval_rule(officer=sami, rule=NewRule(supervisors=0, reason="Faster."), proof=looked)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("country", "XX", rules.UNKNOWN_COUNTRY), ("atom", "NONE", rules.UNKNOWN_ATOM), ("supervisors", 3, rules.NO_SUCH_NUMBER),
        ("reason", " ", rules.REASON_MISSING),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_a_sentence_for_its_field(sami, field, value, said):
    facts = {"supervisors": 1, "reason": "x"} | {field: value}
    with pytest.raises(Invalid) as found:
        actions.add_approval_rule(officer=sami, rule=NewRule(**facts), proof=confirmed(sami))
    assert found.value.fields == {field: said}


# --- what the database holds


def test_a_release_does_not_leave_before_all_its_steps_whatever_the_code_does(sami, alma, for_two):
    release = for_two()
    approves(sami, release)
    rows = Release.objects.unscoped(TRY).filter(pk=release.pk)
    facts = {"status": "approved", "approved_by": alma, "approved_hash": release.content_hash, "leaves_at": timezone.now()}
    with pytest.raises(IntegrityError, match="every step"), transaction.atomic():
        rows.update(**facts)
    with pytest.raises(IntegrityError, match="stays as it was approved"), transaction.atomic():
        rows.update(**facts, supervisors=1)
    with pytest.raises(IntegrityError, match="somebody_approves"), transaction.atomic():
        rows.update(supervisors=0)


def test_two_decisions_of_one_officer_or_one_on_an_own_request_are_refused(ana, sami, for_two):
    release = for_two()
    approves(sami, release)
    facts = {"release": release, "answer": "approved", "content_hash": release.content_hash}
    with pytest.raises(IntegrityError, match="decides_once"), transaction.atomic():
        Decision.objects.create(**facts, officer=sami, step="legal")
    with pytest.raises(IntegrityError, match="own request"), transaction.atomic():
        Decision.objects.create(**facts, officer=ana)
    with pytest.raises(IntegrityError, match="as it was said"), transaction.atomic():
        Decision.objects.unscoped(TRY).update(step="legal")


def test_a_rule_is_never_changed_or_deleted(sami):
    rows = ApprovalRule.objects.unscoped(TRY).filter(pk=ruled(sami, 2).pk)
    for change in ({"supervisors": 0}, {"reason": "Other."}, {"country": "SC"}):
        with pytest.raises(IntegrityError, match="as it was written"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="stays to be read"), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError, match="ends_with_a_reason"), transaction.atomic():
        rows.update(ended_at=timezone.now())


# --- pages and the machine door


def test_pages_say_how_many_must_approve_and_why(browser_of, sami, alma, for_two):
    release = for_two()
    page = browser_of(sami).get(f"/releases/{release.pk}/").content.decode()
    assert "0 of 2: nobody yet. Open: Supervisor, Supervisor, by one of Alma Rydell, Sami Okonjo-Hale" in page
    assert "Abroad, Everything: two supervisors" in page
    given = {"content_hash": release.content_hash, "proof_password": PASSWORD}
    said = browser_of(sami).post(f"/releases/{release.pk}/approve/", given, follow=True).content.decode()
    assert "Your approval is kept." in said
    assert "You have decided on this already." in said
    assert "1 of 2: Sami Okonjo-Hale (Supervisor)" in said
    inbox = browser_of(alma).get("/releases/approvals/").content.decode()
    assert "1 of 2 steps are taken." in inbox
    assert "1 of 2 steps are taken." in browser_of(alma).get("/").content.decode()


def test_the_table_is_changed_on_its_page(browser_of, ana, sami):
    boss = browser_of(sami)
    seen = actions.list_approval_rules(officer=sami).content_hash
    typed = {"supervisors": "2", "country": "SC", "legal": "on", "reason": "Order 5.", "content_hash": seen, "proof_password": PASSWORD}
    assert boss.post("/releases/steps/", typed | {"reason": ""}).status_code == 422
    assert browser_of(ana).post("/releases/steps/", typed).status_code == 403
    assert boss.post("/releases/steps/", typed).status_code == 302
    assert "Two supervisors, and a legal review" in browser_of(ana).get("/releases/steps/").content.decode()
    rule = ApprovalRule.objects.visible_to(sami).get(reason="Order 5.")
    place = f"/releases/steps/{rule.pk}/end/"
    assert browser_of(ana).get(place).status_code == 403
    seen = actions.list_approval_rules(officer=sami).content_hash
    assert boss.post(place, {"reason": "Over.", "content_hash": seen, "proof_password": "wrong"}).status_code == 403
    assert boss.post(place, {"reason": "Over.", "content_hash": seen, "proof_password": PASSWORD}).status_code == 302
    assert "Rules that have ended" in boss.get("/releases/steps/").content.decode()


def test_programs_read_and_change_the_table_and_take_steps(machine_of, ana, sami, alma, asked):
    boss, rules_at = machine_of(sami), "/api/v1/approval-rules/"
    table = boss.get(rules_at).json()
    given = {"content_hash": table["content_hash"], "proof": {"password": PASSWORD}}
    made = boss.post(rules_at, {"country": "abroad", "supervisors": 2, "reason": "Order 4."} | given)
    assert made.status_code == 201
    assert machine_of(ana).post(rules_at, {"supervisors": 0, "reason": "x"} | given).status_code == 403
    release = asked()
    place = f"/api/v1/releases/{release.pk}/"
    assert boss.post(f"{place}approve/", {"content_hash": release.content_hash} | {"proof": given["proof"]}).json()["status"] == "awaiting"
    seen = boss.get(place).json()
    assert (seen["steps_needed"], seen["steps_open"], seen["decisions"][0]["step"]) == (2, ["supervisor"], "supervisor")
    assert seen["why_not_decide"] == str(rules.DECIDED_ALREADY.text)
    given["content_hash"] = boss.get(rules_at).json()["content_hash"]
    ended = boss.post(f"{rules_at}{made.json()['id']}/end/", {"reason": "Over."} | given)
    assert (ended.status_code, len(boss.get(rules_at).json()["ended"])) == (200, 1)
