"""What an officer does with a file from outside: send it, say what its columns are, start, stop and drop it. The rows are a worker's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Officer
from audit.ledger import record
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.entities import outbox, rules, storage, transport
from cases.entities.events import Event
from cases.entities.models import FileImport, ImportMapping, Intake
from cases.records import rules as records
from cases.records.handling import CODES, Code
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, Invalid, NotFound, render
from kernel.querysets import Page

State = FileImport.State
SHOWN = ("agency", "unit", "lead")
CHANGEABLE = (State.UPLOADED, State.CHECKED, State.FAILED)
STARTABLE = (State.CHECKED, State.CANCELLED, State.FAILED)


@dataclass(frozen=True, slots=True)
class OpenImport:
    """An import as its reader sees it: the case, what came of it as far as they see that, and what they may do."""

    job: FileImport
    casefile: CaseFile
    renditions: list[Rendition]
    registers: list[Rendition]
    mappings: list[ImportMapping]
    may_work: bool

    @property
    def handling(self) -> Code | None:
        """What was said of the register's handling, if anything was."""
        return CODES.get((self.casefile.agency.handling_scheme, self.job.handling_code))


class Trouble(NamedTuple):
    """A row that stays out: its number in the file, the column at fault ("" for the whole row), and why."""

    row: int
    column: str
    said: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is to be taken in: which table, what its columns are, what the register is called and how it is handled."""

    reading: transport.Reading
    mapping: transport.TableMapping
    title: str
    handling_code: str
    handling_text: str = ""
    register_id: UUID | None = None


@transaction.atomic(durable=True)
def list_imports(*, officer: Officer, casefile_id: UUID, after: str = "", size: int = 50) -> tuple[CaseFile, Page[FileImport]]:
    """The case and the files that were sent into it, the latest first. Raises NotFound, Invalid for a broken cursor."""
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(casefile_id)
    jobs = FileImport.objects.visible_to(officer).filter(casefile=casefile).select_related("made_by")
    page = jobs.newest(by="made_at", after=after, size=size)
    record(Event.IMPORTS_LISTED, actor=officer, subject=casefile, owner=casefile.agency_id, count=len(page.rows))
    return casefile, page


@transaction.atomic(durable=True)
def open_import(*, officer: Officer, import_id: UUID) -> OpenImport:
    """One file on its way; with the registers of the case it could be added to and the mappings of the agency. Raises NotFound."""
    opened = watch_import(officer=officer, import_id=import_id)
    record(Event.IMPORT_VIEWED, actor=officer, subject=opened.casefile, owner=opened.casefile.agency_id, file_import=import_id)
    return opened


def watch_import(*, officer: Officer, import_id: UUID) -> OpenImport:
    """The same for a page that is open and asks again by itself how far it is; the opening was recorded. Raises NotFound."""
    job = FileImport.objects.visible_to(officer).select_related("made_by", "undone_by").one(import_id)
    casefile = CaseFile.objects.visible_to(officer).select_related(*SHOWN).one(job.casefile_id)
    made = Intake.objects.visible_to(officer).filter(file_import=job)
    seen = Rendition.objects.visible_to(officer).select_related("record")
    registers = seen.filter(record__home=casefile, record__kind=Record.Kind.REGISTER).newest_of_each()
    return OpenImport(
        job=job,
        casefile=casefile,
        renditions=list(seen.filter(pk__in=made.values("rendition")).order_by("number")),
        registers=list(registers) if job.state in CHANGEABLE else [],
        mappings=list(ImportMapping.objects.visible_to(officer).order_by("name")) if job.state in CHANGEABLE else [],
        may_work=bool(records.can_record(officer, casefile)) and casefile.status != CaseFile.Status.CLOSED,
    )


def first_rows(job: FileImport, reading: transport.Reading) -> list[tuple[int, list[str]]]:
    """The first rows of a sheet of a file already seen, in the letters that are asked for. Raises Conflict where the file is gone."""
    kept = transport.Reading(**job.reading)
    asked = replace(reading, format=job.format)
    if (asked.encoding, asked.delimiter) == (kept.encoding, kept.delimiter) or job.format != transport.Format.CSV:
        return job.first[asked.sheet] if asked.sheet < len(job.first) else []
    _hold_file(job)
    with storage.opened(job.stored) as file:
        return transport.first_rows(file, asked)


def upload_file(*, officer: Officer, casefile_id: UUID, name: str, content: File[bytes]) -> FileImport:
    """Keep a file that is to be taken into a case, and look at what it is. Its name says nothing about that.

    Raises NotFound, NotAllowed (records.rules.can_record), Conflict in a closed case, Invalid for what is too large or no table.
    """
    _may_send(officer, casefile_id)
    if content.size > settings.IMPORT_MOST_BYTES:
        raise Invalid(rules.FILE_TOO_LARGE, most=settings.IMPORT_MOST_BYTES // 1024**2)
    stored = storage.keep(content)
    try:
        with storage.opened(stored.name) as file:
            seen = transport.look(file)
        return _keep_row(officer, casefile_id, name, stored, seen)
    except BaseException:
        storage.remove(stored.name)
        raise


@transaction.atomic(durable=True)
def _may_send(officer: Officer, casefile_id: UUID) -> None:
    _open_file(officer, casefile_id)


@transaction.atomic(durable=True)
def _keep_row(officer: Officer, casefile_id: UUID, name: str, stored: storage.Stored, seen: transport.Look) -> FileImport:
    casefile = _open_file(officer, casefile_id)
    reading = transport.Reading(seen.format, 0, seen.encoding or "utf-8", seen.delimiter or ",")
    job = FileImport.objects.create(
        casefile=casefile, name=name.replace("\x00", "")[-200:] or stored.name, stored=stored.name, digest=stored.digest, size=stored.size,
        format=seen.format, sheets=[list(sheet) for sheet in seen.sheets], first=seen.first, reading=asdict(reading), made_by=officer,
    )  # fmt: skip
    record(
        Event.IMPORT_UPLOADED, actor=officer, subject=casefile, owner=casefile.agency_id, file_import=job.pk, name=job.name,
        file=stored.digest, size=stored.size,
    )  # fmt: skip
    return job


@transaction.atomic(durable=True)
def map_import(*, officer: Officer, import_id: UUID, plan: Plan) -> FileImport:
    """Say how a file is read and what its columns are, and have its rows checked; nothing is taken in by that.

    Raises NotFound, NotAllowed (records.rules.can_record), Conflict in a closed case or at another point, Invalid for columns
    that name nobody, a sheet that is not there, and a handling code that cannot be given so.
    """
    job, casefile = held_import(officer, import_id)
    rules.hold_import(job, *CHANGEABLE)
    _hold_untouched(officer, job)
    _hold_file(job)
    if (mapped := rules.is_mapped(plan.mapping)).said:
        raise Invalid(mapped.said, fields={"columns": mapped.said})
    if not 0 <= plan.reading.sheet < len(job.sheets):
        raise Invalid(rules.NO_SUCH_SHEET, fields={"sheet": rules.NO_SUCH_SHEET})
    if not rules.is_handling(officer.agency.handling_scheme, plan.handling_code, plan.handling_text):
        scheme = officer.agency.handling_scheme
        raise Invalid(rules.NO_SUCH_HANDLING, fields={"handling_code": rules.NO_SUCH_HANDLING}, code=plan.handling_code, scheme=scheme)
    job.register = _register_of(officer, casefile, plan.register_id)
    job.reading = asdict(plan.reading) | {"format": job.format}
    job.mapping, job.title = plan.mapping.kept(), plan.title
    job.handling_code, job.handling_text = plan.handling_code, plan.handling_text
    _begin(job, officer, State.CHECKING)
    record(
        Event.IMPORT_MAPPED,
        actor=officer,
        subject=casefile,
        owner=casefile.agency_id,
        file_import=job.pk,
        mapping=job.mapping,
        handling=job.handling_code,
    )
    return job


@transaction.atomic(durable=True)
def start_import(*, officer: Officer, import_id: UUID) -> FileImport:
    """Have the good rows taken in; of one that was stopped or failed, those that are not in yet. Bad rows stay out, each with its fault.

    Raises NotFound, NotAllowed (records.rules.can_record), Conflict in a closed case or at another point, where the same sheet is
    in already and where the file is gone, Invalid where no row is good.
    """
    job, casefile = held_import(officer, import_id)
    rules.hold_import(job, *STARTABLE)
    if job.state == State.FAILED and not job.total:
        raise Conflict(rules.NOT_NOW, state=job.get_state_display())
    _hold_file(job)
    if job.state == State.CHECKED and job.faulty == job.read:
        raise Invalid(rules.NO_GOOD_ROW)
    others = FileImport.objects.visible_to(officer).filter(casefile=casefile, digest=job.digest, reading__sheet=job.reading["sheet"])
    if others.filter(state__in=[State.WAITING, State.RUNNING, State.DONE]).exclude(pk=job.pk).exists():
        raise Conflict(rules.ALREADY_IN)
    if job.position:
        job.state, job.started_by, job.queued_at, job.failure, job.ended_at = State.WAITING, officer, Now(), {}, None
        job.save(update_fields=["state", "started_by", "queued_at", "failure", "ended_at"])
        outbox.ring()
    else:
        _begin(job, officer, State.WAITING)
    record(
        Event.IMPORT_STARTED,
        actor=officer,
        subject=casefile,
        owner=casefile.agency_id,
        file_import=job.pk,
        file=job.digest,
        position=job.position,
    )
    return job


@transaction.atomic(durable=True)
def cancel_import(*, officer: Officer, import_id: UUID) -> FileImport:
    """Stop an import at its next batch; what is in stays in, and it can be gone on with, or taken back.

    Raises NotFound, NotAllowed, Conflict where nothing is under way.
    """
    job, casefile = held_import(officer, import_id)
    rules.hold_import(job, *FileImport.WORKED)
    checking = job.state == State.CHECKING
    job.state, job.ended_at = (State.UPLOADED, None) if checking else (State.CANCELLED, Now())
    job.claim = job.claim_ends_at = None
    job.save(update_fields=["state", "ended_at", "claim", "claim_ends_at"])
    record(Event.IMPORT_CANCELLED, actor=officer, subject=casefile, owner=casefile.agency_id, file_import=job.pk, position=job.position)
    return job


@transaction.atomic(durable=True)
def drop_import(*, officer: Officer, import_id: UUID) -> FileImport:
    """The file is not wanted after all, and is removed by the clock. Raises NotFound, NotAllowed, Conflict where rows of it are in."""
    job, casefile = held_import(officer, import_id)
    rules.hold_import(job, State.UPLOADED, State.CHECKED, State.FAILED, State.CANCELLED)
    _hold_untouched(officer, job)
    job.state, job.ended_at, job.first, job.faults = State.DROPPED, Now(), [], []
    job.save(update_fields=["state", "ended_at", "first", "faults"])
    record(Event.IMPORT_DROPPED, actor=officer, subject=casefile, owner=casefile.agency_id, file_import=job.pk)
    return job


@transaction.atomic(durable=True)
def keep_mapping(*, officer: Officer, import_id: UUID, name: str) -> ImportMapping:
    """Remember under a name, for the whole agency, what the columns of this file are, and not whose table it was.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    job, casefile = held_import(officer, import_id)
    if not job.mapping:
        raise Invalid(rules.NOT_MAPPED)
    if ImportMapping.objects.visible_to(officer).filter(name=name).exists():
        raise Invalid(rules.NAME_TAKEN, fields={"name": rules.NAME_TAKEN})
    kept: ImportMapping = ImportMapping.objects.create(
        agency_id=officer.agency_id, name=name, mapping=job.mapping | {"own": ""}, made_by=officer
    )
    record(Event.MAPPING_KEPT, actor=officer, subject=casefile, owner=casefile.agency_id, mapping=kept.pk, name=name)
    return kept


