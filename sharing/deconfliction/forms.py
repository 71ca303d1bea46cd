"""What a person typed about hits, cleaned."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sharing.deconfliction.models import HitSide


class FilterForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *HitSide.State.choices])


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How does it stand?"), choices=[(state.value, state.label) for state in HitSide.ANSWERS], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1_000, widget=forms.Textarea({"rows": 3}), help_text=_("Stays inside your agency.")
    )
