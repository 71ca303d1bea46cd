"""Offering a case to another unit, and answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, OfficerQuerySet, Unit
from accounts.roles import Deed
from cases.casefiles.forms.people import colleagues


class HandoverForm(forms.Form):
    """To which unit, and what its supervisors read before they decide."""

    unit = forms.ModelChoiceField(label=_("To the unit"), queryset=Unit.objects.none(), empty_label="—")
    reason = forms.CharField(
        label=_("Why"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Read by the supervisors of that unit before they see the case. Write nothing here that only the team may know."),
    )  # fmt: skip
    shows_title = forms.BooleanField(label=_("Show them the title too; else they read the reference alone"), required=False)
    team_stays = forms.BooleanField(label=_("The team of today stays on the case; else all of them leave it"), required=False)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(Unit.objects.filter(agency=officer.agency_id).order_by("name"))

    def offer(self, units: Any) -> None:
        """The units to choose from, where the form is shown."""
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        facts = dict(self.cleaned_data)
        return {"unit_id": facts.pop("unit").pk, **facts}


class AnswerForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))


class AcceptForm(forms.Form):
    """Who leads the case from now on, and who is beside them."""

    lead = forms.ModelChoiceField(label=_("Who leads it"), queryset=Officer.objects.none(), empty_label="—")
    team = forms.ModelMultipleChoiceField(
        label=_("On the team beside them"), required=False, queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("A release of this case takes a supervisor on its team. If its team alone sees it, you do so only by naming yourself."),
    )  # fmt: skip

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(colleagues(officer))

    def offer(self, near: OfficerQuerySet) -> None:
        """Who there is to choose from, where the form is shown."""
        able = Officer.objects.who_may(Deed.CASES_WORK).filter(pk__in=near.values("pk")).order_by("name")
        self.fields["lead"].queryset = able  # type: ignore[attr-defined]
        self.fields["team"].queryset = near  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {"lead_id": self.cleaned_data["lead"].pk, "team": [member.pk for member in self.cleaned_data["team"]]}
