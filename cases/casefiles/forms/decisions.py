"""An entry in the log of decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casefiles import rules
from cases.casefiles.forms.fields import day
from cases.casefiles.forms.people import PersonForm


class DecisionForm(PersonForm):
    """An entry in the log of decisions, decided by a colleague or oneself."""

    what = forms.CharField(label=_("What was decided"), max_length=500)
    why = forms.CharField(label=_("Why"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(label=_("On what basis"), max_length=500, help_text=_("The law, order or policy it rests on."))
    decided_on = day(_("Decided on"), required=True)
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("what", "why", "basis", "decided_on", "person", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("Decided by")
        self.fields["person"].initial = self.officer.pk
        self.fields["decided_on"].initial = timezone.localdate

    def clean_decided_on(self) -> Any:
        if self.cleaned_data["decided_on"] > timezone.localdate():
            raise forms.ValidationError(str(rules.NOT_YET_DECIDED.text))
        return self.cleaned_data["decided_on"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        named = {name: self.cleaned_data[name] for name in ("what", "why", "basis", "decided_on")}
        return {**named, "decided_by_id": self.cleaned_data["person"].pk, "corrects_id": self.cleaned_data["corrects"]}
