"""Taking a table of payments or calls into a register: its rows once each, and the accounts and numbers at their ends as mentions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.entities import outbox, rules
from cases.entities.actions.dealings import CALLS, MONEY, Book
from cases.entities.actions.holdings import Register, Source, Taken, version_for
from cases.entities.actions.mentions import desk_of, identifiers_of, write_down
from cases.entities.actions.noting import timed, words_of
from cases.entities.events import Event
from cases.entities.identifiers import IdentifierType, Validity, normalise
from cases.entities.identifiers.parties import account_of, line_key, line_of, payer_key, wallet_of
from cases.entities.models import EntityType, Identifier, Mention
from cases.entities.outbox import index_names
from cases.entities.transport import DealingRow, Fault, Kind, TableMapping
from cases.records.models import Record, Rendition

BOOKS = {Kind.MONEY: MONEY, Kind.CALLS: CALLS}


class End(NamedTuple):
    """An account, wallet or phone at the end of rows, under the key of its own row in the register."""

    row_key: str
    etype: EntityType
    kind: IdentifierType
    country: str
    raw: str


def take_in_dealings(
    officer: Officer, casefile: CaseFile, *, register: Register, source: Source, piece: Sequence[DealingRow | Fault], taken: Taken,
    mapping: TableMapping,
) -> Record | None:  # fmt: skip
    """Write what a held file's register does not say yet, in the caller's transaction; returns the register, once there is one."""
    book, new = BOOKS[Kind(mapping.rows)], []
    said = _said(officer, book, register, [row.key for row in piece if isinstance(row, DealingRow)])
    for row in piece:
        taken.read, taken.line = taken.read + 1, row.line
        if isinstance(row, Fault):
            taken.blame(row)
            continue
        drafted = _drafted(row, book, officer)
        words = words_of(drafted)
        if row.key not in said:
            new.append((row, drafted))
        elif said[row.key] == words:
            taken.known += 1
        else:
            taken.blame(Fault(row.line, rules.ROW_CHANGED))
        said.setdefault(row.key, words)
    taken.rendition = register.current or register.latest
    if new:
        taken.rendition = version_for(officer, casefile, register, source)
        _write(officer, casefile, taken.rendition, new, source=source, book=book, mapping=mapping)
        taken.new += len(new)
    return taken.rendition.record if taken.rendition else register.item


def _said(officer: Officer, book: Book, register: Register, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """What the register says already under these row ids."""
    if register.item is None:
        return {}
    held = book.model.objects.visible_to(officer).filter(rendition__record=register.item, row_key__in=keys)
    return {str(each.row_key): words_of(each) for each in held}


def _drafted(row: DealingRow, book: Book, officer: Officer) -> Any:
    """The row as it will be kept, its ends not joined yet."""
    keys = [_key(book, text, country) if text else "" for text, country in zip((row.giver, row.taker), row.countries, strict=True)]
    return book.model(
        row_key=row.key, from_text=row.giver, from_key=keys[0], to_text=row.taker, to_key=keys[1], made_by=officer, **row.said,
        **timed(row.when),
    )  # fmt: skip


def _key(book: Book, text: str, country: str) -> str:
    return line_key(text, country) if book is CALLS else payer_key(text)


def _write(
    officer: Officer, casefile: CaseFile, rendition: Rendition, new: Sequence[tuple[DealingRow, Any]], *, source: Source,
    book: Book, mapping: TableMapping,
) -> None:  # fmt: skip
    mentions = _mentions(officer, casefile, rendition, _ends(book, new)) if mapping.ends else {}
    for row, drafted in new:
        drafted.rendition = rendition
        for side, text, country in zip(("from", "to"), (row.giver, row.taker), row.countries, strict=True):
            if end := _end(book, text, country):
                setattr(drafted, f"{side}_mention", mentions.get(end.row_key))
    book.model.objects.bulk_create(drafted for _row, drafted in new)
    write_down(Event.HOLDINGS_IMPORTED, officer, rendition, rows=len(new), side=source.side, file=source.digest)


def _ends(book: Book, new: Iterable[tuple[DealingRow, Any]]) -> dict[str, End]:
    found: dict[str, End] = {}
    for row, _ in new:
        for text, country in zip((row.giver, row.taker), row.countries, strict=True):
            if end := _end(book, text, country):
                found.setdefault(end.row_key, end)
    return found


def _end(book: Book, text: str, country: str) -> End | None:
    """The account, wallet or phone that an end is; nothing where it is a name."""
    number = (line_of(text, country) if book is CALLS else account_of(text)) if text else ""
    if not number:
        return None
    key = f"end:{hashlib.sha256(number.encode()).hexdigest()[:40]}"
    if book is CALLS:
        return End(key, EntityType.PHONE, IdentifierType.PHONE, country, text)
    if wallet_of(text):
        return End(key, EntityType.WALLET, IdentifierType.WALLET, "", text)
    iban = normalise(IdentifierType.IBAN, "", text)[1] == Validity.YES
    return End(key, EntityType.ACCOUNT, IdentifierType.IBAN if iban else IdentifierType.ACCOUNT, "", text)


def _mentions(officer: Officer, casefile: CaseFile, rendition: Rendition, ends: dict[str, End]) -> dict[str, Mention]:
    """A mention of each, once in the version; new ones go to be compared as all others do."""
    there = Mention.objects.visible_to(officer).filter(rendition=rendition, row_key__in=list(ends))
    found: dict[str, Mention] = {str(each.row_key): each for each in there}
    new = {
        key: Mention(rendition=rendition, etype=end.etype, name=end.raw, row_key=key, **desk_of(casefile))
        for key, end in ends.items()
        if key not in found
    }
    Mention.objects.bulk_create(new.values())
    Identifier.objects.bulk_create(
        number for key, mention in new.items() for number in identifiers_of(mention, [(ends[key].kind, ends[key].country, ends[key].raw)])
    )
    index_names(new.values())
    outbox.put(mention.pk for mention in new.values())
    return found | new
