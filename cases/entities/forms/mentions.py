"""A mention and its identifiers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.http import rows_said
from accounts.models import Officer
from cases.casefiles.models import NoticeMode
from cases.entities import names
from cases.entities.identifiers import IdentifierType
from cases.entities.models import EntityType, Mention
from cases.entities.rules import NOTHING_TO_COMPARE

MOST_IDENTIFIERS = 20
PREFIX = "identifiers"
LONGEST_LIST = 20
OWN = ("etype", "name", "paragraph")
"""What every mention has; beside it stand its attributes."""


class LinesField(forms.CharField):
    """Several values, one a line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=4_000, **kwargs)
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > LONGEST_LIST or any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(
                str(_("At most %(most)s lines of %(longest)s characters.")) % {"most": LONGEST_LIST, "longest": self.longest}
            )
        return lines


class MentionForm(forms.Form):
    """What one version says of one person, number, vehicle or place."""

    etype = forms.ChoiceField(label=_("Kind"), choices=EntityType.choices, initial=EntityType.PERSON)
    name = forms.CharField(label=_("Name, or what it is called"), max_length=300)
    paragraph = forms.IntegerField(label=_("Paragraph that says so"), required=False, min_value=1, max_value=50)
    aliases = LinesField(label=_("Known as"), longest=300, help_text=_("One a line."))
    nicknames = LinesField(label=_("Nickname"), longest=300, help_text=_("One a line."))
    transliterations = LinesField(label=_("Transliteration"), longest=300, help_text=_("The name in other letters, one a line."))
    maiden = LinesField(label=_("Maiden name"), longest=300)
    false_names = LinesField(label=_("False identity"), longest=300, help_text=_("Names on false papers, one a line."))
    given = forms.CharField(label=_("Given name"), max_length=200, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=200, required=False)
    second_surname = forms.CharField(label=_("Second surname"), max_length=200, required=False)
    name_order = forms.ChoiceField(label=_("Order of the name"), choices=[("", _("Not said")), *names.Order.choices], required=False)
    script = forms.ChoiceField(label=_("Script"), choices=[("", _("As it is written")), *names.Script.choices], required=False)
    born = LinesField(label=_("Born"), longest=10, help_text=_("Year, year-month or year-month-day; one a line where sources differ."))
    happened = LinesField(label=_("Happened"), longest=10, help_text=_("Of an event: year, year-month or year-month-day."))
    gender = forms.CharField(label=_("Gender"), max_length=40, required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=500, required=False)

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        beside = {name: value for name, value in self.cleaned_data.items() if name not in OWN}
        return {name: self.cleaned_data[name] for name in OWN} | {"attributes": beside}

    def of_name(self) -> list[forms.BoundField]:
        """What only some names have: parts, order, script, and other names by their kind."""
        return [self[name] for name in (*names.PARTS, *names.WRITTEN, *names.ALIASES)]

    def more(self) -> list[forms.BoundField]:
        """What else only some mentions say."""
        said = {*OWN, *(field.name for field in self.of_name())}
        return [field for field in self if field.name not in said]

    def says_names(self) -> bool:
        return any(field.value() or field.errors for field in self.of_name())

    def says_more(self) -> bool:
        return any(field.value() or field.errors for field in self.more())


class AlikeForm(forms.Form):
    """As much of a mention as has been typed by now, to look who may be the same."""

    etype = forms.ChoiceField(choices=EntityType.choices)
    name = forms.CharField(max_length=300, required=False)
    aliases = LinesField(longest=300)


class IdentifierForm(forms.Form):
    """A number or code as it was written. A wrong check digit is flagged later and never refused here."""

    type = forms.ChoiceField(label=_("Identifier"), choices=[("", _("None")), *IdentifierType.choices], required=False)
    country = forms.CharField(label=_("Country"), max_length=60, required=False)
    raw = forms.CharField(label=_("As it is written"), max_length=200, required=False)

    def clean(self) -> None:
        raw = self.cleaned_data.get("raw", "")
        if raw and not any(letter.isalnum() for letter in raw):
            self.add_error("raw", str(NOTHING_TO_COMPARE.text))
        if raw and not self.cleaned_data.get("type"):
            self.add_error("type", str(_("Say what this number is.")))


class IdentifierSet(forms.BaseFormSet):  # type: ignore[type-arg]
    def facts(self) -> list[dict[str, str]]:
        """Every number that was written."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("raw")]


Identifiers = cast(
    "type[IdentifierSet]",
    forms.formset_factory(
        IdentifierForm, formset=IdentifierSet, extra=0, max_num=MOST_IDENTIFIERS, absolute_max=MOST_IDENTIFIERS, validate_max=True
    ),
)


def typed(sent: Mapping[str, str]) -> list[dict[str, str]]:
    """The identifiers as they were typed, unchecked, and an empty one more."""
    count = min(rows_said(sent.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0, MOST_IDENTIFIERS)
    rows = [{name: sent.get(f"{PREFIX}-{number}-{name}", "") for name in IdentifierForm.base_fields} for number in range(count)]
    return [*rows, {}][:MOST_IDENTIFIERS]


class MentionsForm(forms.Form):
    """Which mentions an officer has chosen; those they do not see cannot be."""

    mention = forms.ModelMultipleChoiceField(queryset=Mention.objects.none(), widget=forms.MultipleHiddenInput, label=_("Mentions"))

    def __init__(self, *args: Any, officer: Officer, asked: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mention"].queryset = Mention.objects.visible_to(officer)  # type: ignore[attr-defined]
        self.initial.setdefault("mention", list(asked))

    @property
    def mention_ids(self) -> list[Any]:
        return [mention.pk for mention in self.cleaned_data["mention"]]


class CaseMentionsForm(forms.Form):
    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)
    etype = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *EntityType.choices], required=False)


class NoticeModeForm(forms.Form):
    notice_mode = forms.ChoiceField(label=_("Who hears of a match"), choices=NoticeMode.choices, widget=forms.RadioSelect)
