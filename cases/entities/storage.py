"""Where files from outside lie until their rows are in: a private place under drawn names, read by workers and served to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, NamedTuple, cast
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

PIECE = 1024 * 1024  # bytes


class Stored(NamedTuple):
    """A file as it was kept: under which name, its SHA-256 in hexadecimal, its size in bytes."""

    name: str
    digest: str
    size: int


def keep(content: File[bytes]) -> Stored:
    """Keep a file, in pieces, under a name drawn for it. Raises OSError."""
    seen, size = hashlib.sha256(), 0
    for piece in content.chunks(PIECE):
        seen.update(piece)
        size += len(piece)
    name = storages["imports"].save(uuid4().hex, content if size else ContentFile(b""))
    return Stored(name, seen.hexdigest(), size)


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file, to read. Raises FileNotFoundError."""
    with storages["imports"].open(name, "rb") as file:
        yield cast("BinaryIO", file.file)


def remove(name: str) -> None:
    """The file is gone; it may be gone already."""
    storages["imports"].delete(name)


def older_than(moment: datetime) -> Iterable[str]:
    """The names of files kept before a moment."""
    place = storages["imports"]
    try:
        _folders, names = place.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return []
    return [name for name in names if place.get_modified_time(name) < moment]
