"""Deeds at the same time: watching until one of them waits for another's lock."""

import time

import pytest
from django.db import connection

WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def until_somebody_waits() -> int:
    """The process of a session of this database that waits for a lock; fails after four seconds."""
    for _time in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if row := cursor.fetchone():
                return int(row[0])
        time.sleep(0.02)
    pytest.fail("nobody waits for the lock")
