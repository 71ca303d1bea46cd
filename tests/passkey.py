"""A passkey in software: what an authenticator keeps, and how it signs a challenge (WebAuthn level 2, ES256)."""

import hashlib
import json
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import Officer

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Passkey:
    def __init__(self, host: str = "testserver") -> None:
        self.id = secrets.token_bytes(16)
        self.host = hashlib.sha256(host.encode()).digest()
        self.origin = f"https://{host}"
        self._key = ec.generate_private_key(ec.SECP256R1())

    def given_to(self, officer: Officer) -> "Passkey":
        """Registered, as the portal keeps it."""
        public = ES256.from_cryptography_key(self._key.public_key())
        kept = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        seen = AuthenticatorData.create(self.host, PRESENT | VERIFIED | ATTESTED, 0, kept)
        response = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", "bm90aGluZw")),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        }
        credential = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key", "response": response}
        assert WebAuthn.add(officer, "A key", credential).instance.type == Authenticator.Type.WEBAUTHN
        return self

    def sign(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        """The answer to request options, as a browser hands it on."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        seen = AuthenticatorData.create(self.host, PRESENT | (VERIFIED if verified else 0), 1)
        signature = self._key.sign(seen + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(seen),
            "signature": websafe_encode(signature),
        }
        return {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key", "response": response}

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()
