"""Controlled deliveries."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.consignments import actions
from cases.consignments import serializers as shapes


class ConsignmentDeliveriesViewSet(OfficerViewSet):
    """The controlled deliveries of a consignment: at most one has not ended."""

    @extend_schema(responses=shapes.DeliveryOut(many=True))
    @action(detail=True, methods=["get"])
    def deliveries(self, request: Request, pk: UUID) -> Response:
        """The newest first."""
        return Response(shapes.DeliveryOut(actions.list_deliveries(officer=self.officer, consignment_id=pk), many=True).data)

    @extend_schema(parameters=[ONCE], request=shapes.DeliveryIn, responses={201: shapes.DeliveryOut})
    @deliveries.mapping.post
    def plan(self, request: Request, pk: UUID) -> Response:
        """Nothing passes before every country on the route said so."""
        made = actions.plan_delivery(officer=self.officer, consignment_id=pk, **self.body(shapes.DeliveryIn))
        return Response(shapes.DeliveryOut(made).data, status=201)


class DeliveryViewSet(OfficerViewSet):
    """One controlled delivery: how each country on its route stands, its steps, and what is overdue."""

    @extend_schema(responses=shapes.DeliveryDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.DeliveryDetailOut(actions.open_delivery(officer=self.officer, delivery_id=pk)).data)

    @extend_schema(parameters=[ONCE], request=shapes.CoordinatorIn, responses=shapes.DeliveryOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Another officer of the team answers for it."""
        changed = actions.name_coordinator(officer=self.officer, delivery_id=pk, **self.body(shapes.CoordinatorIn))
        return Response(shapes.DeliveryOut(changed).data)

    @extend_schema(parameters=[ONCE], request=shapes.AuthorisationIn, responses={201: shapes.AuthorisationOut})
    @action(detail=True, methods=["post"])
    def authorisations(self, request: Request, pk: UUID) -> Response:
        """What a country's authority answered; its newest answer counts, the older stay."""
        noted = actions.note_authorisation(officer=self.officer, delivery_id=pk, **self.body(shapes.AuthorisationIn))
        return Response(shapes.AuthorisationOut(noted).data, status=201)

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.DeliveryOut)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: UUID) -> Response:
        """Refused with the name of every country that does not let it pass at this moment."""
        return Response(shapes.DeliveryOut(actions.start_delivery(officer=self.officer, delivery_id=pk)).data)

    @extend_schema(parameters=[ONCE], request=shapes.EndIn, responses=shapes.DeliveryOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        """One that was never started can only be called off."""
        ended = actions.end_delivery(officer=self.officer, delivery_id=pk, **self.body(shapes.EndIn))
        return Response(shapes.DeliveryOut(ended).data)
