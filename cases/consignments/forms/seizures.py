"""A seizure as one types it, and what became of the goods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import a_time_zone
from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.consignments import rules
from cases.consignments.forms.consignments import subjects_near
from cases.consignments.forms.fields import LocalTime, at, choice, currency, local, quantity, take_refusal, text, value
from cases.consignments.goods import Goods, Unit
from cases.consignments.models import Leg, SeizureStep, SeizureVersion
from cases.entities.models import Subject
from kernel.errors import Invalid


class SeizureForm(forms.Form):
    goods = choice(_("What was seized"), Goods.choices, required=True)
    description = text(_("In words"), 500, required=True)
    net = quantity(_("Net quantity"))
    gross = quantity(_("Gross quantity"), help_text=_("With its packaging, where it was weighed so."))
    unit = choice(_("Unit"), Unit.choices, required=True)
    money = currency(_("Currency of the cash"))
    purity = forms.DecimalField(
        label=_("Purity, per cent"), required=False, min_value=0, max_digits=5, decimal_places=2, validators=[MaxValueValidator(100)]
    )
    estimated_value = value(_("Estimated value"))
    estimated_currency = currency(_("Currency of the estimate"))
    value_basis = text(_("On what the estimate rests"), 300)
    leg = forms.ModelChoiceField(
        label=_("Of a consignment, at"), required=False, queryset=Leg.objects.none(), empty_label=_("Of no consignment")
    )
    place = text(_("Place"), 160, required=True)
    country = text(_("Country"), 60, required=True, help_text=_("Its ISO code, or its name."))
    time_zone = forms.CharField(
        label=_("Time zone of the place"), max_length=60, validators=[a_time_zone], help_text=_("For example America/Sao_Paulo.")
    )
    seized_at = LocalTime(label=_("When, by the clocks there"))
    seized_by = text(_("Seized by"), 200, required=True)
    authority = choice(_("Legal authority"), SeizureVersion.Authority.choices, required=True)
    authority_reference = text(_("Its number"), 120)
    from_whom = text(_("From whom"), 200)
    from_subject = forms.ModelChoiceField(label=_("That is the subject"), required=False, queryset=Subject.objects.none())
    packaging = text(_("Packaging"), 300)
    seal = text(_("Seal number"), 80)
    witnesses = text(_("Witnesses"), 500)

    def __init__(self, *args: Any, officer: Officer, casefile_id: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self._queryset("from_subject", Subject.objects.visible_to(officer).filter(etype__in=rules.PARTY_KINDS))
        if casefile_id:
            rows = Leg.objects.visible_to(officer).filter(consignment__casefile=casefile_id).select_related("consignment")
            self._queryset("leg", rows.order_by("consignment", "position"))
            self.fields["leg"].label_from_instance = lambda leg: f"{leg.consignment.title}: {leg.place}"  # type: ignore[attr-defined]
        self.initial.setdefault("time_zone", officer.time_zone)
        self.initial.setdefault("seized_by", officer.name)

    def offer(self, casefile: CaseFile, version: SeizureVersion | None = None, *, left_alone: Sequence[str] = ()) -> None:
        """Where the form is shown: the subjects that the case's records name."""
        kept = [version.from_subject_id] if version else []
        self._queryset("from_subject", subjects_near(self.officer, casefile, kept))
        for name in left_alone:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if self.errors:
            return typed
        try:
            typed["seized_at"] = at(typed["seized_at"], typed["time_zone"])
            rules.hold_seizable(typed, now=timezone.now())
        except forms.ValidationError as broken:
            self.add_error("seized_at", broken)
        except Invalid as refused:
            take_refusal(self, refused)
        return typed

    def facts(self, *, left_alone: Sequence[str] = ()) -> dict[str, Any]:
        """What the action takes; a link that was not offered stays as it is."""
        typed = dict(self.cleaned_data)
        for name in ("leg", "from_subject"):
            chosen = typed.pop(name, None)
            if name in self.fields and name not in left_alone:
                typed[f"{name}_id"] = chosen.pk if chosen else None
        return typed

    def _queryset(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class CorrectSeizureForm(SeizureForm):
    """The same said anew, with the reason."""

    reason = text(_("Why"), 500, required=True, help_text=_("The older version stays, with this reason beside it."))
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["leg"]

    def begin(self, version: SeizureVersion) -> None:
        """What counts so far."""
        own = set(self.fields) - {"reason", "from_subject", "seized_at"}
        self.initial = {name: getattr(version, name) for name in own} | {"from_subject": version.from_subject_id}
        self.initial["seized_at"] = local(version.seized_at, version.time_zone)


class StepForm(forms.Form):
    status = choice(_("What became of the goods"), SeizureStep.Status.choices, required=True)
    happened_at = LocalTime(label=_("When, by your clock"))
    place = text(_("Place"), 160, required=True)
    done_by = text(_("By whom"), 200, required=True)
    words = text(_("Remark"), 500)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.initial.setdefault("done_by", officer.name)

    def clean_happened_at(self) -> Any:
        return at(self.cleaned_data["happened_at"], self.officer.time_zone)


class SeizuresForm(forms.Form):
    goods = choice(_("What was seized"), Goods.choices)
