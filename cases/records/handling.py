"""Handling codes and the atoms they expand to. Enforcement reads atoms only; the original code is kept as it was given.

Sources: Regulation (EU) 2016/794 and Europol's handling codes (H0 to H3); the United Kingdom's 3x5x2 form (P/C with action and
sanitisation codes) and 5x5x5 legacy codes; FIRST's TLP 2.0; originator control (third-agency rule); Colombia's Decreto 857 of 2014,
article 13. The expansion into atoms is this product's own design, not a rule of law, and so is what one scheme says of another's code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scheme(TextChoices):
    EUROPOL = "europol", _("Europol handling codes")
    UK = "uk", _("United Kingdom, P/C")
    UK_LEGACY = "5x5x5", _("5x5x5 handling codes")
    TLP = "tlp", _("Traffic Light Protocol 2.0")
    CONTROL = "control", _("Originator control")
    COLOMBIA = "co", _("Colombia, Decreto 857 art. 13")


class Atom(TextChoices):
    LE_ONLY = "LE_ONLY", _("law enforcement only")
    NO_JUDICIAL = "NO_JUDICIAL", _("not for court without the owner's permission")
    NO_ONWARD = "NO_ONWARD", _("not to be passed on without the owner's permission")
    NAMED_ONLY = "NAMED_ONLY", _("named people only")
    ORG_ONLY = "ORG_ONLY", _("inside one agency only")
    COMMUNITY = "COMMUNITY", _("law-enforcement community only")
    PUBLIC_OK = "PUBLIC_OK", _("no limit on audience")
    NO_FOREIGN = "NO_FOREIGN", _("not for other countries")
    REL_TO = "REL_TO", _("only for the countries listed")
    NO_ACTION = "NO_ACTION", _("no direct action")
    COVERT_ONLY = "COVERT_ONLY", _("covert action only")
    OVERT_OK = "OVERT_OK", _("overt action permitted")
    SANITISE_OK = "SANITISE_OK", _("may be sanitised for wider use")
    NO_SANITISE = "NO_SANITISE", _("may not be sanitised by others")
    NO_COPY = "NO_COPY", _("no copies, print or download")
    RETURN_BY = "RETURN_BY", _("to be given back by a date")
    TEXT = "TEXT", _("further conditions in words")


class Level(TextChoices):
    """How high on the page's marking banner a code stands."""

    OPEN = "open", _("Open")
    LIMITED = "limited", _("Limited")
    RESTRICTED = "restricted", _("Restricted")
    SECRET = "secret", _("Named people")


@dataclass(frozen=True, slots=True)
class Code:
    """One value of one scheme: its wording for people, its atoms for the machine, its level for the banner."""

    scheme: Scheme
    code: str
    wording: str | Promise
    level: Level
    atoms: tuple[Atom, ...]


A, L = Atom, Level
_UK_ACTION = {
    "A1": (_("no action without asking"), (A.NO_ACTION, A.NO_ONWARD)),
    "A2": (_("covert action only, not for court"), (A.COVERT_ONLY, A.NO_JUDICIAL)),
    "A3": (_("overt action as the owner specifies"), (A.OVERT_OK,)),
}
_UK_SANITISE = {"S1": (A.SANITISE_OK,), "S2": (A.NO_SANITISE, A.NO_ONWARD)}

