"""What a text seems to name."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.entities import actions
from cases.entities import serializers as shapes


class SuggestionViewSet(OfficerViewSet):
    """Numbers, codes, dates and amounts in a text, for a version to be noted of. Nothing is kept until it is accepted."""

    asking = frozenset({"create"})

    @extend_schema(request=shapes.TextIn, responses=shapes.SuggestionsOut)
    def create(self, request: Request) -> Response:
        suggested = actions.suggest(officer=self.officer, **self.body(shapes.TextIn))
        return Response({"results": [shapes.show_suggestion(row) for row in suggested.rows]})

    @extend_schema(parameters=[ONCE], request=shapes.AcceptedIn, responses={201: shapes.TakenOut})
    @action(detail=False, methods=["post"])
    def accept(self, request: Request) -> Response:
        """Note what was chosen of the same text sent again."""
        noted = actions.accept_suggestions(officer=self.officer, **self.body(shapes.AcceptedIn))
        return Response({"ids": [mention.pk for mention in noted]}, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.DeclinedIn, responses=shapes.CountOut)
    @action(detail=False, methods=["post"])
    def decline(self, request: Request) -> Response:
        """Do not offer these again for this version."""
        return Response({"count": actions.decline_suggestions(officer=self.officer, **self.body(shapes.DeclinedIn))})

    @extend_schema(parameters=[ONCE], request=shapes.OfferAgainIn, responses=shapes.CountOut)
    @action(detail=False, methods=["post"], url_path="offer-again")
    def offer_again(self, request: Request) -> Response:
        """Take back what was declined for a version."""
        return Response({"count": actions.offer_again(officer=self.officer, **self.body(shapes.OfferAgainIn))})
