"""Offences and references."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.casefiles import rules
from cases.casefiles.forms.fields import day
from cases.casefiles.models import OtherReference
from cases.casefiles.offences import by_section


class OffenceForm(forms.Form):
    code = forms.ChoiceField(label=_("Offence"), help_text=_("International Classification of Crime for Statistical Purposes, UNODC."))
    began_on = day(_("First day"))
    ended_on = day(_("Last day"))
    place = forms.CharField(label=_("Place"), required=False, max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose")), *by_section()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("began_on") and typed.get("ended_on") and typed["ended_on"] < typed["began_on"]:
            self.add_error("ended_on", forms.ValidationError(str(rules.ENDS_TOO_EARLY.text)))
        return typed


class ReferenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Whose reference"), choices=OtherReference.Kind.choices)
    number = forms.CharField(label=_("Number"), max_length=80)
    body = forms.CharField(label=_("Court, office or agency"), required=False, max_length=120)
