"""No guarded table is reached from another by an unlisted edge: every edge of every model is tried in every way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from accounts.models import Agency, Officer
from cases.casefiles.models import CaseFile, Note
from cases.records.models import Rendition
from kernel.querysets import UnscopedQuery
from tests.kernel.guarded import Rows, column, edges, start

pytestmark = pytest.mark.django_db

JOINS: dict[str, Callable[[Rows, str, str], Any]] = {
    "filter": lambda rows, edge, leaf: list(rows.filter(**{f"{edge}__{leaf}": None})),
    "filter isnull": lambda rows, edge, leaf: list(rows.filter(**{f"{edge}__{leaf}__isnull": False})),
    "get": lambda rows, edge, leaf: rows.get(**{f"{edge}__{leaf}__isnull": False}),
    "exclude": lambda rows, edge, leaf: list(rows.exclude(**{f"{edge}__{leaf}__isnull": False})),
    "values": lambda rows, edge, leaf: list(rows.values(f"{edge}__{leaf}")),
    "values_list": lambda rows, edge, leaf: list(rows.values_list(f"{edge}__{leaf}")),
    "annotate": lambda rows, edge, leaf: list(rows.annotate(x=F(f"{edge}__{leaf}"))),
    "alias": lambda rows, edge, leaf: list(rows.alias(x=F(f"{edge}__{leaf}")).filter(x=None)),
    "count of the related": lambda rows, edge, leaf: list(rows.annotate(n=Count(f"{edge}__{leaf}"))),
    "aggregate": lambda rows, edge, leaf: rows.aggregate(n=Count(f"{edge}__{leaf}")),
    "order_by": lambda rows, edge, leaf: list(rows.order_by(f"{edge}__{leaf}")),
    "order_by, first": lambda rows, edge, leaf: rows.order_by(f"{edge}__{leaf}").first(),
    "latest": lambda rows, edge, leaf: rows.latest(f"{edge}__{leaf}"),
    "distinct on": lambda rows, edge, leaf: list(rows.order_by().distinct(f"{edge}__{leaf}")),
    "exists": lambda rows, edge, leaf: rows.filter(**{f"{edge}__{leaf}__isnull": False}).exists(),
    "count": lambda rows, edge, leaf: rows.filter(**{f"{edge}__{leaf}__isnull": False}).count(),
    "update": lambda rows, edge, leaf: rows.filter(**{f"{edge}__{leaf}__isnull": False}).update(id=None),
    "delete": lambda rows, edge, leaf: rows.filter(**{f"{edge}__{leaf}__isnull": False})._raw_delete("default"),
    "filtered relation": lambda rows, edge, leaf: list(
        rows.annotate(there=FilteredRelation(edge, condition=Q(**{f"{edge}__{leaf}__isnull": False}))).values(f"there__{leaf}")
    ),
    "subquery": lambda rows, edge, leaf: list(Agency.objects.filter(name__in=rows.values(f"{edge}__{leaf}"))),
    "exists of a subquery": lambda rows, edge, leaf: list(
        Agency.objects.filter(Exists(rows.filter(**{f"{edge}__{leaf}": OuterRef("name")})))
    ),
    "scalar subquery": lambda rows, edge, leaf: list(Agency.objects.annotate(x=Subquery(rows.values(f"{edge}__{leaf}")[:1]))),
}


@pytest.mark.parametrize("way", JOINS)
def test_no_guarded_table_is_joined_by_an_edge_that_is_not_listed(way):
    tried = 0
    for model, name, field in edges(listed=False):
        refusals = (UnscopedQuery, FieldError) if name.endswith("+") else (UnscopedQuery,)  # Django resolves hidden names at times
        with pytest.raises(refusals):
            JOINS[way](start(model), name, column(field.related_model))
        tried += 1
    assert tried > 30


def test_select_related_follows_listed_keys_only():
    tried = 0
    for model, name, field in edges(listed=False):
        if field.concrete and field.name == name:
            for wanted in ((name,), (f"{name}__{key}" for key in column_keys(field.related_model))):
                for path in wanted:
                    with pytest.raises(UnscopedQuery):
                        list(start(model).select_related(path))
                    tried += 1
    assert tried > 20


def column_keys(model: type[models.Model]) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.is_relation][:1]


def test_select_related_of_everything_reaches_no_unlisted_table():
    for model in {model for model, name, field in edges(listed=False) if field.concrete and not field.null}:
        with pytest.raises(UnscopedQuery):
            list(start(model).select_related())


def test_a_lawful_key_does_not_open_the_next_door():
    with pytest.raises(UnscopedQuery):
        list(Rendition.objects.unscoped("test").select_related("record__home"))
    with pytest.raises(UnscopedQuery):
        list(Rendition.objects.unscoped("test").filter(record__home__title="Harbor"))
    with pytest.raises(UnscopedQuery):
        list(Note.objects.unscoped("test").filter(casefile__tasks__title="Harbor"))
    with pytest.raises(UnscopedQuery):
        list(Group.objects.filter(casegrant__content_object__title="Harbor"))


def test_sorting_by_what_hangs_on_a_row_is_a_join_too():
    with pytest.raises(UnscopedQuery):
        list(Rendition.objects.unscoped("test").order_by("header__title"))


@pytest.mark.parametrize("combine", ["__or__", "__and__", "__xor__", "union", "difference", "intersection"])
def test_a_scoped_queryset_lends_its_scope_to_no_other(ana: Officer, combine):
    said, unsaid = CaseFile.objects.visible_to(ana), CaseFile.objects.filter(title="Harbor")
    for one, other in ((said, unsaid), (unsaid, said), (said, QuerySet(CaseFile)), (QuerySet(CaseFile).filter(title="Harbor"), said)):
        with pytest.raises(UnscopedQuery):
            list(getattr(one, combine)(other))


@pytest.mark.parametrize(
    "inner",
    [
        lambda unsaid: Q(pk__in=unsaid),
        lambda unsaid: Q(pk__in=unsaid.values("pk")),
        lambda unsaid: Exists(unsaid.filter(pk=OuterRef("pk"))),
        lambda unsaid: ~Exists(unsaid.filter(pk=OuterRef("pk"))),
        lambda unsaid: Q(title=Subquery(unsaid.values("title")[:1])),
    ],
)
def test_a_scoped_queryset_does_not_hide_an_unsaid_one_inside(ana: Officer, inner):
    with pytest.raises(UnscopedQuery):
        list(CaseFile.objects.unscoped("test").filter(inner(CaseFile.objects.filter(title="Harbor"))))
    with pytest.raises(UnscopedQuery):
        list(Agency.objects.filter(Exists(CaseFile.objects.filter(agency=OuterRef("pk")))))
