"""Fields that several forms have."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.consignments.rules import CURRENCY_WANTED, OUT_OF_TIME
from kernel.errors import Invalid

WRITTEN = "%Y-%m-%dT%H:%M"


class LocalTime(forms.Field):
    """Day and time as clocks at the place show them; the form says which place by `at`."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN), **more)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            return datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError as broken:
            raise ValidationError(_("Enter a day and a time, for example 2026-11-19T08:30.")) from broken


def at(moment: datetime | None, zone: str) -> datetime | None:
    """The moment that clocks in a zone show so. Raises ValidationError for one that no calendar has."""
    if moment is None:
        return None
    if not 1990 <= moment.year < 2100:  # noqa: PLR2004
        raise ValidationError(str(OUT_OF_TIME.text))
    return moment.replace(tzinfo=ZoneInfo(zone))


def local(moment: datetime | None, zone: str) -> datetime | None:
    """What clocks in a zone show at a moment, for a form to begin with."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None


def text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=more.pop("required", False), **more)


def quantity(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=20, decimal_places=6, min_value=Decimal(0), required=False, **more)


def value(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=20, decimal_places=2, min_value=Decimal(0), required=False, **more)


def currency(label: Any) -> forms.RegexField:
    return forms.RegexField(
        "^[A-Z]{3}$", label=label, required=False, error_messages={"invalid": str(CURRENCY_WANTED.text)}, help_text=_("For example EUR.")
    )


def choice(label: Any, choices: Any, *, required: bool = False) -> forms.ChoiceField:
    """Nothing is chosen before somebody chooses it: what stays for good is not what happened to stand first."""
    return forms.ChoiceField(label=label, required=required, choices=[("", "—"), *choices])


def take_refusal(form: forms.Form, refused: Invalid) -> None:
    """A rule's sentence beside the field that it is about."""
    for name, said in refused.fields.items():
        form.add_error(name if name in form.fields else None, ValidationError(str(said.text)))
