"""May this leave? The policy answers from facts it is given: it asks no database, knows no officer and changes nothing.

Deny beats allow: one step that says no is enough. Every step names what it rests on, and a refusing step the nearest change that
would make it possible. Behind the rules: a treaty or agreement covers what is exchanged, with which purpose and limits (UNTOC
art. 18; Nassau Convention art. 25); originator control and handling codes (cases.records.handling). How long a release may last
is this product's own rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.records.handling import Atom
from kernel.errors import Sentence, sentence
from kernel.verdict import ALLOWED, Verdict, refuse
from sharing.agreements.countries import CountryRule
from sharing.agreements.models import Condition, Purpose
from sharing.agreements.terms import Terms

LONGEST = timedelta(days=731)
"""A release lasts two years at most: what is still needed then is asked for again."""

Tone = Literal["ok", "warn", "bad"]

PURPOSE_COVERED = sentence("policy.purpose-covered", _("%(agreement)s covers the purpose “%(purpose)s”."))
NO_AGREEMENT = sentence(
    "policy.no-agreement", _("There is no agreement in force between %(giver)s and %(taker)s. Nothing can leave without one.")
)
SIGN_ONE = sentence("policy.sign-one", _("Both agencies sign an agreement that covers the purpose."))
NOT_IN_FORCE = sentence("policy.not-in-force", _("%(agreement)s is not in force (%(status)s). Nothing can leave under it."))
BRING_INTO_FORCE = sentence("policy.bring-into-force", _("The parties bring it into force, or sign another."))
PURPOSE_MISSING = sentence("policy.purpose-missing", _("The release has no purpose yet."))
SAY_PURPOSE = sentence("policy.say-purpose", _("Say for which purpose it leaves."))
PURPOSE_NOT_COVERED = sentence("policy.purpose-not-covered", _("No article of %(agreement)s covers the purpose “%(purpose)s”."))
OTHER_PURPOSE = sentence("policy.other-purpose", _("Choose a purpose that it covers: %(purposes)s."))
READERS_NAMED = sentence("policy.readers-named", _("The readers are named officers of %(taker)s: %(count)s."))
READERS_VETTED = sentence("policy.readers-vetted", _("The unit “%(unit)s” of %(taker)s is vetted to receive."))
READERS_MISSING = sentence("policy.readers-missing", _("Nobody receives it yet. A whole agency is never the recipient."))
CHOOSE_READERS = sentence("policy.choose-readers", _("Choose a vetted unit or named officers."))
UNIT_NOT_VETTED = sentence("policy.unit-not-vetted", _("The unit “%(unit)s” of %(taker)s is not vetted to receive."))
NAME_OFFICERS = sentence("policy.name-officers", _("Name the officers who may read it, in place of a unit."))
NOTHING_CHOSEN = sentence("policy.nothing-chosen", _("Nothing is chosen to leave yet."))
CHOOSE_RECORDS = sentence("policy.choose-records", _("Choose at least one record."))
OWN_RECORDS = sentence("policy.own-records", _("Everything chosen belongs to %(giver)s."))
NOT_OURS = sentence("policy.not-ours", _("“%(title)s” belongs to %(owner)s. It is passed on by its owner alone."))
ASK_OWNER = sentence("policy.ask-owner", _("Take it off, and ask %(owner)s to release it to %(taker)s."))
CODES_ACCEPTED = sentence("policy.codes-accepted", _("%(agreement)s accepts the handling code of everything chosen."))
CODE_NOT_ACCEPTED = sentence(
    "policy.code-not-accepted", _("%(agreement)s does not accept the handling code of “%(title)s”: %(wording)s (%(code)s).")
)
LESSER_CODE = sentence("policy.lesser-code", _("Take it off, or make a tear-line with a handling code that the agreement accepts."))
ORG_ONLY = sentence("policy.org-only", _("“%(title)s” stays inside %(giver)s: %(wording)s (%(code)s)."))
NO_FOREIGN = sentence("policy.no-foreign", _("“%(title)s” may not go to another country: %(wording)s (%(code)s)."))
REL_TO = sentence("policy.rel-to", _("“%(title)s” may only go to the countries listed in it, and %(country)s is not one of them."))
NAMED_ONLY = sentence("policy.named-only", _("“%(title)s” is for named people only: %(wording)s (%(code)s)."))
COMPARTMENT = sentence("policy.compartment", _("“%(title)s” comes from a compartment, and leaves it for named officers only."))
UNKNOWN_ATOM = sentence("policy.cannot-be-kept", _("“%(title)s” carries a restriction that nobody could enforce: %(wording)s (%(code)s)."))
WORDS_MISSING = sentence(
    "policy.words-missing", _("“%(title)s” is restricted in words, but the words are missing: %(wording)s (%(code)s).")
)
WRITE_WORDS = sentence("policy.write-words", _("Make a new version that says the restriction."))
TAKE_OFF = sentence("policy.take-off", _("Take it off, or make a tear-line with a lesser handling code."))
WORDS_TRAVEL = sentence("policy.words-travel", _("This restriction travels as a condition of its own: %(words)s"))
CONDITION_TRAVELS = sentence("policy.condition-travels", _("A condition for the recipient: %(condition)s (%(count)s of the records)."))
END_FITS = sentence("policy.end-fits", _("Sight ends by itself on %(end)s."))
END_MISSING = sentence("policy.end-missing", _("The release has no end yet."))
END_PAST = sentence("policy.end-past", _("The end has already passed."))
END_TOO_FAR = sentence("policy.end-too-far", _("A release lasts two years at most."))
END_AFTER_AGREEMENT = sentence("policy.end-after-agreement", _("%(agreement)s ends before the release would."))
CHOOSE_END = sentence("policy.choose-end", _("Choose an end on or before %(end)s."))
CHOOSE_LATER = sentence("policy.choose-later", _("Choose an end in the future."))

CASE_HEADER = _("Case header")
UNSEEN_RECORD = _("A record that you do not see")
UNSEEN_CASE = _("A case that you do not see")
UNSEEN_WORDS = _("words that you do not see")

CARRIED = {
    Atom.NO_ONWARD: Condition.NO_ONWARD,
    Atom.NO_JUDICIAL: Condition.NO_COURT,
    Atom.NO_COPY: Condition.NO_COPY,
    Atom.NAMED_ONLY: Condition.NAMED_READERS,
}
"""Atoms that cross as a condition which the reader accepts."""
IN_WORDS = frozenset({Atom.NO_ACTION, Atom.COVERT_ONLY, Atom.OVERT_OK, Atom.TEXT})
"""Atoms that cross in the words of the code and of its owner."""
HARMLESS = frozenset({Atom.LE_ONLY, Atom.COMMUNITY, Atom.PUBLIC_OK, Atom.SANITISE_OK, Atom.NO_SANITISE})
"""Atoms that every agency here meets, or that speak of what a recipient cannot do here anyway (pass on, sanitise)."""
GATES = frozenset({Atom.ORG_ONLY, Atom.NO_FOREIGN, Atom.REL_TO})


@dataclass(frozen=True, slots=True)
class Side:
    """An agency as the policy knows it."""

    id: UUID
    name: str
    country: str
    country_name: str


@dataclass(frozen=True, slots=True)
class Marking:
    """One handling code that something carries."""

    code: str  # "scheme:code"
    wording: str | Promise
    atoms: frozenset[str]
    text: str = ""
    countries: tuple[str, ...] = ()

    @property
    def short_code(self) -> str:
        return self.code.partition(":")[2]

    @property
    def words(self) -> str:
        """A restriction in words, as the reader accepts it: what the code says, and what its owner adds."""
        return f"{self.wording} ({self.short_code}): {self.text.strip()}"


@dataclass(frozen=True, slots=True)
class Item:
    """One rendition that would leave: whose it is, and every handling code on it and on what it says."""

    title: str
    owner: Side
    markings: tuple[Marking, ...]
    in_compartment: bool = False
    kinds: frozenset[str] = frozenset()  # terms.DataKind

    def travels_as(self) -> set[Condition]:
        return {condition for atom, condition in CARRIED.items() for marking in self.markings if atom in marking.atoms}

    def words(self) -> set[str]:
        return {marking.words for marking in self.markings if marking.text.strip()}


@dataclass(frozen=True, slots=True)
class Clause:
    id: int
    number: str
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement as the policy knows it."""

    id: UUID
    name: str
    in_force: bool
    status: str | Promise
    codes: frozenset[str]
    clauses: tuple[Clause, ...]
    ends_at: datetime | None = None
    terms: Terms | None = None
    version: int = 0
    version_id: UUID | None = None

    def clause_for(self, purpose: str) -> Clause | None:
        return next((clause for clause in self.clauses if purpose in clause.purposes), None)


