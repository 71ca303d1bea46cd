"""Under which form the ends of a payment or a call are counted as one, however each row writes them."""

from __future__ import annotations

import re
import unicodedata

from cases.entities.identifiers import IdentifierType, Validity, normalise

LONGEST = 200
FEWEST_DIGITS = 5
HEXADECIMAL = re.compile("0x[0-9a-f]{40}")  # an address of Ethereum and of what is built on it


def payer_key(raw: str) -> str:
    """Of whoever pays or is paid: an account or wallet as it is compared, a name without accents and capitals.

    >>> payer_key("NM 12-0034 5567"), payer_key("Polar Brisa  Logística LTDA")
    ('NM1200345567', 'polar brisa logistica ltda')
    """
    return account_of(raw) or _bare_name(raw)


def account_of(raw: str) -> str:
    """The account or wallet that this is, as it is compared; "" for a name."""
    if wallet := wallet_of(raw):
        return wallet
    number, _valid = normalise(IdentifierType.ACCOUNT, "", raw)
    digits = sum(ch.isdigit() for ch in number)
    return number if digits >= FEWEST_DIGITS and digits * 2 >= len(number) else ""


def wallet_of(raw: str) -> str:
    """The wallet that this is, as it is compared; "" for anything else."""
    wallet, valid = normalise(IdentifierType.WALLET, "", raw)
    return wallet if valid == Validity.YES or HEXADECIMAL.fullmatch(wallet) else ""


def line_key(raw: str, country: str = "") -> str:
    """Of whoever calls or is called: the number as the plans write it, anything else as a name."""
    return line_of(raw, country) or _bare_name(raw)


def line_of(raw: str, country: str = "") -> str:
    """The phone number that this is, as it is compared; "" for a name: letters are in no number."""
    if any(ch.isalpha() for ch in raw) or not any(ch.isdigit() for ch in raw):
        return ""
    return normalise(IdentifierType.PHONE, country, raw)[0]


def _bare_name(raw: str) -> str:
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", raw).casefold() if not unicodedata.combining(ch))
    return " ".join(bare.split())[:LONGEST]
