"""Deeds at the same time, with commits that are real: what one transaction does, the other finds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from cases.entities.models import Mention
from cases.records.models import RecordGrant
from kernel.errors import DomainError
from sharing.agreements import actions as agreements
from sharing.releases import actions
from sharing.releases.models import Acceptance, ApprovalRule, Decision, Release
from tests.cast import fresh
from tests.sharing.releases.conftest import proven, seen_by

WAIT = 20  # seconds


@pytest.fixture(autouse=True)
def real_commits(committed_db: str) -> str:
    return committed_db


def answer_of(deed: Callable[..., Any], **facts: Any) -> str:
    """What came of it: "done", or the code of what was said."""
    try:
        deed(**facts)
    except DomainError as refused:
        return refused.code
    except IntegrityError as refused:
        return str(refused).split("\n", maxsplit=1)[0]
    finally:
        connection.close()
    return "done"


@contextmanager
def beside(url: str) -> Iterator[psycopg.Connection]:
    """Another session on the same database, in a transaction until it is committed."""
    with psycopg.connect(url) as other:
        yield other


def waits(url: str) -> None:
    """Until a session of the portal waits for a lock."""
    deadline = time.monotonic() + WAIT
    with psycopg.connect(url, autocommit=True) as watcher:
        while time.monotonic() < deadline:
            if watcher.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,):
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")


def approval(threads: ThreadPoolExecutor, officer: Any, release: Release) -> Future[str]:
    proof = proven(officer, release)
    return threads.submit(answer_of, actions.approve_release, officer=officer, release_id=release.pk, proof=proof)


def status_of(release_id: UUID) -> str:
    return Release.objects.unscoped("a test looks").get(pk=release_id).status


def test_two_approvals_at_once_are_one(sami, alma, asked):
    release = asked()
    proofs = {officer: proven(officer, release) for officer in (sami, alma)}
    together = threading.Barrier(2)

    def approve(officer: Any) -> str:
        together.wait(WAIT)
        return answer_of(actions.approve_release, officer=officer, release_id=release.pk, proof=proofs[officer])

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(approve, proofs)) == ["done", "releases.not-now"]
    assert RecordGrant.objects.filter(cause=release.pk).count() == 1
    assert Decision.objects.unscoped("a test looks").count() == 1


def test_an_edit_under_way_stops_the_approval_that_waits_for_it(real_commits, sami, asked):
    release = asked()
    with ThreadPoolExecutor(1) as threads, beside(real_commits) as other:
        other.execute("UPDATE releases_release SET status = 'draft', content_hash = '' WHERE id = %s", [release.pk])
        deciding = approval(threads, sami, release)
        waits(real_commits)
        other.commit()
        assert deciding.result(WAIT) == "releases.not-now"
    assert not RecordGrant.objects.filter(cause=release.pk).exists()


def test_an_edit_and_an_approval_at_once_never_let_the_edit_through(ana, sami, asked, plan, other_item):
    for _round in range(3):
        release = asked()
        proof, together = proven(sami, release), threading.Barrier(2)

        def change(release: Release = release, together: threading.Barrier = together) -> str:
            together.wait(WAIT)
            edited = plan(rendition_ids=[other_item.pk])
            return answer_of(actions.change_release, officer=ana, release_id=release.pk, plan=edited)

        def approve(release: Release = release, together: threading.Barrier = together, proof: Any = proof) -> str:
            together.wait(WAIT)
            return answer_of(actions.approve_release, officer=sami, release_id=release.pk, proof=proof)

        with ThreadPoolExecutor(2) as threads:
            edited, decided = threads.submit(change), threads.submit(approve)
            assert {edited.result(WAIT), decided.result(WAIT)} == {"done", "releases.not-now"}
        given = set(RecordGrant.objects.filter(cause=release.pk).values_list("rendition", flat=True))
        assert other_item.pk not in given
        assert (status_of(release.pk) == "approved") == bool(given)


def test_a_suspension_under_way_stops_the_approval_that_waits_for_it(real_commits, sami, agreement, asked):
    release = asked()
    with ThreadPoolExecutor(1) as threads, beside(real_commits) as other:
        other.execute("UPDATE agreements_agreement SET status = 'suspended' WHERE id = %s", [agreement.pk])
        deciding = approval(threads, sami, release)
        waits(real_commits)
        other.commit()
        assert deciding.result(WAIT) == "policy.not-in-force"
    assert status_of(release.pk) == "awaiting"


def test_a_suspension_and_an_approval_at_once_leave_nothing_open(sami, breno, bela, agreement, asked):
    release = asked()
    proof, together = proven(sami, release), threading.Barrier(2)

    def suspend() -> str:
        together.wait(WAIT)
        return answer_of(agreements.suspend_agreement, officer=breno, agreement_id=agreement.pk, reason="A leak.")

    def approve() -> str:
        together.wait(WAIT)
        return answer_of(actions.approve_release, officer=sami, release_id=release.pk, proof=proof)

    with ThreadPoolExecutor(2) as threads:
        suspended, decided = threads.submit(suspend), threads.submit(approve)
        assert suspended.result(WAIT) == "done"
        assert decided.result(WAIT) in {"done", "policy.not-in-force"}
    assert not RecordGrant.objects.live().filter(cause=release.pk).exists()
    assert answer_of(actions.accept_release, officer=bela, release_id=release.pk) in {"releases.on-hold", "not-found"}


def test_a_mention_under_way_makes_the_approval_wait_and_ask_again(real_commits, sami, item, asked):
    release = asked()
    with ThreadPoolExecutor(1) as threads, beside(real_commits) as other:
        other.execute(
            "INSERT INTO entities_mention (id, rendition_id, agency_id, unit_id, notice_mode, etype, name, attributes)"
            " SELECT gen_random_uuid(), %s, agency_id, %s, 'owner-only', 'person', 'Rosa Quintela', '{}'"
            " FROM releases_release WHERE id = %s",
            [item.pk, sami.unit_id, release.pk],
        )
        deciding = approval(threads, sami, release)
        waits(real_commits)
        other.commit()
        assert deciding.result(WAIT) == "releases.changed"
    assert status_of(release.pk) == "awaiting"


def test_a_mention_that_waits_for_an_approval_is_refused(real_commits, sami, item, asked):
    release = asked()
    facts = {"rendition": item, "agency": sami.agency, "unit": sami.unit, "etype": "person", "name": "Rosa Quintela"}
    with ThreadPoolExecutor(1) as threads, beside(real_commits) as other:
        other.execute("SELECT FROM records_rendition WHERE id = %s FOR UPDATE", [item.pk])  # as an approval holds it
        adding = threads.submit(answer_of, Mention.objects.create, **facts)
        waits(real_commits)
        other.execute(
            "INSERT INTO records_recordgrant"
            " (group_id, permission_id, content_object_id, rendition_id, cause, origin, expires_at, cause_reference)"
            " SELECT r.group_id, (SELECT id FROM auth_permission WHERE codename = 'view_record'), %s, %s, r.id, 'release', r.ends_at, ''"
            " FROM releases_release r WHERE r.id = %s",
            [item.record_id, item.pk, release.pk],
        )
        other.commit()
        assert "has left" in adding.result(WAIT)


def test_a_recall_ends_the_sight_of_who_is_reading(sami, bela, received):
    release = received()
    stopped, seen = threading.Event(), []

    def read() -> None:
        try:
            while not stopped.is_set():
                seen.append(bool(seen_by(bela)))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(read)
        while len(seen) < 3:
            time.sleep(0.01)
        actions.recall_release(officer=sami, release_id=release.pk, reason="It names a source.")
        begun_after = len(seen) + 1  # one reading may have begun before the recall was committed
        while len(seen) < begun_after + 3:
            time.sleep(0.01)
        stopped.set()
        reading.result(WAIT)
    assert seen[0]
    assert not any(seen[begun_after:])


def test_a_recall_and_an_acceptance_at_once_leave_nothing_open(sami, bela, approved):
    release = approved()
    together = threading.Barrier(2)

    def accept() -> str:
        together.wait(WAIT)
        return answer_of(actions.accept_release, officer=bela, release_id=release.pk)

    def recall() -> str:
        together.wait(WAIT)
        return answer_of(actions.recall_release, officer=sami, release_id=release.pk, reason="Mistake.")

    with ThreadPoolExecutor(2) as threads:
        accepted, recalled = threads.submit(accept), threads.submit(recall)
        assert recalled.result(WAIT) == "done"
        assert accepted.result(WAIT) in {"done", "releases.not-now"}
    assert seen_by(bela) == set()


def test_accepting_twice_at_once_is_one_promise(bela, approved):
    release = approved()
    together = threading.Barrier(2)

    def accept(_time: int) -> str:
        together.wait(WAIT)
        return answer_of(actions.accept_release, officer=fresh(bela), release_id=release.pk)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(accept, range(2))) == ["done", "done"]
    assert Acceptance.objects.unscoped("a test looks").count() == 1
    assert len(seen_by(bela)) == 1


def test_the_clock_run_twice_at_once_writes_down_an_end_once(approved):
    release = approved(ends_at=timezone.now() + timedelta(seconds=12))  # on a busy machine it takes seconds to approve
    time.sleep(max(0.0, (release.ends_at - timezone.now()).total_seconds()) + 0.05)
    together = threading.Barrier(2)

    def expire(_time: int) -> int:
        together.wait(WAIT)
        try:
            return actions.expire_releases()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(expire, range(2))) == 1


def test_two_approvals_by_one_officer_at_once_are_one_step(sami, asked):
    ApprovalRule.objects.create(agency_id=sami.agency_id, supervisors=2, reason="Two.", added_by=sami)
    release = asked()
    given = [proven(sami, release) for _time in range(2)]
    together = threading.Barrier(2)

    def approve(proof: Any) -> str:
        together.wait(WAIT)
        return answer_of(actions.approve_release, officer=fresh(sami), release_id=release.pk, proof=proof)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(approve, given)) == ["done", "releases.decided-already"]
    assert status_of(release.pk) == "awaiting"
    assert Decision.objects.unscoped("a test looks").count() == 1


def test_an_edit_between_two_steps_and_the_last_step_at_once_never_give_what_was_not_approved(ana, sami, alma, asked, plan, other_item):
    ApprovalRule.objects.create(agency_id=sami.agency_id, supervisors=2, reason="Two.", added_by=sami)
    release = asked()
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    proof, together = proven(alma, release), threading.Barrier(2)

    def change() -> str:
        together.wait(WAIT)
        return answer_of(actions.change_release, officer=ana, release_id=release.pk, plan=plan(rendition_ids=[other_item.pk]), ask=True)

    def approve() -> str:
        together.wait(WAIT)
        return answer_of(actions.approve_release, officer=alma, release_id=release.pk, proof=proof)

    with ThreadPoolExecutor(2) as threads:
        edited, decided = threads.submit(change), threads.submit(approve)
        answers = (edited.result(WAIT), decided.result(WAIT))
    assert answers in {("done", "accounts.proof-not-for-this"), ("releases.not-now", "done")}
    given = set(RecordGrant.objects.filter(cause=release.pk).values_list("rendition", flat=True))
    assert other_item.pk not in given
    assert (status_of(release.pk) == "approved") == bool(given)


def test_a_stop_while_it_leaves_is_refused_or_nothing_is_ever_seen(settings, ana, sami, bela, asked):
    for tried in (0.6, 0.98, 1.0, 1.02):
        settings.RELEASE_STOP_SECONDS = 1
        release = asked()
        release = actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
        time.sleep(max(0.0, (release.leaves_at - timezone.now()).total_seconds() - 1 + tried))
        together = threading.Barrier(2)

        def stop(release: Release = release, together: threading.Barrier = together) -> str:
            together.wait(WAIT)
            return answer_of(actions.stop_release, officer=ana, release_id=release.pk)

        def accept(release: Release = release, together: threading.Barrier = together) -> str:
            together.wait(WAIT)
            answer = "not-found"
            for _again in range(60):
                answer = answer_of(actions.accept_release, officer=fresh(bela), release_id=release.pk)
                if answer == "done":
                    break
                time.sleep(0.01)
            return answer

        with ThreadPoolExecutor(2) as threads:
            stopped, accepted = threads.submit(stop), threads.submit(accept)
            answers = (stopped.result(WAIT), accepted.result(WAIT))
        assert answers in {("done", "not-found"), ("releases.left-already", "done")}, tried
        live = RecordGrant.objects.live().filter(cause=release.pk).exists()
        assert (status_of(release.pk), live) == (("stopped", False) if answers[0] == "done" else ("approved", True))


def test_a_stop_under_way_keeps_out_the_acceptance_that_waits_for_it(real_commits, settings, bela, sami, asked):
    settings.RELEASE_STOP_SECONDS = 2
    release = asked()
    release = actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    with ThreadPoolExecutor(1) as threads, beside(real_commits) as other:
        other.execute(
            "UPDATE releases_release SET status = 'stopped', stopped_by_id = requested_by_id, stopped_at = now() WHERE id = %s",
            [release.pk],
        )
        time.sleep(max(0.0, (release.leaves_at - timezone.now()).total_seconds()) + 0.1)
        accepting = threads.submit(answer_of, actions.accept_release, officer=fresh(bela), release_id=release.pk)
        waits(real_commits)
        other.commit()
        assert accepting.result(WAIT) == "not-found"
    assert seen_by(bela) == set()
