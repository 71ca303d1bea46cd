"""Currencies by their codes: ISO 4217 as it is in use, and the symbols that tokens go by. Another code is flagged, never refused."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.formats import number_format

ISO_4217 = frozenset(re.findall(
    "[A-Z]{3}",
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP COU CRC "
    "CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD "
    "JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN "
    "NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
    "TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT YER ZAR "
    "ZMW ZWG",
))  # fmt: skip
TOKENS = frozenset(re.findall(
    "[A-Z]+", "ADA AVAX BCH BNB BTC DAI DASH DOGE DOT ETC ETH LINK LTC MATIC SOL TRX TUSD USDC USDT XLM XMR XRP XTZ ZEC"
))  # fmt: skip
DECIMALS = dict.fromkeys(re.findall("[A-Z]+", "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"), 0)
DECIMALS |= dict.fromkeys(re.findall("[A-Z]+", "BHD IQD JOD KWD LYD OMR TND"), 3)
"""Of the minor unit, where it is not two."""
LONGEST = 12
WHOLE_DIGITS, DECIMAL_PLACES = 18, 18  # an ether has eighteen


def is_known(code: str) -> bool:
    return code in ISO_4217 or code in TOKENS


def written(amount: Decimal, currency: str) -> str:
    """An amount in the reader's own figures: never fewer decimals than it has.

    >>> written(Decimal("1250000.500"), "USD"), written(Decimal("40000.0"), "CLP")
    ('1,250,000.50', '40,000')
    """
    return str(number_format(amount, max(places(amount), DECIMALS.get(currency, 2)), use_l10n=True, force_grouping=True))


def plain(amount: Decimal) -> str:
    """An amount for machines: a point, no grouping, no zeros at its end.

    >>> plain(Decimal("1250000.500")), plain(Decimal("40000"))
    ('1250000.5', '40000')
    """
    return f"{amount:.{places(amount)}f}"


def places(amount: Decimal) -> int:
    """How many decimals an amount really has.

    >>> places(Decimal("0.500")), places(Decimal("12")), places(Decimal("0.00"))
    (1, 0, 0)
    """
    _sign, digits, exponent = amount.as_tuple()
    zeros = next((n for n, digit in enumerate(reversed(digits)) if digit), len(digits))
    return max(0, -exponent - zeros) if isinstance(exponent, int) and zeros < len(digits) else 0


def can_be_kept(amount: Decimal) -> bool:
    """Whether it is an amount, and exact as it is kept: nothing is rounded."""
    return amount.is_finite() and 0 <= amount < 10**WHOLE_DIGITS and places(amount) <= DECIMAL_PLACES
