"""How long a table takes to be checked and taken in, and how much memory, beside a bare COPY of the same mentions."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.entities import actions
from cases.entities.transport import Column, Reading, TableMapping
from portal.demo.cast import enrol_cast, found_agencies

HEADER = ["id", "Name", "Born", "Passport", "Phone", "Place"]
FIELDS = ["id", "name", "born", "number:passport", "number:phone", "place"]
COPIED = (
    "CREATE TEMPORARY TABLE {name} (LIKE {table} INCLUDING DEFAULTS)",
    "CREATE TEMPORARY TABLE {name} (LIKE {table} INCLUDING ALL)",
)


def row_of(number: int) -> list[str]:
    day = f"19{number % 60 + 30:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return [f"r{number}", f"Person {number} of the register", day, f"XD {number:08}", f"+99 55 {number:07}", "Grayhaven"]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--records", type=int, default=100_000)

    def handle(self, *args: Any, records: int, **options: Any) -> None:
        ana = Officer.objects.select_related("agency", "unit").get(pk=enrol_cast(found_agencies())["ana"].pk)
        for kind, written in (("csv", csv_of), ("xlsx", xlsx_of)):
            case = casefiles.open_case(officer=ana, title=f"Register as {kind}")
            content = ContentFile(written(records), kind)
            job = actions.upload_file(officer=ana, casefile_id=case.pk, name=kind, content=content)
            del content
            columns = [Column(head, field) for head, field in zip(HEADER, FIELDS, strict=True)]
            plan = actions.Plan(Reading(**job.reading), TableMapping(1, "ymd", "person", columns), kind, "H1")
            actions.map_import(officer=ana, import_id=job.pk, plan=plan)
            checked, memory = measured(lambda: actions.work_on_imports(now=timezone.now()))
            actions.start_import(officer=ana, import_id=job.pk)
            taken, memory_in = measured(lambda: actions.work_on_imports(now=timezone.now()))
            done = actions.open_import(officer=ana, import_id=job.pk)
            bare, indexed = (copy_of(done.renditions[0].pk, how) for how in COPIED)
            self.stdout.write(
                f"{kind}: {done.job.new:,} rows. Checking {checked:.1f} s, {memory:.2f} x the memory before; taking in {taken:.1f} s, "
                f"{memory_in:.2f} x the memory before; {taken / bare:.0f} x a bare COPY of the same mentions and numbers ({bare:.1f} s), "
                f"{taken / indexed:.0f} x a COPY with the same indexes ({indexed:.1f} s)."
            )


def csv_of(records: int) -> bytes:
    return "\n".join(";".join(row) for row in (HEADER, *map(row_of, range(records)))).encode()


def xlsx_of(records: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.append(HEADER)
    for number in range(records):
        sheet.append(row_of(number))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and the highest memory during it as a multiple of the memory before it."""
    Path("/proc/self/clear_refs").write_text("5")  # the high mark begins anew
    before, begun = memory("VmRSS"), time.monotonic()
    work()
    return time.monotonic() - begun, memory("VmHWM") / before


def memory(which: str) -> int:
    found = re.search(rf"{which}:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


def copy_of(rendition_id: object, how: str) -> float:
    """Seconds to COPY the mentions and identifiers of a rendition, out of memory, into tables of the same shape."""
    said = f"SELECT * FROM entities_mention WHERE rendition_id = '{rendition_id}'"
    numbers = (
        f"SELECT i.* FROM entities_identifier i JOIN entities_mention m ON m.id = i.mention_id WHERE m.rendition_id = '{rendition_id}'"
    )
    seconds = 0.0
    with connection.cursor() as cursor:
        for table, query in (("entities_mention", said), ("entities_identifier", numbers)):
            with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as out:
                rows = b"".join(bytes(piece) for piece in out)
            cursor.execute("DROP TABLE IF EXISTS bare")
            cursor.execute(how.format(name="bare", table=table))
            begun = time.monotonic()
            with cursor.copy("COPY bare FROM STDIN (FORMAT binary)") as into:
                into.write(rows)
            seconds += time.monotonic() - begun
    return seconds
