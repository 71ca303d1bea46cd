"""How far a paragraph may be trusted: source and information evaluation, in the four scales partners use.

Admiralty 6x6 (after FM 2-22.3 and NATO practice); Europol 4x4 (Regulation (EU) 2016/794, art. 29); the United Kingdom's legacy
5x5x5 (HMRC, MLR3C14000) and current 3x5x2 (the National Crime Agency's intelligence report). The original scale and codes are stored and
never changed; a conversion is only ever a view.

No official conversion between these scales was found. The tables below are this product's own design: the strongest code of the other
scale that the original's definition entails, else its "cannot be judged" (3x5x2 has none for a source: 2, untested).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scheme(TextChoices):
    ADMIRALTY = "admiralty", _("Admiralty 6x6")
    EUROPOL = "europol", _("Europol 4x4")
    UK_LEGACY = "5x5x5", _("5x5x5 (legacy)")
    UK = "3x5x2", _("3x5x2")


Words = dict[str, dict[str, str | Promise]]

SOURCE: Words = {
    Scheme.ADMIRALTY: {
        "A": _("Completely reliable"),
        "B": _("Usually reliable"),
        "C": _("Fairly reliable"),
        "D": _("Not usually reliable"),
        "E": _("Unreliable"),
        "F": _("Reliability cannot be judged"),
    },
    Scheme.EUROPOL: {
        "A": _("No doubt about the source, or reliable in all instances"),
        "B": _("Reliable in most instances"),
        "C": _("Unreliable in most instances"),
        "X": _("Reliability cannot be assessed"),
    },
    Scheme.UK_LEGACY: {
        "A": _("Always reliable"),
        "B": _("Mostly reliable"),
        "C": _("Sometimes reliable"),
        "D": _("Unreliable"),
        "E": _("Untested source"),
    },
    Scheme.UK: {"1": _("Reliable"), "2": _("Untested"), "3": _("Not reliable")},
}
INFORMATION: Words = {
    Scheme.ADMIRALTY: {
        "1": _("Confirmed by other independent sources"),
        "2": _("Probably true"),
        "3": _("Possibly true"),
        "4": _("Doubtful"),
        "5": _("Improbable"),
        "6": _("Truth cannot be judged"),
    },
    Scheme.EUROPOL: {
        "1": _("Accuracy not in doubt"),
        "2": _("Known personally to the source, not to the officer"),
        "3": _("Not known personally to the source, but corroborated"),
        "4": _("Not known personally to the source, cannot be corroborated"),
    },
    Scheme.UK_LEGACY: {
        "1": _("Known to be true without reservation"),
        "2": _("Known personally to the source, not to the officer"),
        "3": _("Not known personally to the source, but corroborated"),
        "4": _("Cannot be judged"),
        "5": _("Suspected to be false"),
    },
    Scheme.UK: {
        "A": _("Known directly to the source"),
        "B": _("Known indirectly, but corroborated"),
        "C": _("Known indirectly"),
        "D": _("Not known"),
        "E": _("Suspected to be false"),
    },
}


def known() -> Q:
    """The check every graded table carries: source and information code belong to the scale."""
    condition = Q()
    for scheme in Scheme:
        condition |= Q(scheme=scheme.value, source_code__in=list(SOURCE[scheme]), information_code__in=list(INFORMATION[scheme]))
    return condition


def words(scheme: str, source: str, information: str) -> str:
    """The grade in words, as the item page writes it beside the code. Raises KeyError for an unknown code."""
    return f"{SOURCE[scheme][source]}; {INFORMATION[scheme][information]}"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as its originator gave it."""

    scheme: str
    source: str
    information: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a grade amounts to on another scale. It is shown beside the original, and is itself no grade: nothing converts it further."""

    scheme: str
    source_code: str
    information_code: str
    is_exact: bool
    remark: str | Promise = ""

    @property
    def words(self) -> str:
        return words(self.scheme, self.source_code, self.information_code)

    def get_scheme_display(self) -> str:
        return str(Scheme(self.scheme).label)


ADM, EUR, OLD, NEW = Scheme.ADMIRALTY.value, Scheme.EUROPOL.value, Scheme.UK_LEGACY.value, Scheme.UK.value
Table = dict[str, dict[str, dict[str, str]]]


def _table(first: str, rows: dict[str, str]) -> dict[str, dict[str, str]]:
    """`rows`: by code, what it is on each scale of `first`; "~" where the definitions do not agree word for word."""
    scales = first.split()
    return {code: dict(zip(scales, row.split(), strict=True)) for code, row in rows.items()}


LIKE_SOURCE: Table = {
    ADM: _table(f"{OLD} {NEW} {EUR}", {"A": "A 1 A", "B": "B 1 B", "C": "C~ 2~ X~", "D": "D~ 3 C", "E": "D 3 C", "F": "E~ 2~ X"}),
    OLD: _table(f"{ADM} {NEW} {EUR}", {"A": "A 1 A", "B": "B 1 B", "C": "C~ 2~ X~", "D": "E~ 3 C", "E": "F 2 X"}),
    NEW: _table(f"{ADM} {OLD} {EUR}", {"1": "B~ B~ B~", "2": "F E X", "3": "D~ D C"}),
    EUR: _table(f"{ADM} {OLD} {NEW}", {"A": "A A 1", "B": "B B 1", "C": "D D 3", "X": "F E 2"}),
}
LIKE_INFORMATION: Table = {
    ADM: _table(f"{OLD} {NEW} {EUR}", {"1": "3~ B~ 3~", "2": "4~ D~ 4~", "3": "4~ D~ 4~", "4": "4~ D~ 4~", "5": "5~ E~ 4~", "6": "4 D 4"}),
    OLD: _table(f"{ADM} {NEW} {EUR}", {"1": "2~ A~ 1", "2": "6~ A 2", "3": "2~ B 3", "4": "6 D 4", "5": "5~ E 4~"}),
    NEW: _table(f"{ADM} {OLD} {EUR}", {"A": "6~ 2 2", "B": "2~ 3 3", "C": "6~ 4 4", "D": "6~ 4 4", "E": "5~ 5 4~"}),
    EUR: _table(f"{ADM} {OLD} {NEW}", {"1": "2~ 1 A~", "2": "6~ 2 A", "3": "2~ 3 B", "4": "6~ 4 C~"}),
}
REMARKS = {
    (ADM, "5"): _("Considered improbable by the originator"),
    (OLD, "5"): _("Suspected to be false by the originator"),
    (NEW, "E"): _("Suspected to be false by the originator"),
}
"""What Europol's 4x4 has no code for, and is therefore said in words."""


def shown_in(scheme: str, original: Grade) -> Likeness | None:
    """The original grade as another scale would put it, never higher; None on its own scale.

    Raises TypeError for what is no original, KeyError for an unknown scale or code.
    """
    if not isinstance(original, Grade):
        raise TypeError("Only an original grade is converted.")
    if scheme == original.scheme:
        return None
    source = LIKE_SOURCE[original.scheme][original.source][scheme]
    information = LIKE_INFORMATION[original.scheme][original.information][scheme]
    remark = REMARKS.get((original.scheme, original.information), "") if scheme == EUR else ""
    return Likeness(scheme, source[0], information[0], "~" not in source + information, remark)
