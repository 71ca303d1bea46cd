"""Texts that lie sealed in the database: whoever has the rows alone, a dump or a stolen disk, reads none of them."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

SECOND_FACTORS, DRAFTS = b"meridian second factors", b"meridian drafts"


def seal(text: str, purpose: bytes) -> str:
    """The text under the installation's key, of which each purpose has its own."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: bytes) -> str | None:
    """The text again; None if it was sealed for something else, or under a key that was given up."""
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _cipher(purpose: bytes) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (HKDF(SHA256(), 32, salt=None, info=purpose).derive(force_bytes(key)) for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])
