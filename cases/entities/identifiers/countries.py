"""Country codes as identifiers are compared by: ISO 3166 alpha-2 where a name or code is known, else what was written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

ALSO_CALLED = {
    "bosnia": "BA",
    "burma": "MM",
    "cabo verde": "CV",
    "central african republic": "CF",
    "congo democratic republic of the": "CD",
    "czechia": "CZ",
    "democratic republic of the congo": "CD",
    "great britain": "GB",
    "myanmar": "MM",
    "north korea": "KP",
    "republic of the congo": "CG",
    "saint kitts and nevis": "KN",
    "saint vincent and the grenadines": "VC",
    "south korea": "KR",
    "the gambia": "GM",
    "turkiye": "TR",
    "uk": "GB",
    "united kingdom": "GB",
    "united states of america": "US",
    "usa": "US",
}


@lru_cache(maxsize=1_000)
def country_code(written: str) -> str:
    """The code of a country written as a code or an English name; what is not known stays as it is, in capitals.

    >>> country_code("Bosnia and Herzegovina"), country_code("mx"), country_code("Atlantis")
    ('BA', 'MX', 'ATLANTIS')
    """
    name = _plain(written)
    return _names().get(name) or name.upper()[:60]


@cache
def _names() -> dict[str, str]:
    """The names of the time zone database's copy of ISO 3166, which comes with tzdata."""
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {_plain(name): code for code, name in rows} | ALSO_CALLED


def _plain(text: str) -> str:
    """Lower case, no accents, single spaces; "&" and "and" alike."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[^\w]+", " ", bare.replace("&", " and ")).split())
