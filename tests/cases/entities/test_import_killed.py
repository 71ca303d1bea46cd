"""A worker is killed in the middle of an import, by its process; the next one goes on, and every row is there once."""

import os
import signal
import time
from pathlib import Path

import pytest

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.entities import actions
from cases.entities.models import FileImport, Mention
from portal.celery import app as celery_app
from portal.demo.services import Process
from tests import live
from tests.cases.entities.tables import again, checked, csv_of

ROWS = 9_000


def test_a_worker_killed_in_the_middle_leaves_no_row_out_and_none_twice(committed_db, ana: Officer, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("IMPORT_LEASE_SECONDS", "3")
    case = casefiles.open_case(officer=ana, title="Register")
    rows = [[f"Person {number}", f"XD {number}"] for number in range(ROWS)]
    job = checked(ana, case, csv_of(["Name", "Passport"], *rows))
    actions.start_import(officer=ana, import_id=job.pk)
    with live.worker(committed_db, tmp_path / "first.log") as process:
        celery_app.send_task("entities.work_on_imports")
        _until(lambda: again(ana, job).new >= 1_000, process)
        os.killpg(process.pid, signal.SIGKILL)  # its own session: the worker and the child that does the work
        process.wait()
    cut = again(ana, job)
    assert cut.state == FileImport.State.RUNNING
    assert 1_000 <= cut.new < ROWS
    assert Mention.objects.visible_to(ana).count() == cut.new
    with live.worker(committed_db, tmp_path / "second.log") as process:
        time.sleep(3)
        celery_app.send_task("entities.work_on_imports")
        _until(lambda: again(ana, job).state == FileImport.State.DONE, process)
    done = again(ana, job)
    assert (done.read, done.new, done.known, done.faulty) == (ROWS, ROWS, 0, 0)
    assert Mention.objects.visible_to(ana).values("row_key").distinct().count() == ROWS


def _until(ready, process: Process) -> None:
    deadline = time.monotonic() + 120
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail("the worker did not come so far")
        time.sleep(0.05)
