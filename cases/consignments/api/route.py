"""Places of a route and observations by themselves."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.consignments import actions
from cases.consignments import serializers as shapes


class LegViewSet(OfficerViewSet):
    """A place of a route."""

    @extend_schema(request=shapes.ChangeLegIn, responses=shapes.LegOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """What is not sent stays."""
        leg = actions.change_leg(officer=self.officer, leg_id=pk, **self.body(shapes.ChangeLegIn))
        return Response(shapes.LegOut(leg).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Refused once something was observed there."""
        actions.remove_leg(officer=self.officer, leg_id=pk)
        return Response(status=204)


class ObservationViewSet(OfficerViewSet):
    """An observation by itself: correcting it."""

    @extend_schema(parameters=[ONCE], request=shapes.CorrectionIn, responses={201: shapes.ObservationOut})
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        """By a further observation, with the reason; what is not sent is as it was. `void`: it did not happen."""
        noted = actions.correct_observation(officer=self.officer, observation_id=pk, **self.body(shapes.CorrectionIn))
        return Response(shapes.ObservationOut(noted).data, status=201)
