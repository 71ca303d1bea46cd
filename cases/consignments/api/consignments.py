"""The consignments of a case, and one of them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.consignments import actions
from cases.consignments import serializers as shapes


class CaseConsignmentsViewSet(OfficerViewSet):
    """Goods on their way, as a case has them: never released by themselves."""

    @extend_schema(parameters=PAGING, responses=page_of(shapes.ConsignmentOut))
    @action(detail=True, methods=["get"])
    def consignments(self, request: Request, pk: UUID) -> Response:
        """Those noted last first, each with its way and the times it took, in seconds."""
        _case, page = actions.list_consignments(officer=self.officer, casefile_id=pk, after=self.after, size=self.size)
        return self.page(page, lambda row: shapes.ConsignmentOut(row).data)

    @extend_schema(parameters=[ONCE], request=shapes.ConsignmentIn, responses={201: shapes.ConsignmentMadeOut})
    @consignments.mapping.post
    def note(self, request: Request, pk: UUID) -> Response:
        """A container number that does not check out is flagged, never refused."""
        made = actions.note_consignment(officer=self.officer, casefile_id=pk, **self.body(shapes.ConsignmentIn))
        return Response(shapes.ConsignmentMadeOut(made).data, status=201)


class ConsignmentViewSet(OfficerViewSet):
    """A consignment with its route and everything observed along it."""

    @extend_schema(responses=shapes.ConsignmentDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.ConsignmentDetailOut(actions.open_consignment(officer=self.officer, consignment_id=pk)).data)

    @extend_schema(request=shapes.ChangeConsignmentIn, responses=shapes.ConsignmentMadeOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """What is not sent stays."""
        changed = actions.change_consignment(officer=self.officer, consignment_id=pk, **self.body(shapes.ChangeConsignmentIn))
        return Response(shapes.ConsignmentMadeOut(changed).data)

    @extend_schema(parameters=[ONCE], request=shapes.LegIn, responses={201: shapes.LegOut})
    @action(detail=True, methods=["post"])
    def legs(self, request: Request, pk: UUID) -> Response:
        """A further place of the route, at its end or before another."""
        leg = actions.add_leg(officer=self.officer, consignment_id=pk, **self.body(shapes.LegIn))
        return Response(shapes.LegOut(leg).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.ObservationIn, responses={201: shapes.ObservationOut})
    @action(detail=True, methods=["post"])
    def observations(self, request: Request, pk: UUID) -> Response:
        """It arrived, departed or was seen. What is noted stays: a correction is a further observation."""
        noted = actions.note_observation(officer=self.officer, consignment_id=pk, **self.body(shapes.ObservationIn))
        return Response(shapes.ObservationOut(noted).data, status=201)
