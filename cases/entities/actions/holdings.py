"""Taking a list of holdings into a case file: one register, its rows as mentions, however long the list and however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Officer
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.entities import outbox, rules
from cases.entities.actions.mentions import desk_of, identifiers_of, write_down
from cases.entities.events import Event
from cases.entities.models import FileImport, Identifier, Intake, Mention
from cases.entities.outbox import index_names
from cases.entities.transport import Fault, Row
from cases.records import grants, handling, storage
from cases.records import rules as records
from cases.records.models import Record, Rendition
from kernel.errors import Invalid, NotFound

Drafted = tuple[Mention, list[Identifier]]

BATCH = 1_000
"""Rows in one transaction: what is in memory at a time, and the most that a cut can undo."""
FAULTS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Source:
    """The file that rows come from: which side of it is taken ("" for all), its SHA-256 in hexadecimal, how the register is handled
    and called; `job` where it came by a mapping.
    """  # fmt: skip

    side: str
    digest: str
    handling_code: str = ""
    handling_text: str = ""
    title: str = ""
    job: FileImport | None = None


@dataclass(slots=True)
class Taken:
    """What an import did: rows read, new, there already, and those at fault: the first thousand in full, the rest by number."""

    line: int = 0  # of the row read last
    read: int = 0
    new: int = 0
    known: int = 0
    faulty: int = 0
    faults: list[Fault] = field(default_factory=list)
    rendition: Rendition | None = None

    def blame(self, fault: Fault) -> None:
        self.faulty += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(fault)


def import_holdings(
    *, officer: Officer, reference: str, source: Source, rows: Iterable[Row | Fault], told: Callable[[Taken], None] = lambda _taken: None
) -> Taken:
    """Take a file's rows into the register that a case file keeps for this side, a thousand to a transaction; `told` after each.

    A row is known by its id within the register: running again, after a cut or with a longer file, adds what is missing and no more.
    Each file that adds rows makes one rendition, hashed over the file; nothing is added to one that has left. A row that now says
    something else is a fault and stays as it was. Raises NotFound for a case file that the officer does not see, NotAllowed
    (records.rules.can_record), Conflict in a closed case, Invalid for a handling code that does not stand alone.
    """
    taken, stream = Taken(), iter(rows)
    with transaction.atomic(durable=True):
        _held_file(officer, reference)
    while piece := list(islice(stream, BATCH)):
        with transaction.atomic(durable=True):
            _take_in(officer, reference, source, piece, taken)
        told(taken)
    with transaction.atomic(durable=True):
        _finish(officer, reference, source, taken)
    return taken


def _take_in(officer: Officer, reference: str, source: Source, piece: Sequence[Row | Fault], taken: Taken) -> None:
    """Write the rows that are not there yet, with their change-queue rows; asked again whether the officer still may."""
    officer, casefile = _held_file(officer, reference)
    take_in(officer, casefile, register=_register(officer, casefile, source), source=source, piece=piece, taken=taken)


def take_in(
    officer: Officer, casefile: CaseFile, *, register: Register, source: Source, piece: Sequence[Row | Fault], taken: Taken
) -> Record | None:
    """Write what a held file's register does not say yet, in the caller's transaction; returns the register, once there is one."""
    said = _said(officer, register, [row.key for row in piece if isinstance(row, Row)])
    new: list[Drafted] = []
    for row in piece:
        taken.read, taken.line = taken.read + 1, row.line
        if isinstance(row, Fault):
            taken.blame(row)
            continue
        drafted = _drafted(row, casefile)
        if row.key not in said:
            new.append(drafted)
        elif said[row.key] == _words(*drafted):
            taken.known += 1
        else:
            taken.blame(Fault(row.line, rules.ROW_CHANGED))
        said.setdefault(row.key, _words(*drafted))
    taken.rendition = register.current or register.latest
    if new:
        taken.rendition = version_for(officer, casefile, register, source)
        _write(officer, taken.rendition, new, source)
        taken.new += len(new)
    return taken.rendition.record if taken.rendition else register.item


def _finish(officer: Officer, reference: str, source: Source, taken: Taken) -> None:
    """Say that the last row of the file is in."""
    officer, casefile = _held_file(officer, reference)
    current = _register(officer, casefile, source).current
    if current:
        Intake.objects.visible_to(officer).filter(rendition=current, done_at=None).update(done_at=Now())
    say_complete(officer, source, taken)


def say_complete(officer: Officer, source: Source, taken: Taken) -> None:
    """Write down, in the caller's transaction, that the last row of a file is in."""
    if taken.rendition:
        facts = {"read": taken.read, "new": taken.new, "known": taken.known, "faulty": taken.faulty}
        write_down(Event.HOLDINGS_COMPLETE, officer, taken.rendition, side=source.side, file=source.digest, **facts)


