"""Why a case is closed or opened again."""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.casefiles.models import CaseFile, Task


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept in the case's history for good, and shown to all who see the case."),
    )


class CloseForm(ReopenForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CaseFile.Outcome.choices, widget=forms.RadioSelect)
    drop_tasks = forms.BooleanField(label=_("Drop all open tasks with this reason"), required=False)
    field_order = ("outcome", "reason", "drop_tasks")

    def offer(self, tasks: Collection[Task]) -> None:
        """Where the form is shown: with open tasks there is no closing without dropping them, without any nothing to drop."""
        if tasks:
            self.fields["drop_tasks"].required = True
        else:
            del self.fields["drop_tasks"]
