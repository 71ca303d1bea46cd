"""What an item must say before it can be kept. Who may record and correct it is the records' rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.intelligence import grading
from cases.records import handling
from cases.records.handling import Atom
from kernel.errors import sentence
from kernel.verdict import ALLOWED, Verdict, refuse

MOST_PARAGRAPHS = 50

HOW_MANY = sentence("intelligence.how-many-paragraphs", _("An item has 1 to %(most)s numbered paragraphs."))
NO_SUCH_GRADE = sentence("intelligence.no-such-grade", _("Paragraph %(number)s: this grade does not belong to its scale."))
NO_SUCH_HANDLING = sentence("intelligence.no-such-handling", _("There is no handling code %(code)s in this scheme."))
WORDS_WANTED = sentence("intelligence.words-wanted", _("The handling code %(code)s needs its conditions in words."))
COUNTRIES_WANTED = sentence("intelligence.countries-wanted", _("The handling code %(code)s needs the countries it may go to."))
TOO_WEAK = sentence(
    "intelligence.handling-too-weak",
    _(
        "The item's handling must carry every limit of its paragraphs. Missing: %(missing)s. Choose a stronger code, "
        "or one that takes its conditions in words."
    ),
)
NOT_NEWEST = sentence("intelligence.not-newest", _("There is a newer version of this item. Correct that one."))


def says_enough(item: Mapping[str, Any], paragraphs: Sequence[Mapping[str, Any]]) -> Verdict:
    """Whether an item can be kept as it is given: known grades and codes, and handling no weaker than that of its parts.

    A code that takes its conditions in words (Europol's H3, the United Kingdom's C) carries what no code of its scheme does;
    the limits of the paragraphs are then kept beside it as atoms.
    """
    if not 1 <= len(paragraphs) <= MOST_PARAGRAPHS:
        return refuse(HOW_MANY, most=MOST_PARAGRAPHS)
    refused = next((verdict for verdict in _parts(item, paragraphs) if not verdict), None)
    return _covers(item, paragraphs) if refused is None else refused


def parts_of(item: Mapping[str, Any], paragraphs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The paragraphs, those without handling of their own with the item's."""
    whole = {name: value for name, value in item.items() if name.startswith("handling_")}
    return [dict(part) if part.get("handling_code") else {**part, **whole} for part in paragraphs]


def limits(paragraphs: Sequence[Mapping[str, Any]]) -> set[str]:
    """Every atom that binds, of every paragraph: what a paragraph permits, the whole item need not."""
    return {atom for part in paragraphs for atom in handling.atoms(part["handling_scheme"], part["handling_code"])} - handling.PERMITTING


def _parts(item: Mapping[str, Any], paragraphs: Sequence[Mapping[str, Any]]) -> Iterator[Verdict]:
    yield _handled(item)
    for number, part in enumerate(paragraphs, start=1):
        scheme, source, information = (part.get(name, "") for name in ("scheme", "source_code", "information_code"))
        if source not in grading.SOURCE.get(scheme, {}) or information not in grading.INFORMATION.get(scheme, {}):
            yield refuse(NO_SUCH_GRADE, number=number)
        yield _handled(part)


def _handled(part: Mapping[str, Any]) -> Verdict:
    code = part.get("handling_code", "")
    key = part.get("handling_scheme", ""), code
    if key not in handling.CODES:
        return refuse(NO_SUCH_HANDLING, code=code)
    if key in handling.NEEDS_TEXT and not part.get("handling_text", "").strip():
        return refuse(WORDS_WANTED, code=code)
    if Atom.REL_TO in handling.CODES[key].atoms and not part.get("handling_countries"):
        return refuse(COUNTRIES_WANTED, code=code)
    return ALLOWED


def _covers(item: Mapping[str, Any], paragraphs: Sequence[Mapping[str, Any]]) -> Verdict:
    own = set(handling.atoms(item["handling_scheme"], item["handling_code"]))
    missing = limits(paragraphs) - own
    if Atom.TEXT in own:
        missing &= {Atom.REL_TO.value}
    to = set(item.get("handling_countries", ()))
    if any(not to <= set(part["handling_countries"]) for part in paragraphs if part.get("handling_countries")):
        missing.add(Atom.REL_TO.value)
    return refuse(TOO_WEAK, missing=", ".join(str(Atom(atom).label) for atom in sorted(missing))) if missing else ALLOWED
