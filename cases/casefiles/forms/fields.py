"""Fields that several forms have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from cases.casefiles import rules


class SeveralField(forms.Field):
    """The ids ticked in a list, at least one. What is no id is refused as what is not there."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(each) for each in value or []]
        except ValueError as broken:
            raise forms.ValidationError(str(rules.NOTHING_TICKED.text)) from broken


def day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
