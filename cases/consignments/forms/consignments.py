"""A consignment as one types it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.consignments import rules
from cases.consignments.forms.fields import choice, currency, quantity, take_refusal, text, value
from cases.consignments.goods import MEASURED, Goods
from cases.consignments.models import PARTIES, Consignment
from cases.entities.actions.mentions import asked_mentions
from cases.entities.models import Subject, SubjectMention
from kernel.errors import Invalid

MOST_BOXES = 40


class ConsignmentForm(forms.Form):
    title = text(_("What the team calls it"), 160, required=True)
    waybill = text(_("Waybill"), 80)
    bill_of_lading = text(_("Bill of lading"), 80)
    containers = forms.CharField(
        label=_("Container numbers"), required=False, max_length=1_700, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. A number that does not check out (ISO 6346) is flagged, never refused."),
    )  # fmt: skip
    conveyance = text(_("Vessel or vehicle"), 160, help_text=_("Name, and IMO number or plate where known."))
    declared_goods = text(_("Goods as declared"), 300)
    declared_quantity = quantity(_("Quantity as declared"))
    declared_unit = choice(_("Unit"), MEASURED)
    declared_value = value(_("Value as declared"))
    declared_currency = currency(_("Currency"))
    suspected_kind = choice(_("What is suspected"), Goods.choices)
    suspected_goods = text(_("In words"), 300)
    suspected_quantity = quantity(_("Suspected quantity"))
    suspected_unit = choice(_("Unit"), MEASURED)
    suspected_value = value(_("Suspected value"))
    suspected_currency = currency(_("Currency"))
    consignor = text(_("Consignor"), 200)
    consignor_subject = forms.ModelChoiceField(label=_("Consignor is the subject"), required=False, queryset=Subject.objects.none())
    consignee = text(_("Consignee"), 200)
    consignee_subject = forms.ModelChoiceField(label=_("Consignee is the subject"), required=False, queryset=Subject.objects.none())
    carrier = text(_("Carrier"), 200)
    carrier_subject = forms.ModelChoiceField(label=_("Carrier is the subject"), required=False, queryset=Subject.objects.none())
    notes = forms.CharField(label=_("Notes"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        seen = Subject.objects.visible_to(officer).filter(etype__in=rules.PARTY_KINDS)
        for party in PARTIES:
            self._subject(party).queryset = seen

    def offer(self, casefile: CaseFile, consignment: Consignment | None = None, *, left_alone: Sequence[str] = ()) -> None:
        """Where the form is shown: the subjects that this case's records name. A link to one that one does not see is left alone."""
        kept = [getattr(consignment, f"{party}_subject_id") for party in PARTIES] if consignment else []
        near = subjects_near(self.officer, casefile, kept)
        for party in PARTIES:
            self._subject(party).queryset = near
        for name in left_alone:
            del self.fields[name]

    def begin(self, consignment: Consignment) -> None:
        """What is known so far."""
        own = [name for name in self.fields if not name.endswith("_subject")]
        self.initial = {name: getattr(consignment, name) for name in own} | {
            f"{party}_subject": getattr(consignment, f"{party}_subject_id") for party in PARTIES
        }
        self.initial["containers"] = "\n".join(consignment.containers)

    def clean_containers(self) -> Sequence[str]:
        numbers = [line.strip() for line in self.cleaned_data["containers"].replace(",", "\n").splitlines() if line.strip()]
        if len(numbers) > MOST_BOXES or any(len(number) > MOST_BOXES for number in numbers):
            raise forms.ValidationError(_("At most 40 container numbers of at most 40 letters."))
        return list(dict.fromkeys(numbers))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in ("declared", "suspected"):
            try:
                rules.hold_paired(typed, name)
            except Invalid as refused:
                if not self.errors:
                    take_refusal(self, refused)
        return typed

    def facts(self, *, left_alone: Sequence[str] = ()) -> dict[str, Any]:
        """What the action takes; a link that was not offered stays as it is."""
        typed = dict(self.cleaned_data)
        subjects = {f"{party}_subject": typed.pop(f"{party}_subject", None) for party in PARTIES}
        return typed | {f"{name}_id": chosen.pk if chosen else None for name, chosen in subjects.items() if name not in left_alone}

    def _subject(self, party: str) -> Any:
        return self.fields[f"{party}_subject"]


def subjects_near(officer: Officer, casefile: CaseFile, kept: Sequence[Any]) -> Any:
    """The persons and organisations that the case's records name, and those that are linked already, as far as the officer sees them."""
    named = asked_mentions(officer, casefile).values("pk")
    there = SubjectMention.objects.visible_to(officer).filter(mention__in=named).values("subject")
    wanted = Q(pk__in=there) | Q(pk__in=[pk for pk in kept if pk])
    return Subject.objects.visible_to(officer).filter(wanted, etype__in=rules.PARTY_KINDS).order_by("label", "made_at")
