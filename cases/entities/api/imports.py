"""Files from outside."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, Body, OfficerViewSet, page_of
from cases.entities import actions
from cases.entities import serializers as shapes
from cases.entities.models import FileImport


class ImportViewSet(OfficerViewSet):
    """Files on their way into the registers of the cases one sees."""

    parser_classes = [Body, MultiPartParser]
    files: ClassVar[frozenset[str]] = frozenset({"create"})

    @extend_schema(parameters=[shapes.ImportsIn, *PAGING], responses=page_of(shapes.ImportOut))
    def list(self, request: Request) -> Response:
        case = self.asked(shapes.ImportsIn)["casefile"]
        _case, page = actions.list_imports(officer=self.officer, casefile_id=case, after=self.after, size=self.size)
        return self.page(page, shapes.show_import)

    @extend_schema(request={"multipart/form-data": shapes.UploadIn}, responses={201: shapes.ImportStateOut})
    def create(self, request: Request) -> Response:
        """Send a file; then say what its columns are."""
        sent = self.body(shapes.UploadIn)
        file = sent["file"]
        job = actions.upload_file(officer=self.officer, casefile_id=sent["casefile"], name=file.name, content=file)
        return _state(job, status=201)

    @extend_schema(responses=shapes.ImportDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Where it stands, with its first rows and what is wrong with which row."""
        return Response(shapes.show_open_import(actions.open_import(officer=self.officer, import_id=pk)))

    @extend_schema(parameters=[ONCE], request=shapes.MapIn, responses=shapes.ImportStateOut)
    @action(detail=True, methods=["post"], url_path="map", url_name="map")
    def map_columns(self, request: Request, pk: UUID) -> Response:
        """Say how the file is read and what its columns are; its rows are checked, and none is taken in."""
        job = actions.watch_import(officer=self.officer, import_id=pk).job
        plan = shapes.plan_of(job, self.body(shapes.MapIn))
        return _state(actions.map_import(officer=self.officer, import_id=pk, plan=plan))

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.ImportStateOut)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: UUID) -> Response:
        """Take in the good rows; of one that was stopped, those that are not in yet."""
        return _state(actions.start_import(officer=self.officer, import_id=pk))

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.ImportStateOut)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        """Stop with the thousand rows it is at."""
        return _state(actions.cancel_import(officer=self.officer, import_id=pk))

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.ImportStateOut)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: UUID) -> Response:
        """Take in none; the file is removed."""
        return _state(actions.drop_import(officer=self.officer, import_id=pk))

    @extend_schema(parameters=[ONCE], request=shapes.UndoIn, responses=shapes.ImportStateOut)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: UUID) -> Response:
        """Take back what came in, while nothing of it was released."""
        return _state(actions.undo_import(officer=self.officer, import_id=pk, **self.body(shapes.UndoIn)))


def _state(job: FileImport, *, status: int = 200) -> Response:
    return Response(shapes.ImportStateOut(job).data, status=status)
