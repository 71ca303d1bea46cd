"""Tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer, OfficerQuerySet
from cases.casefiles.forms.fields import SeveralField, day
from cases.casefiles.forms.people import PersonForm, colleagues
from cases.casefiles.models import Task


class TaskForm(PersonForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = day(_("Until"))
    field_order = ("title", "person", "email", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What one notes down in a hurry is most often for oneself."""
        super().__init__(*args, **kwargs)
        self.fields["person"].initial = self.officer.pk


class ChangeTaskForm(PersonForm):
    """Another assignee, another day, and why."""

    due_on = day(_("Until"))
    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Kept in the history of the task.")
    )
    field_order = ("person", "email", "due_on", "reason")

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = self.cleaned_data
        return {"assignee_id": typed["person"].pk, "due_on": typed["due_on"], "reason": typed["reason"]}


class CommentForm(forms.Form):
    """What is said of a task, and to which colleagues."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays as it is written, in this case. **bold**, *italic*, - for a list; @name@agency.example speaks to a colleague."),
    )
    tell = forms.ModelMultipleChoiceField(
        label=_("Tell these colleagues"), required=False, queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("Whose task it is and who set it hear of it anyway."),
    )  # fmt: skip

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["tell"].queryset = colleagues(officer)  # type: ignore[attr-defined]

    def offer(self, near: OfficerQuerySet, task: Task) -> None:
        """The short list, where the form is shown."""
        told = {self.officer.pk, task.assignee_id, task.made_by_id}
        self.fields["tell"].queryset = near.exclude(pk__in=told)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As the action takes it."""
        tell: list[UUID] = [each.pk for each in self.cleaned_data["tell"]]
        return {"text": self.cleaned_data["text"], "tell": tell}


class MyTasksForm(forms.Form):
    """Which of one's own tasks are shown."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("running", _("To be done")), ("", _("All")), *Task.State.choices])


class MoveTaskForm(forms.Form):
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in Task.RUNNING])


class EndTasksForm(forms.Form):
    tasks = SeveralField()
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (Task.State.DONE, Task.State.DROPPED)])


class EndTaskForm(forms.Form):
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (Task.State.DONE, Task.State.DROPPED)])
