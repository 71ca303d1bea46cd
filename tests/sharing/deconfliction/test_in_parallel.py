"""The job among others: several workers, transactions that commit late, minds that change meanwhile, workers that die."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import Notice
from cases.casefiles import actions as casefiles
from cases.casefiles.models import NoticeMode
from cases.entities import actions as entities
from cases.entities.models import Mention, MentionChange
from sharing.deconfliction import actions, tasks
from sharing.deconfliction.models import Hit, HitSide
from tests.sharing.deconfliction.conftest import compare, hold_something
from tests.waiting import until_somebody_waits

PHONE = "+995501477"


@pytest.fixture(autouse=True)
def _on_a_clone(committed_db: str) -> None:
    """Real commits, seen by other connections."""


def aside(deed: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Do it in another thread, on a connection of its own; the list holds what came of it."""
    came: list[object] = []

    def run() -> None:
        try:
            came.append(deed())
        except OperationalError as died:
            came.append(died)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came


def test_two_workers_find_each_hit_once(ana, bela, agreement):
    compare()
    for officer in (ana, bela):
        casefile = casefiles.open_case(officer=officer, title="Cold store", notice_mode=NoticeMode.BOTH)
        for number in range(30):
            hold_something(officer, f"{PHONE}{number}", casefile=casefile)

    def work() -> int:
        done = 0
        while claimed := actions.compare_changes(now=timezone.now(), limit=7):
            done += claimed
        return done

    workers = [aside(work) for _worker in range(2)]
    for thread, _came in workers:
        thread.join()
    claimed = [came[0] for _thread, came in workers]
    assert sum(claimed) == 60, claimed
    assert Hit.objects.unscoped("test").count() == 30
    sides = HitSide.objects.unscoped("test")
    assert sides.count() == sides.filter(told_at__isnull=False, shown_at__isnull=False).count() == 60
    assert Notice.objects.filter(officer=ana, kind="deconfliction.desk.hits").count() == 1


def test_what_commits_late_is_not_lost(ana, bela, agreement):
    casefile = casefiles.open_case(officer=ana, title="Cold store", notice_mode=NoticeMode.BOTH)
    written, compared = threading.Event(), threading.Event()

    def record_slowly() -> None:
        with transaction.atomic():
            hold_something(ana, PHONE, casefile=casefile)
            written.set()
            compared.wait(10)

    thread, _came = aside(record_slowly)
    written.wait(10)
    hold_something(bela, PHONE)
    assert compare() == 1
    assert compare() == 0
    assert actions.list_hits(officer=bela).rows == []
    compared.set()
    thread.join()
    assert compare() == 1
    assert len(actions.list_hits(officer=bela).rows) == len(actions.list_hits(officer=ana).rows) == 1


def test_a_file_that_is_being_silenced_is_not_told_of(ana, bela, agreement):
    mine = hold_something(ana, PHONE)
    hold_something(bela, PHONE)
    with transaction.atomic():
        Mention.objects.unscoped("test").filter(pk=mine.pk).update(notice_mode=NoticeMode.OWNER_ONLY)
        thread, _came = aside(compare)
        until_somebody_waits()
    thread.join()
    assert len(actions.list_hits(officer=ana).rows) == 1
    assert actions.list_hits(officer=bela).rows == []


def test_a_worker_that_dies_leaves_its_work_to_the_next(ana, bela, agreement):
    mine = hold_something(ana, PHONE)
    hold_something(bela, PHONE)
    with transaction.atomic():
        Mention.objects.unscoped("test").locked().one(mine.pk)
        thread, came = aside(compare)
        pid = until_somebody_waits()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        thread.join()
    assert isinstance(came[0], OperationalError)
    assert Hit.objects.unscoped("test").count() == 0
    assert MentionChange.objects.count() == 2
    assert compare() == 2
    assert len(actions.list_hits(officer=bela).rows) == 1


def test_a_real_worker_compares_what_waits(worker, ana, bela, agreement):
    hold_something(ana, PHONE)
    hold_something(bela, PHONE)
    tasks.compare_changes.delay()
    deadline = time.monotonic() + 20
    while not actions.list_hits(officer=bela).rows and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(actions.list_hits(officer=bela).rows) == len(actions.list_hits(officer=ana).rows) == 1
    assert worker.poll() is None


def test_what_is_noted_while_its_file_falls_silent_is_silent_too(ana, bela, agreement):
    casefile = casefiles.open_case(officer=ana, title="Cold store", notice_mode=NoticeMode.BOTH)
    held = hold_something(ana, f"{PHONE}1", casefile=casefile)
    with transaction.atomic():
        entities.change_notice_mode.__wrapped__(officer=ana, casefile_id=casefile.pk, notice_mode=NoticeMode.OWNER_ONLY)
        noting, came = aside(
            lambda: entities.note_mention(officer=ana, rendition_id=held.rendition_id, etype="person", name="Tio"),
        )
        until_somebody_waits()
    noting.join()
    [mention] = came
    assert mention.is_silent
