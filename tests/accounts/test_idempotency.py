"""A POST sent twice with one key does one thing and hears one answer."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.core import context
from django.db import connection
from django.db.models.functions import Now

from accounts import actions, tasks
from accounts.actions import replies
from accounts.models import ApiReply, Proof
from tests.passkey import Passkey

DOOR = "/api/v1/proofs/"


def wanted(content="a" * 64) -> dict:
    return {"deed": "releases.approve", "subject_id": str(uuid4()), "content_hash": content}


@pytest.fixture
def sami_with_a_key(sami, rf):
    """Each POST of hers leaves a challenge behind: what is done twice can be counted."""
    with context.request_context(rf.get("/")):
        Passkey().given_to(sami)
    return sami


def send(machine, body, key="first-key"):
    return machine.post(DOOR, body, headers={"Idempotency-Key": key})


@pytest.mark.django_db
def test_the_same_request_is_done_once_and_answered_the_same(sami_with_a_key, machine_of):
    machine, body = machine_of(sami_with_a_key), wanted()
    first, second = send(machine, body), send(machine, body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Proof.objects.count() == 1


@pytest.mark.django_db
def test_without_a_key_each_request_is_its_own(sami_with_a_key, machine_of):
    machine, body = machine_of(sami_with_a_key), wanted()
    for _time in range(2):
        machine.post(DOOR, body)
    assert Proof.objects.count() == 2
    assert not ApiReply.objects.exists()


@pytest.mark.django_db
def test_a_key_answers_for_no_other_request(sami_with_a_key, machine_of):
    machine = machine_of(sami_with_a_key)
    send(machine, wanted())
    other = send(machine, wanted("b" * 64))
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/accounts.idempotency-key-reused"


@pytest.mark.django_db
def test_keys_are_each_officers_own(sami_with_a_key, ana, machine_of):
    body = wanted()
    send(machine_of(sami_with_a_key), body)
    theirs = send(machine_of(ana), body)
    assert "Idempotency-Replayed" not in theirs.headers
    assert theirs.json()["methods"] == ["password"]


@pytest.mark.django_db
def test_a_refusal_is_repeated_as_it_was(sami, machine_of):
    machine, body = machine_of(sami), wanted("not a hash")
    first, second = send(machine, body), send(machine, body)
    assert (first.status_code, second.status_code) == (422, 422)
    assert first.json() == second.json()
    assert second.headers["Content-Type"] == "application/problem+json"
    assert second.headers["Idempotency-Replayed"] == "true"


@pytest.mark.django_db
def test_a_request_that_cannot_be_read_does_not_use_its_key_up(sami_with_a_key, machine_of):
    machine = machine_of(sami_with_a_key)
    broken = machine.generic("POST", DOOR, b"{", content_type="application/json", headers={"Idempotency-Key": "first-key"})
    assert broken.status_code == 400
    assert send(machine, wanted()).status_code == 201


@pytest.mark.django_db
def test_a_request_that_was_cut_off_is_not_done_again_unseen(sami_with_a_key, machine_of):
    machine, body = machine_of(sami_with_a_key), wanted()
    send(machine, body)
    ApiReply.objects.update(status=None, body=None)
    answer = send(machine, body)
    assert answer.status_code == 409
    assert "cut off" in answer.json()["detail"]
    assert Proof.objects.count() == 1


@pytest.mark.django_db
def test_a_key_is_free_again_after_a_day(sami_with_a_key, machine_of):
    machine = machine_of(sami_with_a_key)
    send(machine, wanted())
    ApiReply.objects.update(asked_at=Now() - timedelta(days=1, seconds=1))
    assert send(machine, wanted("b" * 64)).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 81, "tab\there", "caf\xe9"])
def test_a_key_is_short_and_printable(sami, machine_of, key):
    answer = send(machine_of(sami), wanted(), key)
    assert answer.status_code == 422
    assert not ApiReply.objects.exists()


@pytest.mark.django_db
def test_answers_of_a_day_ago_are_forgotten_though_their_officer_never_comes_back(sami, ana):
    for officer in (sami, ana):
        actions.reserve_reply(officer=officer, key="k", request_digest="d")
    ApiReply.objects.filter(officer=sami).update(asked_at=Now() - timedelta(days=1, seconds=1))
    assert (tasks.forget_replies(), tasks.forget_replies()) == (1, 0)
    assert ApiReply.objects.get().officer == ana


@pytest.mark.django_db
def test_no_officer_fills_the_table_and_what_still_runs_is_kept(sami, monkeypatch):
    monkeypatch.setattr(replies, "MOST", 3)
    actions.reserve_reply(officer=sami, key="running", request_digest="d")
    for number in range(6):
        held, fresh = actions.reserve_reply(officer=sami, key=f"k{number}", request_digest="d")
        assert fresh
        actions.keep_reply(reply_id=held.pk, status=201, body=None)
    kept = ApiReply.objects.order_by("asked_at").values_list("key", flat=True)
    assert list(kept) == ["running", "k2", "k3", "k4", "k5"]


def given_back(times: int) -> Callable[..., Any]:
    """Whoever holds the key gives it back so often, just before it is looked at."""
    left = [times]

    def between(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "accounts_apireply" in sql and left[0]:
            left[0] -= 1
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM accounts_apireply")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(between)


@pytest.mark.django_db
def test_a_key_given_back_at_that_moment_is_taken_or_refused_and_never_breaks(sami, machine_of):
    with given_back(times=1):
        held, fresh = actions.reserve_reply(officer=sami, key="k", request_digest="d")
    assert (fresh, held.key) == (True, "k")
    machine = machine_of(sami)
    with given_back(times=9):
        answer = send(machine, wanted(), key="other")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/accounts.idempotency-key-held")


def test_of_many_at_once_one_is_done(committed_db, sami_with_a_key, machine_of):
    machines, body = [machine_of(sami_with_a_key) for _machine in range(6)], wanted()
    together = threading.Barrier(6)

    def at_once(machine) -> int:
        together.wait()
        try:
            return send(machine, body).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(at_once, machines))
    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert Proof.objects.count() == 1


def test_a_key_is_taken_before_the_deed_begins(committed_db, sami):
    held, fresh = actions.reserve_reply(officer=sami, key="k", request_digest="d")
    assert fresh
    assert not connection.in_atomic_block
    again, fresh = actions.reserve_reply(officer=sami, key="k", request_digest="d")
    assert (again.pk, again.status, fresh) == (held.pk, None, False)
