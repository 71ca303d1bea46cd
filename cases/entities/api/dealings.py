"""Money and calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import ONCE, PAGING, OfficerViewSet, page_of
from cases.entities import actions
from cases.entities import serializers as shapes
from cases.entities.actions import CALLS, MONEY, Book, Dealings

OF: dict[str, Callable[..., Dealings]] = {
    "rendition": actions.list_dealings,
    "case": actions.list_dealings_of_case,
    "subject": actions.list_dealings_of_subject,
}
NAMED = {"rendition": "rendition_id", "case": "casefile_id", "subject": "subject_id"}


class DealingViewSet(OfficerViewSet):
    """What both kinds of rows share."""

    book: ClassVar[Book]

    def read(self, asked: Mapping[str, Any], **more: Any) -> Dealings:
        place, pk, narrow = shapes.place_of(asked)
        said: Any = {NAMED[place]: pk, "asked": narrow, **more}
        return OF[place](officer=self.officer, book=self.book, **said)

    def take(self, given: Mapping[str, Any]) -> Response:
        count = actions.take_over_dealings(officer=self.officer, book=self.book, **given)
        return Response({"count": count}, status=201)


class TransactionViewSet(DealingViewSet):
    """Who gave whom how much, as the records one sees say it."""

    book = MONEY

    @extend_schema(parameters=[shapes.TransactionsIn, *PAGING], responses=page_of(shapes.TransactionOut))
    def list(self, request: Request) -> Response:
        """Of one rendition; of a case, as the newest versions of its records say and its registers list; or of a subject."""
        shown = self.read(self.asked(shapes.TransactionsIn), after=self.after, size=self.size)
        return self.page(shown.page, shapes.show_transaction)

    @extend_schema(parameters=[shapes.TransactionTotalsIn], responses=shapes.TotalsOut)
    @action(detail=False, methods=["get"])
    def totals(self, request: Request) -> Response:
        """Added up for each pair and each currency, over what one sees. Different currencies are never added."""
        asked = self.asked(shapes.TransactionTotalsIn)
        return Response(shapes.show_totals(self.read(asked, part=asked["part"])))

    @extend_schema(parameters=[ONCE], request=shapes.NewTransactionIn, responses={201: shapes.StateOut})
    def create(self, request: Request) -> Response:
        row = actions.note_transaction(officer=self.officer, **self.body(shapes.NewTransactionIn))
        return Response(shapes.StateOut(row).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.TakeRowsOverIn, responses={201: shapes.TakenRowsOut})
    @action(detail=False, methods=["post"], url_path="take-over")
    def take_over(self, request: Request) -> Response:
        """Say of a newer version what an older one said."""
        return self.take(self.body(shapes.TakeRowsOverIn))


class CallViewSet(DealingViewSet):
    """Who called whom, as the records one sees say it."""

    book = CALLS

    @extend_schema(parameters=[shapes.DealingsIn, *PAGING], responses=page_of(shapes.CallOut))
    def list(self, request: Request) -> Response:
        """Of one rendition; of a case, as the newest versions of its records say and its registers list; or of a subject."""
        shown = self.read(self.asked(shapes.DealingsIn), after=self.after, size=self.size)
        return self.page(shown.page, shapes.show_call)

    @extend_schema(parameters=[shapes.CallTotalsIn], responses=shapes.TotalsOut)
    @action(detail=False, methods=["get"])
    def totals(self, request: Request) -> Response:
        """Counted and added up in seconds for each pair, over what one sees."""
        asked = self.asked(shapes.CallTotalsIn)
        return Response(shapes.show_totals(self.read(asked, part=asked["part"])))

    @extend_schema(parameters=[ONCE], request=shapes.NewCallIn, responses={201: shapes.StateOut})
    def create(self, request: Request) -> Response:
        row = actions.note_call(officer=self.officer, **self.body(shapes.NewCallIn))
        return Response(shapes.StateOut(row).data, status=201)

    @extend_schema(parameters=[ONCE], request=shapes.TakeRowsOverIn, responses={201: shapes.TakenRowsOut})
    @action(detail=False, methods=["post"], url_path="take-over")
    def take_over(self, request: Request) -> Response:
        """Say of a newer version what an older one said."""
        return self.take(self.body(shapes.TakeRowsOverIn))
