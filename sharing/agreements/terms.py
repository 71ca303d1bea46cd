"""What an agreement says beyond its articles: the vocabulary of its terms, and how they are written down.

Terms are plain words and lists, kept as JSON in a version and hashed with it. Behind the fields: offences after ICCS; the limits on use
and on passing on of UNTOC art. 18(19) and Nassau art. 25; central authorities of UNTOC art. 18(13); no law makes two countries' levels of
classification equal, so equality is said here, for these parties alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    TREATY = "treaty", _("Treaty")
    MOU = "mou", _("Memorandum of understanding")
    LETTER = "letter", _("Standing letter")


class DataKind(TextChoices):
    """What a record holds, as agreements and laws speak of it. A fixed, reviewed list."""

    PERSONAL = "personal", _("Personal data")
    BIOMETRIC = "biometric", _("Biometric data")
    FINANCIAL = "financial", _("Financial data")
    COMMUNICATIONS = "communications", _("Communications data")
    SOURCE = "source-derived", _("What comes from a source")
    INTELLIGENCE = "intelligence", _("Intelligence")


class Onward(TextChoices):
    NEVER = "never", _("Never")
    CONSENT = "consent", _("With the owner's consent")
    GROUP = "group", _("Within the recipient's country")


class Evidence(TextChoices):
    """Whether what crosses may be used in proceedings."""

    NO = "no", _("No")
    PERMISSION = "permission", _("With the owner's permission")
    YES = "yes", _("Yes")


class Role(TextChoices):
    CENTRAL = "central-authority", _("Central authority")
    DESK = "desk", _("Desk, day and night")


LANGUAGES = {"en": _("English"), "es": _("Spanish"), "fr": _("French"), "pt": _("Portuguese")}
CONTACT = ("agency", "role", "name", "telephone", "email", "hours", "time_zone")


SECRET = re.compile(r"(top|ultras?)?secret(o|a|os|as|e|es|is)?")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one version; without any, nothing is limited beyond the handling codes.

    Empty offences or data kinds mean all; a party without codes of its own gives by those of all.
    `codes` are by agency (its id in words); `levels` are rows of agency to level; `contacts` have the fields of CONTACT.
    """

    kind: str = Kind.MOU
    offences: tuple[str, ...] = ()
    data_kinds: tuple[str, ...] = ()
    handling_codes: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retention_months: int | None = None
    onward: str = Onward.GROUP
    evidence: str = Evidence.YES
    languages: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    contacts: tuple[Mapping[str, str], ...] = ()
    levels: tuple[Mapping[str, str], ...] = ()

    def codes_from(self, agency_id: Any) -> frozenset[str]:
        """The handling codes of what this party may give."""
        return frozenset(self.codes.get(str(agency_id), self.handling_codes))

    def covers_offence(self, code: str) -> bool:
        """Whether the offence, or one that it is a kind of, is named. Codes of the catalogue nest by their digits."""
        return not self.offences or any(code.startswith(each) for each in self.offences)

    def uncovered(self, kinds: Collection[str]) -> list[str]:
        """The kinds of data among these that may not cross."""
        return sorted(set(kinds) - set(self.data_kinds)) if self.data_kinds else []


def written(terms: Terms) -> dict[str, Any]:
    """The one way of writing them down, as it is kept, hashed and sent."""
    body = asdict(terms)
    for name in ("offences", "data_kinds", "handling_codes", "languages", "conditions"):
        body[name] = sorted(set(body[name]))
    body["codes"] = {agency: sorted(set(codes)) for agency, codes in sorted(terms.codes.items())}
    for name in ("contacts", "levels"):
        body[name] = [dict(row) for row in body[name]]
    return body


def read(body: Mapping[str, Any]) -> Terms:
    """The terms as they were written down, or as they came in the same shape; what is not named is as it is in Terms."""
    known = {each.name: body[each.name] for each in fields(Terms) if each.name in body}
    lists = ("offences", "data_kinds", "handling_codes", "languages", "conditions", "contacts", "levels")
    known |= {name: tuple(known[name]) for name in lists if name in known}
    known["codes"] = {str(agency): tuple(codes) for agency, codes in dict(body.get("codes") or {}).items()}
    return Terms(**known)


def is_secret(level: str) -> bool:
    """Whether a level of classification is at or above Secret, in the languages of those who meet here."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", level.casefold()) if not unicodedata.combining(c))
    return any(SECRET.fullmatch(word) for word in re.split(r"\W+", plain))


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return next(day for day in (_on(moment, year, month + 1, last) for last in range(moment.day, 0, -1)) if day is not None)


def _on(moment: datetime, year: int, month: int, day: int) -> datetime | None:
    try:
        return moment.replace(year=year, month=month, day=day)
    except ValueError:
        return None


def differences(before: Terms, after: Terms) -> list[str]:
    """The names of the terms that differ."""
    one, other = written(before), written(after)
    return [name for name in one if one[name] != other[name]]


NAMES: dict[str, Any] = {
    "kind": _("Kind"), "offences": _("Offences"), "data_kinds": _("Kinds of data"), "handling_codes": _("Handling"),
    "codes": _("What each party may give"), "retention_months": _("Kept for"), "onward": _("Passing on"),
    "evidence": _("Use in proceedings"), "languages": _("Languages"), "conditions": _("Conditions that always attach"),
    "contacts": _("Contacts"), "levels": _("Levels of classification"),
}  # fmt: skip
"""What each term is called on a page."""
