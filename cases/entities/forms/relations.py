"""How two subjects are related, and what says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.entities.actions import Paragraph
from cases.entities.models import FROM_HERE, FROM_THERE, Relation, RelationKind
from cases.entities.rules import ANOTHER_DESCRIBED, ENDS_BEFORE, SUPPORT_WANTED, WHO_READS_RELATION

HIGHEST = 1_000
BACK = "back:"
"""Before a kind that is chosen as seen from the other subject."""


def kinds() -> Iterator[tuple[str, Any]]:
    """Every kind in both directions, where they differ."""
    for kind in RelationKind.values:
        yield kind, FROM_HERE[kind]
        if FROM_THERE[kind] != FROM_HERE[kind]:
            yield BACK + kind, FROM_THERE[kind]


class SupportsField(forms.Field):
    """The paragraphs ticked, each as version and number."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> set[Paragraph]:
        try:
            pairs = [each.rpartition(":") for each in value or []]
            return {(UUID(version), int(number)) for version, _colon, number in pairs if 0 < int(number) <= HIGHEST} or self._none()
        except ValueError:
            return self._none()

    def _none(self) -> set[Paragraph]:
        raise forms.ValidationError(str(SUPPORT_WANTED.text))


class SupportsForm(forms.Form):
    support = SupportsField(error_messages={"required": SUPPORT_WANTED.text})  # type: ignore[dict-item]

    @property
    def ticked(self) -> list[str]:
        """As they were sent, to be ticked again."""
        return list(self["support"].value() or [])


class RelationForm(SupportsForm):
    """How the first subject is related to the second; the words are read by those who see every paragraph ticked."""

    kind = forms.ChoiceField(label=_("How they are related"), choices=kinds)
    confidence = forms.ChoiceField(
        label=_("How sure you are"), choices=Relation.Confidence.choices, initial=Relation.Confidence.MODERATE, widget=forms.RadioSelect
    )
    description = forms.CharField(label=_("In other words"), max_length=500, required=False, help_text=WHO_READS_RELATION)
    began_on = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ceased_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("kind") == RelationKind.OTHER and not given.get("description"):
            self.add_error("description", str(ANOTHER_DESCRIBED.text))
        if given.get("began_on") and given.get("ceased_on") and given["ceased_on"] < given["began_on"]:
            self.add_error("ceased_on", str(ENDS_BEFORE.text))

    def facts(self, subject_id: UUID, other_id: UUID) -> dict[str, Any]:
        """As the action takes it: a kind that was chosen from the other end is turned round."""
        given = dict(self.cleaned_data)
        kind, supports = given.pop("kind"), given.pop("support")
        ends = (other_id, subject_id) if kind.startswith(BACK) else (subject_id, other_id)
        return {**given, "kind": kind.removeprefix(BACK), "supports": supports, "subject_id": ends[0], "other_id": ends[1]}


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500)


class OthersForm(forms.Form):
    """Whom a subject is to be related to."""

    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)
