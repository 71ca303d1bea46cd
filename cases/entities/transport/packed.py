"""What may be unpacked of a workbook: a zip from a stranger is measured by its own directory before a byte of it is read."""

from __future__ import annotations

from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid, sentence

MOST_ENTRIES = 2_000
MOST_UNPACKED = 512 * 1024 * 1024  # bytes, of all entries together
MOST_RATIO = 250
"""A sheet of equal rows packs about fifty to one; a bomb a thousand."""
SMALL = 1024 * 1024  # bytes; what is smaller may pack as well as it likes
LARGE_PARTS = {"xl/sharedStrings.xml": 64 * 1024 * 1024, "content.xml": 256 * 1024 * 1024}
SHEETS, MOST_SHEET = "xl/worksheets/", 256 * 1024 * 1024
MOST_PART = 16 * 1024 * 1024
"""All other parts that are read are read whole."""

BOMB = sentence("entities.unpacks-too-large", _("This workbook unpacks to more than can be read here. Save the sheet alone as CSV."))


def opened(file: BinaryIO) -> ZipFile:
    """The zip, once it is known that it unpacks to what can be read. Raises Invalid, BadZipFile.

    The sizes are those of its directory; Python reads no more of an entry than is said there, and refuses entries that overlap.
    """
    archive = ZipFile(file)
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    swollen = [e for e in entries if e.file_size > SMALL and e.file_size > MOST_RATIO * max(e.compress_size, 1)]
    oversized = [e for e in entries if e.filename.endswith((".xml", ".rels")) and e.file_size > _most(e.filename)]
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swollen or oversized:
        raise Invalid(BOMB)
    return archive


def _most(name: str) -> int:
    return MOST_SHEET if name.startswith(SHEETS) else LARGE_PARTS.get(name, MOST_PART)