def headers_of(rows: Sequence[tuple[int, list[str]]], header: int) -> list[str]:
    """What the columns are called in the header row, "" where it says nothing; as many as the first rows have."""
    said = next((cells for number, cells in rows if number == header), [])
    width = max((len(cells) for _number, cells in rows), default=0)
    return [*said, *[""] * (width - len(said))]


def troubles_of(job: FileImport) -> list[Trouble]:
    """The first rows that are at fault, each in a sentence."""
    return [Trouble(row, column, render(code, params)) for row, column, code, params in job.faults]


def failure_of(job: FileImport) -> str:
    """Why it failed, in a sentence; "" where it did not."""
    return render(job.failure["code"], job.failure["params"]) if job.failure else ""


def _open_file(officer: Officer, casefile_id: UUID) -> CaseFile:
    casefile: CaseFile = CaseFile.objects.visible_to(officer).select_related("lead").locked().one(casefile_id)
    if casefile.agency_id != officer.agency_id:
        raise NotFound
    records.can_record(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    return casefile


def held_import(officer: Officer, import_id: UUID) -> tuple[FileImport, CaseFile]:
    """An import and its case, both held, the import first, by an officer who may record there. Raises NotFound, NotAllowed, Conflict."""
    job = FileImport.objects.visible_to(officer).locked().one(import_id)
    return job, _open_file(officer, job.casefile_id)


def _hold_untouched(officer: Officer, job: FileImport) -> None:
    if Intake.objects.visible_to(officer).filter(file_import=job).exists():
        raise Conflict(rules.NOT_NOW, state=job.get_state_display())


def _hold_file(job: FileImport) -> None:
    if job.removed_at:
        raise Conflict(rules.FILE_GONE)


def _register_of(officer: Officer, casefile: CaseFile, register_id: UUID | None) -> Record | None:
    """A register of this case, or none for a new one. Raises NotFound."""
    if register_id is None:
        return None
    return Record.objects.visible_to(officer).filter(home=casefile, kind=Record.Kind.REGISTER).one(register_id)


def _begin(job: FileImport, officer: Officer, state: str) -> None:
    """From the first row, by whichever worker is free."""
    job.state, job.started_by, job.queued_at = State(state), officer, Now()
    job.position = job.read = job.new = job.known = job.faulty = job.flagged = 0
    job.total = job.total if state == State.WAITING else 0
    job.faults, job.failure, job.started_at, job.ended_at = [], {}, None, None
    job.save()
    outbox.ring()
