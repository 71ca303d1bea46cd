"""Subjects."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.entities import actions
from cases.entities import serializers as shapes


class SubjectViewSet(OfficerViewSet):
    """What one's own agency takes several mentions for; no other agency's is ever here."""

    @extend_schema(parameters=[shapes.SubjectsIn, *PAGING], responses=page_of(shapes.SubjectRowOut))
    def list(self, request: Request) -> Response:
        asked = self.asked(shapes.SubjectsIn)
        return self.page(actions.list_subjects(officer=self.officer, after=self.after, size=self.size, **asked), shapes.show_row)

    @extend_schema(responses=shapes.PortraitOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.show_portrait(actions.open_subject(officer=self.officer, subject_id=pk)))

    @extend_schema(parameters=[ONCE], request=shapes.NewSubjectIn, responses={201: shapes.StateOut})
    def create(self, request: Request) -> Response:
        subject = actions.make_subject(officer=self.officer, **self.body(shapes.NewSubjectIn))
        return Response(shapes.StateOut(subject).data, status=201)

    @extend_schema(request=shapes.SubjectIn, responses=shapes.StateOut)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        subject = actions.change_subject(officer=self.officer, subject_id=pk, **self.body(shapes.SubjectIn))
        return Response(shapes.StateOut(subject).data)

    @extend_schema(parameters=[ONCE], request=shapes.ChosenIn, responses=shapes.StateOut)
    @action(detail=True, methods=["post"])
    def group(self, request: Request, pk: UUID) -> Response:
        """Put further mentions with the subject."""
        subject = actions.group_mentions(officer=self.officer, subject_id=pk, **self.body(shapes.ChosenIn))
        return Response(shapes.StateOut(subject).data)

    @extend_schema(parameters=[ONCE], request=shapes.MergeIn, responses=shapes.MergeOut)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: UUID) -> Response:
        """Put another subject together with this one."""
        return Response(shapes.MergeOut(actions.merge_subjects(officer=self.officer, subject_id=pk, **self.body(shapes.MergeIn))).data)

    @extend_schema(responses={204: None})
    @action(detail=True, methods=["delete"], url_path="mentions/<uuid:mention_id>")
    def ungroup(self, request: Request, pk: UUID, mention_id: UUID) -> Response:
        """Take a mention off the subject; it can be put back."""
        actions.ungroup_mention(officer=self.officer, subject_id=pk, mention_id=mention_id)
        return Response(status=204)


class MergeViewSet(OfficerViewSet):
    """Subjects that were put together."""

    @extend_schema(parameters=[ONCE], request=None, responses=shapes.MergeOut)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: UUID) -> Response:
        """They are two again, each with what it had."""
        return Response(shapes.MergeOut(actions.undo_merge(officer=self.officer, merge_id=pk)).data)
