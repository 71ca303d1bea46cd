"""Keeping records: a record with its home grants, and immutable renditions hashed over their canonical content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.records import grants, handling
from cases.records.models import Record, Rendition, new_reference


def keep_record(*, officer: Officer, casefile: CaseFile, kind: Record.Kind) -> Record:
    """A new record in its home file, seen by the file's audience; in the caller's transaction."""
    record = Record.objects.create(agency_id=casefile.agency_id, home=casefile, kind=kind, reference=new_reference(), made_by=officer)
    grants.admit_home([record], casefile)
    return record


def keep_rendition(*, officer: Officer, record: Record, content: Mapping[str, Any], **facts: Any) -> Rendition:
    """The next rendition of a locked record. `content` is what it says beyond its own columns (paragraphs, rows); it is hashed, not stored.

    `facts` are Rendition's columns: title, handling_scheme, handling_code and so on. Raises KeyError for an unknown handling code.
    """
    number = Rendition.objects.unscoped("numbering a record's renditions").filter(record=record).count() + 1
    facts["handling_atoms"] = handling.atoms(facts["handling_scheme"], facts["handling_code"])
    rendition = Rendition(record=record, number=number, made_by=officer, **facts)
    rendition.content_hash = content_hash(rendition, content)
    rendition.save(force_insert=True)
    return rendition


def content_hash(rendition: Rendition, content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a rendition's canonical JSON: its own columns and what its room says besides."""
    columns = (
        "record_id",
        "number",
        "kind",
        "title",
        "language",
        "dated_on",
        "handling_scheme",
        "handling_code",
        "handling_text",
        "reason",
    )
    body = {name: getattr(rendition, name) for name in columns} | {"content": content}
    text = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
