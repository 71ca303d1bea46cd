"""What a text seems to name, offered for a version of an item: taken one by one or several at once, or declined and not offered again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import CountryRule, Officer
from cases.casefiles.models import CaseFile
from cases.entities import rules
from cases.entities.actions.mentions import desk_of, identifiers_of, may_note_on, named, put_beside, to_note_on, write_down
from cases.entities.events import Event
from cases.entities.identifiers import IdentifierType
from cases.entities.identifiers.found import DATE, LONGEST_TEXT, MONEY, Found, find
from cases.entities.models import Declined, EntityType, Identifier, Mention
from cases.entities.outbox import index_names
from cases.records.models import Rendition
from kernel.errors import Invalid
from kernel.verdict import Verdict

KINDS: dict[str, EntityType] = {
    IdentifierType.PHONE: EntityType.PHONE, IdentifierType.IMEI: EntityType.PHONE, IdentifierType.IMSI: EntityType.PHONE,
    IdentifierType.MAC: EntityType.PHONE, IdentifierType.EMAIL: EntityType.ACCOUNT, IdentifierType.IBAN: EntityType.ACCOUNT,
    IdentifierType.ACCOUNT: EntityType.ACCOUNT, IdentifierType.WALLET: EntityType.WALLET, IdentifierType.PLATE: EntityType.VEHICLE,
    IdentifierType.VIN: EntityType.VEHICLE, IdentifierType.IMO: EntityType.VESSEL, IdentifierType.CONTAINER: EntityType.CONTAINER,
    DATE: EntityType.EVENT, MONEY: EntityType.MONEY,
}  # fmt: skip
"""What kind of thing a number stands for by itself; whatever else is found is of a document."""
OTHER_NAMES: dict[str, Promise] = {DATE: _("Date"), MONEY: _("Amount of money")}
DATE_ORDER = "numeric-date-order"
"""The rule of a country that says how dates in figures are read: "day-first" or "month-first"."""
MOST_OFFERED = 300
MOST_TO_ADD_TO = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text: a paragraph of the version by its number, or something pasted (None)."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing found: `key` says which of this text, `at` which part; `known` is already noted of this version."""

    key: int
    at: int
    paragraph: int | None
    found: Found
    etype: EntityType
    digest: str
    known: bool
    declined: bool

    @property
    def is_number(self) -> bool:
        return self.found.type in IdentifierType.values

    @property
    def type_name(self) -> str | Promise:
        return OTHER_NAMES.get(self.found.type) or IdentifierType(self.found.type).label


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a text seems to name; `cut` where it was longer than is looked through; `there` are the mentions a number may be added to."""

    rendition: Rendition
    parts: list[Part]
    rows: list[Suggestion]
    there: list[Mention]
    may_note: Verdict
    cut: bool

    def offered(self) -> list[Suggestion]:
        return [row for row in self.rows if not (row.known or row.declined)]

    @property
    def hidden(self) -> int:
        """How many of the finds were declined earlier."""
        return sum(row.declined and not row.known for row in self.rows)


@transaction.atomic(durable=True)
def suggest(*, officer: Officer, rendition_id: UUID, parts: Sequence[Part]) -> Suggested:
    """Look through a text for what a version may name. Nothing of it is kept but that it was done. Raises NotFound."""
    rendition = Rendition.objects.visible_to(officer).select_related("record__agency").one(rendition_id)
    parts, cut = _cut(parts)
    rows = list(_read(officer, rendition, parts))
    suggested = Suggested(
        rendition=rendition,
        parts=parts,
        rows=rows,
        there=list(Mention.objects.visible_to(officer).filter(rendition=rendition).order_by("name", "pk")[:MOST_TO_ADD_TO]),
        may_note=may_note_on(officer, rendition),
        cut=cut,
    )
    write_down(Event.SUGGESTIONS_SOUGHT, officer, rendition, count=len(rows))
    return suggested


@transaction.atomic(durable=True)
def accept_suggestions(
    *, officer: Officer, rendition_id: UUID, parts: Sequence[Part], keys: Collection[int], mention_id: UUID | None = None
) -> list[Mention]:
    """Note what was chosen: each as a mention of its own kind, or all as identifiers of one mention that this version has already.

    What this version says already is not doubled. Raises NotFound, NotAllowed and Conflict as note_mention, Invalid for none chosen or
    a date or amount that would be an identifier.
    """
    rendition, casefile = to_note_on(officer, rendition_id)
    chosen = _chosen(officer, rendition, parts, keys)
    if mention_id:
        return [_add_to(officer, rendition, mention_id, chosen)]
    mentions = {each.digest: _mention_of(each, rendition, casefile) for each in reversed(chosen) if not each.known}
    numbers = {each.digest: each.found for each in chosen if each.is_number}
    Mention.objects.bulk_create(mentions.values())
    Identifier.objects.bulk_create(
        row
        for digest, mention in mentions.items()
        if (number := numbers.get(digest))
        for row in identifiers_of(mention, [(number.type, number.country, number.raw)])
    )
    put_beside(mentions.values())
    index_names(mentions.values())
    noted = sorted(str(mention.pk) for mention in mentions.values())
    write_down(Event.SUGGESTIONS_ACCEPTED, officer, rendition, mentions=noted)
    return list(mentions.values())


@transaction.atomic(durable=True)
def decline_suggestions(*, officer: Officer, rendition_id: UUID, parts: Sequence[Part], keys: Collection[int]) -> int:
    """Do not offer these again for this version; how many. Raises NotFound, NotAllowed, Conflict as note_mention, Invalid for none."""
    rendition, _casefile = to_note_on(officer, rendition_id)
    chosen = {each.digest for each in _chosen(officer, rendition, parts, keys) if not each.declined}
    Declined.objects.bulk_create(
        Declined(agency_id=officer.agency_id, rendition=rendition, digest=digest, made_by=officer) for digest in sorted(chosen)
    )
    write_down(Event.SUGGESTIONS_DECLINED, officer, rendition, count=len(chosen))
    return len(chosen)


@transaction.atomic(durable=True)
def offer_again(*, officer: Officer, rendition_id: UUID) -> int:
    """Take back what was declined for a version; how many. Raises NotFound, NotAllowed, Conflict as note_mention."""
    rendition, _casefile = to_note_on(officer, rendition_id)
    standing = Declined.objects.visible_to(officer).filter(rendition=rendition)
    count = standing.update(ended_by=officer, ended_at=Now())
    write_down(Event.SUGGESTIONS_OFFERED_AGAIN, officer, rendition, count=count)
    return count


def _cut(parts: Sequence[Part]) -> tuple[list[Part], bool]:
    """As much as is looked through at once."""
    kept, left = [], LONGEST_TEXT
    for part in parts:
        text = part.text.replace("\r\n", "\n")
        kept.append(Part(part.number, text[:left]))
        left -= min(left, len(text))
    return [part for part in kept if part.text], sum(len(part.text) for part in parts) > LONGEST_TEXT


def _read(officer: Officer, rendition: Rendition, parts: Sequence[Part]) -> Iterator[Suggestion]:
    """Always the same for the same text, so that a key says the same thing when it comes back."""
    home = officer.agency.jurisdiction.code
    rule = CountryRule.objects.filter(jurisdiction=officer.agency.jurisdiction_id, key=DATE_ORDER).first()
    day_first = rule.value != "month-first" if rule else officer.agency.language != "en"
    found = [(at, part.number, each) for at, part in enumerate(parts) for each in find(part.text, country=home, day_first=day_first)]
    held = Identifier.objects.visible_to(officer).filter(mention__rendition=rendition)
    numbers = {_number(*each) for each in held.values_list("type", "country", "normalised")}
    said = {(each.etype, each.name) for each in Mention.objects.visible_to(officer).filter(rendition=rendition)}
    declined = set(Declined.objects.visible_to(officer).filter(rendition=rendition).values_list("digest", flat=True))
    for key, (at, paragraph, each) in enumerate(found[:MOST_OFFERED]):
        etype = KINDS.get(each.type, EntityType.DOCUMENT)
        digest = _digest(rendition, each)
        known = _number(each.type, each.country, each.normalised) in numbers or (etype, _name(each)) in said
        yield Suggestion(key, at, paragraph, each, etype, digest, known, digest in declined)


def _number(kind: str, country: str, normal: str) -> tuple[str, str, str]:
    """What makes two numbers one: a phone's form says its country itself."""
    return kind, "" if kind == IdentifierType.PHONE else country, normal


