"""Pytest plugin (`-p tests.services`): one PostgreSQL and one Valkey for a whole test run, before settings load.

Every process works on its own clone of a migrated template database, connected as the portal's role, which owns nothing.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.demo.services import CannotStart, Postgres, Valkey
from tests import template

SOCKETS, VALKEY = "TEST_POSTGRES_SOCKETS", "TEST_VALKEY_SOCKET"  # how the controller tells the workers

_running = contextlib.ExitStack()
atexit.register(_running.close)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        try:
            _start()
        except CannotStart as reason:
            raise pytest.UsageError(f"The tests cannot run: {reason}") from None
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    os.environ["DATABASE_URL"] = url_of(own_database())
    os.environ["REDIS_URL"] = f"unix://{os.environ[VALKEY]}?db={2 * number}"
    os.environ["QUEUE_URL"] = f"unix://{os.environ[VALKEY]}?db={2 * number + 1}"
    return (yield)


def _start() -> None:
    folder = Path(tempfile.mkdtemp(prefix="meridian-test-"))
    _running.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o711)  # where PostgreSQL runs as another user it must pass
    template.copy_to(folder / "postgres")
    postgres, valkey = Postgres(folder / "postgres", fast=True), Valkey(folder / "valkey", fast=True)
    for service in (postgres, valkey):
        _running.callback(service.stop)
        service.start()
    os.environ[SOCKETS], os.environ[VALKEY] = str(postgres.sockets), str(valkey.sockets / "s")
    os.environ["IMPORTS_ROOT"] = str(folder / "imports")


def own_database() -> str:
    return f"meridian_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def url_of(database: str, role: str = "meridian_app") -> str:
    return f"postgres://{role}@/{database}?host={os.environ[SOCKETS]}"


@contextlib.contextmanager
def clone(database: str) -> Iterator[None]:
    """A copy of the migrated database under this name, dropped with whoever is still connected."""
    with _administrator() as server:
        server.execute(f'CREATE DATABASE "{database}" TEMPLATE {template.NAME} OWNER meridian_owner')
    try:
        yield
    finally:
        with _administrator() as server:
            server.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def _administrator() -> psycopg.Connection:
    return psycopg.connect(host=os.environ[SOCKETS], user="postgres", dbname="postgres", autocommit=True)
