"""How allauth's sign-in meets the house: nobody signs up, only those who serve come in, and every event goes to the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from asgiref.sync import sync_to_async
from cryptography.fernet import InvalidToken
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import actions, rules, storage
from accounts.http import OfficerRequest, set_language
from accounts.models import Officer
from audit import ledger

NAME_LENGTH = 255  # what axes keeps of a name


class OfficerBackend(AuthenticationBackend):
    """Password sign-in by e-mail, and with every request the question whether the officer still serves."""

    def get_user(self, user_id: UUID) -> Officer | None:
        return Officer.objects.serving().select_related("agency", "unit").filter(pk=user_id).first()

    async def aget_user(self, user_id: UUID) -> Officer | None:
        return await sync_to_async(self.get_user)(user_id)

    def user_can_authenticate(self, user: Officer) -> bool:
        return Officer.objects.serving().filter(pk=user.pk).exists()


class OfficerAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Officers are enrolled by their agency's administrator, never by themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Officer | None:
        """Whoever no longer serves is answered like a wrong password, with the right one too."""
        officer: Officer | None = super().authenticate(request, **credentials)
        if officer and not Officer.objects.serving().filter(pk=officer.pk).exists():
            self.authentication_failed(request, **credentials)
            return None
        return officer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        actions.note_failed_sign_in(email=credentials.get("email", ""), why=rules.WRONG_PASSWORD, ip=self.get_client_ip(request))

    def reauthenticate(self, user: Officer, password: str) -> bool:
        return self.authenticate(context.request, email=user.email, password=password) == user

    def pre_login(self, request: HttpRequest, user: Officer, **more: Any) -> HttpResponse | None:
        """A passkey says who it is before it is asked whether they serve; they are told."""
        if Officer.objects.serving().filter(pk=user.pk).exists():
            return None
        clear_login(request)
        actions.note_failed_sign_in(email=user.email, why=rules.NOT_SERVING, ip=self.get_client_ip(request))
        return redirect("account_inactive")

    def login(self, request: HttpRequest, user: Officer) -> None:
        """The line bears the new session's mark, so it is written last; without a line there is no session."""
        shown = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
        super().login(request, user)
        mark = hashlib.sha256((request.session.session_key or "").encode()).hexdigest()
        try:
            with ledger.following(replace(ledger.trail(), session=mark)):
                actions.note_sign_in(officer=user, by=shown, ip=self.get_client_ip(request))
        except Exception:
            request.session.flush()
            raise

    def post_login(self, request: HttpRequest, user: Officer, **more: Any) -> HttpResponse:
        """From here on the pages speak the officer's language."""
        response: HttpResponse = super().post_login(request, user, **more)
        set_language(response, user.language)
        return response

    def logout(self, request: OfficerRequest) -> None:
        actions.note_sign_out(officer=request.user)
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: Officer, *_args: Any, **_more: Any) -> None:
        """No mail tells what an officer signs in with; the ledger does, in the change's own transaction (accounts.views.signing_in)."""


class OfficerMFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes lie encrypted under the installation's key."""

    def encrypt(self, text: str) -> str:
        return storage.seal(text, storage.SECOND_FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        text = storage.unseal(encrypted_text, storage.SECOND_FACTORS)
        if text is None:
            raise InvalidToken
        return text

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Meridian"}

    def validation_error(self, code: str, *_args: Any) -> ValidationError:
        """A wrong code or passkey, at sign-in or when asked again, is a failed sign-in."""
        if code == "incorrect_code":
            account = OfficerAdapter(context.request)
            actions.note_failed_sign_in(email=_claimed(context.request), why=rules.WRONG_CODE, ip=account.get_client_ip(context.request))
        return ValidationError(self.error_messages[code], code=code)


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Under which name axes counts attempts: an address is one address however it is written."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()[:NAME_LENGTH]


def _claimed(request: HttpRequest) -> str:
    """Whose code it was said to be: the signed-in officer's, or theirs who gave the password before."""
    if isinstance(request.user, Officer):
        return request.user.email
    stage = getattr(request, "_login_stage", None)
    return stage.login.user.email if stage else ""
