"""Controlled deliveries under way: a renewal in good time cuts nothing short, and somebody always hears of what goes wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.actions import appoint, dismiss_officer, withdraw_role
from accounts.models import Notice
from accounts.roles import Role
from cases.consignments import actions
from cases.consignments.models import Authorisation, Delivery
from cases.consignments.passage import Passage, Word, passages
from tests.cases.consignments.conftest import ROUTE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 12, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TROUBLED = "consignments.delivery.troubled"


def given(start: timedelta, end: timedelta) -> Authorisation:
    return Authorisation(country="Northmark", answer="given", authority="x", starts_at=NOW + start, ends_at=NOW + end)


def said(*newest_first: Authorisation) -> Passage:
    [only] = passages(["Northmark"], newest_first, now=NOW)
    return only


@pytest.fixture
def running(ana, sami, reefer) -> Delivery:
    """Of a route without dates, coordinated by Sami."""
    for place, country, zone in ROUTE:
        actions.add_leg(officer=ana, consignment_id=reefer.pk, place=place, country=country, time_zone=zone)
    made = actions.plan_delivery(officer=ana, consignment_id=reefer.pk, kind="intact", purpose="x", coordinator_id=sami.pk)
    for _place, country, _zone in ROUTE:
        answer(ana, made, country, -DAY, 10 * DAY)
    return actions.start_delivery(officer=sami, delivery_id=made.pk)


def answer(officer, delivery, country, start, end):
    now = timezone.now()
    dates = {"starts_at": now + start, "ends_at": now + end}
    actions.note_authorisation(officer=officer, delivery_id=delivery.pk, country=country, answer="given", authority="x", **dates)


def told(officer) -> int:
    return Notice.objects.filter(officer=officer, kind=TROUBLED, done_at=None).count()


def test_a_renewal_noted_in_good_time_cuts_nothing_short():
    old, renewal = given(-DAY, 5 * HOUR), given(5 * HOUR, 10 * DAY)
    assert (said(old).word, said(old).left) == (Word.LAPSES, 5 * HOUR)
    assert (said(renewal, old).word, said(renewal, old).left) == (Word.HOLDS, 10 * DAY)
    assert said(renewal, old).answer is old


def test_a_renewal_that_leaves_a_gap_does_not_hide_it():
    late = said(given(6 * HOUR, 10 * DAY), given(-DAY, 5 * HOUR))
    assert (late.word, late.left) == (Word.LAPSES, 5 * HOUR)
    assert said(given(DAY, 2 * DAY), given(-2 * DAY, -DAY)).word == Word.NOT_YET


def test_a_newer_answer_that_has_begun_counts_alone():
    assert said(given(-2 * DAY, -DAY), given(-3 * DAY, 20 * DAY)).word == Word.LAPSED
    shorter = said(given(2 * DAY, 3 * DAY), given(-DAY, 20 * DAY))
    assert (shorter.word, shorter.left) == (Word.HOLDS, 3 * DAY)


def test_what_was_refused_or_withdrawn_is_not_mended_by_what_begins_later():
    for answered in ("refused", "withdrawn"):
        no = Authorisation(country="Northmark", answer=answered)
        assert said(given(DAY, 2 * DAY), no, given(-DAY, DAY)).word == Word.NOT_YET
        assert said(no, given(DAY, 2 * DAY), given(-DAY, DAY)).word == answered


def test_a_renewal_tells_nobody_that_something_is_wrong(ana, running):
    answer(ana, running, "Northmark", 9 * DAY, 20 * DAY)
    assert actions.watch_deliveries() == 0


def test_the_coordinator_hears_of_it_though_the_lead_is_gone(ana, sami, running):
    dismiss_officer(by=None, officer_id=ana.pk)
    assert actions.watch_deliveries(now=timezone.now() + 20 * DAY) == 1
    assert told(sami) == 1


def test_the_lead_hears_of_it_though_the_coordinator_is_gone(ana, sami, running):
    dismiss_officer(by=None, officer_id=sami.pk)
    assert actions.watch_deliveries(now=timezone.now() + 20 * DAY) == 1
    assert told(ana) == 1


def test_what_was_told_stays_so_while_nobody_in_charge_sees_it(ana, sami, running):
    late = timezone.now() + 20 * DAY
    assert actions.watch_deliveries(now=late) == 1
    held = [(officer, role) for officer in (ana, sami) for role in officer.roles]
    for officer, role in held:
        withdraw_role(by=None, officer_id=officer.pk, role=Role(role))
    assert actions.watch_deliveries(now=late) == 0
    for officer, role in held:
        appoint(by=None, officer_id=officer.pk, role=Role(role))
    assert actions.watch_deliveries(now=late) == 0
    assert (told(ana), told(sami)) == (1, 1)


def test_a_country_with_a_long_name_is_told_once_too(ana, running):
    longer = "ß" * 60  # twice as long where capitals do not count: more than a word of what was told has room for
    actions.add_leg(officer=ana, consignment_id=running.consignment_id, place="Nowhere", country=longer, time_zone="UTC")
    assert actions.watch_deliveries() == 1
    assert actions.watch_deliveries() == 0
