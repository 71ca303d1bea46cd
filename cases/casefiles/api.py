"""Case files for machines: the same deeds as on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.casefiles import actions
from cases.casefiles import serializers as shapes
from cases.casefiles.grants import home_audience
from cases.casefiles.models import CaseFile


class CaseViewSet(OfficerViewSet):
    """The case files whose audience the officer belongs to."""

    @extend_schema(parameters=[shapes.CaseFilterIn, *PAGING], responses=page_of(shapes.CaseOut))
    def list(self, request: Request) -> Response:
        return self.page(
            actions.list_cases(officer=self.officer, after=self.after, size=self.size, **self.asked(shapes.CaseFilterIn)), show_case
        )

    @extend_schema(parameters=[ONCE], request=shapes.NewCaseIn, responses={201: shapes.CaseStateOut})
    def create(self, request: Request) -> Response:
        return _state(actions.open_case(officer=self.officer, **self.body(shapes.NewCaseIn)), status=201)

    @extend_schema(responses=shapes.CaseDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        casefile = actions.view_case(officer=self.officer, casefile_id=pk).casefile
        seen_by = shapes.CircleOut(list(home_audience(casefile)), many=True).data
        return Response({**shapes.CaseTextOut(casefile).data, "seen_by": seen_by})

    @extend_schema(request=shapes.ChangeCaseIn, responses=shapes.CaseStateOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        return _state(actions.change_case(officer=self.officer, casefile_id=pk, **self.body(shapes.ChangeCaseIn)))

    @extend_schema(parameters=[ONCE], request=shapes.StandingIn, responses=shapes.CaseStateOut)
    @action(detail=False, methods=["post"])
    def standing(self, request: Request) -> Response:
        """The unit's standing file; made when it is first asked for."""
        unit_id = self.body(shapes.StandingIn).get("unit_id", self.officer.unit_id)
        return _state(actions.keep_standing_file(officer=self.officer, unit_id=unit_id))

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        return _state(actions.close_case(officer=self.officer, casefile_id=pk))

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: UUID) -> Response:
        return _state(actions.reopen_case(officer=self.officer, casefile_id=pk))

    @extend_schema(parameters=[ONCE], request=shapes.MemberIn, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def lead(self, request: Request, pk: UUID) -> Response:
        return _state(actions.change_lead(officer=self.officer, casefile_id=pk, lead_id=self.body(shapes.MemberIn)["officer_id"]))

    @extend_schema(responses=shapes.MemberOut(many=True))
    @action(detail=True, methods=["get"])
    def team(self, request: Request, pk: UUID) -> Response:
        _case, members = actions.list_team(officer=self.officer, casefile_id=pk)
        return Response(shapes.MemberOut(members, many=True).data)

    @extend_schema(parameters=[ONCE], request=shapes.MemberIn, responses=shapes.CaseStateOut)
    @team.mapping.post
    def add_to_team(self, request: Request, pk: UUID) -> Response:
        member_id = self.body(shapes.MemberIn)["officer_id"]
        return _state(actions.add_to_team(officer=self.officer, casefile_id=pk, member_id=member_id))

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path="team/<uuid:officer_id>")
    def take_off_team(self, request: Request, pk: UUID, officer_id: UUID) -> Response:
        actions.take_off_team(officer=self.officer, casefile_id=pk, member_id=officer_id)
        return Response(status=204)

    @extend_schema(parameters=PAGING, responses=page_of(shapes.NoteOut))
    @action(detail=True, methods=["get"])
    def notes(self, request: Request, pk: UUID) -> Response:
        _case, page = actions.list_notes(officer=self.officer, casefile_id=pk, after=self.after, size=self.size)
        return self.page(page, lambda note: shapes.NoteOut(note).data)

    @extend_schema(parameters=[ONCE], request=shapes.NoteIn, responses={201: shapes.WrittenOut})
    @notes.mapping.post
    def write_note(self, request: Request, pk: UUID) -> Response:
        note = actions.write_note(officer=self.officer, casefile_id=pk, **self.body(shapes.NoteIn))
        return Response(shapes.WrittenOut(note).data, status=201)

    @extend_schema(parameters=[shapes.TaskFilterIn, *PAGING], responses=page_of(shapes.TaskOut))
    @action(detail=True, methods=["get"])
    def tasks(self, request: Request, pk: UUID) -> Response:
        asked = self.asked(shapes.TaskFilterIn)
        _case, page = actions.list_tasks(officer=self.officer, casefile_id=pk, after=self.after, size=self.size, **asked)
        return self.page(page, lambda task: shapes.TaskOut(task).data)

    @extend_schema(parameters=[ONCE], request=shapes.TaskIn, responses={201: shapes.TaskStateOut})
    @tasks.mapping.post
    def set_task(self, request: Request, pk: UUID) -> Response:
        task = actions.set_task(officer=self.officer, casefile_id=pk, **self.body(shapes.TaskIn))
        return Response(shapes.TaskStateOut(task).data, status=201)

    @extend_schema(parameters=[shapes.LooksIn, *PAGING], responses=page_of(shapes.DeedOut))
    @action(detail=True, methods=["get"])
    def activity(self, request: Request, pk: UUID) -> Response:
        asked: dict[str, Any] = self.asked(shapes.LooksIn)
        _case, page = actions.read_activity(officer=self.officer, casefile_id=pk, after=self.after, size=self.size, **asked)
        return self.page(page, lambda line: shapes.DeedOut(line).data)


class TaskViewSet(OfficerViewSet):
    """Tasks by themselves: ending one."""

    @extend_schema(parameters=[ONCE], request=shapes.EndTaskIn, responses=shapes.TaskStateOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        task = actions.end_task(officer=self.officer, task_id=pk, **self.body(shapes.EndTaskIn))
        return Response(shapes.TaskStateOut(task).data)


def show_case(casefile: CaseFile) -> Mapping[str, Any]:
    """A case in a list."""
    return shapes.CaseOut(casefile).data


def _state(casefile: CaseFile, *, status: int = 200) -> Response:
    return Response(shapes.CaseStateOut(casefile).data, status=status)
