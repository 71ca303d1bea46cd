"""May this leave? Every rule of the policy, from facts alone: no database is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.records import handling
from cases.records.handling import CODES, Atom
from sharing.agreements import policy
from sharing.agreements.models import Condition, Purpose
from sharing.agreements.policy import Clause, Facts, Item, Marking, Pact, Side, may_leave

NOW = datetime(2026, 11, 11, 12, tzinfo=UTC)
NFIS, SIC = Side(uuid4(), "NFIS", "NM", "Northmark"), Side(uuid4(), "SIC", "CV", "Costa Aurélia")
NPS = Side(uuid4(), "NPS", "NM", "Northmark")
PACT = Pact(
    id=uuid4(), name="Liaison agreement (LA-1)", in_force=True, status="In force", ends_at=NOW + timedelta(days=700),
    codes=frozenset(f"{scheme}:{code}" for scheme, code in CODES), clauses=(Clause(1, "7", (Purpose.INVESTIGATION,)),),
)  # fmt: skip


def marked(scheme: str, code: str, text: str = "", *countries: str) -> Marking:
    known = CODES[scheme, code]
    return Marking(f"{scheme}:{code}", known.wording, frozenset(known.atoms), text, countries)


def item(*markings: Marking, **facts: Any) -> Item:
    return Item(**{"title": "Invoices", "owner": NFIS, "markings": markings or (marked("europol", "H0"),)} | facts)


def facts(*items: Item, **changes: Any) -> Facts:
    usual = Facts(
        giver=NFIS, taker=SIC, items=items or (item(),), purpose=Purpose.INVESTIGATION, pact=PACT, unit="Financial investigations",
        unit_vetted=True, named=0, ends_at=NOW + timedelta(days=90), now=NOW,
    )  # fmt: skip
    return replace(usual, **changes)


def refusals(answer: policy.Answer) -> list[str]:
    return [step.said.code for step in answer.steps if step.tone == "bad"]


NAMED = {"unit": "", "unit_vetted": False, "named": 2}


def test_what_an_agreement_covers_may_leave():
    answer = may_leave(facts())
    assert answer.allowed
    assert answer.outcome == "allowed"
    assert answer.verdict
    assert (answer.agreement_id, answer.article_id) == (PACT.id, 1)
    covered = answer.steps[0]
    assert (covered.said, covered.article) == (policy.PURPOSE_COVERED, "7")
    assert covered.text == "Liaison agreement (LA-1) covers the purpose “Criminal investigation”."


def test_the_end_is_said_in_the_readers_zone():
    with timezone.override(ZoneInfo("America/New_York")):
        assert may_leave(facts()).steps[-1].text == "Sight ends by itself on 9 Feb 2027, 07:00 (UTC−05:00)."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pact": None}, policy.NO_AGREEMENT),
        ({"pact": replace(PACT, in_force=False, status="Suspended")}, policy.NOT_IN_FORCE),
        ({"purpose": Purpose.PREVENTION}, policy.PURPOSE_NOT_COVERED),
        ({"purpose": ""}, policy.PURPOSE_MISSING),
        ({"unit_vetted": False}, policy.UNIT_NOT_VETTED),
        ({"unit": "", "named": 0}, policy.READERS_MISSING),
        ({"items": ()}, policy.NOTHING_CHOSEN),
        ({"ends_at": None}, policy.END_MISSING),
        ({"ends_at": NOW}, policy.END_PAST),
        ({"ends_at": NOW + timedelta(days=732)}, policy.END_TOO_FAR),
        ({"ends_at": NOW + timedelta(days=701)}, policy.END_AFTER_AGREEMENT),
    ],
)
def test_one_no_is_enough_and_says_what_would_change_it(changes, said):
    answer = may_leave(facts(**changes))
    assert not answer.allowed
    assert answer.outcome == "refused"
    assert refusals(answer) == [said.code]
    assert answer.verdict.code == said.code
    refusing = next(step for step in answer.steps if step.tone == "bad")
    assert refusing.text == answer.verdict.reason
    assert refusing.remedy


def test_a_release_may_last_to_the_last_moment_of_its_agreement():
    assert may_leave(facts(ends_at=PACT.ends_at)).allowed
    assert may_leave(facts(ends_at=NOW + timedelta(days=731), pact=replace(PACT, ends_at=None))).allowed


def test_what_was_received_is_passed_on_by_its_owner_alone():
    answer = may_leave(facts(item(), item(title="Berth change", owner=SIC), taker=NPS))
    assert refusals(answer) == [policy.NOT_OURS.code]
    refusing = next(step for step in answer.steps if step.tone == "bad")
    assert refusing.text == "“Berth change” belongs to SIC. It is passed on by its owner alone."
    assert refusing.remedy == "Take it off, and ask SIC to release it to NPS."


def test_a_code_that_the_agreement_does_not_accept_stays_at_home():
    narrow = replace(PACT, codes=frozenset({"europol:H0"}))
    assert may_leave(facts(pact=narrow)).allowed
    assert refusals(may_leave(facts(item(marked("europol", "H1")), pact=narrow))) == [policy.CODE_NOT_ACCEPTED.code]


def test_a_paragraphs_own_code_counts_as_much_as_the_items():
    parted = item(marked("europol", "H0"), marked("tlp", "RED"))
    assert refusals(may_leave(facts(parted))) == [policy.NAMED_ONLY.code]


@pytest.mark.parametrize(
    ("scheme", "code", "said"),
    [("5x5x5", "4", policy.ORG_ONLY), ("tlp", "AMBER+STRICT", policy.ORG_ONLY), ("control", "NOFORN", policy.NO_FOREIGN)],
)
def test_what_stays_home_stays_home(scheme, code, said):
    assert refusals(may_leave(facts(item(marked(scheme, code))))) == [said.code]


def test_not_for_other_countries_may_go_to_another_agency_of_the_same():
    assert may_leave(facts(item(marked("control", "NOFORN")), taker=NPS)).allowed


def test_only_for_listed_countries():
    assert may_leave(facts(item(marked("control", "REL-TO", "", "CV", "SC")))).allowed
    assert refusals(may_leave(facts(item(marked("control", "REL-TO", "", "SC"))))) == [policy.REL_TO.code]
    assert refusals(may_leave(facts(item(marked("control", "REL-TO"))))) == [policy.REL_TO.code]


def test_named_people_only_needs_names_and_carries_that_as_a_condition():
    red = item(marked("tlp", "RED"))
    assert refusals(may_leave(facts(red))) == [policy.NAMED_ONLY.code]
    answer = may_leave(facts(red, **NAMED))
    assert answer.allowed
    assert set(answer.conditions) == {Condition.NAMED_READERS, Condition.NO_ONWARD}


def test_a_compartment_is_left_for_named_officers_only():
    closed = item(in_compartment=True)
    assert refusals(may_leave(facts(closed))) == [policy.COMPARTMENT.code]
    assert may_leave(facts(closed, **NAMED)).allowed


def test_conditions_come_with_the_codes():
    answer = may_leave(facts(item(marked("europol", "H1")), item(marked("europol", "H2")), item(marked("europol", "H1"))))
    assert answer.outcome == "with-conditions"
    assert answer.conditions == (Condition.NO_COURT, Condition.NO_ONWARD)
    counts = {step.params["condition"]: step.params["count"] for step in answer.steps if step.said == policy.CONDITION_TRAVELS}
    assert counts == {str(Condition.NO_ONWARD.label): 1, str(Condition.NO_COURT.label): 2}
    copied = may_leave(facts(item(marked("co", "SOLO-CONOCIMIENTO")), **NAMED))
    assert Condition.NO_COPY in copied.conditions


def test_a_restriction_in_words_travels_in_its_words():
    answer = may_leave(facts(item(marked("europol", "H3", "Only for the berth inquiry."))))
    assert answer.outcome == "with-conditions"
    assert answer.words == ("Special restrictions (H3): Only for the berth inquiry.",)
    assert refusals(may_leave(facts(item(marked("europol", "H3", " "))))) == [policy.WORDS_MISSING.code]
    action = may_leave(facts(item(marked("uk", "C-A1-S1", "Ask Ana first."))))
    assert action.words == ("no action without asking (C-A1-S1): Ask Ana first.",)


def test_a_restriction_that_nobody_could_enforce_keeps_its_record_at_home():
    by_date = Marking("europol:H0", "For fighting crime only", frozenset({Atom.RETURN_BY}))
    assert refusals(may_leave(facts(item(by_date)))) == [policy.UNKNOWN_ATOM.code]


def test_of_several_agreements_the_one_that_carries_it_best_is_chosen():
    suspended, narrow = replace(PACT, id=uuid4(), in_force=False), replace(PACT, id=uuid4(), codes=frozenset({"europol:H0"}))
    other = replace(PACT, id=uuid4(), clauses=(Clause(9, "1", (Purpose.PROSECUTION,)),))
    codes = frozenset({"europol:H1"})
    assert policy.choose([suspended, other, narrow, PACT], Purpose.INVESTIGATION, codes) == PACT
    assert policy.choose([suspended, narrow], Purpose.INVESTIGATION, codes) == narrow
    assert policy.choose([suspended], Purpose.INVESTIGATION, codes) == suspended
    assert policy.choose([], Purpose.INVESTIGATION, codes) is None


coded = st.sampled_from(sorted(CODES)).map(lambda key: marked(*key, "In words.", "CV"))
coded_items = st.lists(st.lists(coded, min_size=1, max_size=3).map(lambda markings: item(*markings)), min_size=1, max_size=5)


@given(coded_items, st.booleans(), st.booleans())
def test_whatever_is_chosen_no_restriction_gets_lost(items, named, abroad):
    taker = SIC if abroad else NPS
    answer = may_leave(facts(*items, taker=taker, **(NAMED if named else {})))
    atoms = {atom for each in items for marking in each.markings for atom in marking.atoms}
    if not answer.allowed:
        return
    assert Atom.ORG_ONLY not in atoms
    assert not (Atom.NO_FOREIGN in atoms and abroad)
    assert not (Atom.REL_TO in atoms and not abroad)
    assert not (Atom.NAMED_ONLY in atoms and not named)
    for atom, condition in policy.CARRIED.items():
        assert (atom in atoms) == (condition in answer.conditions)
    texts = {marking.words for each in items for marking in each.markings}
    assert texts == set(answer.words)


@given(coded_items, st.sampled_from([*Purpose.values, ""]), st.booleans())
def test_adding_a_record_never_makes_possible_what_was_refused(items, purpose, in_force):
    pact = replace(PACT, in_force=in_force)
    some = may_leave(facts(*items[:1], purpose=purpose, pact=pact))
    all_of_them = may_leave(facts(*items, purpose=purpose, pact=pact))
    assert some.allowed or not all_of_them.allowed
    assert set(some.conditions) <= set(all_of_them.conditions)


def test_every_atom_is_decided_about():
    decided = policy.KNOWN | {Atom.RETURN_BY}
    assert set(handling.Atom) == {Atom(atom) for atom in decided}