@dataclass(frozen=True, slots=True)
class Case:
    """A case that something comes from: its offences by code, and whether whoever is told sees it."""

    title: str
    offences: tuple[str, ...]
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the answer rests on. `named` counts named officers; `unit` is the receiving unit's name, if one receives."""

    giver: Side
    taker: Side
    items: tuple[Item, ...]
    purpose: str
    pact: Pact | None
    unit: str
    unit_vetted: bool
    named: int
    ends_at: datetime | None
    now: datetime
    cases: tuple[Case, ...] = ()
    laws: tuple[CountryRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was weighed: the sentence, how it weighs, the article it rests on, and what would change a no."""

    said: Sentence
    params: Mapping[str, Any] = field(default_factory=dict)
    tone: Tone = "ok"
    article: str = ""
    change: Sentence | None = None
    version: int = 0
    law: str = ""
    attaches: str = ""

    @property
    def text(self) -> str:
        return self.said.render(self.params)

    @property
    def remedy(self) -> str:
        return self.change.render(self.params) if self.change else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole trace. `conditions` and `words` must travel; agreement and article are what it rests on."""

    steps: tuple[Step, ...]
    agreement_id: UUID | None = None
    article_id: int | None = None
    conditions: tuple[Condition, ...] = ()
    words: tuple[str, ...] = ()
    version_id: UUID | None = None

    @property
    def allowed(self) -> bool:
        return all(step.tone != "bad" for step in self.steps)

    @property
    def outcome(self) -> Literal["allowed", "with-conditions", "refused"]:
        if not self.allowed:
            return "refused"
        return "with-conditions" if any(step.tone == "warn" for step in self.steps) else "allowed"

    @property
    def verdict(self) -> Verdict:
        """Yes, or no with the first refusing step's own sentence."""
        refusing = next((step for step in self.steps if step.tone == "bad"), None)
        return refuse(refusing.said, **refusing.params) if refusing else ALLOWED


def choose(pacts: list[Pact], purpose: str, codes: frozenset[str]) -> Pact | None:
    """Of the agreements two agencies have, the one that carries this best: in force, covering the purpose, accepting the codes."""

    def worth(pact: Pact) -> tuple[bool, bool, int]:
        return pact.in_force, pact.clause_for(purpose) is not None, len(codes & pact.codes)

    return max(pacts, key=worth, default=None)


def may_leave(facts: Facts) -> Answer:
    """The answer for exactly these facts, with its whole trace; nothing is granted by it."""
    clause = facts.pact.clause_for(facts.purpose) if facts.pact else None
    steps = (*_agreement(facts, clause), *_readers(facts), *_ownership(facts), *_codes(facts), *_travelling(facts), *_end(facts))
    conditions = {condition for item in facts.items for condition in item.travels_as()}
    return Answer(
        steps,
        agreement_id=facts.pact.id if facts.pact else None,
        article_id=clause.id if clause else None,
        conditions=tuple(sorted(conditions)),
        words=_words(facts),
    )


def _agreement(facts: Facts, clause: Clause | None) -> Iterator[Step]:
    pact = facts.pact
    if pact is None:
        yield Step(NO_AGREEMENT, {"giver": facts.giver.name, "taker": facts.taker.name}, "bad", change=SIGN_ONE)
    elif not pact.in_force:
        yield Step(NOT_IN_FORCE, {"agreement": pact.name, "status": str(pact.status)}, "bad", change=BRING_INTO_FORCE)
    elif not facts.purpose:
        yield Step(PURPOSE_MISSING, {}, "bad", change=SAY_PURPOSE)
    elif clause is None:
        purposes = {purpose for each in pact.clauses for purpose in each.purposes}
        params = {"agreement": pact.name, "purpose": _name(facts.purpose), "purposes": ", ".join(sorted(map(_name, purposes)))}
        yield Step(PURPOSE_NOT_COVERED, params, "bad", change=OTHER_PURPOSE)
    else:
        yield Step(PURPOSE_COVERED, {"agreement": pact.name, "purpose": _name(facts.purpose)}, article=clause.number)


def _name(purpose: str) -> str:
    return str(Purpose(purpose).label)


def _readers(facts: Facts) -> Iterator[Step]:
    params = {"taker": facts.taker.name, "unit": facts.unit, "count": facts.named}
    if facts.unit and not facts.unit_vetted:
        yield Step(UNIT_NOT_VETTED, params, "bad", change=NAME_OFFICERS)
    elif facts.unit:
        yield Step(READERS_VETTED, params)
    if facts.named:
        yield Step(READERS_NAMED, params)
    if not facts.unit and not facts.named:
        yield Step(READERS_MISSING, params, "bad", change=CHOOSE_READERS)


def _ownership(facts: Facts) -> Iterator[Step]:
    received = [item for item in facts.items if item.owner.id != facts.giver.id]
    for item in received:
        yield Step(NOT_OURS, {"title": item.title, "owner": item.owner.name, "taker": facts.taker.name}, "bad", change=ASK_OWNER)
    if not facts.items:
        yield Step(NOTHING_CHOSEN, {}, "bad", change=CHOOSE_RECORDS)
    elif not received:
        yield Step(OWN_RECORDS, {"giver": facts.giver.name})


def _codes(facts: Facts) -> Iterator[Step]:
    refused = [step for item in facts.items for marking in item.markings for step in _code(facts, item, marking)]
    yield from refused
    for item in facts.items:
        if item.in_compartment and facts.unit:
            yield Step(COMPARTMENT, {"title": item.title}, "bad", change=NAME_OFFICERS)
    if facts.items and facts.pact and facts.pact.in_force and not any(step.said == CODE_NOT_ACCEPTED for step in refused):
        yield Step(CODES_ACCEPTED, {"agreement": facts.pact.name})


def _code(facts: Facts, item: Item, marking: Marking) -> Iterator[Step]:
    """Everything about one handling code that keeps its item at home."""
    params = {
        "title": item.title, "wording": str(marking.wording), "code": marking.short_code, "giver": facts.giver.name,
        "agreement": facts.pact.name if facts.pact else "", "country": facts.taker.country_name,
    }  # fmt: skip
    abroad, atoms = facts.giver.country != facts.taker.country, marking.atoms
    gates = (
        (facts.pact and facts.pact.in_force and marking.code not in facts.pact.codes, CODE_NOT_ACCEPTED, LESSER_CODE),
        (Atom.ORG_ONLY in atoms, ORG_ONLY, TAKE_OFF),
        (Atom.NO_FOREIGN in atoms and abroad, NO_FOREIGN, TAKE_OFF),
        (Atom.REL_TO in atoms and facts.taker.country not in marking.countries, REL_TO, TAKE_OFF),
        (Atom.NAMED_ONLY in atoms and facts.unit, NAMED_ONLY, NAME_OFFICERS),
        (Atom.TEXT in atoms and not item.words(), WORDS_MISSING, WRITE_WORDS),
        (atoms - KNOWN, UNKNOWN_ATOM, TAKE_OFF),
    )
    for closed, said, change in gates:
        if closed:
            yield Step(said, params, "bad", change=change)


KNOWN = frozenset(CARRIED) | IN_WORDS | HARMLESS | GATES
"""A restriction outside this set keeps its item at home: what nobody enforces is not promised."""


def _travelling(facts: Facts) -> Iterator[Step]:
    for condition in Condition:
        carrying = sum(condition in item.travels_as() for item in facts.items)
        if carrying:
            yield Step(CONDITION_TRAVELS, {"condition": str(condition.label), "count": carrying}, "warn")
    for words in _words(facts):
        yield Step(WORDS_TRAVEL, {"words": words}, "warn")


def _words(facts: Facts) -> tuple[str, ...]:
    return tuple(sorted({words for item in facts.items for words in item.words()}))


def _end(facts: Facts) -> Iterator[Step]:
    if facts.ends_at is None:
        yield Step(END_MISSING, {}, "bad", change=CHOOSE_LATER)
        return
    last = facts.now + LONGEST
    if facts.pact and facts.pact.ends_at:
        last = min(last, facts.pact.ends_at)
    params = {"end": day_of(facts.ends_at if facts.ends_at <= last else last), "agreement": facts.pact.name if facts.pact else ""}
    if facts.ends_at <= facts.now:
        yield Step(END_PAST, params, "bad", change=CHOOSE_LATER)
    elif facts.ends_at > facts.now + LONGEST:
        yield Step(END_TOO_FAR, params, "bad", change=CHOOSE_END)
    elif facts.ends_at > last:
        yield Step(END_AFTER_AGREEMENT, params, "bad", change=CHOOSE_END)
    else:
        yield Step(END_FITS, params)


def day_of(moment: datetime) -> str:
    """In the reader's zone, with its offset: 22 Mar 2027, 10:48 (UTC−04:00)."""
    local = timezone.localtime(moment)
    return f"{written(local, 'j M Y, H:i')} (UTC{local.isoformat()[-6:]})".replace("-", "\N{MINUS SIGN}")
