"""Places of a route and observations as one types them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import a_time_zone
from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.consignments.forms.fields import LocalTime, at, local, text
from cases.consignments.models import Consignment, Leg, Observation
from cases.consignments.rules import PLAN_REVERSED, POSITION_WANTED
from cases.records.models import Record, Rendition

PLANNED = ("planned_arrival_at", "planned_departure_at")
NOTED = [(kind.value, kind.label) for kind in Observation.Kind if kind != Observation.Kind.VOID]


def degrees(label: Any, most: int, digits: int) -> forms.DecimalField:
    bounds = [MinValueValidator(-most), MaxValueValidator(most)]
    return forms.DecimalField(label=label, required=False, max_digits=digits, decimal_places=6, validators=bounds)


class LegForm(forms.Form):
    place = text(_("Place"), 160, required=True)
    country = text(_("Country"), 60, required=True, help_text=_("Its ISO code, or its name."))
    locode = forms.RegexField(
        "^[A-Z]{2}[A-Z0-9]{3}$", label=_("UN/LOCODE"), required=False, help_text=_("Five letters, for example NMGHV.")
    )
    latitude = degrees(_("Latitude"), 90, 8)
    longitude = degrees(_("Longitude"), 180, 9)
    time_zone = forms.CharField(
        label=_("Time zone of the place"), max_length=60, validators=[a_time_zone], help_text=_("For example America/Sao_Paulo.")
    )
    planned_arrival_at = LocalTime(label=_("Planned arrival, by the clocks there"), required=False)
    planned_departure_at = LocalTime(label=_("Planned departure, by the clocks there"), required=False)
    before = forms.ModelChoiceField(label=_("Where on the route"), required=False, queryset=Leg.objects.none(), empty_label=_("At its end"))

    def __init__(self, *args: Any, officer: Officer, consignment_id: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if consignment_id:
            rows = Leg.objects.visible_to(officer).filter(consignment=consignment_id).order_by("position")
            self.fields["before"].queryset = rows  # type: ignore[attr-defined]
            self.fields["before"].label_from_instance = lambda leg: _("Before %(place)s") % {"place": leg.place}  # type: ignore[attr-defined]
        else:
            del self.fields["before"]
        self.initial.setdefault("time_zone", officer.time_zone)

    def begin(self, leg: Leg) -> None:
        """What is known so far."""
        self.initial = {name: getattr(leg, name) for name in self.fields}
        self.initial |= {name: local(getattr(leg, name), leg.time_zone) for name in PLANNED}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in PLANNED:
            if typed.get("time_zone") and name in typed:
                try:
                    typed[name] = at(typed[name], typed["time_zone"])
                except forms.ValidationError as broken:
                    self.add_error(name, broken)
        if not self.errors and all(typed[name] for name in PLANNED) and typed["planned_departure_at"] < typed["planned_arrival_at"]:
            self.add_error("planned_departure_at", forms.ValidationError(str(PLAN_REVERSED.text)))
        if not self.errors and (typed["latitude"] is None) != (typed["longitude"] is None):
            self.add_error("latitude", forms.ValidationError(str(POSITION_WANTED.text)))
        return typed

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        if "before" in typed:
            chosen = typed.pop("before")
            typed["before_id"] = chosen.pk if chosen else None
        return typed


class ObservationForm(forms.Form):
    """What was observed; its time is by the clocks of the place on the route, else by the officer's own."""

    kind = forms.ChoiceField(label=_("What was observed"), choices=NOTED, widget=forms.RadioSelect, initial="arrived")
    leg = forms.ModelChoiceField(label=_("Place of the route"), required=False, queryset=Leg.objects.none(), empty_label="—")
    place = text(_("Or another place"), 160, help_text=_("Where it was seen, if that is no place of the route."))
    happened_at = LocalTime(label=_("When, by the clocks there"), help_text=_("For another place: by your own clock."))
    observed_by = text(_("Who observed it"), 160, required=True)
    source = text(_("How one knows"), 300, help_text=_("For example: harbour master's log, transponder, own watch."))
    rendition = forms.ModelChoiceField(label=_("It stands in"), required=False, queryset=Rendition.objects.none(), empty_label="—")
    paragraph = forms.IntegerField(label=_("Paragraph"), required=False, min_value=1, max_value=999)

    def __init__(self, *args: Any, officer: Officer, consignment: Consignment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.initial.setdefault("observed_by", officer.name)
        if consignment:
            legs = Leg.objects.visible_to(officer).filter(consignment=consignment).order_by("position")
            self.fields["leg"].queryset = legs  # type: ignore[attr-defined]
            self.fields["rendition"].queryset = items_of(officer, consignment.casefile)  # type: ignore[attr-defined]
            self.fields["rendition"].label_from_instance = lambda item: f"{item.record.reference} {item.title}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        leg = typed.get("leg")
        if typed.get("happened_at"):
            try:
                typed["happened_at"] = at(typed["happened_at"], leg.time_zone if leg else self.officer.time_zone)
            except forms.ValidationError as broken:
                self.add_error("happened_at", broken)
        return typed

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        for name in ("leg", "rendition"):
            if name in typed:
                chosen = typed.pop(name)
                typed[f"{name}_id"] = chosen.pk if chosen else None
        return typed


class CorrectForm(ObservationForm):
    """The same said anew, or that it did not happen."""

    reason = text(_("Why"), 500, required=True, help_text=_("What was noted first stays, with this reason beside it."))

    def begin(self, old: Observation) -> None:
        """What was noted. An item that one does not see is left alone."""
        self.fields["kind"].choices = Observation.Kind.choices  # type: ignore[attr-defined]
        zone = old.leg.time_zone if old.leg else self.officer.time_zone
        rows: Sequence[str] = ("kind", "place", "observed_by", "source", "paragraph")
        self.initial = {name: getattr(old, name) for name in rows} | {"leg": old.leg_id, "rendition": old.rendition_id}
        self.initial["happened_at"] = local(old.happened_at, zone)
        if old.rendition_id and not self.fields["rendition"].queryset.filter(pk=old.rendition_id).exists():  # type: ignore[attr-defined]
            del self.fields["rendition"], self.fields["paragraph"]


def items_of(officer: Officer, casefile: CaseFile) -> Any:
    """The newest versions of the case's intelligence items that the officer sees."""
    rows = Rendition.objects.visible_to(officer).filter(record__home=casefile, record__kind=Record.Kind.INTELLIGENCE)
    newest = rows.newest_of_each().values("pk")
    return Rendition.objects.visible_to(officer).filter(pk__in=newest).select_related("record").order_by("title")
