"""Handling in another scheme: no atom is lost, nothing is permitted that was not, and what cannot be said is not said."""

from itertools import combinations, product

import pytest

from cases.records.handling import CODES, PERMITTING, Atom, Level, Scheme, said_in, together

OWN_WORDS, COUNTRIES = "Ask the Lagoon desk first.", ("CV", "NM")
ORIGINALS = [{*code.atoms} for code in CODES.values()]
MIXED = [{*together(one, other)} for one, other in combinations(ORIGINALS, 2)]
EVERY_ONE = [{atom} for atom in Atom]
EVERYTHING = [*ORIGINALS, *MIXED, *EVERY_ONE, set(Atom)]
SPEECHLESS = [Scheme.CONTROL]
"""Schemes without a code that takes words."""


def spoken(atoms, scheme):
    return said_in(scheme, atoms, text=OWN_WORDS if Atom.TEXT in atoms else "", countries=COUNTRIES)


@pytest.mark.parametrize("scheme", Scheme)
def test_no_limit_is_lost_in_any_scheme(scheme):
    for atoms in EVERYTHING:
        said = spoken(atoms, scheme)
        if said is None:
            continue
        for atom in atoms - PERMITTING - {*said.code.atoms}:
            assert str(atom.label) in said.text, f"{sorted(atoms)} in {scheme} as {said.code.code} loses {atom}"
        if Atom.TEXT in atoms:
            assert OWN_WORDS in said.text
        if Atom.REL_TO in atoms:
            assert said.countries == COUNTRIES or "CV, NM" in said.text


@pytest.mark.parametrize("scheme", Scheme)
def test_nothing_is_permitted_that_the_original_does_not_permit(scheme):
    for atoms in EVERYTHING:
        said = spoken(atoms, scheme)
        assert said is None or PERMITTING & {*said.code.atoms} <= atoms


@pytest.mark.parametrize("scheme", Scheme)
def test_a_code_is_chosen_only_if_no_milder_one_covers_as_much(scheme):
    for atoms in EVERYTHING:
        said, bound = spoken(atoms, scheme), atoms - PERMITTING
        if said is None or not bound <= {*said.code.atoms}:
            continue
        milder = [code for code in CODES.values() if code.scheme == scheme and bound <= {*code.atoms} < {*said.code.atoms} - PERMITTING]
        assert all(list(Level).index(code.level) >= list(Level).index(said.code.level) for code in milder)


def test_only_a_scheme_without_words_ever_refuses():
    for scheme, atoms in product(Scheme, EVERYTHING):
        if spoken(atoms, scheme) is None:
            assert scheme in SPEECHLESS, f"{scheme} could have said {sorted(atoms)} in words"
    assert spoken({Atom.TEXT}, Scheme.CONTROL) is None
    assert spoken({Atom.LE_ONLY, Atom.NO_JUDICIAL}, Scheme.CONTROL) is None


def test_a_code_that_needs_words_has_words():
    for scheme, atoms in product(Scheme, EVERYTHING):
        said = spoken(atoms, scheme)
        if said and Atom.TEXT in said.code.atoms and atoms - PERMITTING:
            assert said.text


def test_every_code_says_itself_in_its_own_scheme():
    for (scheme, code), known in CODES.items():
        said = spoken({*known.atoms}, scheme)
        assert {*said.code.atoms} - PERMITTING == {*known.atoms} - PERMITTING, f"{scheme} {code} became {said.code.code}"


@pytest.mark.parametrize(
    ("original", "scheme", "code"),
    [
        (("europol", "H0"), "uk", "P"),
        (("europol", "H1"), "uk", "C-A2-S2"),
        (("europol", "H2"), "uk", "C-A1-S2"),
        (("uk", "P"), "europol", "H0"),
        (("tlp", "RED"), "5x5x5", "5"),
        (("5x5x5", "4"), "tlp", "AMBER+STRICT"),
        (("tlp", "CLEAR"), "europol", "H0"),
        (("control", "ORCON"), "europol", "H2"),
        (("tlp", "RED"), "europol", "H3"),
        (("co", "SOLO-CONOCIMIENTO"), "tlp", "AMBER"),
    ],
)
def test_what_partners_would_write(original, scheme, code):
    assert said_in(scheme, CODES[original].atoms).code.code == code


def test_what_a_code_leaves_unsaid_stands_beside_it_in_words():
    said = said_in("europol", CODES["tlp", "RED"].atoms)
    assert said.text == f"{Atom.NO_ONWARD.label}; {Atom.NAMED_ONLY.label}"


def test_several_handled_as_one_keep_every_limit_and_only_what_each_permits():
    for one, other in product(ORIGINALS, repeat=2):
        both = {*together(one, other)}
        assert both - PERMITTING == (one | other) - PERMITTING
        assert both & PERMITTING == one & other & PERMITTING
    assert together() == []
    assert together(CODES["tlp", "CLEAR"].atoms, CODES["europol", "H1"].atoms) == ["LE_ONLY", "NO_JUDICIAL"]
