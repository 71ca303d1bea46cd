"""What a person typed of a joint case, cleaned."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import Deed
from cases.casefiles.forms.fields import SeveralField, day
from cases.casefiles.models import CaseFile, Counsel
from sharing.agreements.models import Agreement, Purpose
from sharing.agreements.models import Party as Signatory
from sharing.joint import rules
from sharing.joint.models import Admission, AgreedTask, Entry
from sharing.joint.models import Party as Seat

FIELDS = {"agreement_id": "agreement", "partner_ids": "partners"}


class NewJointForm(forms.Form):
    agreement = forms.ModelChoiceField(label=_("Under which agreement"), queryset=Agreement.objects.none())
    partners = forms.ModelMultipleChoiceField(
        label=_("With which agencies"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each has signed the agreement. A supervisor of each joins or declines."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("Seen by the whole team, of every agency."))
    summary = forms.CharField(label=_("Summary"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    casefile = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        agreed = Agreement.objects.visible_to(officer).in_force().order_by("title", "pk")
        signed = Signatory.objects.filter(agreement__in=agreed.values("pk")).exclude(signed_at=None)
        others = Agency.objects.filter(pk__in=signed.values("agency")).exclude(pk=officer.agency_id).order_by("name")
        self.fields["agreement"].queryset = agreed  # type: ignore[attr-defined]
        self.fields["partners"].queryset = others  # type: ignore[attr-defined]
        self.fields["partners"].label_from_instance = lambda agency: agency.name  # type: ignore[attr-defined]

    def begin(self, casefile: CaseFile, counsel: Counsel | None) -> None:
        """Where it is shown for a case of one's own: what is known already, to be looked at and changed before anything is sent."""
        self.initial = {"casefile": casefile.pk, "title": "" if casefile.is_compartment else casefile.title}
        if counsel:
            agreed = self.fields["agreement"].queryset.between(self.officer.agency_id, counsel.service_id)  # type: ignore[attr-defined]
            self.initial |= {"partners": [counsel.service_id], "agreement": agreed.first(), "purpose": Purpose.PROSECUTION}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("agreement") and typed.get("partners") and typed.get("purpose") and typed.get("title"):
            for name, said in rules.flaws(self.officer, **self._wish()).items():
                self.add_error(FIELDS.get(name, name), str(said.text))
        return typed

    def _wish(self) -> dict[str, Any]:
        typed = self.cleaned_data
        partners = [agency.pk for agency in typed["partners"]]
        return {"agreement": typed["agreement"], "partners": partners, "purpose": typed["purpose"], "title": typed["title"]}

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        wish = self._wish()
        return {
            "agreement_id": wish.pop("agreement").pk,
            "partner_ids": wish.pop("partners"),
            "summary": self.cleaned_data["summary"],
            "casefile_id": self.cleaned_data["casefile"],
            **wish,
        }


class AboutForm(forms.Form):
    """The case of one's own that a joint case is to come of."""

    case = forms.UUIDField(required=False)


class MemberForm(forms.Form):
    member = forms.ModelChoiceField(label=_("Officer of your agency"), queryset=Officer.objects.none())

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = Officer.objects.who_may(Deed.CASES_READ).who_may(Deed.INTELLIGENCE_READ)
        self.fields["member"].queryset = able.filter(agency=officer.agency_id).order_by("name")  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason, for whoever asked for it"), max_length=500, required=False)


class EntryForm(forms.Form):
    text = forms.CharField(label=_("What everybody on the team shall read"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Entry.Kind.choices)


class LeaveForm(forms.Form):
    """What may stay visible, and why; the proof of presence beside it is no field of a form."""

    stay = SeveralField()
    reason = forms.CharField(label=_("Why it may stay"), max_length=500, help_text=_("For your own agency's record."))

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"stay": self.cleaned_data["stay"], "reason": self.cleaned_data["reason"]}


class AdmittedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of those admitted, with the agency that admitted them."""

    def label_from_instance(self, admitted: Any) -> str:
        return f"{admitted.officer.name}, {admitted.party.agency.short_name}"


class DueForm(forms.Form):
    """Until when."""

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if not rules.is_a_day(due_on):
            raise forms.ValidationError(str(rules.NO_SUCH_DAY.text))
        return due_on


class AgreedTaskForm(DueForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    text = forms.CharField(label=_("In more words"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    agency = forms.ModelChoiceField(label=_("Which agency does it"), queryset=Agency.objects.none())
    assignee = AdmittedField(
        label=_("For"), queryset=Admission.objects.none(), required=False, help_text=_("Somebody whom that agency admitted, or nobody yet.")
    )
    due_on = day(_("Until"))

    def __init__(self, *args: Any, officer: Officer, joint_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        admitted = _admitted(officer).filter(party__joint=joint_id)
        seats = Seat.objects.visible_to(officer).filter(joint=joint_id, state=Seat.State.JOINED)
        self.fields["assignee"].queryset = admitted  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=seats.values("agency")).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        named, agency = typed.get("assignee"), typed.get("agency")
        if named and agency and named.party.agency_id != agency.pk:
            self.add_error("assignee", str(rules.NOT_OF_THE_AGENCY.text))
        return typed

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        named = typed["assignee"]
        facts = {"title": typed["title"], "text": typed["text"], "due_on": typed["due_on"], "agency_id": typed["agency"].pk}
        return facts | {"assignee_id": named.officer_id if named else None}


class ChangeAgreedForm(DueForm):
    """Another assignee of the same agency, another day, and why."""

    assignee = AdmittedField(label=_("For"), queryset=Admission.objects.none(), required=False)
    due_on = day(_("Until"))
    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Kept in the history of the task.")
    )

    def __init__(self, *args: Any, officer: Officer, task: AgreedTask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = _admitted(officer).filter(party=task.party_id)
        self.fields["assignee"].queryset = able  # type: ignore[attr-defined]
        self.initial = {"assignee": able.filter(officer=task.assignee_id).first(), "due_on": task.due_on}

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        named = typed["assignee"]
        return {"assignee_id": named.officer_id if named else None, "due_on": typed["due_on"], "reason": typed["reason"]}


class AgreedCommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by the whole team, of every agency. It stays as it is written."),
    )


class EndAgreedForm(forms.Form):
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (AgreedTask.State.DONE, AgreedTask.State.DROPPED)])
    reason = forms.CharField(max_length=500, required=False)


class AgreedReasonForm(forms.Form):
    reason = forms.CharField(max_length=500)


class MoveAgreedForm(forms.Form):
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in AgreedTask.RUNNING])


def _admitted(officer: Officer) -> Any:
    seen = Admission.objects.visible_to(officer).filter(ended_at=None, officer__is_active=True)
    return seen.select_related("officer", "party__agency").order_by("officer__name")
