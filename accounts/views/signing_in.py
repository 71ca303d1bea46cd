"""allauth's pages that change how an officer signs in: each change commits with its line in the ledger, or not at all."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from allauth.account.views import PasswordChangeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.http import HttpResponse

from accounts import actions
from accounts.http import OfficerRequest


class SecurityChange:
    """Before one of allauth's views: what its form does once it is valid is one deed, called `what` in the ledger."""

    request: OfficerRequest
    what: ClassVar[str]

    def form_valid(self, form: Any) -> HttpResponse:
        change = partial(super().form_valid, form)  # type: ignore[misc]
        changed: HttpResponse = actions.change_security(officer=self.request.user, what=self.what, change=change)
        return changed


class ChangePassword(SecurityChange, PasswordChangeView):
    what = "password_changed"


class ActivateApp(SecurityChange, ActivateTOTPView):
    what = "totp_activated"


class DeactivateApp(SecurityChange, DeactivateTOTPView):
    what = "totp_deactivated"


class MakeRecoveryCodes(SecurityChange, GenerateRecoveryCodesView):
    what = "recovery_codes_generated"


class AddPasskey(SecurityChange, AddWebAuthnView):
    what = "webauthn_added"


class RenamePasskey(SecurityChange, EditWebAuthnView):
    what = "webauthn_renamed"


class RemovePasskey(SecurityChange, RemoveWebAuthnView):
    what = "webauthn_removed"
