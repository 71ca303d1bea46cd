"""Fresh proof of presence, bound to one deed on one thing with one content, and spent once. For the page and the API alike.

    begin(officer, deed, subject_id, content_hash) -> Asked    for the page that asks: how this officer confirms, and a passkey's options
    check(officer, deed, subject_id, content_hash, given) -> Proof    in the door, before the action; own transaction; NotAllowed
    spend(proof, officer, deed, subject_id, content_hash)    in the action, in the deed's transaction; NotAllowed

`content_hash` is what the officer saw: the page sends it back in a hidden field, a machine in its body. `check` binds the proof to it
and `spend` compares it with what lies under the action's lock, so nobody approves what changed while they were confirming.

    def approve(request, release_id):
        seen = request.POST.get("content_hash", "")
        proof = proofs.check(request.user, Deed.RELEASES_APPROVE, release_id, seen, request.POST)
        actions.approve_release(officer=request.user, release_id=release_id, proof=proof)

    def approve_release(*, officer, release_id, proof):
        release = Release.objects.visible_to(officer).locked().one(release_id)
        rules.can_approve(officer, release).enforce()
        proofs.spend(proof, officer, Deed.RELEASES_APPROVE, release.pk, release.content_hash)

`given` is the form's fields (proof_passkey, proof_code, proof_password) or a JSON body with {"proof": {"passkey": {…}}},
{"proof": {"code": "123456"}} or {"proof": {"password": "…"}}. Recovery codes prove nothing here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse, UserVerificationRequirement

from accounts.events import Event
from accounts.models import Officer, Proof
from audit.ledger import record
from kernel.errors import NotAllowed, Sentence, sentence

FRESH = timedelta(minutes=5)
FAILURES, WINDOW = 5, timedelta(minutes=15)
LONGEST = 200  # characters of a password or code; more is not hashed
HASH_LENGTH = 64
MALFORMED = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, struct.error)
"""What hostile JSON makes parsers raise, fido2's among them."""

WANTED = sentence("accounts.proof-wanted", _("Confirm that it is you: this needs a fresh proof of presence."))
FAILED = sentence("accounts.proof-failed", _("That did not confirm that it is you. Nothing was changed; try again."))
TOO_OFTEN = sentence("accounts.proof-too-often", _("Confirming has failed five times. Wait fifteen minutes, then try again."))
NOT_FOR_THIS = sentence(
    "accounts.proof-not-for-this",
    _("What you confirmed has changed since, was confirmed too long ago, or was confirmed already. Look at it again and confirm anew."),
)
Method = Proof.Method


@dataclass(frozen=True, slots=True)
class Asked:
    """How an officer may confirm, best first, and what their passkey signs (WebAuthn request options) if they have one."""

    methods: list[str]
    passkey_options: dict[str, Any] | None = None


def methods(officer: Officer) -> list[Method]:
    """Passkey and one-time code, whichever the officer has set up; the password only where there is neither."""
    held = set(Authenticator.objects.filter(user=officer).values_list("type", flat=True))
    strong = [(Authenticator.Type.WEBAUTHN, Method.PASSKEY), (Authenticator.Type.TOTP, Method.TOTP)]
    return [method for kind, method in strong if kind in held] or [Method.PASSWORD]


@transaction.atomic(durable=True)
def begin(officer: Officer, deed: str, subject_id: UUID, content_hash: str) -> Asked:
    """Ask an officer to confirm one deed. A passkey's challenge is kept for five minutes and answers for this deed alone."""
    ways = methods(officer)
    if Method.PASSKEY not in ways:
        return Asked([*ways])
    Proof.objects.filter(officer=officer, proven_at=None, failed_at=None, begun_at__lt=Now() - FRESH).delete()
    options, state = webauthn.get_server().authenticate_begin(
        credentials=webauthn.get_credentials(officer), user_verification=UserVerificationRequirement.REQUIRED
    )
    Proof.objects.create(
        officer=officer, deed=deed, subject_id=subject_id, content_hash=content_hash, method=Method.PASSKEY, challenge=dict(state)
    )
    return Asked([*ways], json.loads(json.dumps(dict(options))))


