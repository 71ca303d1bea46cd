"""Names as they are written: their parts and order, the script they stand in, and of what kind the other names are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Order(TextChoices):
    GIVEN_FIRST = "given-first", _("Given name first")
    SURNAME_FIRST = "surname-first", _("Surname first")


class Script(TextChoices):
    """By the codes of ISO 15924."""

    LATIN = "Latn", _("Latin script")
    CYRILLIC = "Cyrl", _("Cyrillic")
    GREEK = "Grek", _("Greek script")
    ARABIC = "Arab", _("Arabic script")
    HEBREW = "Hebr", _("Hebrew script")
    HAN = "Hani", _("Chinese characters")
    JAPANESE = "Jpan", _("Japanese script")
    KOREAN = "Kore", _("Korean script")
    DEVANAGARI = "Deva", _("Devanagari")
    THAI = "Thai", _("Thai script")
    GEORGIAN = "Geor", _("Georgian script")
    ARMENIAN = "Armn", _("Armenian script")
    OTHER = "Zyyy", _("Another script")


ALIASES: dict[str, Promise] = {
    "aliases": _("Known as"),
    "nicknames": _("Nickname"),
    "transliterations": _("Transliteration"),
    "maiden": _("Maiden name"),
    "false_names": _("False identity"),
}
"""The kinds of other names, each a list of its own."""

PARTS: dict[str, Promise] = {"given": _("Given name"), "surname": _("Surname"), "second_surname": _("Second surname")}
WRITTEN: dict[str, type[TextChoices]] = {"name_order": Order, "script": Script}

FIRST_WORDS = {
    "LATIN": Script.LATIN, "CYRILLIC": Script.CYRILLIC, "GREEK": Script.GREEK, "ARABIC": Script.ARABIC, "HEBREW": Script.HEBREW,
    "CJK": Script.HAN, "HIRAGANA": Script.JAPANESE, "KATAKANA": Script.JAPANESE, "HANGUL": Script.KOREAN, "DEVANAGARI": Script.DEVANAGARI,
    "THAI": Script.THAI, "GEORGIAN": Script.GEORGIAN, "ARMENIAN": Script.ARMENIAN,
}  # fmt: skip


def script_of(name: str) -> Script | None:
    """The script most of a name's letters stand in; None where it has no letter.

    >>> script_of("Дарио Кинтелас").value, script_of("42")
    ('Cyrl', None)
    """
    letters = Counter(FIRST_WORDS.get(unicodedata.name(letter, "OTHER").split()[0], Script.OTHER) for letter in name if letter.isalpha())
    if Script.JAPANESE in letters:  # written with Chinese characters among its own
        return Script.JAPANESE
    return letters.most_common(1)[0][0] if letters else None


UNTOLD = frozenset(re.findall(
    r"\w+",
    "de del della la las los le da das do dos di du e y van von der den el al bin ibn dr dra sr sra srta mr mrs ms don dona lic ing prof "
    "ltd ltda sa sas sarl srl inc llc gmbh cv plc",
))  # fmt: skip
"""Particles, titles and legal forms: with or without them a name is the same."""
MOST_WORDS, MOST_NAMES, FUZZY_FROM = 6, 12, 5
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("qu(?=[ei])|ck|q", "k"), ("c(?=[ei])", "s"), ("c", "k"), ("g(?=[ei])|y(?=[aeou])", "j"),
        ("ll|lh", "i"), ("nh|gn", "n"),
        ("h", ""), ("[zx]", "s"), ("[vw]", "b"), ("y", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def words_of(name: str) -> list[str]:
    """A name's words without accents, as they sound in Spanish and Portuguese; what may be left out is left out.

    >>> words_of("José de Souza Peixoto"), words_of("Jose Sousa Peixotto")
    (['jose', 'sousa', 'peisoto'], ['jose', 'sousa', 'peisoto'])
    """
    bare = unicodedata.normalize("NFKD", name.casefold().replace("ç", "s"))
    words = re.findall(r"[^\W_]+", "".join(ch for ch in bare if not unicodedata.combining(ch)))
    told = [word for word in words if word not in UNTOLD] or words
    return [sounding for word in told[:MOST_WORDS] if (sounding := _sound(word[:40]))]


def _sound(word: str) -> str:
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def keys_of(called: Iterable[str]) -> set[str]:
    """Under which names are looked up: any two words in any order, one with the other's first letter, and all of them in one."""
    keys: set[str] = set()
    for words in [words_of(name) for name in called][:MOST_NAMES]:
        keys.add("=" + "".join(words))
        for one, other in combinations(sorted(words), 2):
            keys |= {f"{one} {other}", f"{one[0]}. {other}", f"{other[0]}. {one}"}
    return keys - {"="}


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two names, as words, are alike: 1 where they are the same in any order, 0 where each has a word the other lacks.

    >>> likeness(words_of("Quintelas, Dário"), words_of("Dario Quintelas")), likeness(words_of("Ana Paz"), words_of("Eva Paz"))
    (1.0, 0.0)
    """
    if one and "".join(one) == "".join(other):
        return 1.0
    short, long = sorted((list(one), list(other)), key=len)
    total = 0.0
    for word in sorted(short, key=len, reverse=True):
        degree, match = max(((_same(word, each), each) for each in long), default=(0.0, ""))
        if not degree:
            return 0.0
        long.remove(match)
        total += degree
    told = len(short) > 1 and total > len(short) / 2
    return round(total / (len(short) + len(long) / 2), 3) if told else 0.0


def _same(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if 1 in {len(one), len(other)}:
        return 0.5 if one[0] == other[0] else 0.0
    return 0.8 if min(len(one), len(other)) >= FUZZY_FROM and _one_slip(one, other) else 0.0


def _one_slip(one: str, other: str) -> bool:
    """One letter wrong, missing, or two changed about."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = one[at:], other[at:]
    swapped = rests[0][:2] == rests[1][:2][::-1] and rests[0][2:] == rests[1][2:]
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:] or swapped
