"""The work of imports, done by whichever worker is free: rows checked, rows taken in a thousand at a time, files removed.

The row is the queue: it is claimed for a minute at a time, and whoever holds the claim says with each batch how far they have come.
A worker that is killed loses its batch and nothing else; the next one begins behind the row that was done last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.entities import rules, storage, transport
from cases.entities.actions import holdings
from cases.entities.actions.holdings import Register, Source, Taken
from cases.entities.actions.taking import take_in_dealings
from cases.entities.events import Event
from cases.entities.identifiers import Validity, country_code, normalise
from cases.entities.models import FileImport, Intake
from cases.entities.transport import DealingRow, Fault, Kind, TableMapping
from cases.records import grants
from cases.records.models import Rendition
from kernel.errors import DomainError, NotFound, render

State = FileImport.State
ENDED = "entities.import.ended"
FAULTS_SHOWN = 200
KEPT_DAYS = 7
"""Of a file that nobody goes on with."""


class _Gone(Exception):
    """The import is no longer this worker's: stopped, or taken by another."""


def work_on_imports(*, now: datetime) -> bool:
    """Take the import that waits longest, and check or take in its rows to the end. Returns whether there was one."""
    job = _claim(now)
    if job is None:
        return False
    try:
        with storage.opened(job.stored) as file:
            lines = transport.lines(file, transport.Reading(**job.reading))
            mapping = transport.TableMapping.of(job.mapping)
            read = transport.rows if mapping.rows == Kind.ENTITIES else transport.dealing_rows
            rows: Iterator[Any] = read(lines, mapping, f"{job.digest[:16]}:{job.reading['sheet']}")
            (_check if job.state == State.CHECKING else _take)(job, rows)
    except _Gone:
        pass
    except FileNotFoundError:
        _fail(job, DomainError(rules.FILE_GONE))
    except DomainError as refusal:
        _fail(job, refusal)
    return True


@transaction.atomic(durable=True)
def clear_imports(*, now: datetime) -> int:
    """Remove the files of imports that are done or dropped, or that nobody went on with for a week, and files that no row names."""
    jobs = FileImport.objects.unscoped("removing files that are done with")
    left = Q(state__in=[State.UPLOADED, State.CHECKED, State.CANCELLED, State.FAILED], made_at__lt=now - timedelta(days=KEPT_DAYS))
    over = list(jobs.filter(Q(state__in=FileImport.ENDED) | left, removed_at=None).select_related("casefile").order_by("pk").locked())
    for job in over:
        storage.remove(job.stored)
        record(Event.IMPORT_FILE_REMOVED, actor=None, subject=job.casefile, owner=job.casefile.agency_id, file_import=job.pk)
    jobs.filter(pk__in=[job.pk for job in over]).update(removed_at=Now(), first=[])
    named = set(jobs.filter(removed_at=None).values_list("stored", flat=True))
    for name in storage.older_than(now - timedelta(days=1)):
        if name not in named:
            storage.remove(name)
    return len(over)


@transaction.atomic(durable=True)
def _claim(now: datetime) -> FileImport | None:
    jobs = FileImport.objects.unscoped("imports that wait for a worker").due(now)
    job = jobs.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    if job.state == State.WAITING:
        job.state, job.started_at = State.RUNNING, job.started_at or now
    job.claim, job.claim_ends_at = uuid4(), now + timedelta(seconds=settings.IMPORT_LEASE_SECONDS)
    job.save(update_fields=["state", "started_at", "claim", "claim_ends_at"])
    return job


def _mine(job: FileImport) -> FileImport:
    """The row as it stands, held until the transaction ends, its claim made to last. Raises _Gone."""
    rows = FileImport.objects.unscoped("going on with an import that was claimed").select_related("casefile").locked()
    held = rows.filter(pk=job.pk, claim=job.claim, state=job.state).first()
    if held is None:
        raise _Gone
    held.claim_ends_at = timezone.now() + timedelta(seconds=settings.IMPORT_LEASE_SECONDS)
    return held


# --- Checking


def _check(job: FileImport, rows: Iterator[Any]) -> None:
    """Look at each row and take none in."""
    while piece := list(islice(rows, holdings.BATCH)):
        for row in piece:
            job.read += 1
            if isinstance(row, Fault):
                _blame(job, row)
            elif isinstance(row, DealingRow):
                job.flagged += row.flags
            else:
                job.flagged += sum(normalise(kind, country_code(country), raw)[1] == Validity.NO for kind, country, raw in row.numbers)
        _note_checked(job)
    _end_checking(job)


@transaction.atomic(durable=True)
def _note_checked(job: FileImport) -> None:
    held = _mine(job)
    _say(held, job)


@transaction.atomic(durable=True)
def _end_checking(job: FileImport) -> None:
    held = _mine(job)
    held.state, held.total, held.claim, held.claim_ends_at = State.CHECKED, job.read, None, None
    held.save(update_fields=["state", "total", "claim", "claim_ends_at"])
    facts: dict[str, Any] = {"read": job.read, "faulty": job.faulty, "flagged": job.flagged}
    record(Event.IMPORT_CHECKED, actor=held.started_by, subject=held.casefile, owner=held.casefile.agency_id, file_import=held.pk, **facts)


def _blame(job: FileImport, fault: Fault) -> None:
    job.faulty += 1
    if len(job.faults) < FAULTS_SHOWN:
        job.faults.append([fault.line, fault.column, fault.said.code, fault.params])


# --- Taking in


def _take(job: FileImport, rows: Iterator[Any]) -> None:
    rest = _behind(job, rows)
    while piece := list(islice(rest, holdings.BATCH)):
        _take_batch(job, piece)
    _end(job)