@dataclass(frozen=True, slots=True)
class Register:
    """What rows go into: the record, its latest rendition, and the one this same file is being written to."""

    item: Record | None = None
    latest: Rendition | None = None
    current: Rendition | None = None


def _held_file(officer: Officer, reference: str) -> tuple[Officer, CaseFile]:
    """The officer as they are now and the case file, held: both may change between two batches. Raises NotFound, NotAllowed, Conflict."""
    return held_file(officer, Q(reference=reference))


def held_file(officer: Officer, which: Q) -> tuple[Officer, CaseFile]:
    """As above, by whatever names the file within the officer's agency."""
    officer = Officer.objects.select_related("agency", "unit").get(pk=officer.pk)
    files = CaseFile.objects.visible_to(officer).filter(which, agency=officer.agency_id)
    casefile = files.select_related("lead", "agency").locked().first()
    if casefile is None:
        raise NotFound
    records.can_record(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    return officer, casefile


def _register(officer: Officer, casefile: CaseFile, source: Source) -> Register:
    intakes = Intake.objects.visible_to(officer).filter(side=source.side, rendition__record__home=casefile, file_import=None)
    rows = list(intakes.select_related("rendition__record").order_by("-rendition__number"))
    same = [row.rendition for row in rows if row.digest == source.digest and not grants.has_left(row.rendition)]
    return Register(rows[0].rendition.record, rows[0].rendition, same[0] if same else None) if rows else Register()


def _said(officer: Officer, register: Register, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """What the register says already under these row ids."""
    if register.item is None:
        return {}
    held = Mention.objects.visible_to(officer).filter(rendition__record=register.item, row_key__in=keys)
    mentions = {each.pk: each for each in held}
    identifiers: dict[UUID, list[Identifier]] = {pk: [] for pk in mentions}
    for each in Identifier.objects.visible_to(officer).filter(mention__in=mentions):
        identifiers[each.mention_id].append(each)
    return {str(each.row_key): _words(each, identifiers[pk]) for pk, each in mentions.items()}


def _drafted(row: Row, casefile: CaseFile) -> Drafted:
    """The mention a row makes, with the numbers that can be compared: one without letter or digit is none."""
    mention = Mention(etype=row.etype, name=row.name, attributes=row.attributes, row_key=row.key, **desk_of(casefile))
    return mention, [each for each in identifiers_of(mention, row.numbers) if each.normalised]


def _words(mention: Mention, identifiers: Iterable[Identifier]) -> tuple[Any, ...]:
    numbers = frozenset((each.type, each.country, each.normalised) for each in identifiers)
    return mention.etype, mention.name, mention.attributes, numbers


def version_for(officer: Officer, casefile: CaseFile, register: Register, source: Source) -> Rendition:
    """The version of a register that this file's new rows go into, held in the caller's transaction. Raises Invalid.

    Whoever approves that it leaves waits for the rows, or these go into a version of their own.
    """
    if register.current:
        held: Rendition = Rendition.objects.visible_to(officer).select_related("record").locked().one(register.current.pk)
        if not grants.has_left(held):
            return held
    return _new_rendition(officer, casefile, register, source)


def _new_rendition(officer: Officer, casefile: CaseFile, register: Register, source: Source) -> Rendition:
    """The register's next rendition, and the register itself if this is its first."""
    scheme = officer.agency.handling_scheme
    code = source.handling_code or handling.strictest(scheme)
    if not rules.is_handling(scheme, code, source.handling_text):
        raise Invalid(rules.NO_SUCH_HANDLING, code=code, scheme=scheme)
    item = register.item or storage.keep_record(officer=officer, casefile=casefile, kind=Record.Kind.REGISTER)
    rendition = storage.keep_rendition(
        officer=officer, record=item, kind=Rendition.Kind.ORIGINAL, title=source.title or f"Register {source.side}".strip().capitalize(),
        language=officer.agency.language, handling_scheme=scheme, handling_code=code, handling_text=source.handling_text,
        reason=str(rules.LATER_FILE.text) if register.item else "", content={"file": source.digest, "side": source.side},
    )  # fmt: skip
    Intake.objects.create(rendition=rendition, side=source.side, digest=source.digest, file_import=source.job)
    return rendition


def _write(officer: Officer, rendition: Rendition, new: Sequence[Drafted], source: Source) -> None:
    for mention, _identifiers in new:
        mention.rendition = rendition
    Mention.objects.bulk_create(mention for mention, _identifiers in new)
    Identifier.objects.bulk_create(each for _mention, identifiers in new for each in identifiers)
    index_names(mention for mention, _identifiers in new)
    outbox.put(mention.pk for mention, _identifiers in new)
    write_down(Event.HOLDINGS_IMPORTED, officer, rendition, rows=len(new), side=source.side, file=source.digest)
