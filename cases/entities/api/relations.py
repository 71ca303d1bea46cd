"""How subjects are related."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.entities import actions
from cases.entities import serializers as shapes


class RelationViewSet(OfficerViewSet):
    """Relations between subjects of one's own agency, each with the paragraphs that one sees of those it rests on."""

    @extend_schema(parameters=[shapes.RelationsIn, *PAGING], responses=page_of(shapes.RelationOut))
    def list(self, request: Request) -> Response:
        """As edges of a graph: all between subjects that one sees, or those of one subject."""
        asked = self.asked(shapes.RelationsIn)
        return self.page(actions.list_relations(officer=self.officer, after=self.after, size=self.size, **asked), shapes.show_relation)

    @extend_schema(responses=shapes.RelationOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.show_relation(actions.open_relation(officer=self.officer, relation_id=pk)))

    @extend_schema(parameters=[ONCE], request=shapes.NewRelationIn, responses={201: shapes.RelationStateOut})
    def create(self, request: Request) -> Response:
        relation = actions.relate_subjects(officer=self.officer, **shapes.with_supports(self.body(shapes.NewRelationIn)))
        return Response(shapes.RelationStateOut(relation).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.WhyIn, responses=shapes.RelationStateOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        """It stays in the history of both subjects."""
        relation = actions.end_relation(officer=self.officer, relation_id=pk, reason=self.body(shapes.WhyIn)["reason"])
        return Response(shapes.RelationStateOut(relation).data)

    @extend_schema(parameters=[ONCE], request=shapes.SupportsIn, responses=shapes.RelationStateOut)
    @action(detail=True, methods=["post"])
    def supports(self, request: Request, pk: UUID) -> Response:
        """Further paragraphs; those it has stay."""
        sent = shapes.with_supports(self.body(shapes.SupportsIn))
        return Response(shapes.RelationStateOut(actions.support_relation(officer=self.officer, relation_id=pk, **sent)).data)


class SupportViewSet(OfficerViewSet):
    """The paragraphs that relations rest on."""

    @extend_schema(parameters=[ONCE], request=shapes.WhyIn, responses=shapes.RelationStateOut)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        relation = actions.withdraw_support(officer=self.officer, support_id=pk, reason=self.body(shapes.WhyIn)["reason"])
        return Response(shapes.RelationStateOut(relation).data)
