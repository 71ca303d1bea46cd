"""How long things took: in each place, between places, in all, and against the plan."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from cases.consignments.elapsed import Stay, clock, lateness, words


def at(day, hour=0, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


ROUTE = [
    Stay(planned_departure_at=at(6, 12), arrived=at(5), departed=at(6, 15)),
    Stay(planned_arrival_at=at(9, 12), planned_departure_at=at(10, 12), arrived=at(9, 10)),
    Stay(planned_arrival_at=at(18, 12)),
]


def test_what_is_over_has_its_length_and_what_goes_on_is_counted_until_now():
    seen = clock(ROUTE, now=at(10, 14))
    first, second, third = seen.times
    assert (first.transit, first.dwell, first.dwell_runs) == (None, timedelta(days=1, hours=15), False)
    assert (second.transit, second.transit_runs) == (timedelta(days=2, hours=19), False)
    assert (second.dwell, second.dwell_runs) == (timedelta(days=1, hours=4), True)
    assert (third.transit, third.dwell) == (None, None)
    assert (seen.current, seen.is_waiting, seen.since, seen.lasted) == (1, True, at(9, 10), timedelta(days=1, hours=4))
    assert seen.total == timedelta(days=5, hours=14)


def test_against_the_plan_early_is_less_than_nothing_and_what_is_overdue_counts_until_now():
    first, second, third = clock(ROUTE, now=at(10, 14)).times
    assert first.late_out == timedelta(hours=3)
    assert (second.late_in, second.late_out) == (timedelta(hours=-2), timedelta(hours=2))
    assert third.late_in is None
    assert clock(ROUTE, now=at(10, 14)).late == timedelta(hours=2)
    assert clock(ROUTE, now=at(10, 11)).late == timedelta(hours=-2)


def test_on_the_way_it_waits_nowhere_and_the_way_runs():
    left = [*ROUTE[:1], Stay(ROUTE[1].planned_arrival_at, ROUTE[1].planned_departure_at, at(9, 10), at(10, 13)), ROUTE[2]]
    seen = clock(left, now=at(19))
    assert (seen.is_waiting, seen.since, seen.lasted) == (False, at(10, 13), timedelta(days=8, hours=11))
    assert (seen.times[2].transit, seen.times[2].transit_runs) == (timedelta(days=8, hours=11), True)
    assert seen.times[2].late_in == timedelta(hours=12)
    assert seen.late == timedelta(hours=12)  # what is overdue ahead, however early it left


def test_at_the_end_the_whole_stops_running():
    ended = [*ROUTE[:2], Stay(arrived=at(17))]
    seen = clock(ended, now=at(30))
    assert (seen.is_over, seen.total, seen.times[2].dwell) == (True, timedelta(days=12), None)


def test_a_way_of_nothing_and_a_plan_alone_say_so():
    assert clock([], now=at(1)).total is None
    planned = clock([Stay(planned_departure_at=at(6)), Stay(planned_arrival_at=at(9))], now=at(7))
    assert (planned.current, planned.total, planned.late) == (None, None, timedelta(days=1))


@pytest.mark.parametrize(
    "stays",
    [[Stay(arrived=at(9), departed=at(8))], [Stay(departed=at(9)), Stay(arrived=at(8))]],
)
def test_times_out_of_order_have_no_length_and_a_flag(stays):
    last = clock(stays, now=at(20)).times[-1]
    assert last.disordered
    assert (last.dwell if len(stays) == 1 else last.transit) is None


def test_lengths_in_words():
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    lengths = [minute * 0, minute * 25, hour * 3, hour * 3 + minute * 10, hour * 24, hour * 52, -hour]
    assert [words(each) for each in lengths] == ["0 min", "25 min", "3 h", "3 h 10 min", "1 day", "2 days 4 h", "1 h"]
    assert words(None) == lateness(None) == ""
    assert [lateness(each) for each in (hour, -hour, minute / 2)] == ["1 h late", "1 h early", "as planned"]


def test_lengths_in_the_reader_s_language():
    with translation.override("pt"):
        assert words(timedelta(hours=52)) == "2 dias 4 h"
    with translation.override("fr"):
        assert words(timedelta(days=1)) == "1 jour"