CODES: dict[tuple[str, str], Code] = {
    (c.scheme.value, c.code): c
    for c in (
        Code(Scheme.EUROPOL, "H0", _("For fighting crime only"), L.OPEN, (A.LE_ONLY,)),
        Code(Scheme.EUROPOL, "H1", _("Not for court"), L.LIMITED, (A.LE_ONLY, A.NO_JUDICIAL)),
        Code(Scheme.EUROPOL, "H2", _("Ask the owner before passing on"), L.RESTRICTED, (A.LE_ONLY, A.NO_ONWARD)),
        Code(Scheme.EUROPOL, "H3", _("Special restrictions"), L.SECRET, (A.LE_ONLY, A.TEXT)),
        Code(Scheme.UK, "P", _("Lawful sharing permitted"), L.OPEN, (A.LE_ONLY,)),
        *(
            Code(Scheme.UK, f"C-{a}-{s}", wording, L.RESTRICTED, tuple(dict.fromkeys((A.LE_ONLY, *action, *sanitise, A.TEXT))))
            for a, (wording, action) in _UK_ACTION.items()
            for s, sanitise in _UK_SANITISE.items()
        ),
        Code(Scheme.UK_LEGACY, "1", _("Law enforcement and prosecutors"), L.OPEN, (A.LE_ONLY,)),
        Code(Scheme.UK_LEGACY, "2", _("Non-prosecuting parties"), L.LIMITED, (A.COMMUNITY, A.NO_FOREIGN)),
        Code(Scheme.UK_LEGACY, "3", _("Foreign law enforcement, special conditions"), L.RESTRICTED, (A.LE_ONLY, A.TEXT)),
        Code(Scheme.UK_LEGACY, "4", _("Inside the originating agency only"), L.RESTRICTED, (A.ORG_ONLY,)),
        Code(Scheme.UK_LEGACY, "5", _("No further dissemination"), L.SECRET, (A.NAMED_ONLY, A.NO_ONWARD)),
        Code(Scheme.TLP, "RED", _("Named people only"), L.SECRET, (A.NAMED_ONLY, A.NO_ONWARD)),
        Code(Scheme.TLP, "AMBER+STRICT", _("Inside one agency only"), L.RESTRICTED, (A.ORG_ONLY,)),
        Code(Scheme.TLP, "AMBER", _("One agency and whom it serves"), L.RESTRICTED, (A.ORG_ONLY, A.TEXT)),
        Code(Scheme.TLP, "GREEN", _("Community, not public"), L.LIMITED, (A.COMMUNITY,)),
        Code(Scheme.TLP, "CLEAR", _("No limit"), L.OPEN, (A.PUBLIC_OK,)),
        Code(Scheme.CONTROL, "LES", _("Law-enforcement sensitive"), L.LIMITED, (A.LE_ONLY, A.COMMUNITY)),
        Code(Scheme.CONTROL, "ORCON", _("The originator decides on passing on"), L.RESTRICTED, (A.NO_ONWARD,)),
        Code(Scheme.CONTROL, "NOFORN", _("Not for other countries"), L.RESTRICTED, (A.NO_FOREIGN,)),
        Code(Scheme.CONTROL, "REL-TO", _("Only for the countries listed"), L.RESTRICTED, (A.REL_TO,)),
        Code(Scheme.COLOMBIA, "SOLO-CONOCIMIENTO", _("For the named reader's knowledge only"), L.SECRET,
             (A.NAMED_ONLY, A.NO_ONWARD, A.NO_COPY)),
        Code(Scheme.COLOMBIA, "USO-EXCLUSIVO", _("For the named reader's use only"), L.SECRET, (A.NAMED_ONLY, A.TEXT)),
    )
}  # fmt: skip

NEEDS_TEXT = frozenset(key for key, code in CODES.items() if A.TEXT in code.atoms)


def atoms(scheme: str, code: str) -> list[str]:
    """What a code expands to. Raises KeyError for a code the scheme does not have."""
    return [atom.value for atom in CODES[scheme, code].atoms]


def choices(scheme: str) -> list[tuple[str, str]]:
    """The codes of one scheme, wording first and code second, as a form offers them."""
    return [(c.code, f"{c.wording} ({c.code})") for c in CODES.values() if c.scheme == scheme]


def mildest(scheme: str) -> str:
    """The code that binds least without making public or needing words: for what says no more than whom to call."""
    codes = [c for c in CODES.values() if c.scheme == scheme and Atom.PUBLIC_OK not in c.atoms and Atom.TEXT not in c.atoms]
    return min(codes, key=lambda c: list(Level).index(c.level)).code


