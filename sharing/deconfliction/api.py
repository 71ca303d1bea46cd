"""Hits for machines: the same deeds as on the pages."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from sharing.deconfliction import actions
from sharing.deconfliction.models import HitSide
from sharing.deconfliction.serializers import AnsweredOut, AnswerIn, HitDetailOut, HitOut, StateIn, UrgentOut, show_hit, show_view

STATE = OpenApiParameter("state", OpenApiTypes.STR, enum=HitSide.State.values)


class HitViewSet(OfficerViewSet):
    """Hits that the officer's desk was told of."""

    @extend_schema(parameters=[STATE, *PAGING], responses=page_of(HitOut))
    def list(self, request: Request) -> Response:
        state = self.asked(StateIn)["state"]
        return self.page(actions.list_hits(officer=self.officer, state=state, after=self.after, size=self.size), show_hit)

    @extend_schema(responses=HitDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(show_view(actions.open_hit(officer=self.officer, side_id=pk)))

    @extend_schema(parameters=[ONCE], request=AnswerIn, responses=AnsweredOut)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        side = actions.answer_hit(officer=self.officer, side_id=pk, **self.body(AnswerIn))
        return Response({"id": side.pk, "state": side.state, "state_at": side.state_at})

    @extend_schema(parameters=[ONCE], request=None, responses=UrgentOut)
    @action(detail=True, methods=["post"])
    def urgent(self, request: Request, pk: UUID) -> Response:
        return Response({"id": pk, "both_sides_warned": actions.mark_urgent(officer=self.officer, side_id=pk)})
