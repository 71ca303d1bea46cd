"""Numbers and codes in a text, by the shapes of their schemes and the checks of their registers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn

from cases.entities.identifiers import normalise
from cases.entities.identifiers.found.shapes import (
    CARD,
    CERTAIN_PLATES,
    IBAN,
    ISSUERS,
    NATIONAL,
    PERHAPS_A_PLATE,
    PLATE_WORDS,
    WORLDWIDE,
    Offer,
    Shape,
)
from cases.entities.identifiers.found.spans import Found

LOOK_BACK = 24
PIECE = 80
TRIES = 24
ZONES = re.compile(r"(?<![A-Z0-9<])(?:[A-Z0-9<]{44}\s{1,2}[A-Z0-9<]{44}|[A-Z0-9<]{36}\s{1,2}[A-Z0-9<]{36}|"
                   r"[A-Z0-9<]{30}\s{1,2}[A-Z0-9<]{30}\s{1,2}[A-Z0-9<]{30})(?![A-Z0-9<])", re.ASCII)  # fmt: skip
DIALLED = re.compile(r"[+(]?\d[\d ().\-/\u00a0]*", re.ASCII)
ABROAD = re.compile(r"(?:\+|(?<!\d)00)\d(?:[ .\-]?\(?\d\)?){6,13}(?!\d)", re.ASCII)
LOCAL, DOMAIN = re.compile(r"[\w.%+-]", re.ASCII), re.compile(r"[\w.-]{3,253}", re.ASCII)
PERHAPS_PLATE, PERHAPS_CARD = _("Perhaps a plate"), _("Perhaps a card: its check digit holds")
NOT_IN_PLAN = _("No numbering plan knows it")


def found(text: str, place: tuple[int, int], scheme: tuple[str, str], rank: int, doubt: str | Promise = "") -> Found:
    """What stands at a place, as its scheme (type and country) writes and checks it."""
    (start, end), (kind, country) = place, scheme
    raw = text[start:end]
    normal, valid = normalise(kind, country, raw)
    return Found(start, end, raw, kind, country, normal, str(valid), rank, doubt)


def zones(text: str) -> Iterator[Found]:
    """Machine readable zones of passports and cards, their lines together."""
    for match in ZONES.finditer(text):
        if "<" in match[0]:
            yield found(text, match.span(), ("mrz", ""), 0)


def codes(text: str, home: str) -> Iterator[Found]:
    """Whatever has the shape of a scheme, as far as its shape, its check or a word before it says that it is one."""
    yield from _ibans(text)
    for shape in (*WORLDWIDE, *NATIONAL):
        for match in shape.pattern.finditer(text):
            each = found(text, match.span(), (shape.type, shape.country), shape.rank)
            if _is_offered(shape, each, home, said=_said_before(text, match.start(), shape.words)):
                yield each
    yield from _cards(text)
    yield from _plates(text, home)


def _is_offered(shape: Shape, each: Found, home: str, *, said: bool) -> bool:
    if shape.offer is Offer.ALWAYS or said:
        return True
    return each.valid == "yes" and (shape.offer is Offer.IF_IT_HOLDS or (shape.offer is Offer.AT_HOME and shape.country == home))


def _said_before(text: str, start: int, words: tuple[str, ...]) -> bool:
    before = re.findall(r"\w+", text[max(0, start - LOOK_BACK) : start].casefold())
    return any(word in before for word in words)


def _ibans(text: str) -> Iterator[Found]:
    """With as many of the groups behind it as the check wants; where none holds, all groups that have a digit."""
    for match in IBAN.finditer(text):
        ends = [match.start() + len(match[0].rsplit(" ", cut)[0]) for cut in range(match[0].count(" ") + 1)]
        tried = [found(text, (match.start(), end), ("iban", match[0][:2]), 1) for end in ends]
        with_digit = [each for each in tried if any(ch.isdigit() for ch in each.raw.rpartition(" ")[2])]
        yield next((each for each in tried if each.valid == "yes"), (with_digit or tried)[0])


def _cards(text: str) -> Iterator[Found]:
    for match in CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 13 <= len(digits) <= 19 and ISSUERS.match(digits) and luhn.is_valid(digits):  # noqa: PLR2004  ISO/IEC 7812
            yield found(text, match.span(), ("account", ""), 15, PERHAPS_CARD)


def _plates(text: str, home: str) -> Iterator[Found]:
    for country, pattern in CERTAIN_PLATES:
        for match in pattern.finditer(text):
            yield found(text, match.span(), ("plate", country), 30)
    for match in PERHAPS_A_PLATE.finditer(text):
        said = _said_before(text, match.start(), PLATE_WORDS)
        yield found(text, match.span(), ("plate", home if said else ""), 31 if said else 60, "" if said else PERHAPS_PLATE)


def emails(text: str) -> Iterator[Found]:
    """Outward from every sign that only addresses have."""
    for sign in re.finditer("@", text):
        start = sign.start()
        while start and sign.start() - start < 64 and LOCAL.match(text[start - 1]):  # noqa: PLR2004  RFC 5321
            start -= 1
        domain = DOMAIN.match(text, sign.end())
        if domain and start < sign.start():
            yield from _email(text, start, sign.end() + len(domain[0].rstrip(".-")))


def _email(text: str, start: int, end: int) -> Iterator[Found]:
    each = found(text, (start, end), ("email", ""), 16)
    if each.valid == "yes":
        yield each


def phones(text: str, home: str) -> Iterator[Found]:
    """By the numbering plans, those without their country in the reader's own; and whatever begins like a number abroad."""
    region = home if home in phonenumbers.SUPPORTED_REGIONS else None
    for run in DIALLED.finditer(text):
        for start in range(run.start(), run.end(), PIECE):  # a list of numbers may be one long run: pieces overlap by one number
            yield from _planned(text, max(run.start(), start - 20), min(run.end(), start + PIECE), region)
    for match in ABROAD.finditer(text):
        held = normalise("phone", "", match[0])[1] == "yes"
        yield found(text, match.span(), ("phone", ""), 27 if held else 50, "" if held else NOT_IN_PLAN)


def _planned(text: str, start: int, end: int, region: str | None) -> Iterator[Found]:
    for match in PhoneNumberMatcher(text[start:end], region, leniency=Leniency.VALID, max_tries=TRIES):
        abroad = match.raw_string.startswith(("+", "00"))
        yield found(text, (start + match.start, start + match.end), ("phone", "" if abroad else region or ""), 27)
