"""A controlled delivery and what countries answered to it, as one types them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.grants import members
from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.consignments.forms.fields import LocalTime, at, choice, take_refusal, text
from cases.consignments.models import Authorisation, Delivery
from cases.consignments.rules import hold_answer
from kernel.errors import Invalid


class CoordinatorForm(forms.Form):
    coordinator = forms.ModelChoiceField(label=_("Who coordinates it"), queryset=Officer.objects.none(), empty_label="—")

    def __init__(self, *args: Any, casefile: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = members(casefile.team).filter(is_active=True).order_by("name")
        self.fields["coordinator"].queryset = team  # type: ignore[attr-defined]
        self.fields["coordinator"].label_from_instance = lambda officer: officer.name  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        return {"coordinator_id": typed.pop("coordinator").pk, **typed}


class DeliveryForm(CoordinatorForm):
    kind = choice(_("What happens to the goods"), Delivery.Kind.choices, required=True)
    purpose = text(
        _("What it is for"), 500, required=True, help_text=_("For example: to find out who takes the goods over, and who pays for them.")
    )
    field_order = ("kind", "purpose", "coordinator")


class AuthorisationForm(forms.Form):
    """Times are by the officer's own clock."""

    country = forms.ChoiceField(label=_("Country on the route"))
    answer = choice(_("What its authority answered"), Authorisation.Answer.choices, required=True)
    authority = text(_("Which authority"), 200, required=True)
    reference = text(_("Reference of its answer"), 120)
    legal_basis = text(_("Law it rests on"), 300)
    starts_at = LocalTime(label=_("Holds from, by your own clock"), required=False)
    ends_at = LocalTime(label=_("Holds until, by your own clock"), required=False)
    conditions = text(_("Conditions"), 1_000, help_text=_("For example: their officers are on the quay; no weapons pass."))

    def __init__(self, *args: Any, officer: Officer, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["country"].choices = [("", "—"), *((each, each) for each in countries)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            if typed.get(name):
                try:
                    typed[name] = at(typed[name], self.officer.time_zone)
                except forms.ValidationError as broken:
                    self.add_error(name, broken)
        if not self.errors:
            try:
                hold_answer(typed)
            except Invalid as refused:
                take_refusal(self, refused)
        return typed


class EndForm(forms.Form):
    outcome = choice(_("How it ended"), [(state.value, state.label) for state in Delivery.ENDS], required=True)
    reason = text(_("What happened, and why"), 500, required=True)
