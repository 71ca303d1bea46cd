"""A POST sent twice with one key does one thing and hears one answer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.core import context
from django.db import connection
from django.db.models.functions import Now

from accounts import actions
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
