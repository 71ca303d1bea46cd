"""What an officer typed about their own desk."""

from __future__ import annotations

import zoneinfo
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.proofs import MALFORMED

ON_OFF = [("on", _("On")), ("off", _("Off"))]


def a_time_zone(name: str) -> None:
    """Raises ValidationError unless the name is one of the time zone database's."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("This is no time zone that is known here, for example America/Sao_Paulo."))


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=80, help_text=_("For example: nightly export on the registry's server."))
    days = forms.IntegerField(label=_("Valid for how many days"), min_value=1, max_value=365, initial=90)


class DisplayForm(forms.Form):
    """Every choice by itself: what was not sent stays as it is."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=60, required=False, validators=[a_time_zone], help_text=_("For example America/Sao_Paulo.")
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Officer.Theme, required=False)
    keys = forms.ChoiceField(
        label=_("Single-key shortcuts"), choices=ON_OFF, required=False, widget=forms.RadioSelect, help_text=_("J, K and E in lists.")
    )

    @classmethod
    def of(cls, officer: Officer) -> DisplayForm:
        """The form as the officer has it now."""
        kept = {name: getattr(officer, name) for name in ("language", "time_zone", "theme")}
        return cls(initial={**kept, "keys": "on" if officer.keys else "off"})

    def choices(self) -> dict[str, Any]:
        """Only what was sent; an emptied field, the appearance apart, changes nothing."""
        given = {name: value for name, value in self.cleaned_data.items() if name in self.data and (value or name == "theme")}
        return given | ({"keys": given["keys"] == "on"} if "keys" in given else {})


class CredentialField(forms.JSONField):
    """What an authenticator answered; or what somebody sent in its place, however deep or long."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except MALFORMED as broken:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from broken

    def bound_data(self, data: Any, initial: Any) -> Any:
        return InvalidJSONInput("")  # an answer is given once and never shown again


class PasskeyGiven(forms.Form):
    """Beside allauth's forms: their checks, with every malformed answer refused in words."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as broken:
            raise ValidationError(_("This passkey was not accepted."), code="incorrect_code") from broken


class SecondStep(PasskeyGiven, AuthenticateWebAuthnForm):
    pass


class SignInByPasskey(PasskeyGiven, LoginWebAuthnForm):
    pass


class AskedAgain(PasskeyGiven, ReauthenticateWebAuthnForm):
    pass


class AddPasskey(AddWebAuthnForm):
    name = forms.CharField(label=_("Name"), required=False, max_length=80)
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except MALFORMED as broken:
            raise ValidationError(_("This passkey was not accepted."), code="incorrect_code") from broken


class RenamePasskey(EditWebAuthnForm):
    name = forms.CharField(label=_("Name"), max_length=80)