def _behind(job: FileImport, rows: Iterable[Any]) -> Iterator[Any]:
    """The rows that are not done yet; the claim is kept up while others are passed over."""
    for passed, row in enumerate(rows, start=1):
        if row.line > job.position:
            yield row
        elif passed % (20 * holdings.BATCH) == 0:
            _note_checked(job)


@transaction.atomic(durable=True)
def _take_batch(job: FileImport, piece: Sequence[Any]) -> None:
    """A thousand rows and how far they are, in one transaction; asked again whether who started it still may. Raises _Gone, DomainError."""
    held = _mine(job)
    officer, casefile = holdings.held_file(_starter(held), Q(pk=held.casefile_id))
    taken = Taken(line=job.position, read=job.read, new=job.new, known=job.known, faulty=job.faulty)
    mapping, into = TableMapping.of(held.mapping), {"register": _register(officer, held), "source": _source(held)}
    more: Any = {**into, "piece": piece, "taken": taken}
    if mapping.rows == Kind.ENTITIES:
        held.register = holdings.take_in(officer, casefile, **more)
    else:
        held.register = take_in_dealings(officer, casefile, mapping=mapping, **more)
    for fault in taken.faults:
        if len(job.faults) < FAULTS_SHOWN:
            job.faults.append([fault.line, fault.column, fault.said.code, fault.params])
    job.position, job.read, job.new, job.known, job.faulty = taken.line, taken.read, taken.new, taken.known, taken.faulty
    job.register = held.register
    _say(held, job, "position", "new", "known", "register")


@transaction.atomic(durable=True)
def _end(job: FileImport) -> None:
    """The last row is in: said in the ledger, and on the desk of whoever started it."""
    held = _mine(job)
    officer, _casefile = holdings.held_file(_starter(held), Q(pk=held.casefile_id))
    taken = Taken(held.position, held.read, held.new, held.known, held.faulty, rendition=_register(officer, held).current)
    Intake.objects.visible_to(officer).filter(file_import=held, done_at=None).update(done_at=Now())
    holdings.say_complete(officer, _source(held), taken)
    _close(held, State.DONE)
    facts: dict[str, Any] = {"read": held.read, "new": held.new, "known": held.known, "faulty": held.faulty}
    record(Event.IMPORT_ENDED, actor=officer, subject=held.casefile, owner=held.casefile.agency_id, file_import=held.pk, **facts)


@transaction.atomic(durable=True)
def _fail(job: FileImport, refusal: DomainError) -> None:
    try:
        held = _mine(job)
    except _Gone:
        return
    held.failure = {"code": refusal.code, "params": {name: str(value) for name, value in refusal.params.items()}}
    _close(held, State.FAILED)
    record(
        Event.IMPORT_FAILED,
        actor=held.started_by,
        subject=held.casefile,
        owner=held.casefile.agency_id,
        file_import=held.pk,
        code=refusal.code,
        position=held.position,
    )


def _close(held: FileImport, state: str) -> None:
    held.state, held.ended_at, held.claim, held.claim_ends_at = State(state), Now(), None, None
    held.save(update_fields=["state", "ended_at", "claim", "claim_ends_at", "failure"])
    notices.post(ENDED, to=[_starter(held)], subject_id=held.pk)


def _say(held: FileImport, job: FileImport, *more: str) -> None:
    """How far it has come, on the row that is held."""
    changed = ["read", "faulty", "flagged", "faults", *more]
    for name in changed:
        setattr(held, name, getattr(job, name))
    held.save(update_fields=[*changed, "claim_ends_at"])


def _starter(held: FileImport) -> Officer:
    if held.started_by is None:
        raise NotFound
    return held.started_by


def _source(held: FileImport) -> Source:
    return Source("", held.digest, held.handling_code, held.handling_text, held.title, held)


def _register(officer: Officer, held: FileImport) -> Register:
    """What this import writes to: its register, if there is one yet, and the version of it that it made, if that has not left."""
    if held.register_id is None:
        return Register()
    versions = Rendition.objects.visible_to(officer).filter(record=held.register_id).select_related("record").order_by("-number")
    made = versions.filter(pk__in=Intake.objects.visible_to(officer).filter(file_import=held).values("rendition"))
    latest, mine = versions.first(), [each for each in made if not grants.has_left(each)]
    if latest is None:
        raise NotFound
    return Register(latest.record, latest, mine[0] if mine else None)


def _mine_to_see(officer: Officer) -> QuerySet[FileImport]:
    jobs: QuerySet[FileImport] = FileImport.objects.visible_to(officer).filter(started_by=officer, state__in=[State.DONE, State.FAILED])
    return jobs


def _waiting(officer: Officer, import_id: UUID) -> Waiting | None:
    """An import that ended, as the desk of whoever started it says it."""
    job = _mine_to_see(officer).select_related("casefile").filter(pk=import_id).first()
    if job is None:
        return None
    done = job.state == State.DONE
    text = ngettext("%(count)d row is in.", "%(count)d rows are in.", job.new) % {"count": job.new}
    if job.known:
        text += " " + ngettext("%(count)d was there already.", "%(count)d were there already.", job.known) % {"count": job.known}
    if job.faulty:
        text += " " + ngettext("%(count)d was left out.", "%(count)d were left out.", job.faulty) % {"count": job.faulty}
    return Waiting(
        title=str(job), text=str(text) if done else render(job.failure.get("code", ""), job.failure.get("params", {})),
        url=reverse("entities:import", args=[job.pk]), icon="file-plus", chip=job.get_state_display(), tone="ok" if done else "bad",
    )  # fmt: skip


NOTICES = {ENDED: _waiting}
STANDING: dict[str, Standing] = {ENDED: lambda officer: _mine_to_see(officer).values("pk")}
