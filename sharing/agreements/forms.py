"""What a person typed of an agreement, cleaned. Whether it is one is the rules' to say, in the same sentences as everywhere."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from cases.records.handling import CODES, Scheme
from sharing.agreements import rules
from sharing.agreements.models import Purpose
from sharing.agreements.rules import MOST_ARTICLES

FEWEST = 2  # articles on the page


def moment(day: date, officer: Officer, *, last: bool = False) -> datetime:
    """The first (or last) minute of a day where the officer's agency works."""
    return datetime.combine(day, time(23, 59) if last else time(0, 0), ZoneInfo(officer.agency.time_zone))


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class AgreementForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    reference = forms.CharField(label=_("Reference"), max_length=60, help_text=_("As the parties cite it, for example MLAT 2019/4."))
    parties = forms.ModelMultipleChoiceField(
        label=_("With whom"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your own agency is a party."),
    )
    starts_on = day_field(_("Begins on"))
    ends_on = day_field(_("Ends on"), required=False, help_text=_("Nothing given under it is seen after this day."))
    handling_codes = forms.MultipleChoiceField(
        label=_("Handling codes that may cross"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (scheme.label, [(f"{scheme.value}:{c.code}", f"{c.wording} ({c.code})") for c in CODES.values() if c.scheme == scheme])
            for scheme in Scheme
        ],
    )
    covers_deconfliction = forms.BooleanField(label=_("It also covers comparing identifiers (deconfliction)"), required=False)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        others = Agency.objects.exclude(pk=officer.agency_id).order_by("name")
        self.fields["parties"].queryset = others  # type: ignore[attr-defined]
        self.fields["parties"].label_from_instance = lambda agency: agency.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        begins, ends = facts.get("starts_on"), facts.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", str(rules.ENDS_BEFORE.text))
        return facts

    def facts(self) -> dict[str, Any]:
        """What the action takes, the articles aside."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "reference": typed["reference"],
            "parties": [self.officer.agency_id, *(agency.pk for agency in typed["parties"])],
            "handling_codes": typed["handling_codes"],
            "starts_at": moment(typed["starts_on"], self.officer),
            "ends_at": moment(typed["ends_on"], self.officer, last=True) if typed["ends_on"] else None,
            "covers_deconfliction": typed["covers_deconfliction"],
        }


class ArticleForm(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=12)
    text = forms.CharField(label=_("What it says"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))
    purposes = forms.MultipleChoiceField(label=_("For which purposes"), choices=Purpose.choices, widget=forms.CheckboxSelectMultiple)


class NumberedArticles(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        if any(self.errors):
            return
        written = self.articles()
        numbers = [article["number"] for article in written]
        if not written:
            raise forms.ValidationError(str(rules.NO_ARTICLE.text))
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError(str(rules.ONE_NUMBER.text))

    def articles(self) -> list[dict[str, Any]]:
        """The articles that were filled in; an empty one is none."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("number")]


ArticleFormSet = forms.formset_factory(
    ArticleForm, formset=NumberedArticles, extra=FEWEST, max_num=MOST_ARTICLES, absolute_max=MOST_ARTICLES
)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
