"""Advice for machines: the same deeds as on the pages, behind the same wall."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from sharing.prosecution import actions
from sharing.prosecution import serializers as shapes


class AdviceViewSet(OfficerViewSet):
    """Legal advice that the officer wrote or was let in on, as long as they see the case it is about."""

    @extend_schema(parameters=[shapes.AdviceFilterIn, *PAGING], responses=page_of(shapes.AdviceOut))
    def list(self, request: Request) -> Response:
        asked = self.asked(shapes.AdviceFilterIn)
        return self.page(actions.list_advice(officer=self.officer, after=self.after, size=self.size, **asked), shapes.show_advice)

    @extend_schema(parameters=[ONCE], request=shapes.AdviceIn, responses={201: shapes.AdviceStateOut})
    def create(self, request: Request) -> Response:
        """Advise named people who see the case."""
        advice = actions.give_advice(officer=self.officer, **self.body(shapes.AdviceIn))
        return Response(shapes.AdviceStateOut(advice).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.AdviceIn, responses={201: shapes.AdviceStateOut})
    @action(detail=False, methods=["post"])
    def ask(self, request: Request) -> Response:
        """Ask prosecutors on the case."""
        advice = actions.ask_for_advice(officer=self.officer, **self.body(shapes.AdviceIn))
        return Response(shapes.AdviceStateOut(advice).data, status=201)

    @extend_schema(responses=shapes.AdviceDetailOut)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        return Response(shapes.show_opened(actions.open_advice(officer=self.officer, advice_id=pk)))

    @extend_schema(parameters=[ONCE], request=shapes.ReplyIn, responses={201: shapes.WrittenBehindOut})
    @action(detail=True, methods=["post"])
    def replies(self, request: Request, pk: UUID) -> Response:
        """Answer, for all who are behind the wall."""
        reply = actions.reply_to_advice(officer=self.officer, advice_id=pk, **self.body(shapes.ReplyIn))
        return Response({"id": reply.pk}, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.ReaderIn, responses={201: shapes.WrittenBehindOut})
    @action(detail=True, methods=["post"])
    def readers(self, request: Request, pk: UUID) -> Response:
        """Let one more person behind the wall; its author alone."""
        reader = actions.let_in(officer=self.officer, advice_id=pk, **self.body(shapes.ReaderIn))
        return Response({"id": reader.pk}, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path="readers/<uuid:officer_id>", url_name="let-out")
    def let_out(self, request: Request, pk: UUID, officer_id: UUID) -> Response:
        actions.let_out(officer=self.officer, advice_id=pk, member_id=officer_id)
        return Response(status=204)
