"""Taking in a register of holdings: one record with its mentions, row by row, so that it can be cut off and go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles.models import CaseFile
from cases.entities import outbox, rules
from cases.entities.events import Event
from cases.entities.identifiers import country_code, normalise
from cases.entities.models import Identifier, Mention, Register
from cases.entities.transport import Fault, Row
from cases.records import grants, storage
from cases.records.handling import CODES
from cases.records.models import Record
from kernel.errors import Conflict, NotFound

BATCH = 1_000
"""Rows written in one transaction: what is in memory at a time, and the most that a cut can undo."""


@dataclass(slots=True)
class Taken:
    """What an import did: rows read, rows new, rows that were there already, and the rows that were skipped."""

    register_id: UUID
    read: int = 0
    new: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0


FAULTS_KEPT = 1_000


def import_holdings(
    *, officer: Officer, reference: str, name: str, side: str, file_digest: str, rows: Iterable[Row | Fault],
    told: Callable[[Taken], None] = lambda _taken: None,
) -> Taken:  # fmt: skip
    """Take a file's rows into one register record of a case file, a thousand to a transaction. Told after each of them.

    A row is known by its id within the register: running again, after a cut or with a longer file, adds what is missing and no more.
    A file that has changed since makes a new rendition, which takes the new rows; nothing is added to a rendition that has left.
    Raises NotFound for a case file the officer does not see, NotAllowed (rules.can_import), Conflict in a closed case.
    """
    register = _begin(officer, reference, name, side, file_digest)
    taken = Taken(register.pk)
    for batch in _batches(rows, taken):
        _take(officer, register.pk, batch, taken)
        told(taken)
    _complete(officer, register.pk, taken)
    return taken


@transaction.atomic(durable=True)
def _begin(officer: Officer, reference: str, name: str, side: str, file_digest: str) -> Register:
    """The register that takes these rows: the one of this file if there is one, so that a cut import goes on where it was."""
    files = CaseFile.objects.visible_to(officer).select_related("lead", "agency", "unit").locked()
    casefile = files.filter(reference=reference, agency_id=officer.agency_id).first()
    if casefile is None:
        raise NotFound
    rules.can_import(officer, casefile).enforce()
    mine = Register.objects.visible_to(officer).filter(record__home_id=casefile.pk, name=name, side=side)
    register = mine.select_related("record", "rendition").first()
    if register and register.file_digest == file_digest and not grants.has_left(register.rendition):
        return register
    home = register.record if register else storage.keep_record(officer=officer, casefile=casefile, kind=Record.Kind.REGISTER)
    scheme = officer.agency.handling_scheme
    code = next(each.code for each in CODES.values() if each.scheme == scheme)
    rendition = storage.keep_rendition(
        officer=officer, record=home, content={"register": name, "side": side, "file": file_digest}, title=f"{name} {side}".strip(),
        language=officer.agency.language, handling_scheme=scheme, handling_code=code,
    )  # fmt: skip
    register = register or Register(record=home, name=name, side=side)
    register.rendition, register.file_digest, register.completed_at = rendition, file_digest, None
    register.save()
    record(Event.IMPORT_BEGUN, actor=officer, subject=home, owner=home.agency_id, name=name, side=side, file_digest=file_digest)
    return register


@transaction.atomic(durable=True)
def _take(officer: Officer, register_id: UUID, batch: list[Row], taken: Taken) -> None:
    """Write the rows of one batch that are not there yet, with their change-queue rows, asked again whether the officer still may."""
    registers = Register.objects.visible_to(officer).select_related("record", "rendition").locked()
    register = registers.one(register_id)
    casefile = CaseFile.objects.visible_to(officer).select_related("lead", "agency", "unit").one(register.record.home_id)
    rules.can_import(officer, casefile).enforce()
    if grants.has_left(register.rendition):
        raise Conflict(rules.HAS_LEFT)
    rows = {row.key: row for row in batch}
    everywhere = Mention.objects.unscoped("rows a register holds already").filter(rendition__record=register.record_id)
    known = set(everywhere.filter(row_key__in=rows).values_list("row_key", flat=True))
    fresh = {
        row.key: Mention(
            rendition=register.rendition, agency_id=casefile.agency_id, unit_id=casefile.unit_id, notice_mode=casefile.notice_mode,
            etype=row.etype, name=row.name, attributes=row.attributes, row_key=row.key,
        )
        for row in rows.values() if row.key not in known
    }  # fmt: skip
    Mention.objects.bulk_create(fresh.values())
    Identifier.objects.bulk_create(number for row in rows.values() if row.key in fresh for number in _identifiers(fresh[row.key], row))
    outbox.put(mention.pk for mention in fresh.values())
    taken.new += len(fresh)
    taken.known += len(batch) - len(fresh)
    record(Event.HOLDINGS_IMPORTED, actor=officer, subject=register.record, owner=casefile.agency_id, new=len(fresh))


@transaction.atomic(durable=True)
def _complete(officer: Officer, register_id: UUID, taken: Taken) -> None:
    register = Register.objects.visible_to(officer).select_related("record").locked().one(register_id)
    register.completed_at = Now()
    register.save(update_fields=["completed_at"])
    facts: dict[str, Any] = {"read": taken.read, "new": taken.new, "known": taken.known, "faulty": taken.faulty}
    record(Event.IMPORT_COMPLETED, actor=officer, subject=register.record, owner=register.record.agency_id, **facts)


def _batches(rows: Iterable[Row | Fault], taken: Taken) -> Iterator[list[Row]]:
    """Good rows by the batch; faults are kept aside, the first thousand in full and the rest by number."""
    stream = iter(rows)
    while piece := list(islice(stream, BATCH)):
        taken.read += len(piece)
        faults = [each for each in piece if isinstance(each, Fault)]
        taken.faulty += len(faults)
        taken.faults += faults[: FAULTS_KEPT - len(taken.faults)]
        yield [each for each in piece if isinstance(each, Row)]


def _identifiers(mention: Mention, row: Row) -> Iterator[Identifier]:
    """What a row carries, in the form in which agencies compare; the same number written twice is one."""
    once = {}
    for kind, country, raw in row.numbers:
        normalised, valid = normalise(kind, country, raw)
        code = country_code(country)
        if normalised:
            once[kind, code, normalised] = Identifier(mention=mention, type=kind, country=code, raw=raw, normalised=normalised, valid=valid)
    yield from once.values()
