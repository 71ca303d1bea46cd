"""Whether an officer sees one record, asked in turns with reading the same record by its key alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import Officer
from benchmarks.doors import WHY
from benchmarks.figures import Times, rows_read, statements, table
from cases.records import grants
from cases.records.models import Record

HEADS = ("officer", "seen / by key p50", "p95", "hidden / by key p50", "p95", "rows read, seen", "hidden")
REPETITIONS = 10


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=60)
        parser.add_argument("--officers", type=json.loads, required=True)

    def handle(self, *args: Any, rounds: int, officers: dict[str, list[str]], **options: Any) -> None:
        works = {kind: [decisions_of(officer) for officer in some] for kind, some in officers.items()}
        times = Times()
        for number in range(-2, rounds):  # two to warm up
            for kind, some in works.items():
                for name, work in some[number % len(some)].items():
                    (times if number >= 0 else Times()).take(f"{kind} {name}", work, times=REPETITIONS)
        self.stdout.write(table(HEADS, [line(times, kind, some) for kind, some in works.items()]))


def decisions_of(officer_id: str) -> dict[str, Callable[[], Any]]:
    """The questions for one officer, whose roles were read already, as they are once in a request."""
    officer = Officer.objects.select_related("agency").get(pk=officer_id)
    assert officer.deeds
    seen = grants.newest(officer, size=20).rows[-1]
    hidden = Record.objects.unscoped(WHY).exclude(pk__in=Record.objects.visible_to(officer)).values_list("pk", flat=True)[0]
    return {
        "seen": lambda: answer(officer, seen, expected=True),
        "hidden": lambda: answer(officer, hidden, expected=False),
        "by key": lambda: Record.objects.unscoped(WHY).filter(pk=seen).first(),
    }


def answer(officer: Officer, record_id: UUID, *, expected: bool) -> None:
    assert (Record.objects.visible_to(officer).filter(pk=record_id).first() is not None) is expected


def line(times: Times, kind: str, works: list[dict[str, Callable[[], Any]]]) -> list[str]:
    names = ("seen", "hidden")
    ratios = [times.ratio(f"{kind} {name}", f"{kind} by key", percent) for name in names for percent in (50, 95)]
    reads = [max(read(work[name]) for work in works) for name in names]
    return [kind, *(f"{ratio:.2f}" for ratio in ratios), *(f"{rows:,.0f}" for rows in reads)]


def read(work: Callable[[], Any]) -> float:
    with statements() as asked:
        work()
    return rows_read(asked)
