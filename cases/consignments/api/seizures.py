"""What was seized in a case, in all cases that one sees, and one seizure."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.consignments import actions
from cases.consignments import serializers as shapes

PAGE = page_of(shapes.SeizureOut)


class CaseSeizuresViewSet(OfficerViewSet):
    """What was seized in a case."""

    @extend_schema(parameters=PAGING, responses=PAGE)
    @action(detail=True, methods=["get"])
    def seizures(self, request: Request, pk: UUID) -> Response:
        found = actions.list_seizures(officer=self.officer, casefile_id=pk, after=self.after, size=self.size)
        return self.page(found.page, lambda row: shapes.SeizureOut(row).data)

    @extend_schema(parameters=[ONCE], request=shapes.SeizureIn, responses={201: shapes.SeizureMadeOut})
    @seizures.mapping.post
    def record(self, request: Request, pk: UUID) -> Response:
        """It begins as held; what becomes of it are further steps."""
        made = actions.record_seizure(officer=self.officer, casefile_id=pk, **self.body(shapes.SeizureIn))
        return Response(shapes.SeizureMadeOut(made).data, status=201)


class SeizureViewSet(OfficerViewSet):
    """Seizures of all cases that one sees, what they come to, and one by itself."""

    @extend_schema(parameters=[*PAGING, shapes.SeizureAskedIn], responses=PAGE)
    def list(self, request: Request) -> Response:
        found = actions.list_seizures(officer=self.officer, after=self.after, size=self.size, **self.asked(shapes.SeizureAskedIn))
        return self.page(found.page, lambda row: shapes.SeizureOut(row).data)

    @extend_schema(parameters=[shapes.SeizureAskedIn], responses=shapes.TotalOut(many=True))
    @action(detail=False, methods=["get"])
    def totals(self, request: Request) -> Response:
        """By kind of goods and by what may be added: mass, volume, else the same unit, money by its currency."""
        found = actions.list_seizures(officer=self.officer, **self.asked(shapes.SeizureAskedIn))
        return Response(shapes.TotalOut(found.totals, many=True).data)

    @extend_schema(responses=shapes.SeizureDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.SeizureDetailOut(actions.open_seizure(officer=self.officer, seizure_id=pk)).data)

    @extend_schema(parameters=[ONCE], request=shapes.SeizureCorrectionIn, responses={201: shapes.SeizureVersionOut})
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        """By a further version, with the reason; what is not sent is as it was."""
        version = actions.correct_seizure(officer=self.officer, seizure_id=pk, **self.body(shapes.SeizureCorrectionIn))
        return Response(shapes.SeizureVersionOut(version).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.StepIn, responses={201: shapes.StepOut})
    @action(detail=True, methods=["post"])
    def steps(self, request: Request, pk: UUID) -> Response:
        """What became of the goods. Nothing further does once they were returned or destroyed."""
        step = actions.add_step(officer=self.officer, seizure_id=pk, **self.body(shapes.StepIn))
        return Response(shapes.StepOut(step).data, status=201)
