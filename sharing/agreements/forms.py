"""What a person typed of an agreement, cleaned. Whether it is one is the rules' to say, in the same sentences as everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from cases.casefiles.offences import by_section
from cases.records.handling import CODES, Scheme
from sharing.agreements import rules
from sharing.agreements.models import Condition, Purpose
from sharing.agreements.rules import MOST_ARTICLES
from sharing.agreements.terms import LANGUAGES, NAMES, DataKind, Evidence, Kind, Onward, Role, Terms, read, written

FEWEST = 2  # articles on the page


def moment(day: date, officer: Officer, *, last: bool = False) -> datetime:
    """The first (or last) minute of a day where the officer's agency works."""
    return datetime.combine(day, time(23, 59) if last else time(0, 0), ZoneInfo(officer.agency.time_zone))


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


CODE_CHOICES = [
    (scheme.label, [(f"{scheme.value}:{c.code}", f"{c.wording} ({c.code})") for c in CODES.values() if c.scheme == scheme])
    for scheme in Scheme
]


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


ALL = _("None chosen: all.")


TERMS = ("kind", "offences", "data_kinds", "onward", "evidence", "languages", "conditions", "handling_codes", "retention_months")


class TermsForm(forms.Form):
    """The terms of one version. What each party may give is asked for each, by its id; before the parties are known, for us and them."""

    kind = forms.ChoiceField(label=NAMES["kind"], choices=Kind.choices)
    offences = forms.MultipleChoiceField(
        label=NAMES["offences"], required=False, choices=by_section, help_text=_("An offence covers those that are kinds of it."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip
    data_kinds = forms.MultipleChoiceField(
        label=NAMES["data_kinds"], required=False, choices=DataKind.choices, widget=forms.CheckboxSelectMultiple, help_text=ALL
    )
    retention_months = forms.IntegerField(
        label=_("Months that the recipient may keep it"), required=False, min_value=1, max_value=rules.MOST_MONTHS
    )
    onward = forms.ChoiceField(label=NAMES["onward"], choices=Onward.choices, initial=Onward.CONSENT)
    evidence = forms.ChoiceField(label=NAMES["evidence"], choices=Evidence.choices, initial=Evidence.PERMISSION)
    languages = forms.MultipleChoiceField(
        label=NAMES["languages"], required=False, choices=list(LANGUAGES.items()), widget=forms.CheckboxSelectMultiple
    )
    conditions = forms.MultipleChoiceField(
        label=NAMES["conditions"], required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, each.label) for each in Condition],
    )  # fmt: skip

    def __init__(self, *args: Any, parties: list[Agency] | None = None, said: Terms | None = None, **kwargs: Any) -> None:
        if said:
            kwargs["initial"] = {name: value for name, value in written(said).items() if name in TERMS}
        super().__init__(*args, **kwargs)
        self.givers = {f"codes_{agency.pk.hex}": (agency, agency.name) for agency in parties or ()}
        named: dict[str, Any] = {name: label for name, (_agency, label) in self.givers.items()} or {
            "own_codes": _("your agency"), "their_codes": _("the other parties"),
        }  # fmt: skip
        for name, label in named.items():
            agency = self.givers[name][0] if self.givers else None
            self.fields[name] = forms.MultipleChoiceField(
                label=_("What may be given by: %(party)s") % {"party": label}, required=False, choices=CODE_CHOICES,
                widget=forms.SelectMultiple(attrs={"size": 6}), help_text=_("None chosen: all the handling codes that the parties accept."),
                initial=list((said or Terms()).codes.get(str(agency.pk), ())) if agency else (),
            )  # fmt: skip

    def terms(self, *, own: Agency, parties: Iterable[Any], contacts: Iterable[Any], levels: Iterable[Any]) -> Terms:
        """The terms as they were typed; the parties' ids are needed for what "the other parties" give."""
        typed = self.cleaned_data
        chosen = {str(agency.pk): typed[name] for name, (agency, _label) in self.givers.items()}
        if not self.givers:
            chosen = {str(pk): typed["own_codes" if pk == own.pk else "their_codes"] for pk in parties}
        return read(
            {name: typed[name] for name in TERMS} | {
                "codes": {pk: codes for pk, codes in chosen.items() if codes},
                "contacts": list(contacts), "levels": list(levels),
            }
        )  # fmt: skip


class AgreementForm(TermsForm):
    field_order = ("title", "reference", "kind", "parties", "starts_on", "ends_on", "handling_codes")
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
        choices=CODE_CHOICES,
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


class ContactForm(forms.Form):
    agency = forms.ModelChoiceField(label=_("Party"), queryset=Agency.objects.order_by("name"))
    role = forms.ChoiceField(label=_("What it is"), choices=Role.choices)
    name = forms.CharField(label=_("Name"), max_length=rules.LONGEST_WORD)
    telephone = forms.CharField(label=_("Telephone"), max_length=rules.LONGEST_WORD, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=rules.LONGEST_WORD, required=False)
    hours = forms.CharField(label=_("Hours"), max_length=rules.LONGEST_WORD, required=False)
    time_zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("For example America/Bogota."))

    def row(self) -> dict[str, str]:
        return self.cleaned_data | {"agency": str(self.cleaned_data["agency"].pk)}


class LevelForm(forms.Form):
    agency = forms.ModelChoiceField(label=_("Party"), queryset=Agency.objects.order_by("name"))
    level = forms.CharField(label=_("Its level"), max_length=rules.LONGEST_WORD)
    other = forms.ModelChoiceField(label=_("Other party"), queryset=Agency.objects.order_by("name"))
    other_level = forms.CharField(label=_("The level that counts as equal"), max_length=rules.LONGEST_WORD)

    def row(self) -> dict[str, str]:
        typed = self.cleaned_data
        return {str(typed["agency"].pk): typed["level"], str(typed["other"].pk): typed["other_level"]}


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    def rows(self) -> list[dict[str, str]]:
        """The rows that were filled in; an empty one is none."""
        return [form.row() for form in self.forms if form.cleaned_data.get("agency")]


ContactFormSet = forms.formset_factory(ContactForm, formset=Rows, extra=2, max_num=rules.MOST_ROWS, absolute_max=rules.MOST_ROWS)
LevelFormSet = forms.formset_factory(LevelForm, formset=Rows, extra=1, max_num=rules.MOST_ROWS, absolute_max=rules.MOST_ROWS)


def contact_rows(said: Terms) -> list[dict[str, str]]:
    return [dict(row) for row in said.contacts]


def level_rows(said: Terms) -> list[dict[str, str]]:
    """Levels side by side, two parties a row; of a row with more, the first with each of the others."""
    pairs = [(next(iter(row.items())), other) for row in said.levels for other in list(row.items())[1:]]
    return [{"agency": one[0], "level": one[1], "other": other[0], "other_level": other[1]} for one, other in pairs]


class AmendmentForm(TermsForm):
    field_order = ("changed", "reason", "starts_on", "handling_codes")
    changed = forms.CharField(label=_("What changes"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(label=_("Why"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = day_field(_("In force from"), required=False, help_text=_("Empty: as soon as every party has signed."))
    handling_codes = forms.MultipleChoiceField(
        label=_("Handling codes that may cross"), widget=forms.SelectMultiple(attrs={"size": 8}), choices=CODE_CHOICES
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
