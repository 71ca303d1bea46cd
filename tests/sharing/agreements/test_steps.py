"""Who must approve what leaves: from facts and rows alone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from cases.records.handling import Atom
from sharing.agreements.steps import ABROAD, HOME, Leaving, Needed, Row, Step, in_use, required, strictest


def leaving(**facts) -> Leaving:
    return Leaving(
        **{"atoms": frozenset({Atom.LE_ONLY}), "giver_country": "NM", "taker_country": "CV", "personal": False, "from_source": False}
        | facts
    )


def row(supervisors: int, **facts) -> Row:
    return Row(uuid4(), supervisors, **facts)


def test_two_approve_what_goes_abroad_and_one_what_stays_in_the_country():
    assert required(leaving(), []).steps == (Step.SUPERVISOR, Step.SUPERVISOR)
    assert required(leaving(taker_country="NM"), []).steps == (Step.SUPERVISOR,)


def test_a_general_row_takes_the_usual_ones_place_and_a_narrow_one_is_added_to_it():
    general = row(1, country=ABROAD)
    assert required(leaving(), [general]) == Needed(1, False, (general,))
    for narrow in (row(1, country=ABROAD, personal=True), row(0, country="CV"), row(1, atom=Atom.LE_ONLY, country=ABROAD)):
        assert required(leaving(personal=True), [narrow]).supervisors == 2, narrow
    assert {each.country for each in in_use([row(1)])} == {""}


def test_the_strictest_of_all_that_speak_wins_part_by_part_and_the_trace_says_which_spoke():
    two, legal, silent = row(2, personal=True), row(0, legal=True, from_source=True), row(2, legal=True, country="SC")
    found = required(leaving(personal=True, from_source=True, taker_country="NM"), [legal, two, silent])
    assert found.steps == (Step.SUPERVISOR, Step.SUPERVISOR, Step.LEGAL)
    assert [each.id for each in found.trace] == [two.id, None, legal.id]


@pytest.mark.parametrize(
    ("narrow", "facts"),
    [
        ({"atom": Atom.NO_JUDICIAL}, {"atoms": frozenset({Atom.NO_JUDICIAL})}), ({"country": "CV"}, {"taker_country": "CV"}),
        ({"country": ABROAD}, {"taker_country": "SC"}), ({"personal": True}, {"personal": True}),
        ({"from_source": True}, {"from_source": True}),
    ],
)  # fmt: skip
def test_a_row_speaks_only_of_what_it_names(narrow, facts):
    at_home = leaving(taker_country="NM")
    assert not row(2, **narrow).speaks_of(at_home)
    assert row(2, **narrow).speaks_of(leaving(**facts))
    assert row(2, country=HOME).speaks_of(at_home)


def test_no_row_lets_something_leave_past_everybody():
    assert required(leaving(), [row(0)]).steps == (Step.SUPERVISOR,)
    assert required(leaving(), [row(0, legal=True)]).steps == (Step.LEGAL,)


def test_what_was_asked_for_stays_asked_for():
    assert strictest(Needed(2, False), Needed(1, True)).steps == (Step.SUPERVISOR, Step.SUPERVISOR, Step.LEGAL)
