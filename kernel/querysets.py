"""Tables that will not be read until someone says who is looking."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from sys import intern
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from kernel.errors import Invalid, NotFound

M = TypeVar("M", bound="GuardedModel")
R = TypeVar("R")


class UnscopedQuery(RuntimeError):
    """A guarded table was about to be read without visible_to(officer) or unscoped(why), or by an edge that is not listed."""


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows of a list, and where the next ones begin ("" at the end). No total: counting is reading."""

    rows: list[R]
    cursor: str


def cursor_at(at: datetime, pk: uuid.UUID) -> str:
    """Where a page ended, for whoever asks for the next one."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{pk}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[datetime, uuid.UUID]:
    """Where a cursor points. Raises Invalid for one that we never gave out."""
    try:
        at, _bar, pk = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        place = datetime.fromisoformat(at), uuid.UUID(pk)
    except (ValueError, binascii.Error) as broken:
        raise Invalid from broken
    if place[0].utcoffset() != timedelta(0) or cursor_at(*place) != cursor:  # the database's moments are UTC
        raise Invalid
    return place


def page_of(rows: models.QuerySet[Any], *, by: str, after: str = "", size: int = 50) -> Page[Any]:
    """The newest rows by the time column `by`, after a cursor: by keyset, so no page repeats or skips a row. Raises Invalid."""
    rows = rows.order_by(f"-{by}", "-pk")
    if after:
        at, pk = place_of(after)
        rows = rows.filter(Q(**{f"{by}__lt": at}) | Q(pk__lt=pk), **{f"{by}__lte": at})  # a range the index begins at
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], cursor_at(getattr(last, by), last.pk) if last else "")


Sight = Callable[[Any], "models.QuerySet[Any, Any]"]
"""What an officer sees of something, as a query for one column."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a query was put in words: equal while the person, their agency and what they may do are the same."""

    officer: Any = field(compare=False)
    pk: uuid.UUID
    agency: uuid.UUID
    deeds: frozenset[str]


def in_words(sight: Sight, officer: Any) -> RawSQL | None:
    """A subquery for `column__in`: the words of the query are found once for each reader, its rows at every reading, by the database.

    To find the words anew each time took most of a page's time. They passed the compiler's guard when they were found, and may hold
    nothing of an officer but what tells readers apart. None where this reader can see nothing.
    """
    return _in_words(sight, Reader(officer, officer.pk, officer.agency_id, officer.deeds))


@lru_cache(maxsize=16_384)
def _in_words(sight: Sight, reader: Reader) -> RawSQL | None:
    try:
        words, values = sight(reader.officer).query.sql_with_params()
    except EmptyResultSet:
        return None
    return RawSQL(intern(words), values)  # noqa: S611  # Django's own words of a guarded query


@cache
def _keys(model: type[GuardedModel]) -> Sight:
    return lambda officer: model._default_manager.visible_to(officer).values("pk")  # type: ignore[attr-defined]


class GuardedQuerySet(models.QuerySet[M]):
    """Carries who is looking (`query.scope`) through every clone and subquery; kernel.postgresql compiles only with one."""

    def visible_to(self, officer: Any) -> Self:
        """The rows this officer may know exist, decided by the database at the moment of reading. Each model states its rule."""
        raise NotImplementedError

    def seen_by(self, officer: Any) -> Any:
        """The keys of all that `visible_to` shows, for `key__in` in the rule of what is seen with it."""
        return in_words(_keys(self.model), officer) or ()

    def unscoped(self, why: str) -> Self:
        """Every row, for work that has no officer. The call sites are a reviewed list (tests/test_house.py)."""
        return self._scoped(f"unscoped: {why}")

    def holding(self, right: str, officer: Any) -> Self:
        """The rows on which the officer holds a right. Models without grants of their own know only `view`."""
        return self.visible_to(officer) if right == "view" else self.none()

    def locked(self) -> Self:
        """Hold these rows, and no joined ones, until the transaction ends."""
        return self.select_for_update(of=("self",))

    def one(self, pk: uuid.UUID | str) -> M:
        """The row, or NotFound: what is hidden and what is absent give the same answer."""
        found = self.filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    def newest(self, *, by: str, after: str = "", size: int = 50) -> Page[M]:
        """A page of the newest rows by the time column `by`, after a cursor: by keyset, so no page repeats or skips a row.

        Raises Invalid for a broken cursor.
        """
        return page_of(self, by=by, after=after, size=size)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Deletes these rows and nothing that hangs on them: foreign keys refuse what would be left behind."""
        count = int(self._raw_delete(using=self.db) or 0)  # Django's own way forgets the scope between reading and deleting
        return count, {self.model._meta.label: count}

    delete.alters_data = True  # type: ignore[attr-defined]  # no template calls it
    delete.queryset_only = True  # type: ignore[attr-defined]  # no manager has it: a whole table is not deleted by a slip

    def _scoped(self, scope: str) -> Self:
        clone = self._chain()  # type: ignore[attr-defined]
        clone.query.scope = scope
        return clone  # type: ignore[no-any-return]

    def _combined_with(self, other: models.QuerySet[Any]) -> None:
        if not all(getattr(rows.query, "scope", "") for rows in (self, other)):
            raise UnscopedQuery(f"{self.model.__name__}: of both it is said who is looking, or they are not combined")

    def __or__(self, other: Any) -> Any:
        self._combined_with(other)
        return super().__or__(other)

    def __and__(self, other: Any) -> Any:
        self._combined_with(other)
        return super().__and__(other)

    def __xor__(self, other: Any) -> Any:
        self._combined_with(other)
        return super().__xor__(other)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise UnscopedQuery(f"{self.model.__name__}: a guarded table is not read by raw SQL")

    def _update(self, values: Any) -> Any:  # what save() calls, on a row that was already lawfully read
        return super(GuardedQuerySet, self._scoped("saving a row in hand"))._update(values)  # type: ignore[misc]


class GuardedModel(models.Model):
    """A thing not everybody may know of. Its Meta must extend GuardedModel.Meta, so that lazy keys are guarded too."""

    sight_includes: ClassVar[frozenset[str]] = frozenset()
    """Forward keys that whoever sees this row may follow into their guarded tables (by select_related, filter or values)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        if self._state.adding:
            raise UnscopedQuery(f"{type(self).__name__}: a row that was never read is not read again")
        mine = type(self)._base_manager.unscoped("reading again a row in hand")  # type: ignore[attr-defined]
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset or mine)
