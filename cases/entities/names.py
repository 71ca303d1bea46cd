"""Names as they are written: their parts and order, the script they stand in, and of what kind the other names are."""

from __future__ import annotations

import unicodedata
from collections import Counter

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