def strictest(scheme: str) -> str:
    """The code that binds most of those that need nothing beside them: for what nobody has looked through yet."""
    codes = [c.code for c in CODES.values() if c.scheme == scheme and stands_alone(scheme, c.code)]
    return max(codes, key=lambda code: list(Level).index(CODES[scheme, code].level))


PERMITTING = frozenset({Atom.PUBLIC_OK, Atom.OVERT_OK, Atom.SANITISE_OK})
"""Atoms that permit something. All others bind."""


@dataclass(frozen=True, slots=True)
class Said:
    """A handling as another scheme says it: its code, and in words what the code leaves unsaid. A view; enforcement reads the original."""

    code: Code
    text: str = ""
    countries: tuple[str, ...] = ()


def together(*parts: Iterable[str]) -> list[str]:
    """The atoms of several things handled as one: every limit of each, and of what is permitted only what each of them permits.

    The audience is thereby the narrowest: "no limit" beside any limit falls away, and the limits of all stand.
    """
    sets = [frozenset(part) for part in parts]
    limits = frozenset[str]().union(*sets) - PERMITTING
    permitted = sets[0].intersection(*sets[1:]) & PERMITTING if sets else frozenset[str]()
    return sorted(limits | permitted)


def said_in(scheme: str, atoms: Collection[str], *, text: str = "", countries: Iterable[str] = ()) -> Said | None:
    """The least restrictive code of a scheme that covers these atoms; what none covers is said in words beside one that takes words.

    None where the scheme can say it neither way. A code never permits what the original does not. `text` and `countries` are the
    original's own conditions.
    """
    bound, permitted = frozenset(atoms) - PERMITTING, frozenset(atoms) & PERMITTING
    codes = [code for code in CODES.values() if code.scheme == scheme and PERMITTING & {*code.atoms} <= permitted]
    codes = [code for code in codes if Atom.REL_TO in bound or Atom.REL_TO not in code.atoms]
    covering = [code for code in codes if bound <= {*code.atoms}] or [code for code in codes if Atom.TEXT in code.atoms]
    if not covering:
        return None
    code = min(covering, key=lambda each: (list(Level).index(each.level), len({*each.atoms} - PERMITTING - bound), -len(each.atoms)))
    if Atom.TEXT not in code.atoms:
        return Said(code, countries=tuple(countries) if Atom.REL_TO in code.atoms else ())
    left = bound - {*code.atoms} or bound - {Atom.TEXT}
    return Said(code, _in_words(left, text, countries))


@dataclass(frozen=True, slots=True)
class Likeness:
    """A handling as it is shown in the scheme of its reader; `said` is None where that scheme cannot say it."""

    scheme: Scheme
    said: Said | None


def likeness(scheme: str, atoms: Collection[str], *, text: str = "", countries: Iterable[str] = ()) -> Likeness:
    """As said_in, with the name of the scheme beside it. Raises ValueError for an unknown scheme."""
    return Likeness(Scheme(scheme), said_in(scheme, atoms, text=text, countries=countries))


def _in_words(left: Collection[str], text: str, countries: Iterable[str]) -> str:
    """What a code leaves unsaid, in the order of the atoms, then the original's own words."""
    said = [
        f"{atom.label} ({', '.join(countries)})" if atom == Atom.REL_TO else str(atom.label)
        for atom in Atom
        if atom in left and atom != Atom.TEXT
    ]
    return "; ".join([*said, text.strip()] if text.strip() else said)


def stands_alone(scheme: str, code: str) -> bool:
    """Whether the code says everything by itself, without conditions in words or a list of countries."""
    return not {Atom.TEXT, Atom.REL_TO} & {*CODES[scheme, code].atoms}


def known(prefix: str = "handling_") -> Q:
    """The check every table with a handling code carries."""
    condition = Q()
    for scheme in Scheme:
        codes = [code for s, code in CODES if s == scheme]
        condition |= Q(**{f"{prefix}scheme": scheme.value, f"{prefix}code__in": codes})
    return condition
