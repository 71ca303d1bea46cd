"""Intelligence for machines: the same deeds as on the pages."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.intelligence import actions
from cases.intelligence import serializers as shapes
from cases.records.models import Rendition


class ItemViewSet(OfficerViewSet):
    """Graded intelligence; an id is that of one version."""

    @extend_schema(parameters=[shapes.OfCaseIn, *PAGING], responses=page_of(shapes.ItemRowOut))
    def list(self, request: Request) -> Response:
        asked = self.asked(shapes.OfCaseIn)
        casefile_id, since = asked.get("case"), asked.get("since")
        if casefile_id is None:
            return self.page(actions.list_items(officer=self.officer, after=self.after, size=self.size), shapes.show_row)
        here = {"casefile_id": casefile_id, "since": since, "after": self.after, "size": self.size}
        _case, page = actions.list_items_of_case(officer=self.officer, **here)
        return self.page(page, shapes.show_row)

    @extend_schema(responses=shapes.OpenItemOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.show_item(actions.open_item(officer=self.officer, rendition_id=pk)))

    @extend_schema(responses=shapes.ComparedOut)
    @action(detail=True, methods=["get"], url_path="compare/<uuid:earlier_id>")
    def compare(self, request: Request, pk: UUID, earlier_id: UUID) -> Response:
        compared = actions.compare_versions(officer=self.officer, rendition_id=pk, earlier_id=earlier_id)
        return Response(shapes.ComparedOut(compared).data)

    @extend_schema(parameters=[ONCE], request=shapes.NewItemIn, responses={201: shapes.ItemStateOut})
    def create(self, request: Request) -> Response:
        return _state(actions.record_item(officer=self.officer, **self.body(shapes.NewItemIn)))

    @extend_schema(parameters=[ONCE], request=shapes.CorrectionIn, responses={201: shapes.ItemStateOut})
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        return _state(actions.correct_item(officer=self.officer, rendition_id=pk, **self.body(shapes.CorrectionIn)))

    @extend_schema(parameters=[ONCE], request=shapes.TearLineIn, responses={201: shapes.ItemStateOut})
    @action(detail=True, methods=["post"], url_path="tear-line")
    def tear_line(self, request: Request, pk: UUID) -> Response:
        return _state(actions.make_tear_line(officer=self.officer, rendition_id=pk, **self.body(shapes.TearLineIn)))


def _state(rendition: Rendition) -> Response:
    return Response(shapes.ItemStateOut(rendition).data, status=201)
