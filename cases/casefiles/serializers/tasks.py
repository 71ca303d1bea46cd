"""Tasks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import Task, TaskEntry
from cases.casefiles.serializers.people import OfficerOut

RUNNING = [("running", "to do or doing")]


class TaskIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    assignee_id = serializers.UUIDField()
    due_on = serializers.DateField(required=False, allow_null=True)


class TaskFilterIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[*RUNNING, *Task.State.choices], required=False, allow_blank=True, default="")


class TaskOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    assignee = OfficerOut()
    due_on = serializers.DateField(allow_null=True)
    is_late = serializers.BooleanField(help_text="Whether its day is over where its assignee is.")
    days_late = serializers.IntegerField(help_text="Whole days.")
    state = serializers.ChoiceField(choices=Task.State.choices)
    made_by = OfficerOut()
    made_at = serializers.DateTimeField()
    ended_by = OfficerOut(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class MyTaskOut(TaskOut):
    casefile_id = serializers.UUIDField()


class TaskEntryOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=TaskEntry.Kind.choices)
    text = serializers.CharField(help_text="CommonMark without HTML, pictures or headings.")
    assignee = OfficerOut(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=Task.State.choices)
    author = OfficerOut()
    at = serializers.DateTimeField()


class ChangeTaskIn(serializers.Serializer[Any]):
    assignee_id = serializers.UUIDField()
    due_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(max_length=500)


class CommentIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=10_000, help_text="CommonMark without HTML, pictures or headings.")
    tell = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, help_text="Colleagues to be told, if they see the case."
    )


class CommentMadeOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    untold = OfficerOut(many=True, help_text="Who does not see the case and was not told.")


class MoveTaskIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[(state.value, state.label) for state in Task.RUNNING])


class ReopenTaskIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=5_000)


class EndTaskIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[Task.State.DONE.value, Task.State.DROPPED.value], default=Task.State.DONE.value)


class EndTasksIn(EndTaskIn):
    tasks = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class TaskStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Task.State.choices)
