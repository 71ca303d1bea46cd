"""How a case ended."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.casefiles.models import CaseFile
from cases.casefiles.serializers.people import OfficerOut


class ReopenIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=5_000)


class CloseIn(ReopenIn):
    outcome = serializers.ChoiceField(choices=CaseFile.Outcome.choices)
    drop_tasks = serializers.BooleanField(default=False, help_text="Open tasks are dropped with this reason.")


class ClosingOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=CaseFile.Outcome.choices, allow_blank=True, help_text="Empty: it was opened again.")
    reason = serializers.CharField()
    dropped = serializers.IntegerField(help_text="Open tasks that were dropped with it.")
    made_by = OfficerOut()
    made_at = serializers.DateTimeField()
