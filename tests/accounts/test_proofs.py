"""Proof of presence: for one deed on one thing with one content, fresh, once, and never by guessing."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.core import context
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db.models.functions import Now

from accounts import proofs
from accounts.models import Proof
from accounts.roles import Deed
from audit.models import Event
from kernel.errors import NotAllowed
from portal.demo.cast import PASSWORD
from tests.passkey import Passkey
from tests.totp import code_of

pytestmark = pytest.mark.django_db
APPROVE, CONTENT, OTHER_CONTENT = Deed.RELEASES_APPROVE, "a" * 64, "b" * 64


@pytest.fixture(autouse=True)
def _at_the_portal(rf):
    with context.request_context(rf.get("/")):
        yield


@pytest.fixture
def release_id():
    return uuid4()


@pytest.fixture
def secret(sami) -> str:
    secret = generate_totp_secret()
    TOTP.activate(sami, secret)
    return secret


def refusal(given, officer, release_id, content=CONTENT) -> str:
    with pytest.raises(NotAllowed) as refused:
        proofs.check(officer, APPROVE, release_id, content, given)
    return refused.value.code


def options(officer, release_id, content=CONTENT, deed=APPROVE):
    return proofs.begin(officer, deed, release_id, content).passkey_options


def by_form(credential) -> dict:
    return {"proof_passkey": json.dumps(credential), "proof_code": "", "proof_password": ""}


def by_machine(credential) -> dict:
    return {"proof": {"passkey": credential}}


@pytest.mark.parametrize("given", [by_form, by_machine])
def test_a_passkey_proves_presence_for_exactly_what_it_signed(sami, release_id, given):
    key = Passkey().given_to(sami)
    proof = proofs.check(sami, APPROVE, release_id, CONTENT, given(key.sign(options(sami, release_id))))
    proofs.spend(proof, sami, APPROVE, release_id, CONTENT)
    assert Event.objects.filter(kind="accounts.proof.given", actor_id=sami.pk).count() == 1


def test_a_code_of_the_app_proves_presence(sami, release_id, secret):
    proof = proofs.check(sami, APPROVE, release_id, CONTENT, {"proof_code": code_of(secret)})
    proofs.spend(proof, sami, APPROVE, release_id, CONTENT)


def test_a_password_proves_presence_where_there_is_nothing_better(sami, release_id):
    assert proofs.begin(sami, APPROVE, release_id, CONTENT) == proofs.Asked(["password"])
    proofs.check(sami, APPROVE, release_id, CONTENT, {"proof": {"password": PASSWORD}})


def test_a_password_proves_nothing_where_there_is_something_better(sami, release_id, secret):
    assert proofs.begin(sami, APPROVE, release_id, CONTENT).methods == ["totp"]
    assert refusal({"proof_password": PASSWORD}, sami, release_id) == "accounts.proof-failed"


def test_a_recovery_code_proves_nothing(sami, release_id, secret):
    code = RecoveryCodes.activate(sami).get_unused_codes()[0]
    assert refusal({"proof_code": code}, sami, release_id) == "accounts.proof-failed"


def test_nothing_given_is_asked_for_and_counts_as_no_failure(sami, release_id):
    for given in ({}, {"proof": None}, {"proof": []}, {"proof": {}}, {"proof_code": ""}, {"proof": {"code": None}}):
        assert refusal(given, sami, release_id) == "accounts.proof-wanted"
    assert not Proof.objects.exists()


HOSTILE = [
    "",
    "null",
    "[]",
    "{}",
    "{",
    7,
    [],
    {},
    {"response": {}},
    {"id": "x", "rawId": "x", "type": "public-key", "response": {}},
    "\x00",
    "9" * 5000,
]


@pytest.mark.parametrize("name", ["passkey", "code", "password"])
def test_hostile_credentials_are_refused_in_words(sami, release_id, secret, name):
    Passkey().given_to(sami)
    for value in HOSTILE:
        assert refusal({"proof": {name: value}}, sami, release_id) in {"accounts.proof-failed", "accounts.proof-wanted"}, value
        Proof.objects.all().delete()


def test_a_cut_short_answer_of_an_authenticator_is_refused_in_words(sami, release_id):
    key = Passkey().given_to(sami)
    for cut in (0, 1, 20, 36):
        credential = key.sign(options(sami, release_id))
        credential["response"]["authenticatorData"] = credential["response"]["authenticatorData"][:cut]
        assert refusal(by_machine(credential), sami, release_id) == "accounts.proof-failed"


def test_a_challenge_answers_for_no_other_release_content_or_deed(sami, release_id):
    key, asked = Passkey().given_to(sami), options(sami, release_id)
    assert refusal(by_form(key.sign(asked)), sami, uuid4()) == "accounts.proof-failed"
    assert refusal(by_form(key.sign(asked)), sami, release_id, OTHER_CONTENT) == "accounts.proof-failed"
    assert refusal(by_form(key.sign(options(sami, release_id, deed=Deed.CASES_LEAD))), sami, release_id) == "accounts.proof-failed"


def test_a_challenge_answers_for_no_other_officer(sami, breno, release_id):
    key = Passkey().given_to(sami)
    Passkey().given_to(breno)
    assert refusal(by_form(key.sign(options(breno, release_id))), breno, release_id) == "accounts.proof-failed"
    assert refusal(by_form(key.sign(options(sami, release_id))), breno, release_id) == "accounts.proof-failed"


def test_a_challenge_answers_once(sami, release_id):
    answer = by_form(Passkey().given_to(sami).sign(options(sami, release_id)))
    proofs.check(sami, APPROVE, release_id, CONTENT, answer)
    assert refusal(answer, sami, release_id) == "accounts.proof-failed"


def test_a_challenge_answers_for_five_minutes(sami, release_id):
    answer = by_form(Passkey().given_to(sami).sign(options(sami, release_id)))
    Proof.objects.update(begun_at=Now() - timedelta(minutes=5, seconds=1))
    assert refusal(answer, sami, release_id) == "accounts.proof-failed"


def test_a_key_that_did_not_verify_its_holder_proves_nothing(sami, release_id):
    key = Passkey().given_to(sami)
    assert refusal(by_form(key.sign(options(sami, release_id), verified=False)), sami, release_id) == "accounts.proof-failed"


def test_a_key_of_another_site_proves_nothing(sami, release_id):
    Passkey().given_to(sami)
    elsewhere = Passkey("portal.example")
    assert refusal(by_form(elsewhere.sign(options(sami, release_id))), sami, release_id) == "accounts.proof-failed"


def test_a_code_proves_once(sami, release_id, secret):
    code = code_of(secret)
    proofs.check(sami, APPROVE, release_id, CONTENT, {"proof_code": code})
    assert refusal({"proof_code": code}, sami, release_id) == "accounts.proof-failed"


def given(officer, release_id) -> Proof:
    return proofs.check(officer, APPROVE, release_id, CONTENT, {"proof_password": PASSWORD})


def unspendable(proof, officer, release_id, content=CONTENT, deed=APPROVE) -> bool:
    with pytest.raises(NotAllowed) as refused:
        proofs.spend(proof, officer, deed, release_id, content)
    return refused.value.code == "accounts.proof-not-for-this"


def test_a_proof_is_spent_once(sami, release_id):
    proof = given(sami, release_id)
    proofs.spend(proof, sami, APPROVE, release_id, CONTENT)
    assert unspendable(proof, sami, release_id)


def test_a_proof_is_spent_on_what_it_was_given_for_and_nothing_else(sami, breno, release_id):
    proof = given(sami, release_id)
    assert unspendable(proof, sami, uuid4())
    assert unspendable(proof, sami, release_id, OTHER_CONTENT)
    assert unspendable(proof, sami, release_id, deed=Deed.CASES_LEAD)
    assert unspendable(proof, breno, release_id)
    proofs.spend(proof, sami, APPROVE, release_id, CONTENT)


def test_a_proof_is_spent_within_five_minutes(sami, release_id):
    proof = given(sami, release_id)
    Proof.objects.update(proven_at=Now() - timedelta(minutes=5, seconds=1))
    assert unspendable(proof, sami, release_id)


def test_five_failures_close_the_way_for_a_quarter_of_an_hour(sami, release_id):
    for _time in range(5):
        assert refusal({"proof_password": "not this one"}, sami, release_id) == "accounts.proof-failed"
    assert refusal({"proof_password": PASSWORD}, sami, release_id) == "accounts.proof-too-often"
    Proof.objects.update(failed_at=Now() - timedelta(minutes=15, seconds=1))
    given(sami, release_id)


def test_one_officers_failures_leave_another_free(sami, breno, release_id):
    for _time in range(5):
        refusal({"proof_password": "not this one"}, sami, release_id)
    given(breno, release_id)


def test_every_failure_is_in_the_ledger(sami, release_id):
    for _time in range(6):
        refusal({"proof_password": "not this one"}, sami, release_id)
    decisions = Event.objects.filter(kind="accounts.proof.failed", actor_id=sami.pk).order_by("at").values_list("decision", flat=True)
    assert list(decisions) == ["accounts.proof-failed"] * 5 + ["accounts.proof-too-often"]
