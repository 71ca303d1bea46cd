"""No guarded table is read before it is said who is looking: every way that Django has to read one is tried."""

import asyncio
import io
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.db.models import Count, QuerySet, sql

from accounts.models import Agency
from cases.casefiles.models import CaseFile
from kernel.querysets import GuardedModel, UnscopedQuery
from tests.kernel.guarded import GUARDED, NOBODY, READS, Rows, a_row, column, moment

pytestmark = pytest.mark.django_db

ASYNC: dict[str, Callable[[Rows], Any]] = {
    "async for": lambda rows: anext(aiter(rows)),
    "aiterator": lambda rows: anext(aiter(rows.aiterator())),
    "aget": lambda rows: rows.aget(pk=NOBODY),
    "acount": lambda rows: rows.acount(),
    "aexists": lambda rows: rows.aexists(),
    "afirst": lambda rows: rows.afirst(),
    "alast": lambda rows: rows.alast(),
    "aearliest": lambda rows: rows.aearliest("pk"),
    "alatest": lambda rows: rows.alatest("pk"),
    "aaggregate": lambda rows: rows.aaggregate(n=Count("pk")),
    "ain_bulk": lambda rows: rows.ain_bulk([NOBODY]),
    "acontains": lambda rows: rows.acontains(a_row(rows.model)),
    "aexplain": lambda rows: rows.aexplain(),
    "adelete": lambda rows: rows.filter(pk=NOBODY).adelete(),
    "aupdate": lambda rows: rows.filter(pk=NOBODY).aupdate(id=NOBODY),
    "abulk_update": lambda rows: rows.abulk_update([a_row(rows.model)], [column(rows.model)]),
    "aget_or_create": lambda rows: rows.aget_or_create(pk=NOBODY),
    "aupdate_or_create": lambda rows: rows.aupdate_or_create(pk=NOBODY),
}
ENTRANCES: dict[str, Callable[[type[GuardedModel]], Rows]] = {
    "objects": lambda model: model.objects.all(),
    "the base manager": lambda model: model._base_manager.all(),
    "the default manager": lambda model: model._default_manager.all(),
    "a queryset by hand": QuerySet,
    "a query by hand": lambda model: QuerySet(model, query=sql.Query(model)),
    "a manager by hand": lambda model: by_hand(model).all(),
    "its content type": lambda model: ContentType.objects.get_for_model(model).get_all_objects_for_this_type(),
}


def by_hand(model: type[models.Model]) -> models.Manager[Any]:
    manager = models.Manager[Any]()
    manager.model = model
    return manager


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("way", READS)
def test_no_guarded_table_is_read_unsaid(entrance, way):
    for model in GUARDED:
        with (
            pytest.raises(UnscopedQuery),
            transaction.atomic(),
        ):  # bulk_update leaves its own half done, and the next one asks for a content type
            READS[way](ENTRANCES[entrance](model))


@pytest.mark.parametrize("way", ASYNC)
def test_nor_by_the_asynchronous_variants(way):
    async def read(rows: Rows) -> Any:
        return await ASYNC[way](rows)

    for model in GUARDED:
        for entrance in ("objects", "a queryset by hand"):
            with pytest.raises(UnscopedQuery):
                async_to_sync(read)(ENTRANCES[entrance](model))


def test_nor_by_dates():
    for model in filter(moment, GUARDED):
        for rows in (model.objects.dates(moment(model), "year"), model.objects.datetimes(moment(model), "year")):
            with pytest.raises(UnscopedQuery):
                list(rows)


def test_nor_by_raw_sql():
    for model in GUARDED:
        with pytest.raises(UnscopedQuery):
            list(model.objects.raw(f"SELECT * FROM {model._meta.db_table}"))


def test_nor_by_a_compiler_asked_directly():
    for model in GUARDED:
        with pytest.raises(UnscopedQuery):
            sql.Query(model).get_compiler("default").execute_sql()
        with pytest.raises(UnscopedQuery):
            sql.DeleteQuery(model).delete_batch([NOBODY], "default")
        with pytest.raises(UnscopedQuery):
            sql.UpdateQuery(model).update_batch([NOBODY], {column(model): ""}, "default")


def test_nor_by_a_table_named_beside_an_open_one():
    for model in GUARDED:
        with pytest.raises(UnscopedQuery):
            list(Agency.objects.extra(tables=[model._meta.db_table]))


def test_nor_by_dumping_the_database():
    for model in GUARDED:
        with pytest.raises((UnscopedQuery, CommandError)) as refused:
            call_command("dumpdata", model._meta.label, stdout=io.StringIO())
        assert "visible_to" in str(refused.value)


def test_nor_by_another_thread_of_the_event_loop():
    async def together() -> list[Any]:
        return await asyncio.gather(*(CaseFile.objects.acount() for _ in range(3)), return_exceptions=True)

    assert [type(found) for found in async_to_sync(together)()] == [UnscopedQuery] * 3
