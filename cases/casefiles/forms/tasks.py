"""Tasks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.casefiles.forms.fields import SeveralField
from cases.casefiles.forms.people import PersonForm
from cases.casefiles.models import Task


class TaskForm(PersonForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ("title", "person", "email", "due_on")


class EndTasksForm(forms.Form):
    tasks = SeveralField()
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (Task.State.DONE, Task.State.DROPPED)])


class EndTaskForm(forms.Form):
    state = forms.ChoiceField(choices=[(s.value, s.label) for s in (Task.State.DONE, Task.State.DROPPED)])
