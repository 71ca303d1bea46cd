"""Tasks by themselves."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.casefiles import actions
from cases.casefiles import serializers as shapes


class TaskViewSet(OfficerViewSet):
    """Tasks by themselves: one's own, one with its history, and what becomes of it."""

    @extend_schema(parameters=[shapes.TaskFilterIn, *PAGING], responses=page_of(shapes.MyTaskOut))
    def list(self, request: Request) -> Response:
        """One's own in all cases, in any state unless one is asked for."""
        state = self.asked(shapes.TaskFilterIn)["state"]
        page = actions.list_my_tasks(officer=self.officer, state=state, after=self.after, size=self.size)
        return self.page(page, lambda task: shapes.MyTaskOut(task).data)

    @extend_schema(responses=shapes.MyTaskOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.MyTaskOut(actions.open_task(officer=self.officer, task_id=pk, size=1).task).data)

    @extend_schema(request=shapes.ChangeTaskIn, responses=shapes.TaskStateOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Another assignee or another day, for a reason."""
        task = actions.change_task(officer=self.officer, task_id=pk, **self.body(shapes.ChangeTaskIn))
        return Response(shapes.TaskStateOut(task).data)

    @extend_schema(parameters=PAGING, responses=page_of(shapes.TaskEntryOut))
    @action(detail=True, methods=["get"])
    def entries(self, request: Request, pk: UUID) -> Response:
        """What was done with the task and said of it, the newest first."""
        opened = actions.open_task(officer=self.officer, task_id=pk, after=self.after, size=self.size)
        return self.page(opened.page, lambda entry: shapes.TaskEntryOut(entry).data)

    @extend_schema(parameters=[ONCE], request=shapes.CommentIn, responses={201: shapes.CommentMadeOut})
    @entries.mapping.post
    def comment(self, request: Request, pk: UUID) -> Response:
        entry = actions.comment_task(officer=self.officer, task_id=pk, **self.body(shapes.CommentIn))
        return Response(shapes.CommentMadeOut(entry).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.MoveTaskIn, responses=shapes.TaskStateOut)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: UUID) -> Response:
        """Taken in hand, or laid back to be done."""
        task = actions.move_task(officer=self.officer, task_id=pk, state=self.body(shapes.MoveTaskIn)["state"])
        return Response(shapes.TaskStateOut(task).data)

    @extend_schema(parameters=[ONCE], request=shapes.ReopenTaskIn, responses=shapes.TaskStateOut)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: UUID) -> Response:
        """A task that was ended is to be done after all."""
        task = actions.reopen_task(officer=self.officer, task_id=pk, reason=self.body(shapes.ReopenTaskIn)["reason"])
        return Response(shapes.TaskStateOut(task).data)

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
