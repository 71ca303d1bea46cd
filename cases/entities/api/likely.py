"""Who may be the same."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.entities import actions
from cases.entities import serializers as shapes


class LikelyViewSet(OfficerViewSet):
    """Mentions one sees that may be the same as another, taken for one or held apart by one's own agency."""

    asking = frozenset({"find"})

    @extend_schema(request=shapes.BegunIn, responses=shapes.LikelyListOut)
    @action(detail=False, methods=["post"], url_path="likely")
    def find(self, request: Request) -> Response:
        """For a mention that is not noted yet."""
        found = actions.find_likely(officer=self.officer, **self.body(shapes.BegunIn))
        return Response({"results": [shapes.show_likely(each) for each in found]})

    @extend_schema(responses=shapes.ComparedOut)
    @action(detail=True, methods=["get"], url_path="likely")
    def compare(self, request: Request, pk: UUID) -> Response:
        compared = actions.compare_mention(officer=self.officer, mention_id=pk)
        apart = shapes.HeldApartOut(compared.apart, many=True).data
        return Response({"results": [shapes.show_likely(each) for each in compared.likely], "apart": apart})

    @extend_schema(parameters=[ONCE], request=shapes.OtherIn, responses=shapes.IdOut)
    @action(detail=True, methods=["post"])
    def same(self, request: Request, pk: UUID) -> Response:
        """Put both into one subject."""
        subject = actions.take_for_one(officer=self.officer, mention_id=pk, **self.body(shapes.OtherIn))
        return Response(shapes.IdOut(subject).data)

    @extend_schema(parameters=[ONCE], request=shapes.OtherIn, responses=shapes.IdOut)
    @action(detail=True, methods=["post"])
    def apart(self, request: Request, pk: UUID) -> Response:
        """Hold them apart; they are not offered to each other again."""
        return Response(shapes.IdOut(actions.hold_apart(officer=self.officer, mention_id=pk, **self.body(shapes.OtherIn))).data)

    @extend_schema(parameters=[ONCE], request=shapes.PairIn, responses=shapes.IdOut)
    @action(detail=False, methods=["post"], url_path="compare-again")
    def again(self, request: Request) -> Response:
        """Take back that two are held apart."""
        return Response(shapes.IdOut(actions.compare_again(officer=self.officer, **self.body(shapes.PairIn))).data)