def check(officer: Officer, deed: str, subject_id: UUID, content_hash: str, given: Mapping[str, Any]) -> Proof:
    """Prove that the officer is present, for this deed on this thing with this content. Success and failure are in the ledger.

    Raises NotAllowed where nothing or the wrong thing was given, or the wrong thing five times in fifteen minutes.
    """
    method, credential = _offered(given)
    if method is None or len(content_hash) > HASH_LENGTH or "\0" in content_hash:
        raise NotAllowed(WANTED)
    proof = Proof(officer=officer, deed=deed, subject_id=subject_id, content_hash=content_hash, method=method)
    refused = _judge(officer, proof, credential)
    if refused:
        raise NotAllowed(refused)
    return proof


def spend(proof: Proof, officer: Officer, deed: str, subject_id: UUID, content_hash: str) -> None:
    """Use the proof up, in the deed's transaction. Raises NotAllowed unless it is this officer's, for exactly this, fresh and unused."""
    fitting = Proof.objects.filter(pk=proof.pk, officer=officer, deed=deed, subject_id=subject_id, content_hash=content_hash)
    if not fitting.filter(proven_at__gt=Now() - FRESH, used_at=None).update(used_at=Now()):
        raise NotAllowed(NOT_FOR_THIS)


@transaction.atomic(durable=True)
def _judge(officer: Officer, proof: Proof, credential: Any) -> Sentence | None:
    """Write down how it went, and commit that: what follows may be rolled back. The lock makes guesses queue up."""
    Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    refused = None
    if Proof.objects.filter(officer=officer, failed_at__gt=Now() - WINDOW).count() >= FAILURES:
        refused = TOO_OFTEN
    elif proof.method in methods(officer) and _holds(proof, credential):
        proof.proven_at = Now()
        proof.save(force_insert=True)
    else:
        refused, proof.failed_at = FAILED, Now()
        proof.save(force_insert=True)
    facts: dict[str, Any] = {"deed": proof.deed, "about": proof.subject_id, "method": proof.method, "content_hash": proof.content_hash}
    kind, decision = (Event.PROOF_FAILED, refused.code) if refused else (Event.PROOF_GIVEN, "")
    record(kind, actor=officer, owner=officer.agency_id, decision=decision, **facts)
    return refused


def _offered(given: Mapping[str, Any]) -> tuple[Proof.Method | None, Any]:
    """What was filled in, the strongest first."""
    nested = given.get("proof")
    fields = nested if isinstance(nested, Mapping) else {key.removeprefix("proof_"): given[key] for key in given}
    for name, method in (("passkey", Method.PASSKEY), ("code", Method.TOTP), ("password", Method.PASSWORD)):
        if fields.get(name):
            return method, fields[name]
    return None, None


def _holds(proof: Proof, credential: Any) -> bool:
    try:
        if proof.method == Method.PASSKEY:
            return _signed(proof, json.loads(credential) if isinstance(credential, str) else credential)
        if not isinstance(credential, str) or len(credential) > LONGEST:
            return False
        if proof.method == Method.TOTP:
            app = Authenticator.objects.get(user=proof.officer, type=Authenticator.Type.TOTP)
            return bool(app.wrap().validate_code(credential))
        return proof.officer.check_password(credential)
    except MALFORMED:
        return False


def _signed(proof: Proof, given: Any) -> bool:
    """Whether one of the officer's passkeys signed the challenge made for exactly this. The challenge answers once."""
    challenge = websafe_encode(AuthenticationResponse.from_dict(given).response.client_data.challenge)
    mine = Proof.objects.filter(officer=proof.officer, deed=proof.deed, subject_id=proof.subject_id, content_hash=proof.content_hash)
    open_one = mine.filter(proven_at=None, failed_at=None, begun_at__gt=Now() - FRESH, challenge__challenge=challenge).first()
    if open_one is None:
        return False
    open_one.delete()
    used = webauthn.get_server().authenticate_complete(open_one.challenge, webauthn.get_credentials(proof.officer), given)
    webauthn.get_authenticator_by_credential_id(proof.officer, used.credential_id).record_usage()
    return True
