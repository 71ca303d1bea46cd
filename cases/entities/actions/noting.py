"""Noting what a version says happened between two, and saying it of a newer version again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from cases.entities import currencies, rules
from cases.entities.actions.dealings import CALLS, MONEY, Book
from cases.entities.actions.mentions import to_note_on, write_down
from cases.entities.identifiers import country_code
from cases.entities.identifiers.parties import LONGEST, line_key, payer_key
from cases.entities.models import Call, Identifier, Mention, Transaction
from cases.entities.moments import NEVER_SAID, Moment
from cases.records.models import Rendition
from kernel.errors import Invalid, NotFound

OWN = ("id", "rendition", "from_mention", "to_mention", "row_key", "made_by", "made_at", "listed_at")
"""What a row that is taken over does not bring along."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of what happened, as it is written; or a mention of the same version, or both."""

    text: str = ""
    mention_id: UUID | None = None


@transaction.atomic(durable=True)
def note_transaction(
    *, officer: Officer, rendition_id: UUID, payer: End, payee: End, amount: Decimal, currency: str, moment: Moment = NEVER_SAID,
    paragraph: int | None = None, kind: str = "", reference: str = "", purpose: str = "",
) -> Transaction:  # fmt: skip
    """Note that a version says somebody gave somebody money. An end that is not said stays empty, but not both.

    Raises NotFound (for a mention of another version too), NotAllowed (records.rules.can_add), Conflict once the version has left or
    its case is closed, Invalid without any end, for a negative amount or one of more digits than are kept.
    """
    rendition, _casefile = to_note_on(officer, rendition_id)
    if (
        not amount.is_finite()
        or amount < 0
        or amount >= 10**currencies.WHOLE_DIGITS
        or currencies.places(amount) > currencies.DECIMAL_PLACES
    ):
        raise Invalid(rules.NO_AMOUNT, fields={"amount": rules.NO_AMOUNT})
    said = {"kind": kind, "reference": reference, "purpose": purpose, "amount": amount, "currency": currency.strip().upper()}
    row = Transaction(rendition=rendition, paragraph=paragraph, made_by=officer, **said, **timed(moment))
    _join(officer, row, payer, payee, payer_key)
    row.save(force_insert=True)
    write_down(MONEY.noted, officer, rendition, row=row.pk, currency=row.currency)
    return row


@transaction.atomic(durable=True)
def note_call(
    *, officer: Officer, rendition_id: UUID, caller: End, called: End, moment: Moment = NEVER_SAID, seconds: int | None = None,
    kind: str = Call.Kind.VOICE, country: str = "", paragraph: int | None = None, cell: str = "", place: str = "", imei: str = "",
    imsi: str = "",
) -> Call:  # fmt: skip
    """Note that a version says one number called another; `country` is that of numbers written without their own.

    Raises NotFound (for a mention of another version too), NotAllowed (records.rules.can_add), Conflict once the version has left or
    its case is closed, Invalid without any end.
    """
    rendition, _casefile = to_note_on(officer, rendition_id)
    said = {"kind": kind, "seconds": seconds, "cell": cell, "place": place, "imei": imei, "imsi": imsi}
    row = Call(rendition=rendition, paragraph=paragraph, made_by=officer, **said, **timed(moment))
    code = country_code(country)
    _join(officer, row, caller, called, lambda raw: line_key(raw, code))
    row.save(force_insert=True)
    write_down(CALLS.noted, officer, rendition, row=row.pk)
    return row


@transaction.atomic(durable=True)
def take_over_dealings(*, officer: Officer, book: Book, rendition_id: UUID, from_rendition_id: UUID) -> int:
    """Say of a newer version what an older one said happened, and what is not said of it yet; ends that it names too stay joined.

    Returns how many rows. Raises NotFound, NotAllowed (records.rules.can_add), Conflict as note_transaction, Invalid for a version of
    something else.
    """
    rendition, _casefile = to_note_on(officer, rendition_id)
    earlier = Rendition.objects.visible_to(officer).one(from_rendition_id)
    if earlier.record_id != rendition.record_id or earlier.kind != rendition.kind or earlier.number >= rendition.number:
        raise Invalid(rules.NOT_ONE_RECORD)
    rows = book.model.objects.visible_to(officer)
    there = {words_of(row) for row in rows.filter(rendition=rendition)}
    old = [row for row in rows.filter(rendition=earlier).order_by("listed_at", "pk") if words_of(row) not in there]
    same = _same(officer, earlier, rendition)
    copies = [_copy(row, rendition, officer, same) for row in old]
    book.model.objects.bulk_create(copies, batch_size=2_000)
    write_down(book.taken_over, officer, rendition, taken_from=earlier.pk, count=len(copies))
    return len(copies)


def timed(moment: Moment) -> dict[str, Any]:
    """The columns that say when, and where a list has it."""
    return moment._asdict() | {"listed_at": moment.at or timezone.now()}


def _join(officer: Officer, row: Any, one: End, other: End, key_of: Any) -> None:
    """Put both ends into a row. An end that is a mention and is not written otherwise is written by its number, or its name."""
    wanted = {end.mention_id for end in (one, other) if end.mention_id}
    mentions = Mention.objects.visible_to(officer).filter(rendition=row.rendition).in_bulk(wanted)
    if len(mentions) != len(wanted):
        raise NotFound
    numbers = _numbers(officer, mentions)
    for side, end in (("from", one), ("to", other)):
        mention = mentions.get(end.mention_id) if end.mention_id else None
        text = (end.text.strip() or (numbers.get(mention.pk, mention.name) if mention else ""))[:LONGEST]
        for part, value in (("text", text), ("key", key_of(text) if text else ""), ("mention", mention)):
            setattr(row, f"{side}_{part}", value)
    if not (row.from_text or row.to_text):
        raise Invalid(rules.NO_END)


def _numbers(officer: Officer, mentions: Collection[UUID]) -> dict[UUID, str]:
    """The account, wallet or phone number of each mention that has just one."""
    kinds = ("iban", "account", "wallet", "phone")
    found: dict[UUID, set[str]] = {}
    for each in Identifier.objects.visible_to(officer).filter(mention__in=list(mentions), type__in=kinds):
        found.setdefault(each.mention_id, set()).add(each.raw)
    return {pk: numbers.pop() for pk, numbers in found.items() if len(numbers) == 1}


def _same(officer: Officer, earlier: Rendition, rendition: Rendition) -> dict[UUID, Mention]:
    """The mentions of the older version, each with that of the newer one which says the same."""
    said = Mention.objects.visible_to(officer)
    newer = {(each.etype, each.name): each for each in said.filter(rendition=rendition).order_by("-made_at", "-pk")}
    older: Iterable[Mention] = said.filter(rendition=earlier)
    return {each.pk: newer[each.etype, each.name] for each in older if (each.etype, each.name) in newer}


def words_of(row: Any) -> tuple[Any, ...]:
    """All that a row says; where it stands, and to what mentions its ends were joined, left aside."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in OWN)


def _copy(old: Any, rendition: Rendition, officer: Officer, same: dict[UUID, Mention]) -> Any:
    said = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields if field.name not in OWN}
    ends = {f"{side}_mention": same.get(getattr(old, f"{side}_mention_id")) for side in ("from", "to")}
    return type(old)(rendition=rendition, made_by=officer, listed_at=old.listed_at, **said, **ends)
