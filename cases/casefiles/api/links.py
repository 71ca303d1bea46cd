"""Cases that belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.casefiles import actions
from cases.casefiles import serializers as shapes
from cases.casefiles.actions import Linked
from kernel.querysets import Page


class CaseLinksViewSet(OfficerViewSet):
    """The cases that a case is linked to: there for whoever sees both."""

    @extend_schema(parameters=PAGING, responses=page_of(shapes.LinkedCaseOut))
    @action(detail=True, methods=["get"], url_path="linked-cases")
    def links(self, request: Request, pk: UUID) -> Response:
        """On the first page those that stand, on every one those that were taken back, the newest first."""
        found = actions.list_links(officer=self.officer, casefile_id=pk, after=self.after, size=self.size)
        standing = [] if self.after else found.standing
        return self.page(Page([*standing, *found.ended.rows], found.ended.cursor), show_link)

    @extend_schema(parameters=[ONCE], request=shapes.LinkCaseIn, responses={201: shapes.LinkMadeOut})
    @links.mapping.post
    def link(self, request: Request, pk: UUID) -> Response:
        """A reference that you do not see is answered as one that nobody has."""
        link = actions.link_cases(officer=self.officer, casefile_id=pk, **self.body(shapes.LinkCaseIn))
        return Response(shapes.LinkMadeOut(link).data, status=201)


class LinkedCaseViewSet(OfficerViewSet):
    """A link by itself: taking it back."""

    @extend_schema(parameters=[ONCE], request=shapes.UnlinkIn, responses=shapes.LinkMadeOut)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        link = actions.unlink_cases(officer=self.officer, link_id=pk, **self.body(shapes.UnlinkIn))
        return Response(shapes.LinkMadeOut(link).data)


def show_link(linked: Linked) -> Mapping[str, Any]:
    """A link as one of its two cases shows it."""
    return shapes.LinkedCaseOut(linked).data
