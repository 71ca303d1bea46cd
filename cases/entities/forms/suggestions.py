"""What a text was found to name: the text, and what of it was chosen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.entities.actions import MOST_OFFERED
from cases.entities.identifiers.found import LONGEST_TEXT


class PastedForm(forms.Form):
    """A text to look through, and the paragraph of the version that it stands in, if it stands in one."""

    text = forms.CharField(
        label=_("Text to look through"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A message, a list, a page. Nothing is kept until you take it over."),
    )
    paragraph = forms.IntegerField(
        label=_("Paragraph that says so"), required=False, min_value=1, max_value=50, help_text=_("If it stands in this version.")
    )


class ChosenForm(forms.Form):
    """Which of the finds, by one button or by several boxes, and of which mention they are identifiers, if of one."""

    key = forms.TypedMultipleChoiceField(choices=[(number, number) for number in range(MOST_OFFERED)], coerce=int, required=False)
    one = forms.IntegerField(required=False, min_value=0, max_value=MOST_OFFERED)
    mention = forms.UUIDField(required=False)

    def facts(self) -> dict[str, Any]:
        """As the actions take it."""
        given = self.cleaned_data
        return {"keys": set(given["key"]) if given["one"] is None else {given["one"]}}

    @property
    def mention_id(self) -> UUID | None:
        given: UUID | None = self.cleaned_data["mention"]
        return given
