"""Notes by themselves."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, OfficerViewSet
from cases.casefiles import actions
from cases.casefiles import serializers as shapes


class NoteViewSet(OfficerViewSet):
    """A note with its versions: read, said anew by its author, pinned to the top of its case."""

    @extend_schema(responses=shapes.OpenNoteOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        opened = actions.open_note(officer=self.officer, note_id=pk)
        versions = {"versions": shapes.NoteVersionOut(opened.versions, many=True).data}
        return Response({**shapes.NoteOut(opened.note).data, **versions})

    @extend_schema(request=shapes.NoteChangeIn, responses=shapes.NoteWrittenOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """A further version; the older ones stay."""
        note = actions.change_note(officer=self.officer, note_id=pk, **self.body(shapes.NoteChangeIn))
        return Response(shapes.NoteWrittenOut(note).data)

    @extend_schema(parameters=[ONCE], request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def pin(self, request: Request, pk: UUID) -> Response:
        actions.pin_note(officer=self.officer, note_id=pk)
        return Response(status=204)

    @extend_schema(parameters=[ONCE], request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def unpin(self, request: Request, pk: UUID) -> Response:
        actions.unpin_note(officer=self.officer, note_id=pk)
        return Response(status=204)
