"""Amounts of money in a text, with their currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.entities.identifiers.found.spans import MONEY, Found

CODES = re.findall(
    "[A-Z]+",
    "USD EUR GBP CHF JPY CNY HKD CAD AUD BRL MXN ARS CLP COP PEN UYU PYG BOB VES GTQ HNL NIO CRC PAB DOP JMD TTD HTG CUP BZD XCD SEK NOK "
    "DKK PLN CZK HUF RON TRY RUB UAH ILS AED SAR INR SGD KRW ZAR NGN USDT BTC ETH",
)
SIGNS = {"US$": "USD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "", "$": ""}
"""The dollar sign is of many currencies, the yen's of two."""
WORDS = {
    "dollars": "", "dollar": "", "dólares": "", "dolares": "", "euros": "EUR", "euro": "EUR", "pesos": "", "reais": "BRL", "real": "BRL",
    "soles": "PEN", "quetzales": "GTQ", "francs": "", "libras": "GBP", "pounds": "GBP", "bitcoins": "BTC", "bitcoin": "BTC",
}  # fmt: skip
TIMES = {
    "million": 6, "millions": 6, "millón": 6, "millones": 6, "milhão": 6, "milhões": 6, "mil": 3, "k": 3, "thousand": 3, "mille": 3,
    "billion": 9,
}  # fmt: skip
FIGURE = r"\d{1,3}(?:[., ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,13}(?:[.,]\d{1,8})?(?!\d)"
MANY = r"(?:\s?(?P<times>" + "|".join(sorted(TIMES, key=len, reverse=True)) + r")(?!\w)(?: de)?)?"
BEFORE = "|".join([*map(re.escape, SIGNS), *(rf"(?<!\w){code}(?!\w)" for code in CODES)])
BEHIND = "|".join([r"€", r"£", *(rf"{word}(?!\w)" for word in [*CODES, *WORDS])])
MONEY_FIRST = re.compile(rf"(?P<cur>{BEFORE})[ \u00a0]?(?P<n>{FIGURE}){MANY}")
FIGURE_FIRST = re.compile(rf"(?<![\w.,])(?P<n>{FIGURE}){MANY}[ \u00a0]?(?P<cur>{BEHIND})")
WHICH = _("Which currency is not said")


def amounts(text: str) -> Iterator[Found]:
    for pattern in (MONEY_FIRST, FIGURE_FIRST):
        for match in pattern.finditer(text):
            written = match["cur"]
            code = SIGNS.get(written, WORDS.get(written, written))
            amount = _number(match["n"]) * 10 ** TIMES.get(match["times"] or "", 0)
            normal = f"{code or written} {_plain(amount)}"
            yield Found(
                match.start(),
                match.end(),
                match[0],
                MONEY,
                "",
                normal,
                "yes" if code else "unknown",
                16 if code else 29,
                "" if code else WHICH,
            )


def _number(written: str) -> Decimal:
    """A separator before one or two last digits, or the last of two kinds, is the decimal one."""
    last = max(written.rfind("."), written.rfind(","))
    behind = len(written) - last - 1
    groups = written.count(".") + written.count(",") + written.count(" ")
    if last >= 0 and (behind != 3 or (groups == 1 and written.startswith("0"))):  # noqa: PLR2004
        whole, part = written[:last], written[last + 1 :]
        return Decimal(f"{re.sub('[^0-9]', '', whole)}.{part}")
    return Decimal(re.sub("[^0-9]", "", written))


def _plain(amount: Decimal) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
