"""Choosing a colleague."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, OfficerQuerySet
from accounts.roles import Deed
from cases.casefiles import rules


def colleagues(officer: Officer) -> OfficerQuerySet:
    """The officers of one's own agency who may be on a team."""
    return Officer.objects.who_may(Deed.CASES_READ).filter(agency=officer.agency_id).order_by("name")


def prosecutors(officer: Officer) -> OfficerQuerySet:
    """The officers of one's own agency who may be the prosecutor on a case."""
    return colleagues(officer).who_may(Deed.CASES_DIRECT)


class PersonForm(forms.Form):
    """One colleague: from the short list that is offered, or by e-mail anybody else of the agency."""

    ONE_OF = ("person", "email")
    person = forms.ModelChoiceField(label=_("Officer"), required=False, queryset=Officer.objects.none(), empty_label="—")
    email = forms.EmailField(label=_("Or by e-mail"), required=False, help_text=_("Anybody of your agency."))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.offer(colleagues(officer))

    def offer(self, near: OfficerQuerySet) -> None:
        """The short list, where the form is shown."""
        self.fields["person"].queryset = near  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("person") and typed.get("email"):
            own = Officer.objects.filter(agency=self.officer.agency_id, is_active=True)
            typed["person"] = own.filter(email__iexact=typed["email"]).first()
        if not typed.get("person") and not self.errors:
            self.add_error("email" if typed.get("email") else "person", forms.ValidationError(str(rules.NOBODY_HERE.text)))
        return typed
