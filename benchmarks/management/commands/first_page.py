"""The first page of records, asked for in turns through three doors by three kinds of officer."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken
from accounts.tokens import digest
from benchmarks.figures import Times, rows_read, statements, table

SEEN, UNFILTERED, GUARDIAN = "/api/v1/records/", "/benchmark/unfiltered/", "/benchmark/guardian/"
EVERY = 3  # guardian's way takes long: asked in one round of so many
HEADS = ("officer", "/ unfiltered p50", "p95", "guardian / ours p50", "p95", "rows read / returned", "guardian's")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=60)
        parser.add_argument("--officers", type=json.loads, required=True)

    def handle(self, *args: Any, rounds: int, officers: dict[str, list[str]], **options: Any) -> None:
        doors = {kind: [door_of(officer) for officer in some] for kind, some in officers.items()}
        times = Times()
        for number in range(-2, rounds):  # two to warm up
            for kind, some in doors.items():
                ask_all(times if number >= 0 else Times(), kind, some[number % len(some)], number)
        lines = [line(times, kind, some) for kind, some in doors.items()]
        self.stdout.write(table(HEADS, lines))
        self.stdout.write("Milliseconds, for the record of this run alone:")
        for name in times.taken:
            self.stdout.write(f"  {name}: p50 {times.at(name, 50):.1f}, p95 {times.at(name, 95):.1f}")


def door_of(officer: str) -> Client:
    """A machine with a token of this officer's own."""
    token = secrets.token_urlsafe()
    ApiToken.objects.create(officer_id=officer, name="bench", digest=digest(token), expires_at=timezone.now() + timedelta(days=1))
    return Client(SERVER_NAME="localhost", headers={"authorization": f"Token {token}"})


def page(door: Client, url: str) -> int:
    """How many records the door gave."""
    answer = door.get(url)
    assert answer.status_code == 200, answer.content
    return len(answer.json()["results"])


def ask_all(times: Times, kind: str, door: Client, number: int) -> None:
    turns = [SEEN, UNFILTERED] if number % 2 else [UNFILTERED, SEEN]
    for url in [*turns, GUARDIAN] if number % EVERY == 0 else turns:
        times.take(f"{kind} {url}", lambda url=url: page(door, url))


def line(times: Times, kind: str, doors: list[Client]) -> list[str]:
    seen, unfiltered, guardian = (f"{kind} {url}" for url in (SEEN, UNFILTERED, GUARDIAN))
    ratios = [times.ratio(seen, unfiltered, percent) for percent in (50, 95)] + [times.ratio(guardian, seen, p) for p in (50, 95)]
    reads = [max(per_row(door, url) for door in doors) for url in (SEEN, GUARDIAN)]
    return [kind, *(f"{ratio:.2f}" for ratio in ratios), *(f"{read:,.0f}" for read in reads)]


def per_row(door: Client, url: str) -> float:
    """Rows read per row returned, by the plans of everything the request asked of the database."""
    with statements() as asked:
        returned = page(door, url)
    return rows_read(asked) / max(returned, 1)
