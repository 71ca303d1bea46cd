"""What a person typed about a case, cleaned."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Officer, OfficerQuerySet, Unit
from accounts.roles import Deed
from cases.casefiles import rules
from cases.casefiles.models import CaseFile, NoticeMode, OtherReference, Task
from cases.casefiles.offences import by_section

AUDIENCES: list[tuple[str, Promise]] = [
    (CaseFile.Audience.TEAM, _("Only the case team")),
    (CaseFile.Audience.UNIT, _("The whole unit")),
    (CaseFile.Audience.AGENCY, _("The whole agency")),
]
MODES: list[tuple[str, Promise]] = [
    ("", _("As usual: only we hear while the team alone sees the case, else both desks")),
    (NoticeMode.OWNER_ONLY, _("Only we hear; the other side gets the answer of no match")),
    (NoticeMode.BOTH, _("Both desks hear, and are told whom to call, but not why")),
]


def colleagues(officer: Officer) -> OfficerQuerySet:
    """The officers of one's own agency who may be on a team."""
    return Officer.objects.who_may(Deed.CASES_READ).filter(agency=officer.agency_id).order_by("name")


class FilterForm(forms.Form):
    """What the list of cases is narrowed to."""

    q = forms.CharField(label=_("Title or any reference"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any status")), *CaseFile.Status.choices])
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


class SeveralField(forms.Field):
    """The ids ticked in a list, at least one. What is no id is refused as what is not there."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(each) for each in value or []]
        except ValueError as broken:
            raise forms.ValidationError(str(rules.NOTHING_TICKED.text)) from broken


class PinForm(forms.Form):
    casefiles = SeveralField()


class NewCaseForm(forms.Form):
    """A new case. Who will see it is said before it is opened."""

    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("Seen by the case's audience alone, unless you release it."))
    summary = forms.CharField(label=_("Where it stands"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}))
    unit_id = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    team = forms.ModelMultipleChoiceField(
        label=_("On the team beside you"), required=False, queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("A release of this case takes a supervisor on its team. Others of your agency can be added later."),
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
        groups = Membership.objects.held_by(officer).values("group")
        self.fields["unit_id"].queryset = Unit.objects.filter(agency=officer.agency_id, group__in=groups)  # type: ignore[attr-defined]
        beside = colleagues(officer).filter(unit=officer.unit_id).exclude(pk=officer.pk)
        self.fields["team"].queryset = beside  # type: ignore[attr-defined]
        self.fields["team"].initial = list(beside.who_may(Deed.CASES_LEAD))
        if Deed.CASES_LEAD not in officer.deeds:
            self.fields["audience"].choices = AUDIENCES[:1]  # type: ignore[attr-defined]
            self.fields["audience"].help_text = _("A supervisor can show it to more people later.")
            del self.fields["audience_reason"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        unit, team = self.cleaned_data["unit_id"], self.cleaned_data["team"]
        return {**self.cleaned_data, "unit_id": unit.pk, "team": [member.pk for member in team]}


class ChangeCaseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(label=_("Where it stands"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    status = forms.ChoiceField(
        label=_("Status"), choices=[(s.value, s.label) for s in (CaseFile.Status.OPEN, CaseFile.Status.DORMANT)], widget=forms.RadioSelect
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays in this case. It is never released."),
    )


class PersonForm(forms.Form):
    """One colleague: from the short list that is offered, or by e-mail anybody else of the agency."""

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


class TaskForm(PersonForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ("title", "person", "email", "due_on")


class EndTasksForm(forms.Form):
    tasks = SeveralField()
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (Task.State.DONE, Task.State.DROPPED)])


class EndTaskForm(forms.Form):
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (Task.State.DONE, Task.State.DROPPED)])


def day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OffenceForm(forms.Form):
    code = forms.ChoiceField(label=_("Offence"), help_text=_("International Classification of Crime for Statistical Purposes, UNODC."))
    began_on = day(_("First day"))
    ended_on = day(_("Last day"))
    place = forms.CharField(label=_("Place"), required=False, max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = by_section()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("began_on") and typed.get("ended_on") and typed["ended_on"] < typed["began_on"]:
            self.add_error("ended_on", forms.ValidationError(str(rules.ENDS_TOO_EARLY.text)))
        return typed


class ReferenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Whose reference"), choices=OtherReference.Kind.choices)
    number = forms.CharField(label=_("Number"), max_length=80)
    body = forms.CharField(label=_("Court, office or agency"), required=False, max_length=120)


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

    def clean_decided_on(self) -> Any:
        if self.cleaned_data["decided_on"] > timezone.localdate():
            raise forms.ValidationError(str(rules.NOT_YET_DECIDED.text))
        return self.cleaned_data["decided_on"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        named = {name: self.cleaned_data[name] for name in ("what", "why", "basis", "decided_on")}
        return {**named, "decided_by_id": self.cleaned_data["person"].pk, "corrects_id": self.cleaned_data["corrects"]}
