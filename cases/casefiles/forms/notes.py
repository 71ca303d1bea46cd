"""A note."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, OfficerQuerySet
from cases.casefiles.forms.people import colleagues


class NoteForm(forms.Form):
    """What a note says, and to which colleagues it speaks."""

    text = forms.CharField(
        label=_("Note"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Stays in this case and is never released. **bold**, *italic*, - for a list, > for a quotation; "
            "@name@agency.example speaks to a colleague."
        ),
    )
    tell = forms.ModelMultipleChoiceField(
        label=_("Tell these colleagues"), required=False, queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("It waits on their desk. Whoever does not see the case hears nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["tell"].queryset = colleagues(officer)  # type: ignore[attr-defined]

    def offer(self, near: OfficerQuerySet) -> None:
        """The short list, where the form is shown."""
        self.fields["tell"].queryset = near.exclude(pk=self.officer.pk)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        tell: list[UUID] = [each.pk for each in self.cleaned_data["tell"]]
        return {**self.cleaned_data, "tell": tell}


class ChangeNoteForm(NoteForm):
    """With the version that was open, so that no words are lost between two windows."""

    reason = forms.CharField(label=_("Why it is said anew"), max_length=200, required=False)
    number = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    field_order = ("text", "reason", "tell", "number")


class NotesForm(forms.Form):
    """What a case's notes are narrowed to."""

    q = forms.CharField(label=_("Words in the note"), required=False, max_length=100)


class VersionsForm(forms.Form):
    """Which two versions are compared."""

    before = forms.IntegerField(required=False, min_value=1, max_value=32_767)
    after = forms.IntegerField(required=False, min_value=1, max_value=32_767)
