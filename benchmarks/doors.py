"""The portal's doors and, for comparison, two that no portal may have: the same page of records, found in another way."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import URLPattern, URLResolver, include, path
from guardian.shortcuts import get_objects_for_user
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Officer
from audit.ledger import record as write
from cases.records.actions import RecordRow
from cases.records.api import RecordViewSet
from cases.records.events import Event
from cases.records.models import Record, RecordGrant, Rendition
from cases.records.serializers import RecordFilterIn, show_row
from kernel.querysets import Page

WHY = "a benchmark, without the filter"
RecordGrant.objects.is_generic = lambda: False  # guardian's shortcut asks for it; the product's own manager turns it away


@transaction.atomic(durable=True)
def list_found(records: Any, officer: Officer, size: int, **asked: str) -> Page[RecordRow]:
    """What `list_records` does, its line in the ledger included, in as few statements as it takes for records found in whatever way."""
    page = records.select_related("agency").newest(by="made_at", size=size)
    shown = Rendition.objects.unscoped(WHY).filter(record__in=[record.pk for record in page.rows]).newest_of_each()
    renditions = {rendition.record_id: rendition for rendition in shown}
    rows = [RecordRow(record, renditions[record.pk]) for record in page.rows]
    write(Event.RECORDS_LISTED, actor=officer, owner=officer.agency_id, count=len(rows), query=asked)
    return Page(rows, page.cursor)


class Unfiltered(RecordViewSet):
    """The newest of all records, whoever asks."""

    def records(self) -> Any:
        return Record.objects.unscoped(WHY)

    def list(self, request: Request) -> Response:
        asked = self.asked(RecordFilterIn)
        return self.page(list_found(self.records(), self.officer, self.size, **asked), show_row)


class ByGuardian(Unfiltered):
    """The newest of those that django-guardian's own shortcut finds for the officer."""

    def records(self) -> Any:
        return get_objects_for_user(self.officer, "records.view_record", super().records())


urlpatterns: list[URLPattern | URLResolver] = [
    path("benchmark/unfiltered/", Unfiltered.as_view({"get": "list"})),
    path("benchmark/guardian/", ByGuardian.as_view({"get": "list"})),
    path("", include("portal.urls")),
]
