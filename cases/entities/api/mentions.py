"""Mentions."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.entities import actions
from cases.entities import serializers as shapes


class MentionViewSet(OfficerViewSet):
    """Whom and what the records one sees name."""

    @extend_schema(parameters=[shapes.MentionsIn, *PAGING], responses=page_of(shapes.NamedOut))
    def list(self, request: Request) -> Response:
        """Of one rendition, or of a case: as the newest versions of its records say, and its registers list."""
        asked = self.asked(shapes.MentionsIn) | {"after": self.after, "size": self.size}
        if rendition_id := asked.pop("rendition", None):
            named = actions.list_mentions(officer=self.officer, rendition_id=rendition_id, after=self.after, size=self.size)
            return self.page(named.page, shapes.show_named)
        _case, page = actions.list_mentions_of_case(officer=self.officer, casefile_id=asked.pop("case"), **asked)
        return self.page(page, shapes.show_named)

    @extend_schema(parameters=[ONCE], request=shapes.NewMentionIn, responses={201: shapes.StateOut})
    def create(self, request: Request) -> Response:
        mention = actions.note_mention(officer=self.officer, **self.body(shapes.NewMentionIn))
        return Response(shapes.StateOut(mention).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.TakeOverIn, responses={201: shapes.TakenOut})
    @action(detail=False, methods=["post"], url_path="take-over")
    def take_over(self, request: Request) -> Response:
        """Say of a newer version what an older one said."""
        taken = actions.take_over_mentions(officer=self.officer, **self.body(shapes.TakeOverIn))
        return Response({"ids": [mention.pk for mention in taken]}, status=201)


class NoticeModeViewSet(OfficerViewSet):
    """Who hears when another agency holds what a case holds."""

    @extend_schema(parameters=[ONCE], request=shapes.NoticeModeIn, responses=shapes.NoticeModeOut)
    @action(detail=True, methods=["post"], url_path="notice-mode")
    def notice_mode(self, request: Request, pk: UUID) -> Response:
        casefile = actions.change_notice_mode(officer=self.officer, casefile_id=pk, **self.body(shapes.NoticeModeIn))
        return Response(shapes.NoticeModeOut(casefile).data)
