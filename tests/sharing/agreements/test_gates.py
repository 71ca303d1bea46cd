"""Every gate beyond the articles, from facts alone: terms and the law of the giver's country."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.casefiles.offences import catalogue
from sharing.agreements import countries, gates, policy
from sharing.agreements.countries import CountryRule
from sharing.agreements.models import Condition, Purpose
from sharing.agreements.policy import Answer, Case, Facts
from sharing.agreements.terms import DataKind, Evidence, Onward, Terms, months_after
from tests.sharing.agreements.test_policy import NAMED, NOW, NPS, PACT, SIC, facts, item, refusals

VERSION = uuid4()


def under(terms: Terms, *items: Any, **changes: Any) -> Answer:
    return gates.may_leave(given_facts(terms, *items, **changes))


def given_facts(terms: Terms, *items: Any, **changes: Any) -> Facts:
    pact = replace(
        PACT, terms=terms, version=3, version_id=VERSION, clauses=(*PACT.clauses, policy.Clause(2, "12", (Purpose.PROSECUTION,)))
    )
    return facts(*items, **{"pact": pact, "cases": (Case("Harbor Ledger", ("07041",)),)} | changes)


def step_of(answer: Answer, said: Any) -> policy.Step:
    return next(step for step in answer.steps if step.said == said)


def test_terms_that_limit_nothing_add_no_condition():
    answer = under(Terms(), item(kinds=frozenset(DataKind.values)))
    assert (answer.outcome, answer.conditions, answer.version_id) == ("allowed", (), VERSION)


def test_every_step_on_the_agreement_names_article_and_version():
    answer = under(Terms(offences=("07",), data_kinds=tuple(DataKind.values), retention_months=24, conditions=("reserve",)))
    resting = [step for step in answer.steps if step.text.startswith(PACT.name) or PACT.name in step.text]
    assert len(resting) > 5
    assert {(step.article, step.version) for step in resting} == {("7", 3)}
    assert {step.version for step in answer.steps if step not in resting} == {0}


@pytest.mark.parametrize(
    ("covered", "offences", "said"),
    [
        (("07041",), ("07041",), None),
        (("0704",), ("07041",), None),
        (("07",), ("07041", "0704"), None),
        ((), ("0101",), None),
        ((), (), None),
        (("07041",), ("0704",), gates.OFFENCE_NOT_COVERED),
        (("07",), ("07041", "0101"), gates.OFFENCE_NOT_COVERED),
        (("07",), (), gates.OFFENCE_MISSING),
    ],
)
def test_every_offence_of_the_case_is_covered(covered, offences, said):
    answer = under(Terms(offences=covered), cases=(Case("Harbor Ledger", offences),))
    assert refusals(answer) == ([said.code] if said else [])
    assert all(step.remedy for step in answer.steps if step.tone == "bad")


def test_an_offence_of_a_case_that_one_does_not_see_is_not_told():
    answer = under(Terms(offences=("07",)), cases=(Case("A case that you do not see", ("0101",), seen=False),))
    said = step_of(answer, gates.OFFENCE_NOT_COVERED)
    assert "homicide" not in (said.text + said.remedy).lower()


def test_no_case_is_no_offence():
    assert refusals(under(Terms(offences=("07",)), cases=())) == [gates.OFFENCE_MISSING.code]


@given(st.sampled_from(sorted(catalogue())), st.sampled_from(sorted(catalogue())))
def test_a_code_covers_itself_and_what_lies_below_it(covered, offence):
    assert Terms(offences=(covered,)).covers_offence(offence) == offence.startswith(covered)


@given(st.frozensets(st.sampled_from(DataKind.values)), st.frozensets(st.sampled_from(DataKind.values)))
def test_only_the_kinds_that_are_covered_leave(covered, held):
    answer = under(Terms(data_kinds=tuple(covered)), item(kinds=held))
    assert answer.allowed == (not covered or held <= covered)


def test_the_refusing_record_and_its_kinds_are_named():
    answer = under(
        Terms(data_kinds=("personal",)), item(kinds=frozenset({"personal", "financial"})), item(title="Calls", kinds=frozenset())
    )
    assert step_of(answer, gates.KIND_NOT_COVERED).params["kinds"] == "Financial data"
    assert gates.KINDS_COVERED not in {step.said for step in answer.steps}


@pytest.mark.parametrize(("months", "days", "fits"), [(3, 92, True), (3, 93, False), (2, 90, False), (None, 700, True)])
def test_a_release_ends_before_the_recipient_must_give_it_up(months, days, fits):
    assert (months_after(NOW, 3) - NOW).days == 92
    assert refusals(under(Terms(retention_months=months), ends_at=NOW + timedelta(days=days))) == (
        [] if fits else [gates.RETENTION_PAST.code]
    )


@pytest.mark.parametrize(
    ("rule", "attached"), [(Onward.NEVER, (Condition.NO_ONWARD,)), (Onward.CONSENT, (Condition.NO_ONWARD,)), (Onward.GROUP, ())]
)
def test_passing_on_is_a_condition(rule, attached):
    assert under(Terms(onward=rule)).conditions == attached


@pytest.mark.parametrize(
    ("rule", "purpose", "attached", "allowed"),
    [
        (Evidence.YES, Purpose.PROSECUTION, (), True),
        (Evidence.PERMISSION, Purpose.PROSECUTION, (Condition.NO_COURT,), True),
        (Evidence.NO, Purpose.INVESTIGATION, (Condition.NO_EVIDENCE,), True),
        (Evidence.NO, Purpose.PROSECUTION, (Condition.NO_EVIDENCE,), False),
    ],
)
def test_use_in_proceedings(rule, purpose, attached, allowed):
    answer = under(Terms(evidence=rule), purpose=purpose)
    assert (answer.conditions, answer.allowed) == (attached, allowed)


@given(st.frozensets(st.sampled_from(Condition.values)))
def test_what_always_attaches_travels_and_is_said(conditions):
    answer = under(Terms(conditions=tuple(conditions)))
    assert set(answer.conditions) == conditions
    assert sum(step.said == gates.ALWAYS_ATTACHED for step in answer.steps) == len(conditions)


def test_terms_of_what_is_not_in_force_say_nothing():
    pact = replace(PACT, in_force=False, terms=Terms(offences=("01",)))
    assert refusals(under(Terms(), pact=pact)) == [policy.NOT_IN_FORCE.code]


INTEL = item(kinds=frozenset({"intelligence"}))


def law(**changes: Any) -> CountryRule:
    usual = CountryRule("NM", "a-rule", "attach", frozenset({"intelligence"}), "no-court", "Act 1, s. 2", "a source", "2026-11-27")
    return replace(usual, **changes)


def test_a_countrys_law_attaches_its_condition_and_is_cited():
    answer = under(Terms(), INTEL, laws=(law(),))
    assert answer.conditions == (Condition.NO_COURT,)
    assert (step_of(answer, gates.LAW_ATTACHES).law, step_of(answer, gates.LAW_ATTACHES).version) == ("Act 1, s. 2", 0)


def test_the_law_speaks_of_its_kinds_and_of_what_goes_abroad():
    assert under(Terms(), item(), laws=(law(),)).conditions == ()
    assert under(Terms(), item(), laws=(law(kinds=frozenset({"*"})),)).conditions == (Condition.NO_COURT,)
    assert under(Terms(), INTEL, laws=(law(),), taker=NPS).conditions == ()


def test_what_the_law_keeps_does_not_go_abroad():
    keeps = law(effect="keep", condition="")
    answer = under(Terms(), INTEL, item(), laws=(keeps,))
    assert refusals(answer) == [gates.LAW_KEEPS.code]
    assert step_of(answer, gates.LAW_KEEPS).law == "Act 1, s. 2"
    assert under(Terms(), INTEL, laws=(keeps,), taker=NPS, **NAMED).allowed


def test_the_rules_of_countries_are_of_the_vocabulary_and_cite_their_law():
    for rule in countries.rules():
        assert rule.effect in {"attach", "keep"}
        assert rule.kinds == {"*"} or rule.kinds <= set(DataKind.values)
        assert (rule.condition in Condition.values) == (rule.effect == "attach")
        assert all((rule.law, rule.source, rule.reviewed_on))
    assert countries.rules_of("XX") == ()


def test_intelligence_from_colombia_is_never_evidence_and_is_kept_in_reserve():
    answer = under(Terms(), INTEL, laws=countries.rules_of("CO"), taker=SIC)
    assert set(answer.conditions) == {Condition.NO_COURT, Condition.RESERVE}
    assert any("art. 35" in step.law for step in answer.steps)