def _digest(rendition: Rendition, each: Found) -> str:
    return hashlib.sha256("|".join((str(rendition.pk), each.type, each.country, each.normalised)).encode()).hexdigest()


def _chosen(officer: Officer, rendition: Rendition, parts: Sequence[Part], keys: Collection[int]) -> list[Suggestion]:
    chosen = [each for each in _read(officer, rendition, _cut(parts)[0]) if each.key in keys]
    if not chosen:
        raise Invalid(rules.NOTHING_CHOSEN)
    return chosen


def _name(each: Found) -> str:
    return each.normalised if each.type == MONEY else " ".join(each.raw.split())


def _mention_of(each: Suggestion, rendition: Rendition, casefile: CaseFile) -> Mention:
    mention = Mention(rendition=rendition, paragraph=each.paragraph, etype=each.etype, name=_name(each.found), **desk_of(casefile))
    mention.attributes = {"happened": [each.found.normalised]} if each.found.type == DATE else {}
    return mention


def _add_to(officer: Officer, rendition: Rendition, mention_id: UUID, chosen: Sequence[Suggestion]) -> Mention:
    """Further identifiers of a mention that this version has already."""
    if not all(each.is_number for each in chosen):
        raise Invalid(rules.NUMBERS_ONLY)
    mention = Mention.objects.visible_to(officer).filter(rendition=rendition).one(mention_id)
    there = {(each.type, each.country, each.normalised) for each in named(officer, [mention])[0].identifiers}
    rows = identifiers_of(mention, ((each.found.type, each.found.country, each.found.raw) for each in chosen))
    Identifier.objects.bulk_create(row for row in rows if (row.type, row.country, row.normalised) not in there)
    put_beside([mention])
    write_down(Event.IDENTIFIERS_ADDED, officer, rendition, mention=mention.pk, count=len(chosen))
    return mention
