"""Linking a case to another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.casefiles import rules
from cases.casefiles.models import FROM_HERE, Bookmark, CaseFile, LinkedCases

MOST = 20


class UnlinkForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Kept with the link, for those who see both cases."))


class LinkForm(UnlinkForm):
    """Another case: one at hand, or any that one sees by its reference."""

    kind = forms.ChoiceField(label=_("This case is"), choices=[(kind.value, FROM_HERE[kind]) for kind in LinkedCases.Kind])
    near = forms.ModelChoiceField(
        label=_("The other case"), required=False, queryset=CaseFile.objects.none(), empty_label="—",
        help_text=_("Those you pinned or opened last."),
    )  # fmt: skip
    reference = forms.CharField(label=_("Or by its reference"), required=False, max_length=40, help_text=_("Any case that you see."))
    field_order = ("kind", "near", "reference", "reason")

    def __init__(self, *args: Any, officer: Officer, casefile_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = CaseFile.objects.visible_to(officer).exclude(pk=casefile_id)
        at_hand = Bookmark.objects.visible_to(officer).order_by("-opened_at", "pk").values("casefile")[:MOST]
        self.fields["near"].queryset = self.seen.filter(pk__in=at_hand).order_by("title")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("near"):
            typed["reference"] = typed["near"].reference
        elif not self.errors and not self.seen.filter(reference__iexact=typed["reference"].strip()).exists():
            self.add_error("reference", forms.ValidationError(str(rules.NO_SUCH_REFERENCE.text)))
        return typed

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("kind", "reference", "reason")}
