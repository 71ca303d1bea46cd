"""Calls: who called whom, however the number is written, counted and added up in seconds."""

import pytest
from django.db import IntegrityError, connection, transaction

from cases.entities import actions, rules
from cases.entities.actions import CALLS, Asked, End
from cases.entities.models import Call
from cases.entities.moments import in_words, moment
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.entities.conftest import LAGOON, note
from tests.cases.refusals import refused
from tests.cases.released import released

pytestmark = pytest.mark.django_db
OURS = "+1 202-555-0173"


def call(officer, item, **facts):
    facts = {"caller": End(OURS), "called": End(LAGOON["raw"])} | facts
    return actions.note_call(officer=officer, rendition_id=item.pk, **facts)


def test_a_call_keeps_what_was_recorded_of_it(ana, item):
    phone = note(ana, item, "The Lagoon number", etype="phone")
    row = call(
        ana, item, called=End(mention_id=phone.pk), moment=moment("2026-11-19", "07:15:09", "America/New_York"), seconds=3725, kind="voice",
        cell="310-410-7722", place="Berth 4", imei="49 015420 323751 8", imsi="310150123456789",
    )  # fmt: skip
    kept = Call.objects.visible_to(ana).get(pk=row.pk)
    assert (kept.from_key, kept.to_key, kept.to_mention_id) == ("+12025550173", "+999550147720", phone.pk)
    assert (kept.duration, kept.imei, kept.cell) == ("1:02:05", "49 015420 323751 8", "310-410-7722")
    assert kept.when_said == "19 Nov 2026, 07:15:09 (America/New_York)"


def test_numbers_written_differently_are_one_pair(ana, case, item):
    call(ana, item, seconds=60, moment=moment("2026-11-01"))
    call(ana, item, caller=End("(202) 555-0173"), called=End("+999 (55) 0147720"), country="US", seconds=20, moment=moment("2026-11-03"))
    call(ana, item, caller=End("202 555 0173"), called=End("+999 55 0147720"), country="United States", kind="sms")
    call(ana, item, caller=End("Unknown caller"), called=End())
    shown = actions.list_dealings_of_case(officer=ana, book=CALLS, casefile_id=case.pk)
    pairs = [(each.keys, each.count, each.total, str(each.first), str(each.last)) for each in shown.totals]
    assert pairs == [
        (("+12025550173", "+999550147720"), 3, 80, "2026-11-01", "2026-11-03"),
        (("unknown caller", ""), 1, None, "None", "None"),
    ]
    [added] = shown.sums
    assert (added.count, added.said) == (4, "1:20")
    found = actions.list_dealings_of_case(officer=ana, book=CALLS, casefile_id=case.pk, asked=Asked(party="+1 (202) 555 0173"))
    assert len(found.page.rows) == 3


def test_a_call_has_an_end_and_belongs_to_what_has_not_left(ana, bela, item):
    with refused(rules.NO_END, Invalid):
        call(ana, item, caller=End(), called=End())
    before = call(ana, item)
    released(item, bela)
    assert actions.list_dealings(officer=bela, book=CALLS, rendition_id=item.pk).page.rows == [before]
    with refused(rules.HAS_LEFT, Conflict):
        call(ana, item)
    with pytest.raises(IntegrityError, match="has left"), transaction.atomic():
        Call.objects.create(rendition=item, from_text="x", made_by=ana, listed_at=before.listed_at)


@pytest.mark.parametrize("deed", ["UPDATE entities_call SET seconds = 1", "DELETE FROM entities_call"])
def test_what_was_noted_does_not_change(ana, item, deed):
    call(ana, item)
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


@pytest.mark.parametrize("who", ["bela", "otto", "iris", "adam", "petra", "alma"])
def test_nobody_notes_or_reads_what_they_may_not_know_of(cast, ana, item, who):
    call(ana, item)
    with pytest.raises(NotFound):
        call(cast[who], item)
    assert not Call.objects.visible_to(cast[who]).exists()


def test_calls_of_a_subject_received_and_made(ana, item):
    phone = note(ana, item, "The Lagoon number", etype="phone")
    call(ana, item, called=End(mention_id=phone.pk), seconds=60)
    call(ana, item, caller=End(mention_id=phone.pk), called=End(OURS), seconds=5)
    call(ana, item, called=End("+1 202 555 0100"), seconds=500)
    subject = actions.make_subject(officer=ana, mention_ids=[phone.pk])
    [added] = actions.list_dealings_of_subject(officer=ana, book=CALLS, subject_id=subject.pk).sums
    assert (added.count, added.came, added.went) == (2, 60, 5)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "shown"),
    [
        ("2026", "", "", "2026"),
        ("2026-03", "", "", "Mar 2026"),
        ("2026-03-14", "", "Z", "14 Mar 2026"),
        ("2026-03-14", "13:05", "", "14 Mar 2026, 13:05 (zone not said)"),
        ("2026-03-14", "13:05:09.25", "+05:30", "14 Mar 2026, 13:05:09 (+05:30)"),
        ("", "", "", "Time not said"),
    ],
)
def test_a_moment_is_shown_as_exactly_as_it_was_said(day, clock, zone, shown):
    assert in_words(moment(day, clock, zone)) == shown


@pytest.mark.parametrize(
    ("day", "clock", "zone"),
    [
        ("2026-13", "", ""), ("2026-02-30", "", ""), ("14/03/2026", "", ""), ("2026-03", "13:05", ""), ("", "13:05", ""), ("", "", "Z"),
        ("2026-03-14", "25:00", ""), ("2026-03-14", "noon", ""), ("2026-03-14", "13:05", "Atlantis/Lagoon"),
        ("2026-03-14", "13:05", "../etc"),
        ("2026-03-14", "13:05", "+99:99"), ("0000", "", ""), ("0001-01-01", "00:00", "+14:00"), ("2026-03-14", "13:05", "America"),
        ("2026-03-14", "13:05", "x\x00"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(day, clock, zone):
    with pytest.raises(ValueError):  # noqa: PT011  whatever it says
        moment(day, clock, zone)
