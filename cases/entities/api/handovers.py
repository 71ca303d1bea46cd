"""Taking a case over."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.casefiles import serializers as shapes
from cases.entities import actions


class TakingViewSet(OfficerViewSet):
    """Taking a case that another unit of one's agency offers."""

    @extend_schema(parameters=[ONCE], request=shapes.AcceptIn, responses=shapes.HandoverStateOut)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        """The case, who sees it, its records and the desk of what they name move in one."""
        handover = actions.accept_handover(officer=self.officer, handover_id=pk, **self.body(shapes.AcceptIn))
        return Response(shapes.HandoverStateOut(handover).data)
