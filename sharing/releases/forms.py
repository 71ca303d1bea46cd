"""What a person typed of a release, cleaned. Whether it may leave is the policy's to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Jurisdiction, Officer
from accounts.roles import Deed
from cases.records.handling import Atom
from cases.records.models import Rendition
from kernel.errors import Invalid
from sharing.agreements import steps
from sharing.agreements.forms import day_field, moment
from sharing.agreements.models import Condition, Purpose
from sharing.releases import rules
from sharing.releases.actions import Choice, NewRule, Plan
from sharing.releases.models import Release


class RecipientForm(forms.Form):
    """The first step: to which agency."""

    to = forms.TypedChoiceField(label=_("To which agency"), coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose")), *((str(agency.pk), agency.name) for agency in agencies)]  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """The second step: what leaves, to whom there, for what, until when."""

    renditions = forms.MultipleChoiceField(label=_("Records of this case"), required=False, widget=forms.CheckboxSelectMultiple)
    header = forms.ChoiceField(
        label=_("Case header"),
        required=False,
        choices=[("", _("Not given")), ("reference", _("Reference and whom to call")), ("title", _("Reference, title and whom to call"))],
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False, widget=forms.RadioSelect)
    officers = forms.MultipleChoiceField(label=_("Named officers"), required=False, widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[("", _("Choose")), *Purpose.choices])
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=500, help_text=_("The law or article it rests on in your country."))
    conditions = forms.MultipleChoiceField(
        label=_("Conditions for the recipient"),
        required=False,
        choices=Condition.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the handling codes ask is added by itself."),
    )
    cover_note = forms.CharField(
        label=_("Note on the cover"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by every recipient before they accept: nothing of the content."),
    )
    ends_on = day_field(_("Ends on"), help_text=_("Sight ends by itself at the end of this day; two years at most."))

    def __init__(self, *args: Any, officer: Officer, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer, self.choice = officer, choice
        offered: Any = self.fields
        offered["renditions"].choices = [(str(rendition.pk), _line(rendition)) for rendition in choice.renditions]
        offered["unit"].choices = [
            *((str(unit.pk), _("The unit %(unit)s") % {"unit": unit.name}) for unit in choice.units),
            ("", _("Only the officers named below")),
        ]
        offered["officers"].choices = [(str(reader.pk), f"{reader.name}, {reader.unit.name}") for reader in choice.officers]
        if not choice.officers:
            offered["officers"].help_text = _("Officers can be named where an agreement with their agency is in force.")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("unit") and facts.get("officers"):
            self.add_error("officers", str(rules.ONE_KIND_OF_READER.text))
        return facts

    def plan(self) -> Plan:
        """What was typed so far, also where some of it is still missing."""
        if self.choice.taker is None:
            raise Invalid(rules.NO_SUCH_AGENCY)
        typed = self.cleaned_data
        ends = typed.get("ends_on")
        return Plan(
            recipient_id=self.choice.taker.pk,
            unit_id=UUID(typed["unit"]) if typed.get("unit") else None,
            officer_ids=_ids(typed.get("officers", [])),
            rendition_ids=_ids(typed.get("renditions", [])),
            header=typed.get("header", ""),
            purpose=typed.get("purpose", ""),
            legal_basis=typed.get("legal_basis", ""),
            conditions=typed.get("conditions", []),
            cover_note=typed.get("cover_note", ""),
            ends_at=moment(ends, self.officer, last=True) if ends else None,
        )


class PolicyForm(ReleaseForm):
    """The same while it is being filled in: any of it may still be missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


def as_typed(plan: Plan, officer: Officer) -> dict[str, Any]:
    """What stands in a release, as its form shows it again."""
    return {
        "renditions": [str(pk) for pk in plan.rendition_ids],
        "header": plan.header,
        "unit": str(plan.unit_id or ""),
        "officers": [str(pk) for pk in plan.officer_ids],
        "purpose": plan.purpose,
        "legal_basis": plan.legal_basis,
        "conditions": list(plan.conditions),
        "cover_note": plan.cover_note,
        "ends_on": plan.ends_at.astimezone(ZoneInfo(officer.agency.time_zone)).date() if plan.ends_at else None,
    }


class ListForm(forms.Form):
    side = forms.ChoiceField(required=False, choices=[("given", _("Given")), ("received", _("Received"))], widget=forms.HiddenInput)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *Release.Status.choices])
    agreement = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def wanted(self, officer: Officer) -> dict[str, Any]:
        """What the list is asked for; who asks for no release is shown those received."""
        typed, usual = self.cleaned_data, "given" if Deed.RELEASES_REQUEST in officer.deeds else "received"
        return {"side": typed["side"] or usual, "status": typed["status"], "agreement_id": typed["agreement"]}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason, kept in the record"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Say something to your agency"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class RuleForm(forms.Form):
    """A row of the table of who must approve what."""

    country = forms.ChoiceField(label=_("Where it goes"), required=False)
    atom = forms.ChoiceField(
        label=_("Only with the restriction"), required=False, choices=[("", _("Any, or none")), *((a.value, a.label) for a in Atom)]
    )
    personal = forms.BooleanField(label=_("Only if it names people, or tells of their calls or payments"), required=False)
    from_source = forms.BooleanField(label=_("Only if it says how it came to be known"), required=False)
    supervisors = forms.TypedChoiceField(
        label=_("Who must approve"), coerce=int, choices=[(2, _("Two supervisors")), (1, _("One supervisor")), (0, _("No supervisor"))]
    )
    legal = forms.BooleanField(label=_("And a legal review"), required=False)
    reason = forms.CharField(label=_("Why, and on which law or order it rests"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, countries: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [*places(), *((each.code, each.name) for each in countries)]  # type: ignore[attr-defined]

    def rule(self) -> NewRule:
        return NewRule(**self.cleaned_data)


def places() -> list[tuple[str, Any]]:
    """Where a row may speak, but for single countries."""
    return [("", _("Anywhere")), (steps.ABROAD, _("Abroad")), (steps.HOME, _("At home"))]


def _line(rendition: Rendition) -> Any:
    handling = f"{rendition.handling_wording} {rendition.handling_code}"
    owner = rendition.record.agency.short_name
    return format_html("{} <small>{}, {}, {}</small>", rendition.title, rendition.get_kind_display(), handling, owner)


def _ids(texts: Iterable[str]) -> list[UUID]:
    return [UUID(text) for text in texts]
