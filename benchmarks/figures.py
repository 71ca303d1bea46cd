"""Times and rows: how they are taken, and what is told of them. Times only as ratios within one run."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from django.db import connection

Statement = tuple[str, Any]


@dataclass(slots=True)
class Times:
    """Seconds by name, taken one after the other in turns, so that the machine's moods fall on all alike."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def take(self, name: str, work: Callable[[], Any], *, times: int = 1) -> Any:
        """One more sample: the mean of `times` repetitions, where a single one would be too short to time."""
        begun = time.perf_counter()
        for _repetition in range(times):
            result = work()
        self.taken[name].append((time.perf_counter() - begun) / times)
        return result

    def at(self, name: str, percent: int) -> float:
        """Milliseconds within which `percent` of the samples lie."""
        return quantiles(self.taken[name], n=100, method="inclusive")[percent - 1] * 1000

    def ratio(self, name: str, other: str, percent: int) -> float:
        return self.at(name, percent) / self.at(other, percent)


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Every reading statement that reaches the database meanwhile."""
    seen: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield seen


def rows_read(asked: Sequence[Statement]) -> float:
    """Rows that PostgreSQL took from tables and indexes for these statements, those it then threw away included."""
    return sum(_read(_plan(statement)) for statement in asked)


def _plan(statement: Statement) -> dict[str, Any]:
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        (told,) = cursor.fetchone()
    plans = json.loads(told) if isinstance(told, str) else told
    return plans[0]["Plan"]  # type: ignore[no-any-return]


def _read(node: dict[str, Any]) -> float:
    below = sum(_read(child) for child in node.get("Plans", ()))
    if "Relation Name" not in node:
        return below
    removed = ("Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter")
    return below + node["Actual Loops"] * (node["Actual Rows"] + sum(node.get(why, 0) for why in removed))


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Columns in Markdown, so that a run can be read at the terminal and kept."""
    widths = [max(len(cell) for cell in column) for column in zip(heads, *lines, strict=True)]
    rows = [heads, ["-" * width for width in widths], *lines]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows)
