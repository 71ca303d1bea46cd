"""A correction and the closing of its case at once: one waits for the other."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection

from cases.intelligence import actions
from kernel.errors import DomainError
from tests.cases.intelligence.conftest import said

WAIT = 20  # seconds


def answer_of(deed: Any, **facts: Any) -> str:
    """What came of it: "done", or the code of what was said."""
    try:
        deed(**facts)
    except DomainError as refused:
        return refused.code
    finally:
        connection.close()
    return "done"


def somebody_waits(url: str) -> bool:
    deadline = time.monotonic() + WAIT
    with psycopg.connect(url, autocommit=True) as watcher:
        while time.monotonic() < deadline:
            if watcher.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,):
                return True
            time.sleep(0.02)
    return False


@pytest.mark.parametrize("deed", [actions.correct_item, actions.make_tear_line])
def test_no_version_slips_in_beside_the_closing_of_its_case(committed_db, ana, case, item, deed):
    facts = {"officer": ana, "rendition_id": item.pk, "reason": "Typing error.", **said()}
    with ThreadPoolExecutor(1) as threads, psycopg.connect(committed_db) as other:
        other.execute("UPDATE casefiles_casefile SET status = 'closed', outcome = 'other', closed_at = now() WHERE id = %s", [case.pk])
        writing = threads.submit(answer_of, deed, **facts)
        assert somebody_waits(committed_db)
        other.commit()
        assert writing.result(WAIT) == "casefiles.closed"
