"""Approving: a second pair of eyes, on one exact content, with fresh proof; and everything that is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Notice
from accounts.roles import Role
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.entities.models import Call, Identifier, Mention, Transaction
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records.models import RecordGrant
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from sharing.agreements import actions as agreements
from sharing.agreements import policy
from sharing.releases import actions, rules
from sharing.releases.models import Decision, Release
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.releases.conftest import CODES, proven, says, seen_by

Status = Release.Status


def test_approval_gives_exactly_these_renditions_to_whoever_accepts(ana, sami, bela, item, other_item, casefile, asked):
    release = asked()
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    assert seen_by(bela) == set()

    actions.accept_release(officer=bela, release_id=release.pk)
    assert seen_by(bela) == {"Invoice set, seven reefers"}

    release.refresh_from_db()
    assert (release.status, release.approved_by_id) == (Status.APPROVED, sami.pk)
    assert release.approved_hash == release.content_hash != ""
    grant = RecordGrant.objects.get(cause=release.pk)
    assert (grant.rendition_id, grant.basis, grant.expires_at) == (item.pk, release.agreement_id, release.ends_at)
    decision = Decision.objects.visible_to(sami).get()
    assert (decision.answer, decision.content_hash) == ("approved", release.approved_hash)
    assert decision.proof


def test_approval_is_in_the_ledger_with_what_it_rests_on(sami, asked):
    release = asked()
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    line = Event.objects.get(kind="releases.release.approved")
    assert (line.actor_id, line.subject_id, line.owner_id) == (sami.pk, release.pk, sami.agency_id)
    assert f"agreement:{release.agreement_id}" in line.via
    assert f"article:{release.article_id}" in line.via


def test_the_recipients_are_told_and_the_approvers_no_longer_asked(ana, sami, alma, bela, breno, asked):
    release = asked()
    waiting = Notice.objects.filter(kind="releases.release.awaiting", done_at=None)
    assert set(waiting.values_list("officer", flat=True)) == {sami.pk, alma.pk}
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    assert not waiting.exists()
    told = Notice.objects.filter(kind="releases.release.received", done_at=None)
    assert set(told.values_list("officer", flat=True)) == {bela.pk, breno.pk}
    assert Notice.objects.filter(kind="releases.release.decided", officer=ana, done_at=None).exists()


def test_a_requester_cannot_approve_their_own_release(sami, casefile, agreement, plan):
    release = actions.draft_release(officer=sami, casefile_id=casefile.pk, plan=plan())
    release = actions.request_release(officer=sami, release_id=release.pk)
    with refused(rules.OWN_REQUEST):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))


def test_who_stands_in_for_the_requester_cannot_approve(ana, sami, asked):
    release = asked()
    now = timezone.now()
    accounts.name_deputy(
        by=ana, officer_id=ana.pk, deputy_id=sami.pk, role=Role.INVESTIGATOR, since=now - timedelta(hours=1), until=now + timedelta(days=1),
        reason="Leave",
    )  # fmt: skip
    with refused(rules.STANDS_IN):
        actions.approve_release(officer=fresh(sami), release_id=release.pk, proof=proven(sami, release))


def test_who_stood_in_for_the_requester_when_it_was_asked_for_cannot_approve_afterwards(ana, sami, asked):
    release = asked()
    now = timezone.now()
    accounts.name_deputy(
        by=ana, officer_id=ana.pk, deputy_id=sami.pk, role=Role.INVESTIGATOR, since=now - timedelta(hours=1), until=now, reason="Leave"
    )
    with refused(rules.STANDS_IN):
        actions.approve_release(officer=fresh(sami), release_id=release.pk, proof=proven(sami, release))


def test_a_deputy_of_another_supervisor_may_approve(ana, sami, alma, casefile, item, asked):
    release = asked()
    now = timezone.now()
    accounts.name_deputy(
        by=sami, officer_id=sami.pk, deputy_id=alma.pk, role=Role.SUPERVISOR, since=now - timedelta(hours=1), until=now + timedelta(days=1),
        reason="Leave",
    )  # fmt: skip
    accounts.withdraw_role(by=None, officer_id=alma.pk, role=Role.SUPERVISOR)
    done = actions.approve_release(officer=fresh(alma), release_id=release.pk, proof=proven(alma, release))
    assert done.approved_by == alma


def test_an_investigator_cannot_approve(ana, sami, casefile, agreement, plan):
    release = actions.draft_release(officer=sami, casefile_id=casefile.pk, plan=plan())
    release = actions.request_release(officer=sami, release_id=release.pk)
    with pytest.raises(NotAllowed, match="Your role"):
        actions.approve_release(officer=ana, release_id=release.pk, proof=proven(ana, release))


def test_whoever_does_not_see_the_case_does_not_know_of_the_release(ana, sami, alma, casefile, asked):
    release = asked()
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    with pytest.raises(NotFound):
        actions.approve_release(officer=fresh(alma), release_id=release.pk, proof=proven(alma, release))


def test_the_recipient_cannot_approve(breno, asked):
    release = asked()
    with pytest.raises(NotFound):
        actions.approve_release(officer=breno, release_id=release.pk, proof=proven(breno, release))


def test_a_proof_for_another_content_approves_nothing(sami, asked, other_item):
    release, other = asked(), asked(rendition_ids=[other_item.pk])
    with pytest.raises(NotAllowed, match="confirmed"):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, other))
    release.refresh_from_db()
    assert release.status == Status.AWAITING


def test_another_officers_proof_approves_nothing(sami, alma, asked):
    release = asked()
    with pytest.raises(NotAllowed):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(alma, release))


def test_a_release_is_approved_once(sami, alma, asked):
    release = asked()
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    with refused(rules.NOT_NOW, Conflict):
        actions.approve_release(officer=alma, release_id=release.pk, proof=proven(alma, release))
    assert RecordGrant.objects.filter(cause=release.pk).count() == 1


def test_a_change_of_content_voids_the_request_and_what_was_decided(ana, sami, asked, plan, other_item):
    release = asked()
    proof = proven(sami, release)
    actions.send_back_release(officer=sami, release_id=release.pk, reason="Say more of the berth.")
    changed = actions.change_release(officer=ana, release_id=release.pk, plan=plan(rendition_ids=[other_item.pk]))
    assert (changed.status, changed.content_hash) == (Status.DRAFT, "")
    assert Decision.objects.visible_to(sami).get().voided_at
    again = actions.request_release(officer=ana, release_id=release.pk)
    assert again.content_hash != release.content_hash
    with pytest.raises(NotAllowed, match="confirmed"):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proof)


def test_a_suspended_agreement_stops_an_approval(sami, breno, agreement, asked):
    release = asked()
    agreements.suspend_agreement(officer=breno, agreement_id=agreement.pk, reason="A leak is being looked into.")
    with refused(policy.NOT_IN_FORCE):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    assert not RecordGrant.objects.filter(cause=release.pk).exists()


def test_sending_back_and_refusing_take_a_reason(ana, sami, asked):
    release = asked()
    with refused(rules.REASON_MISSING, Invalid):
        actions.send_back_release(officer=sami, release_id=release.pk, reason="  ")
    refusal = actions.refuse_release(officer=sami, release_id=release.pk, reason="It would show the source.")
    assert refusal.status == Status.REFUSED
    with refused(rules.NOT_NOW, Conflict):
        actions.request_release(officer=ana, release_id=release.pk)


def test_a_mention_added_after_the_request_needs_a_new_request(sami, item, asked):
    release = asked()
    Mention.objects.create(rendition=item, agency=item.record.agency, unit=sami.unit, etype="person", name="Rosa Quintela")
    with refused(rules.CHANGED, Conflict):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))


def test_an_identifier_added_after_the_request_needs_a_new_request(sami, item, asked):
    mention = Mention.objects.create(rendition=item, agency=item.record.agency, unit=sami.unit, etype="person", name="Rosa Quintela")
    release = asked()
    Identifier.objects.create(mention=mention, type="phone", raw="+1 202 555 0100", normalised="+12025550100")
    with refused(rules.CHANGED, Conflict):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))


@pytest.mark.parametrize("model", [Transaction, Call])
def test_a_payment_or_a_call_added_after_the_request_needs_a_new_request(ana, sami, item, asked, model):
    facts = {"amount": "40000.5", "currency": "USD"} if model is Transaction else {"seconds": 9}
    said = {"rendition": item, "from_text": "Harrow", "made_by": ana, "listed_at": item.made_at, **facts}
    model.objects.create(**said)
    release = asked()
    model.objects.create(**said)
    with refused(rules.CHANGED, Conflict):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    [row] = actions.open_release(officer=sami, release_id=release.pk).inside.leaving
    assert (row.transactions, row.calls) == ((2, 0) if model is Transaction else (0, 2))


def test_what_is_not_everybodys_to_see_is_approved_by_who_sees_all_of_it(ana, sami, alma, casefile, item, agreement, plan):
    closer = casefiles.open_case(officer=ana, title="Quiet file", team=[alma.pk])
    apart = intelligence.record_item(officer=ana, casefile_id=closer.pk, title="Dock foreman", paragraphs=[says("He saw it.")], **CODES)
    records.link_record(officer=ana, record_id=apart.record_id, casefile_id=casefile.pk)
    draft = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=[item.pk, apart.pk]))
    release = actions.request_release(officer=ana, release_id=draft.pk)
    with refused(rules.UNSEEN):
        actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    assert actions.approve_release(officer=alma, release_id=release.pk, proof=proven(alma, release)).approved_by == alma
