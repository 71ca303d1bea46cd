"""Tasks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import Task
from cases.casefiles.serializers.people import OfficerOut


class TaskIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    assignee_id = serializers.UUIDField()
    due_on = serializers.DateField(required=False, allow_null=True)


class TaskFilterIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=Task.State.choices, required=False, allow_blank=True, default="")


class TaskOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    assignee = OfficerOut()
    due_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=Task.State.choices)
    made_by = OfficerOut()
    made_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class EndTaskIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[Task.State.DONE.value, Task.State.DROPPED.value], default=Task.State.DONE.value)


class EndTasksIn(EndTaskIn):
    tasks = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class TaskStateOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Task.State.choices)
