"""A subject."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.entities.forms.mentions import MentionsForm
from cases.entities.models import EntityType, Subject
from cases.entities.rules import WHO_READS_WORDS, is_founded

MOST_SUBJECTS = 100


class SubjectForm(forms.Form):
    """What a subject is called and what it is in the case."""

    label = forms.CharField(label=_("Called"), max_length=200, required=False, help_text=WHO_READS_WORDS)
    category = forms.ChoiceField(label=_("What they are in the case"), choices=Subject.Category.choices, initial=Subject.Category.OTHER)
    category_reason = forms.CharField(label=_("Why"), max_length=500, required=False, help_text=_("Needed for all but “other”."))

    def clean(self) -> None:
        given = self.cleaned_data
        verdict = is_founded(given.get("category", Subject.Category.OTHER), given.get("category_reason", ""))
        if not verdict:
            self.add_error("category_reason", verdict.reason)


class NewSubjectForm(MentionsForm, SubjectForm):
    """A new subject of the mentions chosen, or one there is already."""

    subject = forms.ModelChoiceField(
        label=_("Put them with"),
        queryset=Subject.objects.none(),
        required=False,
        empty_label=_("A new subject"),
        help_text=_("Or make a new one:"),
    )
    field_order = ("subject", "label", "category", "category_reason", "mention")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, **kwargs)
        subjects = Subject.objects.visible_to(officer)
        newest = subjects.order_by("-made_at", "pk").values("pk")[:MOST_SUBJECTS]
        self.fields["subject"].queryset = subjects.filter(pk__in=newest).by_name()  # type: ignore[attr-defined]


class SubjectsForm(forms.Form):
    """What a list of subjects is narrowed to."""

    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)
    etype = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *EntityType.choices], required=False)
    category = forms.ChoiceField(label=_("In the case"), choices=[("", _("All")), *Subject.Category.choices], required=False)
