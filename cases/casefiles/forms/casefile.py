"""A case, new or changed, and what a list is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, Principal, Unit
from accounts.roles import Deed
from cases.casefiles import rules
from cases.casefiles.forms.fields import SeveralField
from cases.casefiles.forms.people import colleagues, prosecutors
from cases.casefiles.models import CaseFile, NoticeMode

AUDIENCES: list[tuple[str, Promise]] = [
    (CaseFile.Audience.TEAM, _("Only the case team")),
    (CaseFile.Audience.UNIT, _("The whole unit")),
    (CaseFile.Audience.AGENCY, _("The whole agency")),
]
RESTING = [(s.value, s.label) for s in (CaseFile.Status.OPEN, CaseFile.Status.DORMANT)]
MODES: list[tuple[str, Promise]] = [
    ("", _("As usual: only we hear while the team alone sees the case, else both desks")),
    (NoticeMode.OWNER_ONLY, _("Only we hear; the other side gets the answer of no match")),
    (NoticeMode.BOTH, _("Both desks hear, and are told whom to call, but not why")),
]


class FilterForm(forms.Form):
    """What the list of cases is narrowed to."""

    q = forms.CharField(label=_("Title or any reference"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any status")), *CaseFile.Status.choices])
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("Any outcome")), *CaseFile.Outcome.choices])
    unit = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none(), empty_label=_("Any unit"))
    mine = forms.BooleanField(label=_("Only those I am on the team of"), required=False)
    pinned = forms.BooleanField(label=_("Only those I pinned"), required=False)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency=officer.agency_id).order_by("name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        facts = dict(self.cleaned_data)
        unit = facts.pop("unit")
        return {**facts, "unit_id": unit.pk if unit else None}


class PinForm(forms.Form):
    casefiles = SeveralField()


class RestForm(PinForm):
    status = forms.ChoiceField(choices=RESTING)


class NewCaseForm(forms.Form):
    """A new case. Who will see it is said before it is opened."""

    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("Seen by the case's audience alone, unless you release it."))
    summary = forms.CharField(label=_("Where it stands"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
    unit_id = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    team = forms.ModelMultipleChoiceField(
        label=_("On the team beside you"), required=False, queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("A release of this case takes a supervisor on its team. Others of your agency can be added later."),
    )  # fmt: skip
    prosecutor = forms.ModelChoiceField(
        label=_("Prosecutor on the case"), queryset=Officer.objects.none(), empty_label="—",
        help_text=_("On the team from the first day, as your country's law wants it."),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("Who sees it"), choices=AUDIENCES, initial=CaseFile.Audience.TEAM, widget=forms.RadioSelect)
    audience_reason = forms.CharField(
        label=_("Why more than the team"),
        required=False,
        max_length=500,
        help_text=_("Kept in the ledger, and shown to all who see the case."),
    )
    is_compartment = forms.BooleanField(label=_("A compartment: its team alone sees it, and nobody can ever widen that"), required=False)
    notice_mode = forms.ChoiceField(
        label=_("When another agency holds the same person or number"), required=False, choices=MODES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Principal.objects.held_by(officer)
        self.fields["unit_id"].queryset = Unit.objects.filter(agency=officer.agency_id, group__in=groups)  # type: ignore[attr-defined]
        beside = colleagues(officer).filter(unit=officer.unit_id).exclude(pk=officer.pk)
        self.fields["team"].queryset = beside  # type: ignore[attr-defined]
        self.fields["team"].initial = list(beside.who_may(Deed.CASES_LEAD))
        self._offer_prosecutors(officer)
        if Deed.CASES_LEAD not in officer.deeds:
            self.fields["audience"].choices = AUDIENCES[:1]  # type: ignore[attr-defined]
            self.fields["audience"].help_text = _("A supervisor can show it to more people later.")
            del self.fields["audience_reason"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        facts = dict(self.cleaned_data)
        unit, team, prosecutor = facts.pop("unit_id"), facts.pop("team"), facts.pop("prosecutor", None)
        named = {"prosecutor_id": prosecutor.pk} if prosecutor else {}
        return {**facts, **named, "unit_id": unit.pk, "team": [member.pk for member in team]}

    def _offer_prosecutors(self, officer: Officer) -> None:
        """Only where the agency's role data puts a prosecutor on every case."""
        if not rules.wants_prosecutor(officer.agency):
            del self.fields["prosecutor"]
            return
        able = prosecutors(officer)
        self.fields["prosecutor"].queryset = able  # type: ignore[attr-defined]
        self.fields["prosecutor"].initial = able.filter(pk=officer.pk).first()


class ChangeCaseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(label=_("Where it stands"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    status = forms.ChoiceField(label=_("Status"), choices=RESTING, widget=forms.RadioSelect)
