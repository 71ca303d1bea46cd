"""A grade on another scale is a view: entailed by the original's definition, never higher, and never made from another view."""

from itertools import permutations

import pytest

from cases.intelligence.grading import INFORMATION, LIKE_INFORMATION, LIKE_SOURCE, SOURCE, Grade, Scheme, shown_in, words

ADM, EUR, OLD, NEW = "admiralty", "europol", "5x5x5", "3x5x2"
# What each definition claims. Trust: valid at times, mostly, always. Doubt: doubted, and plainly unreliable.
SOURCES = {
    ADM: {"A": "times mostly always", "B": "times mostly", "C": "times", "D": "doubted", "E": "doubted unreliable", "F": ""},
    OLD: {"A": "times mostly always", "B": "times mostly", "C": "times", "D": "doubted", "E": ""},
    NEW: {"1": "times mostly", "2": "", "3": "doubted"},
    EUR: {"A": "times mostly always", "B": "times mostly", "C": "doubted", "X": ""},
}
# Truth (Admiralty) and how it is known (the police scales).
INFORMATIONS = {
    ADM: {
        "1": "corroborated probable possible independent",
        "2": "probable possible",
        "3": "possible",
        "4": "doubtful",
        "5": "false",
        "6": "",
    },
    OLD: {"1": "true probable possible", "2": "direct", "3": "corroborated probable possible", "4": "", "5": "false"},
    NEW: {"A": "direct", "B": "corroborated probable possible", "C": "indirect", "D": "", "E": "false"},
    EUR: {"1": "true probable possible", "2": "direct", "3": "corroborated probable possible", "4": "indirect"},
}  # fmt: skip
CANNOT_BE_JUDGED = {ADM: ("F", "6"), OLD: ("E", "4"), NEW: ("2", "D"), EUR: ("X", "4")}
NEAR = {  # the nearest word where nothing is entailed, or less is: each must be marked inexact, and none claims trust
    (OLD, "D", ADM, "E"),
    (OLD, "1", NEW, "A"),
    (EUR, "1", NEW, "A"),
}
TRUST = {"times", "mostly", "always", "true", "probable", "possible", "corroborated", "independent"}
GRADES = [Grade(scheme, a, b) for scheme in Scheme.values for a in SOURCE[scheme] for b in INFORMATION[scheme]]
PAIRS = list(permutations(Scheme.values, 2))


def claims(said):
    return set(said.split())


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(("table", "meaning", "which"), [(LIKE_SOURCE, SOURCES, 0), (LIKE_INFORMATION, INFORMATIONS, 1)])
def test_every_code_becomes_the_strongest_that_its_definition_entails(one, other, table, meaning, which):
    assert meaning[one].keys() == table[one].keys()
    for code, said in meaning[one].items():
        cell = table[one][code][other]
        like, inexact = cell[0], cell.endswith("~")
        entailed = {each: claims(its) for each, its in meaning[other].items() if its and claims(its) <= claims(said)}
        stronger = [each for each, its in entailed.items() if like in entailed and its > entailed[like]]
        if (one, code, other, like) in NEAR:
            assert inexact
        elif entailed:
            assert like in entailed, f"{one} {code} does not entail {other} {like}"
            assert not stronger
        else:
            assert like == CANNOT_BE_JUDGED[other][which]


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(("table", "meaning"), [(LIKE_SOURCE, SOURCES), (LIKE_INFORMATION, INFORMATIONS)])
def test_no_code_gains_trust_on_another_scale(one, other, table, meaning):
    for code, said in meaning[one].items():
        gained = (claims(meaning[other][table[one][code][other][0]]) - claims(said)) & TRUST
        assert not gained, f"{one} {code} gains {gained}"


def test_every_grade_of_every_scale_has_its_likeness_on_every_other():
    assert len(GRADES) == 36 + 16 + 25 + 15
    for grade in GRADES:
        for scheme in Scheme.values:
            like = shown_in(scheme, grade)
            if scheme == grade.scheme:
                assert like is None
                continue
            assert like.words == words(scheme, like.source_code, like.information_code)
            assert like.get_scheme_display() == Scheme(scheme).label


def test_a_likeness_is_not_converted_again():
    for grade in GRADES:
        for one, other in PAIRS:
            like = shown_in(one, grade)
            if like is not None:
                with pytest.raises(TypeError):
                    shown_in(other, like)


def test_a_chain_would_raise_what_a_single_conversion_does_not():
    first = shown_in(EUR, Grade(ADM, "E", "5"))
    assert (first.source_code, first.information_code) == ("C", "4")
    assert LIKE_SOURCE[EUR]["C"][ADM] == "D", "an unreliable source would have become one that is only not usually reliable"


def test_what_has_no_code_is_said_in_words():
    for grade in (Grade(ADM, "B", "5"), Grade(OLD, "B", "5"), Grade(NEW, "1", "E")):
        assert shown_in(EUR, grade).remark
        assert not shown_in(EUR, grade).is_exact
    assert not shown_in(NEW, Grade(ADM, "B", "5")).remark


@pytest.mark.parametrize(
    ("grade", "scheme", "like"),
    [
        (Grade(ADM, "B", "2"), EUR, ("B", "4", False)),
        (Grade(ADM, "A", "1"), NEW, ("1", "B", False)),
        (Grade(ADM, "F", "6"), EUR, ("X", "4", True)),
        (Grade(NEW, "1", "A"), ADM, ("B", "6", False)),
        (Grade(OLD, "A", "1"), ADM, ("A", "2", False)),
        (Grade(EUR, "C", "2"), OLD, ("D", "2", True)),
    ],
)
def test_the_tables_say_what_was_decided(grade, scheme, like):
    shown = shown_in(scheme, grade)
    assert (shown.source_code, shown.information_code, shown.is_exact) == like
