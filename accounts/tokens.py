"""The machine door's key: `Authorization: Token …`. Only its SHA-256 is stored."""

from __future__ import annotations

import hashlib

from django.db.models.functions import Now
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, Officer


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class TokenAuthentication(BaseAuthentication):
    """Raises AuthenticationFailed for an unknown, ended or expired token and for one whose officer's access ended: all answer alike."""

    def authenticate(self, request: Request) -> tuple[Officer, ApiToken] | None:
        kind, _space, value = get_authorization_header(request).partition(b" ")
        if kind.lower() != b"token":
            return None
        live = ApiToken.objects.filter(digest=digest(value.decode("latin-1")), ended_at=None, expires_at__gt=Now())
        token = live.filter(officer__in=Officer.objects.serving()).select_related("officer__agency", "officer__unit").first()
        if token is None:
            raise AuthenticationFailed
        return token.officer, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"
