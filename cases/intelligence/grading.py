"""How far a paragraph may be trusted: source and information evaluation, in the four scales partners use.

Admiralty 6x6 (after FM 2-22.3 and NATO practice); Europol 4x4 (Regulation (EU) 2016/794, art. 29); the United Kingdom's legacy
5x5x5 and current 3x5x2. The original scale and codes are stored and never changed; a conversion is only ever a view.
"""

from __future__ import annotations

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
