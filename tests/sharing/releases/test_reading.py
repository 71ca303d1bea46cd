"""What a recipient sees: exactly what was released, from acceptance until the end, and nothing else ever."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Notice
from accounts.roles import Role
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.entities import actions as entities
from cases.entities.models import Mention, Subject
from cases.intelligence import actions as intelligence
from cases.intelligence.models import Paragraph
from cases.records import actions as records
from cases.records.models import RecordGrant, Rendition
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from sharing.agreements import actions as agreements
from sharing.releases import actions, rules
from sharing.releases.actions import notices
from sharing.releases.models import Acceptance, Release
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.releases.conftest import CODES, proven, says, seen_by

INVOICES = {"Invoice set, seven reefers"}


def test_accepting_opens_exactly_what_was_released(bela, breno, approved, item):
    release = approved()
    actions.accept_release(officer=bela, release_id=release.pk)
    assert seen_by(bela) == INVOICES
    assert seen_by(breno) == set()  # of the same unit, and has accepted nothing
    assert list(Paragraph.objects.visible_to(fresh(bela)).values_list("text", flat=True)) == ["Prices differ by 380 per cent."]
    promise = Acceptance.objects.visible_to(bela).get()
    assert promise.content_hash == release.approved_hash
    line = Event.objects.get(kind="releases.release.accepted")
    assert (line.actor_id, line.owner_id) == (bela.pk, release.agency_id)
    assert not Notice.objects.filter(officer=bela, kind=notices.RECEIVED, done_at=None).exists()


def test_accepting_again_changes_nothing(bela, approved):
    release = approved()
    for _time in range(2):
        actions.accept_release(officer=bela, release_id=release.pk)
    assert Event.objects.filter(kind="releases.release.accepted").count() == 1


def test_a_later_version_does_not_follow_the_released_one(ana, bela, received, item):
    received()
    intelligence.correct_item(
        officer=ana, rendition_id=item.pk, title="Invoice set, eight reefers", paragraphs=[says("Nine.")], reason="One more.", **CODES
    )
    assert seen_by(bela) == INVOICES
    assert Rendition.objects.visible_to(fresh(bela)).get().pk == item.pk


def test_a_tear_line_leaves_without_its_original(ana, bela, received, item):
    torn = intelligence.make_tear_line(
        officer=ana, rendition_id=item.pk, title="Prices of reefers", paragraphs=[says("They differ.")], **CODES
    )
    received(rendition_ids=[torn.pk])
    assert seen_by(bela) == {"Prices of reefers"}
    with pytest.raises(NotFound):
        records.open_rendition(officer=fresh(bela), record_id=item.record_id, rendition_id=item.pk)


def test_tomorrows_note_and_record_do_not_reach_the_partner(ana, bela, received, casefile):
    received()
    casefiles.write_note(officer=ana, casefile_id=casefile.pk, text="The driver calls himself Tio.")
    intelligence.record_item(officer=ana, casefile_id=casefile.pk, title="Berth change", paragraphs=[says("Terminal 4.")], **CODES)
    assert seen_by(bela) == INVOICES
    with pytest.raises(NotFound):
        casefiles.list_notes(officer=fresh(bela), casefile_id=casefile.pk)


def test_a_case_header_leaves_as_a_line_of_its_own(bela, received, casefile):
    received(header="reference")
    assert seen_by(bela) == INVOICES | {casefile.reference}
    received(header="title", rendition_ids=[])
    assert seen_by(bela) == INVOICES | {casefile.reference, f"{casefile.reference} {casefile.title}"}


def test_merging_subjects_at_home_shows_the_partner_nothing(ana, sami, bela, item, asked):
    Mention.objects.create(rendition=item, agency=ana.agency, unit=ana.unit, etype="person", name="Rosa Quintela")
    release = asked()
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    actions.accept_release(officer=bela, release_id=release.pk)
    mention = Mention.objects.visible_to(ana).get()
    entities.make_subject(officer=ana, mention_ids=[mention.pk], label="The courier")
    assert list(Mention.objects.visible_to(fresh(bela)).values_list("name", flat=True)) == ["Rosa Quintela"]
    assert not Subject.objects.visible_to(fresh(bela)).exists()


def test_nobody_but_an_addressee_accepts(paulo, tomas, otto, ana, approved):
    release = approved()
    for stranger in (paulo, tomas, otto):
        with pytest.raises(NotFound):
            actions.accept_release(officer=stranger, release_id=release.pk)
    with refused(rules.NOT_FOR_YOU):
        actions.accept_release(officer=ana, release_id=release.pk)


def test_a_recipient_knows_nothing_before_it_is_approved(bela, asked):
    release = asked()
    for deed in (actions.accept_release, actions.open_release):
        with pytest.raises(NotFound):
            deed(officer=bela, release_id=release.pk)
    assert actions.list_releases(officer=bela, side="received").rows == []


def test_named_officers_alone_receive_what_is_for_named_people(ana, bela, breno, approved):
    release = approved(unit_id=None, officer_ids=[bela.pk])
    with pytest.raises(NotFound):
        actions.accept_release(officer=breno, release_id=release.pk)
    actions.accept_release(officer=bela, release_id=release.pk)
    assert (seen_by(bela), seen_by(breno)) == (INVOICES, set())
    assert set(Notice.objects.filter(subject_id=release.pk).values_list("officer", "kind")) >= {(bela.pk, notices.RECEIVED)}
    assert not Notice.objects.filter(subject_id=release.pk, officer=breno).exists()


def test_recipients_do_not_see_each_other(bela, breno, received):
    release = received()
    actions.accept_release(officer=breno, release_id=release.pk)
    assert [each.officer_id for each in Acceptance.objects.visible_to(bela)] == [bela.pk]
    cover = actions.open_release(officer=bela, release_id=release.pk).cover
    assert cover
    assert cover.lines == 1


def test_the_end_ends_sight_by_itself(bela, received):
    release = received(ends_at=timezone.now() + timedelta(seconds=3))
    assert seen_by(bela) == INVOICES
    time.sleep(max(0.0, (release.ends_at - timezone.now()).total_seconds()) + 0.05)
    assert seen_by(bela) == set()
    release.refresh_from_db()
    assert release.status == "approved"  # nobody did anything


def test_what_has_ended_is_written_down_once(ana, bela, breno, received):
    release = received(ends_at=timezone.now() + timedelta(seconds=2))
    assert actions.expire_releases() == 0
    time.sleep(max(0.0, (release.ends_at - timezone.now()).total_seconds()) + 0.05)
    with refused(rules.OVER, Conflict):
        actions.accept_release(officer=breno, release_id=release.pk)
    assert actions.expire_releases() == 1
    assert actions.expire_releases() == 0
    assert Event.objects.filter(kind="releases.release.expired", subject_id=release.pk).count() == 1
    assert not Notice.objects.filter(kind=notices.RECEIVED, done_at=None).exists()
    assert notices.NOTICES[notices.EXPIRED](ana, release.pk)
    assert notices.NOTICES[notices.EXPIRED](bela, release.pk) is None
    assert not RecordGrant.objects.live().filter(cause=release.pk).exists()


def test_a_suspended_agreement_closes_what_rests_on_it_and_resuming_opens_it(bela, breno, sami, agreement, received, approved, other_item):
    received()
    later = approved(rendition_ids=[other_item.pk])
    agreements.suspend_agreement(officer=breno, agreement_id=agreement.pk, reason="A leak is being looked into.")
    assert seen_by(bela) == set()
    with refused(rules.ON_HOLD, Conflict):
        actions.accept_release(officer=bela, release_id=later.pk)
    agreements.resume_agreement(officer=breno, agreement_id=agreement.pk, reason="Closed.")
    assert seen_by(bela) == INVOICES


def test_what_was_recalled_meanwhile_does_not_come_back_with_its_agreement(sami, bela, breno, agreement, received):
    release = received()
    agreements.suspend_agreement(officer=breno, agreement_id=agreement.pk, reason="A leak.")
    actions.recall_release(officer=sami, release_id=release.pk, reason="It names a source.")
    agreements.resume_agreement(officer=breno, agreement_id=agreement.pk, reason="Closed.")
    assert seen_by(bela) == set()


def test_an_ended_agreement_ends_what_rests_on_it_for_good(sami, bela, agreement, received):
    release = received()
    agreements.end_agreement(officer=sami, agreement_id=agreement.pk, reason="Denounced.")
    assert seen_by(bela) == set()
    assert actions.expire_releases() == 1
    release.refresh_from_db()
    assert release.expired_at


def test_a_recall_is_gone_with_the_next_request_and_keeps_its_reason_at_home(sami, bela, received):
    release = received()
    actions.recall_release(officer=sami, release_id=release.pk, reason="It names a source.")
    assert seen_by(bela) == set()
    with refused(rules.NOT_NOW, Conflict):
        actions.accept_release(officer=bela, release_id=release.pk)
    told = notices.NOTICES[notices.RECALLED](bela, release.pk)
    assert told
    assert "source" not in f"{told.title} {told.text}"
    assert Event.objects.filter(kind="releases.release.recalled", subject_id=release.pk, owner_id=sami.agency_id).count() == 1


def test_the_requester_may_recall_and_others_may_not(ana, bela, received, approved, casefile, alma):
    with refused(rules.OTHER_AGENCY):
        actions.recall_release(officer=bela, release_id=received().pk, reason="No.")
    actions.recall_release(officer=ana, release_id=approved().pk, reason="The date leads to the informant.")
    with refused(rules.REASON_MISSING, Invalid):
        actions.recall_release(officer=alma, release_id=approved().pk, reason=" ")


def test_a_recalled_release_is_recalled_once(sami, approved):
    release = approved()
    actions.recall_release(officer=sami, release_id=release.pk, reason="Mistake.")
    with refused(rules.NOT_NOW, Conflict):
        actions.recall_release(officer=sami, release_id=release.pk, reason="Again.")


def test_a_dismissed_reader_sees_nothing_more(bela, received):
    received()
    accounts.dismiss_officer(by=None, officer_id=bela.pk)
    assert seen_by(bela) == set()


def test_the_owner_sees_who_opened_what_by_role_and_agency(ana, bela, breno, received, item):
    release = received()
    records.open_rendition(officer=fresh(bela), record_id=item.record_id)
    intelligence.open_item(officer=fresh(bela), rendition_id=item.pk)
    intelligence.open_item(officer=ana, rendition_id=item.pk)
    inside = actions.open_release(officer=ana, release_id=release.pk).inside
    assert inside
    assert [(reading.roles, reading.agency, reading.title) for reading in inside.readings] == 2 * [
        ("Investigator", bela.agency, item.title)
    ]


def test_what_was_received_is_not_passed_on(bela, breno, sami, ana, received, item, plan, agreement):
    received()
    theirs = casefiles.open_case(officer=bela, title="Porto Frio", team=[breno.pk])
    records.link_record(officer=fresh(bela), record_id=item.record_id, casefile_id=theirs.pk)
    onward = plan(recipient_id=ana.agency_id, unit_id=ana.unit_id)
    draft = actions.draft_release(officer=fresh(bela), casefile_id=theirs.pk, plan=onward)
    with pytest.raises(NotAllowed, match="belongs to NFIS"):
        actions.request_release(officer=fresh(bela), release_id=draft.pk)


def test_nothing_of_a_release_survives_in_what_a_stranger_lists(otto, petra, received):
    received()
    for stranger in (otto, petra):
        assert actions.list_releases(officer=stranger, side="received").rows == []
        assert actions.list_releases(officer=stranger).rows == []
        assert not Release.objects.visible_to(stranger).exists()
        assert seen_by(stranger) == set()


def test_readers_are_told_by_all_their_roles_in_as_many_queries_however_many(ana, bela, breno, received, item):
    release, looks = received(), []
    accounts.name_deputy(
        by=breno, officer_id=breno.pk, deputy_id=bela.pk, role=Role.SUPERVISOR, since=timezone.now() - timedelta(hours=1),
        until=timezone.now() + timedelta(days=1), reason="Leave",
    )  # fmt: skip
    actions.open_release(officer=fresh(ana), release_id=release.pk)
    for reader in (bela, breno):
        actions.accept_release(officer=fresh(reader), release_id=release.pk)
        intelligence.open_item(officer=fresh(reader), rendition_id=item.pk)
        with CaptureQueriesContext(connection) as queries:
            opened = actions.open_release(officer=fresh(ana), release_id=release.pk)
        assert opened.inside
        looks.append((sorted(reading.roles for reading in opened.inside.readings), len(queries)))
    (first, few), (second, many) = looks
    assert (first, second) == (["Investigator, Supervisor"], ["Investigator, Supervisor", "Supervisor"])
    assert few == many
