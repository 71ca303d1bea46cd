"""How a case ended, and that it was opened again."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.casefiles import actions
from cases.casefiles import serializers as shapes


class ClosingViewSet(OfficerViewSet):
    """Closing a case and opening it again, each with its reason."""

    @extend_schema(parameters=PAGING, responses=page_of(shapes.ClosingOut))
    @action(detail=True, methods=["get"])
    def closings(self, request: Request, pk: UUID) -> Response:
        """When and why the case was closed or opened again, the newest first."""
        _case, page = actions.list_closings(officer=self.officer, casefile_id=pk, after=self.after, size=self.size)
        return self.page(page, lambda closing: shapes.ClosingOut(closing).data)

    @extend_schema(parameters=[ONCE], request=shapes.CloseIn, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        """Refused while tasks are open, unless they are dropped with it."""
        casefile = actions.close_case(officer=self.officer, casefile_id=pk, **self.body(shapes.CloseIn))
        return Response(shapes.CaseStateOut(casefile).data)

    @extend_schema(parameters=[ONCE], request=shapes.ReopenIn, responses=shapes.CaseStateOut)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: UUID) -> Response:
        casefile = actions.reopen_case(officer=self.officer, casefile_id=pk, **self.body(shapes.ReopenIn))
        return Response(shapes.CaseStateOut(casefile).data)
