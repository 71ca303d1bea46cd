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

from kernel.querysets import GuardedModel, UnscopedQuery


@cache
def guarded_tables() -> dict[str, type[GuardedModel]]:
    return {m._meta.db_table: m for m in apps.get_models(include_auto_created=True) if issubclass(m, GuardedModel)}


def check(query: Any) -> None:
    """Raises UnscopedQuery if the statement reads a guarded table nobody was named for, or joins one by an unlisted edge."""
    guarded = guarded_tables()
    for alias, table in query.alias_map.items():
        if table.table_name not in guarded or not query.alias_refcount.get(alias):
            continue
        name = guarded[table.table_name].__name__
        if table.parent_alias is None:
            if not getattr(query, "scope", ""):
                raise UnscopedQuery(f"{name}: say visible_to(officer) or unscoped(why) before it is read")
        elif not _listed(table.join_field):
            raise UnscopedQuery(f"{name}: reached by {table.join_field}, which is not among its model's sight_includes")


def _listed(edge: Any) -> bool:
    forward = isinstance(edge, ForeignKey)
    return forward and issubclass(edge.model, GuardedModel) and edge.name in edge.model.sight_includes


class _Checked:
    query: Any

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        statement = super().as_sql(*args, **kwargs)  # type: ignore[misc]
        check(self.query)  # after compiling: only then are all joins of select_related known
        return statement


class SQLCompiler(_Checked, compiler.SQLCompiler):
    pass


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    pass


class SQLDeleteCompiler(_Checked, compiler.SQLDeleteCompiler):
    pass


class SQLUpdateCompiler(_Checked, compiler.SQLUpdateCompiler):
    pass


class SQLAggregateCompiler(_Checked, compiler.SQLAggregateCompiler):
    pass
