"""The guarded tables, the relations that lead into them, and the ways Django has to read a table."""

import pickle
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_list_or_404, get_object_or_404

from kernel.postgresql.compiler import guarded_tables
from kernel.querysets import GuardedModel

GUARDED = sorted(guarded_tables().values(), key=lambda model: model.__name__)
NOBODY = uuid.UUID(int=0)
Rows = QuerySet[Any]


def column(model: type[models.Model], kind: type[models.Field] = models.Field) -> str:
    """A column of the model itself, to filter, sort or read by."""
    fields = (f for f in model._meta.concrete_fields if not f.primary_key and not f.is_relation and isinstance(f, kind))
    return next(fields).name


def a_row(model: type[models.Model]) -> models.Model:
    row = model(pk=NOBODY)
    row._state.adding = False
    return row


def moment(model: type[models.Model]) -> str:
    return next((f.name for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)), "")


def edges(*, listed: bool) -> Iterator[tuple[type[models.Model], str, Any]]:
    """Every relation of every installed model that leads into a guarded table, hidden ones included, by the name a query uses."""
    for model in apps.get_models(include_auto_created=True):
        for name, field in {**model._meta.fields_map, **model._meta._forward_fields_map}.items():
            target = field.related_model if field.is_relation else None
            if isinstance(target, type) and issubclass(target, GuardedModel):
                lawful = issubclass(model, GuardedModel) and field.name in model.sight_includes and not field.auto_created
                if lawful is listed:
                    yield model, name, field


def start(model: type[models.Model]) -> Rows:
    return model.objects.unscoped("a test sets out from here") if issubclass(model, GuardedModel) else model._default_manager.all()


READS: dict[str, Callable[[Rows], Any]] = {
    "all": list,
    "slice": lambda rows: list(rows[:1]),
    "index": lambda rows: rows.order_by("pk")[0],
    "truth": bool,
    "length": len,
    "repr": repr,
    "its SQL": lambda rows: str(rows.query),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(a_row(rows.model)),
    "aggregate": lambda rows: rows.aggregate(n=Count("pk")),
    "aggregate after annotate": lambda rows: rows.annotate(n=Count("pk")).aggregate(m=models.Max("n")),
    "values": lambda rows: list(rows.values()),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "distinct": lambda rows: list(rows.distinct()),
    "only": lambda rows: list(rows.only("pk")),
    "defer": lambda rows: list(rows.defer(column(rows.model))),
    "reverse": lambda rows: list(rows.order_by("pk").reverse()),
    "exclude": lambda rows: list(rows.exclude(pk=NOBODY)),
    "complex filter": lambda rows: list(rows.complex_filter(Q(pk=NOBODY))),
    "window": lambda rows: list(rows.annotate(n=Window(RowNumber())).filter(n=1)),
    "get": lambda rows: rows.get(pk=NOBODY),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("pk"),
    "latest": lambda rows: rows.latest("pk"),
    "in_bulk": lambda rows: rows.in_bulk([NOBODY]),
    "in_bulk of all": lambda rows: rows.in_bulk(),
    "iterator": lambda rows: list(rows.iterator(chunk_size=10)),
    "explain": lambda rows: rows.explain(),
    "lock": lambda rows: list(rows.select_for_update(skip_locked=True)),
    "using": lambda rows: list(rows.using("default")),
    "union with itself": lambda rows: list(rows.union(rows, all=True)),
    "intersection": lambda rows: list(rows.intersection(rows)),
    "difference": lambda rows: list(rows.difference(rows.filter(pk=NOBODY))),
    "or": lambda rows: list(rows | rows.filter(pk=NOBODY)),
    "and": lambda rows: list(rows & rows.filter(pk=NOBODY)),
    "xor": lambda rows: list(rows ^ rows.filter(pk=NOBODY)),
    "subquery of itself": lambda rows: list(rows.filter(pk__in=rows.values("pk"))),
    "pickled": lambda rows: list(QuerySet(rows.model, query=pickle.loads(pickle.dumps(rows.query)))),
    "delete": lambda rows: rows.filter(pk=NOBODY).delete(),
    "raw delete": lambda rows: rows.filter(pk=NOBODY)._raw_delete("default"),
    "update": lambda rows: rows.filter(pk=NOBODY).update(id=NOBODY),
    "bulk_update": lambda rows: rows.bulk_update([a_row(rows.model)], [column(rows.model)]),
    "upsert": lambda rows: rows.bulk_create(
        [rows.model(pk=NOBODY)], update_conflicts=True, unique_fields=["pk"], update_fields=[column(rows.model)]
    ),
    "get_or_create": lambda rows: rows.get_or_create(pk=NOBODY),
    "update_or_create": lambda rows: rows.update_or_create(pk=NOBODY),
    "get_object_or_404": lambda rows: get_object_or_404(rows, pk=NOBODY),
    "get_list_or_404": get_list_or_404,
    "a form's choices": lambda rows: list(forms.ModelChoiceField(rows).choices),
    "a form's chosen row": lambda rows: forms.ModelChoiceField(rows).clean(str(NOBODY)),
    "serialised": lambda rows: serializers.serialize("json", rows),
}
