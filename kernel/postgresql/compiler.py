"""The last gate before SQL: every ORM statement passes here, whoever wrote it and from whichever model it set out.

Guarding querysets alone leaves the way round: a filter, `values` or `select_related` that starts at an open table
and joins its way into a guarded one. The compiler sees the finished list of joins, so nothing goes round it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.postgresql import compiler
from django.db.models import ForeignKey
from django.db.models.constants import OnConflict
from django.db.models.sql.datastructures import Join

from kernel.querysets import GuardedModel, UnscopedQuery


@cache
def guarded_tables() -> dict[str, type[GuardedModel]]:
    return {m._meta.db_table: m for m in apps.get_models(include_auto_created=True) if issubclass(m, GuardedModel)}


def check_source(query: Any, table: str) -> None:
    """Raises UnscopedQuery if the statement sets out from a guarded table and it was not said who is looking."""
    model = guarded_tables().get(table)
    if model and not getattr(query, "scope", ""):
        raise UnscopedQuery(f"{model.__name__}: say visible_to(officer) or unscoped(why) before it is read")


def check_join(table: str, edge: Any) -> None:
    """Raises UnscopedQuery if a guarded table is joined by anything but a forward key its own row's sight includes."""
    model = guarded_tables().get(table)
    if model and not (isinstance(edge, ForeignKey) and edge.name in getattr(edge.model, "sight_includes", ())):
        raise UnscopedQuery(f"{model.__name__}: reached by {edge}, which is not among its model's sight_includes")


class SQLCompiler(compiler.SQLCompiler):
    def get_from_clause(self) -> Any:
        """Where Django turns the joins into SQL: the only moment at which those of ordering and select_related stand too."""
        if self.query.extra_tables:
            raise UnscopedQuery("tables named by hand are not read")
        for alias, source in self.query.alias_map.items():
            if not self.query.alias_refcount[alias]:
                continue
            if isinstance(source, Join):
                check_join(source.table_name, source.join_field)
            else:
                check_source(self.query, source.table_name)
        return super().get_from_clause()


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    query: Any

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        if self.query.on_conflict == OnConflict.UPDATE:
            check_source(self.query, self.query.get_meta().db_table)
        return super().as_sql(*args, **kwargs)


class SQLDeleteCompiler(compiler.SQLDeleteCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        check_source(self.query, self.query.get_meta().db_table)
        return super().as_sql(*args, **kwargs)


class SQLUpdateCompiler(compiler.SQLUpdateCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        check_source(self.query, self.query.get_meta().db_table)
        return super().as_sql(*args, **kwargs)


class SQLAggregateCompiler(compiler.SQLAggregateCompiler):
    """Reads from a subquery only, which is compiled, and so checked, by itself."""
