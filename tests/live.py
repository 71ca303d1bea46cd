"""The portal's own processes as children of a test, on the database they are told, stopped with whoever started them."""

import contextlib
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from portal.celery import app as celery_app
from portal.demo.run import free_port, web_command, worker_command
from portal.demo.services import Process, end, spawn

START_SECONDS = 120  # a busy machine is slow, not broken


@contextlib.contextmanager
def web(database_url: str, log: Path) -> Iterator[str]:
    """A real web server; yields its base URL."""
    port = free_port(20_000 + os.getpid() % 20_000)
    with _child(web_command(port), log, database_url) as process:
        _wait(lambda: _answers(f"http://127.0.0.1:{port}/health/"), process, log)
        yield f"http://localhost:{port}"


@contextlib.contextmanager
def worker(database_url: str, log: Path) -> Iterator[Process]:
    """A real Celery worker with an empty queue behind it."""
    Redis.from_url(os.environ["QUEUE_URL"]).flushdb()
    command = worker_command("--concurrency=1", "--without-gossip", "--without-mingle")
    with _child(command, log, database_url) as process:
        _wait(lambda: bool(celery_app.control.ping(timeout=0.3)), process, log)
        yield process


@contextlib.contextmanager
def _child(command: list[str], log: Path, database_url: str) -> Iterator[Process]:
    with log.open("ab") as output:
        process = spawn(command, stop=signal.SIGTERM, log=output, env={**os.environ, "DATABASE_URL": database_url})
        try:
            yield process
        finally:
            end(process, signal.SIGTERM)


def _wait(ready: Callable[[], bool], process: Process, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"it did not start:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.05)


def _answers(address: str) -> bool:
    with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
        urllib.request.urlopen(address, timeout=5).close()
        return True
    return False
