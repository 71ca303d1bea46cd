"""A desk lists, opens and answers its hits, on the page and over the API, and warns where people may be in danger."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions as people
from accounts.models import Notice
from accounts.roles import Role
from audit import models as audit
from cases.casefiles.models import NoticeMode
from kernel.errors import NotAllowed, NotFound
from sharing.agreements import actions as agreements
from sharing.deconfliction import actions
from sharing.deconfliction.events import Event
from sharing.deconfliction.models import HitSide
from sharing.deconfliction.notices import DESK_HITS, URGENT
from tests.cast import fresh
from tests.sharing.deconfliction.conftest import browser_of, compare, machine_of

pytestmark = pytest.mark.django_db
PHONE = "+995501477"
State = HitSide.State


@pytest.fixture
def hit(ana, bela, agreement, hold):
    """Ana's side of a hit between an open file of hers and one of Bela's."""
    hold(ana, PHONE, name="Rosa Quintela")
    hold(bela, PHONE, name="Dario Vaz")
    compare()
    return side_of(ana)


def side_of(officer):
    (row,) = actions.list_hits(officer=officer).rows
    return row.side


def waiting(officer, kind=DESK_HITS):
    return Notice.objects.filter(officer=officer, kind=kind, done_at=None).exists()


def test_both_sides_see_the_same_two_halves_and_nothing_of_the_other_file(ana, bela, hit):
    mine = browser_of(ana).get(f"/deconfliction/{hit.pk}/").content.decode()
    theirs = browser_of(bela).get(f"/deconfliction/{side_of(bela).pk}/").content.decode()
    for page in (mine, theirs):
        assert PHONE in page
        assert "+1 202 555 0140" in page
        assert "+55 61 5550 0188" in page
    assert "Rosa Quintela" in mine
    assert "Dario Vaz" not in mine
    assert "Dario Vaz" in theirs
    assert "Rosa Quintela" not in theirs


def test_what_they_see_is_what_they_see(ana, bela, hit):
    mine = actions.open_hit(officer=ana, side_id=hit.pk)
    theirs = actions.open_hit(officer=bela, side_id=side_of(bela).pk)
    assert mine.ours == theirs.theirs
    assert theirs.ours == mine.theirs


def test_the_desks_clock_is_shown(ana, hit):
    (contact,) = actions.open_hit(officer=ana, side_id=hit.pk).theirs
    now = timezone.now() - timedelta(hours=3)
    assert contact.local_time in {f"{now - timedelta(minutes=late):%H:%M} (UTC\N{MINUS SIGN}03:00)" for late in (0, 1)}
    assert contact.languages == "Portuguese, Spanish"


def test_a_colleague_not_on_the_file_sees_the_desks_hit_but_not_the_file(sami, hit):
    page = browser_of(sami).get(f"/deconfliction/{hit.pk}/").content.decode()
    assert "Held by a file you are not on. Ask Financial crime." in page
    assert "Rosa Quintela" not in page
    assert machine_of(sami).get(f"/api/v1/hits/{hit.pk}/").json()["mention"] is None


def test_a_watch_officer_without_files_sees_whom_to_call(ana, hit):
    watch = people.enrol_officer(unit=ana.unit, email="w@nfis.example", name="Wim Oduya", password=None, roles=[Role.WATCH])
    (row,) = actions.list_hits(officer=fresh(watch)).rows
    assert row.mention is None
    assert actions.open_hit(officer=fresh(watch), side_id=hit.pk).theirs


def test_nobody_else_learns_that_there_is_a_hit(cast, hit):
    for other in map(fresh, (cast[key] for key in ("petra", "iris", "adam", "otto", "bela", "tomas"))):
        assert hit.pk not in [row.side.pk for row in actions.list_hits(officer=other).rows]
        for client, address in ((browser_of(other), "/deconfliction/{}/"), (machine_of(other), "/api/v1/hits/{}/")):
            hidden, nothing = client.get(address.format(hit.pk)), client.get(address.format(uuid.uuid4()))
            assert hidden.status_code == nothing.status_code == 404
            assert len(hidden.content) == len(nothing.content)
        for deed in (actions.open_hit, actions.mark_urgent):
            with pytest.raises(NotFound):
                deed(officer=other, side_id=hit.pk)
        with pytest.raises(NotFound):
            actions.answer_hit(officer=other, side_id=hit.pk, state=State.SETTLED)


def test_without_an_agreement_in_force_the_hit_stays_and_the_desk_is_hidden(ana, sami, hit, agreement):
    agreements.suspend_agreement(officer=sami, agreement_id=agreement.pk, reason="A leak is looked into.")
    view = actions.open_hit(officer=ana, side_id=hit.pk)
    assert view.theirs == view.ours == ()
    page = browser_of(ana).get(f"/deconfliction/{hit.pk}/").content.decode()
    assert "No agreement that covers deconfliction is in force between NFIS and SIC." in page
    assert "+55 61 5550 0188" not in page
    answer = machine_of(ana).get(f"/api/v1/hits/{hit.pk}/").json()
    assert answer["contacts"] == []
    assert answer["not_shown_because"] == view.covered.reason


def test_a_desk_says_how_a_hit_stands(ana, sami, bela, hit):
    browser = browser_of(ana)
    answer = browser.post(f"/deconfliction/{hit.pk}/answer/", {"state": "in-contact", "note": "Spoke to the desk."}, follow=True)
    assert answer.redirect_chain == [(f"/deconfliction/{hit.pk}/", 302)]
    side = side_of(sami)
    assert (side.state, side.note, side.answered_by) == (State.IN_CONTACT, "Spoke to the desk.", ana)
    theirs = browser_of(bela).get(f"/deconfliction/{side_of(bela).pk}/").content.decode()
    assert "Spoke to the desk." not in theirs
    assert side_of(bela).state == State.NEW
    line = audit.Event.objects.get(kind=Event.HIT_ANSWERED)
    assert (line.actor_id, line.subject_id, line.owner_id) == (ana.pk, hit.pk, ana.agency_id)


def test_the_note_is_kept_out_of_the_ledger(ana, hit):
    actions.answer_hit(officer=ana, side_id=hit.pk, state=State.SETTLED, note="canary-note")
    assert not audit.Payload.objects.filter(body__contains="canary-note").exists()


def test_an_answer_takes_the_notice_off_every_desk_only_when_nothing_new_is_left(ana, sami, bela, hold, hit):
    hold(ana, f"{PHONE}2")
    hold(bela, f"{PHONE}2")
    compare()
    second = next(row.side for row in actions.list_hits(officer=ana).rows if row.side.pk != hit.pk)
    actions.answer_hit(officer=ana, side_id=hit.pk, state=State.SETTLED)
    assert waiting(ana)
    assert waiting(sami)
    actions.answer_hit(officer=sami, side_id=second.pk, state=State.SETTLED)
    assert not waiting(ana)
    assert not waiting(sami)
    assert actions.NOTICES[DESK_HITS](ana, ana.unit_id) is None


def test_several_mentions_of_one_number_are_one_hit_at_the_desk_and_answered_at_once(ana, sami, bela, hold, hit):
    hold(ana, PHONE, name="Rosa at the quay")
    compare()
    (row,) = actions.list_hits(officer=ana).rows
    assert {mention.name for mention in row.mentions} == {"Rosa Quintela", "Rosa at the quay"}
    page = browser_of(ana).get(f"/deconfliction/{row.side.pk}/").content.decode()
    assert "Rosa Quintela" in page
    assert "Rosa at the quay" in page
    assert str(actions.NOTICES[DESK_HITS](ana, ana.unit_id).title) == "1 new deconfliction hit"
    actions.answer_hit(officer=ana, side_id=row.side.pk, state=State.SETTLED, note="Spoke to the desk.")
    assert not waiting(ana)
    assert not waiting(sami)
    assert {side.state for side in HitSide.objects.visible_to(ana)} == {State.SETTLED}
    line = audit.Event.objects.get(kind=Event.HIT_ANSWERED)
    assert line.subject_id == row.side.pk


def test_a_note_at_a_silent_file_stays_with_those_on_it(ana, sami, hold, hit):
    hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    compare(minutes=1)
    (row,) = actions.list_hits(officer=ana).rows
    assert row.side.pk != hit.pk
    actions.answer_hit(officer=ana, side_id=row.side.pk, state=State.SETTLED, note="canary-note")
    (theirs,) = actions.list_hits(officer=sami).rows
    assert (theirs.side.pk, theirs.side.state, theirs.side.note) == (hit.pk, State.SETTLED, "")
    assert "canary-note" not in browser_of(sami).get(f"/deconfliction/{hit.pk}/").content.decode()


def test_what_was_noted_before_is_read_when_a_hit_is_new_again(ana, hold, hit):
    actions.answer_hit(officer=ana, side_id=hit.pk, state=State.IN_CONTACT, note="Spoke to the desk.")
    hold(ana, PHONE)
    compare(minutes=1)
    (row,) = actions.list_hits(officer=ana, state=State.NEW).rows
    assert "Spoke to the desk." in browser_of(ana).get(f"/deconfliction/{row.side.pk}/").content.decode()
    assert actions.list_hits(officer=ana, state=State.IN_CONTACT).rows == []


def test_a_new_hit_of_a_silent_file_keeps_no_notice_on_the_desk_of_others(ana, sami, bela, hold, hit):
    hold(ana, f"{PHONE}2", mode=NoticeMode.OWNER_ONLY)
    hold(bela, f"{PHONE}2")
    compare()
    actions.answer_hit(officer=sami, side_id=hit.pk, state=State.SETTLED)
    assert waiting(ana)
    assert not waiting(sami)


def test_a_broken_answer_is_refused_and_what_was_typed_stays(ana, hit):
    broken = [{}, {"state": "new"}, {"state": "bogus"}, {"state": "settled", "note": "x" * 1_001}, {"state": "settled\x00"}]
    browser, machine = browser_of(ana), machine_of(ana)
    for sent in broken:
        page = browser.post(f"/deconfliction/{hit.pk}/answer/", {"note": "typed words"} | sent)
        assert page.status_code == 422
        assert sent.get("note", "typed words") in page.content.decode()
        assert machine.post(f"/api/v1/hits/{hit.pk}/answer/", sent).status_code == 422
    assert side_of(ana).state == State.NEW


def test_the_list_shows_one_state_and_pages_by_keyset(ana, bela, hold, hit):
    for number in range(3):
        hold(ana, f"{PHONE}{number}")
        hold(bela, f"{PHONE}{number}")
    compare()
    actions.answer_hit(officer=ana, side_id=hit.pk, state=State.SETTLED)
    assert [row.side.pk for row in actions.list_hits(officer=ana, state=State.SETTLED).rows] == [hit.pk]
    first = actions.list_hits(officer=ana, size=3)
    second = actions.list_hits(officer=ana, size=3, after=first.cursor)
    assert len({row.side.pk for row in (*first.rows, *second.rows)}) == 4
    assert second.cursor == ""
    assert browser_of(ana).get("/deconfliction/?state=bogus").status_code == 422
    assert browser_of(ana).get("/deconfliction/?after=bogus").status_code == 422
    assert machine_of(ana).get("/api/v1/hits/?state=bogus").status_code == 422


def test_a_list_takes_the_same_few_statements_however_long_it_is(ana, bela, hold, hit, django_assert_num_queries):
    with django_assert_num_queries(11):
        actions.list_hits(officer=fresh(ana))
    for number in range(4):
        hold(ana, f"{PHONE}{number}")
        hold(bela, f"{PHONE}{number}")
    compare()
    with django_assert_num_queries(11):
        actions.list_hits(officer=fresh(ana))


def test_where_there_is_nothing_the_answer_is_the_fixed_one(otto):
    assert "No information to share." in browser_of(otto).get("/deconfliction/").content.decode()


def test_looking_is_written_down(ana, hit):
    actions.open_hit(officer=ana, side_id=hit.pk)
    kinds = audit.Event.objects.filter(actor_id=ana.pk, kind__startswith="deconfliction").values_list("kind", flat=True)
    assert sorted(kinds) == [Event.HITS_LISTED, Event.HIT_VIEWED]


def test_a_warning_reaches_both_desks(ana, sami, bela, breno, hit):
    page = browser_of(ana).post(f"/deconfliction/{hit.pk}/urgent/", follow=True)
    assert "Both desks were warned. Call now." in page.content.decode()
    for officer in (sami, bela, breno):
        assert waiting(officer, URGENT)
    theirs = side_of(bela)
    said = actions.NOTICES[URGENT](bela, theirs.pk)
    assert "NFIS" in str(said.title)
    assert actions.open_hit(officer=bela, side_id=theirs.pk).they_warned_at
    with pytest.raises(NotAllowed):
        actions.mark_urgent(officer=sami, side_id=hit.pk)
    actions.answer_hit(officer=bela, side_id=theirs.pk, state=State.IN_CONTACT)
    assert not waiting(breno, URGENT)
    assert waiting(sami, URGENT)


def test_a_warning_of_a_silent_file_stays_at_home(ana, bela, agreement, hold):
    hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    hold(bela, PHONE)
    compare()
    assert actions.mark_urgent(officer=ana, side_id=side_of(ana).pk) is False
    assert set(Notice.objects.filter(kind=URGENT).values_list("officer", flat=True)) == {ana.pk}
    assert actions.list_hits(officer=bela).rows == []


def test_a_warning_does_not_cross_without_an_agreement(ana, sami, bela, agreement, hit):
    agreements.suspend_agreement(officer=sami, agreement_id=agreement.pk, reason="A leak is looked into.")
    assert actions.mark_urgent(officer=ana, side_id=hit.pk) is False
    assert not waiting(bela, URGENT)
    assert actions.open_hit(officer=bela, side_id=side_of(bela).pk).they_warned_at is None


def test_the_api_does_what_the_page_does(ana, bela, hit):
    machine = machine_of(ana)
    (row,) = machine.get("/api/v1/hits/").json()["results"]
    assert row["value"] == PHONE
    assert row["other_agency"] == "SIC"
    assert row["mention"]["name"] == "Rosa Quintela"
    assert row["reference"] == machine_of(bela).get("/api/v1/hits/").json()["results"][0]["reference"]
    seen = machine.get(f"/api/v1/hits/{hit.pk}/").json()
    assert seen["contacts"][0]["phone"] == "+55 61 5550 0188"
    assert seen["they_see"] == machine_of(bela).get(f"/api/v1/hits/{side_of(bela).pk}/").json()["contacts"]
    key = {"Idempotency-Key": "once"}
    for _time in range(2):
        answer = machine.post(f"/api/v1/hits/{hit.pk}/answer/", {"state": "settled", "note": "done"}, headers=key)
        assert answer.json()["state"] == "settled"
    assert audit.Event.objects.filter(kind=Event.HIT_ANSWERED).count() == 1
    assert machine.post(f"/api/v1/hits/{hit.pk}/urgent/").json() == {"id": str(hit.pk), "both_sides_warned": True}
    assert machine.post(f"/api/v1/hits/{hit.pk}/urgent/").status_code == 403
