"""Offering a case to another unit."""

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
from cases.casefiles.models import Handover


class HandoverViewSet(OfficerViewSet):
    """Cases on their way to another unit of one's agency: the cover, before one sees the case."""

    @extend_schema(parameters=[shapes.HandoverFilterIn, *PAGING], responses=page_of(shapes.HandoverOut))
    def list(self, request: Request) -> Response:
        asked = self.asked(shapes.HandoverFilterIn)
        return self.page(actions.list_handovers(officer=self.officer, after=self.after, size=self.size, **asked), show_handover)

    @extend_schema(responses=shapes.HandoverOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(show_handover(actions.read_handover(officer=self.officer, handover_id=pk).handover))

    @extend_schema(parameters=[ONCE], request=shapes.HandoverIn, responses={201: shapes.HandoverStateOut})
    def create(self, request: Request) -> Response:
        return _state(actions.propose_handover(officer=self.officer, **self.body(shapes.HandoverIn)), status=201)

    @extend_schema(parameters=[ONCE], request=shapes.HandoverAnswerIn, responses=shapes.HandoverStateOut)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: UUID) -> Response:
        return _state(actions.refuse_handover(officer=self.officer, handover_id=pk, **self.body(shapes.HandoverAnswerIn)))

    @extend_schema(parameters=[ONCE], request=shapes.HandoverAnswerIn, responses=shapes.HandoverStateOut)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        return _state(actions.withdraw_handover(officer=self.officer, handover_id=pk, **self.body(shapes.HandoverAnswerIn)))


def show_handover(handover: Handover) -> Mapping[str, Any]:
    """The cover."""
    return shapes.HandoverOut(handover).data


def _state(handover: Handover, *, status: int = 200) -> Response:
    return Response(shapes.HandoverStateOut(handover).data, status=status)
