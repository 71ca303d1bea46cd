"""Tasks by themselves."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.casefiles import actions
from cases.casefiles import serializers as shapes


class TaskViewSet(OfficerViewSet):
    """Tasks by themselves: ending one, or several."""

    @extend_schema(parameters=[ONCE], request=shapes.EndTasksIn, responses=shapes.TaskStateOut(many=True))
    @action(detail=False, methods=["post"], url_path="end-several")
    def end_several(self, request: Request) -> Response:
        """All of them or none."""
        sent = self.body(shapes.EndTasksIn)
        ended = actions.end_tasks(officer=self.officer, task_ids=sent["tasks"], state=sent["state"])
        return Response(shapes.TaskStateOut(ended, many=True).data)

    @extend_schema(parameters=[ONCE], request=shapes.EndTaskIn, responses=shapes.TaskStateOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        task = actions.end_task(officer=self.officer, task_id=pk, **self.body(shapes.EndTaskIn))
        return Response(shapes.TaskStateOut(task).data)
