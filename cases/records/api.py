"""Records for machines: the same deeds as on the pages."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.records import actions
from cases.records import serializers as shapes


class RecordViewSet(OfficerViewSet):
    """The records the officer may know of, at home or by an accepted release."""

    asking = frozenset({"check_person"})

    @extend_schema(parameters=[shapes.RecordFilterIn, *PAGING], responses=page_of(shapes.RecordOut))
    def list(self, request: Request) -> Response:
        asked = self.asked(shapes.RecordFilterIn)
        return self.page(actions.list_records(officer=self.officer, after=self.after, size=self.size, **asked), shapes.show_row)

    @extend_schema(parameters=[shapes.RenditionIn], responses=shapes.OpenRecordOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        rendition_id = self.asked(shapes.RenditionIn).get("rendition")
        opened = actions.open_rendition(officer=self.officer, record_id=pk, rendition_id=rendition_id)
        return Response(shapes.show_record(opened))

    @extend_schema(responses=shapes.SightOut(many=True))
    @action(detail=True, methods=["get"])
    def sight(self, request: Request, pk: UUID) -> Response:
        """Who can see it, and why, as far as the asker may know."""
        sights = actions.explain_sight(officer=self.officer, record_id=pk)
        return Response(shapes.SightOut(sights, many=True).data)

    @extend_schema(parameters=PAGING, responses=page_of(shapes.RecordReadingOut))
    @action(detail=True, methods=["get"])
    def readings(self, request: Request, pk: UUID) -> Response:
        """Who opened it: by name in one's own agency, else by agency, role and time."""
        _record, page = actions.list_readings(officer=self.officer, record_id=pk, after=self.after, size=self.size)
        return self.page(page, lambda reading: shapes.RecordReadingOut(reading).data)

    @extend_schema(parameters=[ONCE], request=shapes.CheckIn, responses=shapes.CheckedOut)
    @action(detail=True, methods=["post"], url_path="check-person")
    def check_person(self, request: Request, pk: UUID) -> Response:
        checked = actions.check_person(officer=self.officer, record_id=pk, **self.body(shapes.CheckIn))
        return Response(shapes.show_checked(checked))

    @extend_schema(parameters=[ONCE], request=shapes.LinkIn, responses={201: shapes.LinkOut})
    @action(detail=True, methods=["post"])
    def links(self, request: Request, pk: UUID) -> Response:
        link = actions.link_record(officer=self.officer, record_id=pk, casefile_id=self.body(shapes.LinkIn)["case_id"])
        return Response(shapes.LinkOut(link).data, status=201)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path="links/<uuid:case_id>")
    def unlink(self, request: Request, pk: UUID, case_id: UUID) -> Response:
        actions.unlink_record(officer=self.officer, record_id=pk, casefile_id=case_id)
        return Response(status=204)


class AudienceViewSet(OfficerViewSet):
    """Who at home sees a case and all that is kept in it."""

    @extend_schema(parameters=[ONCE], request=shapes.AudienceIn, responses=shapes.AudienceOut)
    @action(detail=True, methods=["post"])
    def audience(self, request: Request, pk: UUID) -> Response:
        casefile = actions.change_audience(officer=self.officer, casefile_id=pk, **self.body(shapes.AudienceIn))
        return Response(shapes.AudienceOut(casefile).data)
