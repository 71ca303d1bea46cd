"""What a person typed about records and who sees them, cleaned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Officer
from accounts.roles import Deed
from cases.casefiles.grants import readers
from cases.casefiles.models import CaseFile
from cases.casefiles.rules import WIDER_TAKES_REASON
from cases.records.models import Record

MOST = 50


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Title or reference"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *Record.Kind.choices])


class RenditionForm(forms.Form):
    """Which version is asked for, in a page's address."""

    rendition = forms.UUIDField(required=False)


class CheckForm(forms.Form):
    """One person: a colleague near by, or anybody by e-mail."""

    person = forms.ModelChoiceField(label=_("A colleague"), required=False, queryset=Officer.objects.none(), empty_label="—")
    email = forms.EmailField(
        label=_("Or by e-mail"), required=False, help_text=_("Anybody of your agency, or of an agency that this was released to.")
    )
    rendition = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Officer.objects.filter(unit=officer.unit_id, is_active=True).order_by("name")
        self.fields["person"].queryset = near  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not self.errors and not (typed.get("person") or typed.get("email")):
            self.add_error("person", forms.ValidationError(_("Say whom to check.")))
        return typed

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        return {"person_id": typed["person"].pk if typed["person"] else None, "email": typed["email"], "rendition_id": typed["rendition"]}


class LinkForm(forms.Form):
    """A further case of the officer's that a record matters to; `besides` are those it is in already."""

    casefile = forms.ModelChoiceField(label=_("Case"), queryset=CaseFile.objects.none(), empty_label=None)

    def __init__(self, *args: Any, officer: Officer, besides: Iterable[UUID] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = CaseFile.objects.holding("work", officer).open().exclude(pk__in=list(besides))
        recent = cases.order_by("-active_at").values("pk")[:MOST]
        self.fields["casefile"].queryset = cases.filter(pk__in=recent).order_by("title")  # type: ignore[attr-defined]


class AudienceForm(forms.Form):
    """Who at home shall see a case; what each choice means is said in people."""

    audience = forms.ChoiceField(label=_("Who sees it"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Needed to show it to more people. Kept in the ledger, and shown to all who see the case."),
    )

    def __init__(self, *args: Any, casefile: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = {
            CaseFile.Audience.TEAM: casefile.team_id,
            CaseFile.Audience.UNIT: casefile.unit.group_id,
            CaseFile.Audience.AGENCY: casefile.agency.group_id,
        }
        choices = [(each.value, self._said(each, group)) for each, group in groups.items() if each != casefile.audience]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        self.width = CaseFile.Audience.values.index(casefile.audience)
        self.fields["reason"].required = self.width == 0  # nothing but wider to choose

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        wider = typed.get("audience") and CaseFile.Audience.values.index(typed["audience"]) > self.width
        if wider and not typed.get("reason", "").strip():
            self.add_error("reason", forms.ValidationError(str(WIDER_TAKES_REASON.text)))
        return typed

    @staticmethod
    def _said(audience: CaseFile.Audience, group_id: int) -> str:
        people = readers(group_id, Deed.CASES_READ).count()
        facts = {"audience": audience.label, "people": people}
        return ngettext("%(audience)s: %(people)d person", "%(audience)s: %(people)d people", people) % facts
