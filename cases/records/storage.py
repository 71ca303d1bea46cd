"""Keeping records: a record with its home grants, and immutable renditions hashed over their canonical content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from accounts.models import Desk, Officer
from audit.ledger import record as write
from cases.casefiles import storage as casefiles
from cases.casefiles.models import CaseFile
from cases.records import grants, handling
from cases.records.events import Event
from cases.records.models import CaseHeader, Record, Rendition, new_reference

HASHED = (
    "record_id", "number", "kind", "title", "language", "dated_on", "handling_scheme", "handling_code", "handling_text",
    "handling_countries", "reason",
)  # fmt: skip


def keep_record(*, officer: Officer, casefile: CaseFile, kind: Record.Kind) -> Record:
    """A new record in its home file, seen by the file's audience; in the caller's transaction, which holds the file from here on."""
    files = CaseFile.objects.unscoped("holding a file, so that its audience does not change beside a new record")
    home = files.select_related("unit", "agency").locked().one(casefile.pk)
    record = Record.objects.create(agency_id=home.agency_id, home=home, kind=kind, reference=new_reference(), made_by=officer)
    grants.admit_home([record], home)
    return record


def keep_rendition(*, officer: Officer, record: Record, content: Mapping[str, Any], **facts: Any) -> Rendition:
    """The next rendition of a locked record, told among the deeds of its home file.

    `content` is what it says beyond its own columns (paragraphs, rows); it is hashed, not stored. `facts` are Rendition's columns:
    title, handling_scheme, handling_code and so on; handling_atoms only where its parts add to those of the code.
    Raises KeyError for an unknown handling code.
    """
    number = Rendition.objects.unscoped("numbering a record's renditions").filter(record=record).count() + 1
    facts.setdefault("handling_atoms", handling.atoms(facts["handling_scheme"], facts["handling_code"]))
    rendition = Rendition(record=record, number=number, made_by=officer, **facts)
    rendition.content_hash = content_hash(rendition, content)
    rendition.save(force_insert=True)
    casefiles.touch(record.home_id)
    write(
        Event.RENDITION_MADE, actor=officer, subject=CaseFile(pk=record.home_id), owner=record.agency_id,
        rendition_hash=bytes.fromhex(rendition.content_hash), record=record.pk, rendition=rendition.pk,
    )  # fmt: skip
    return rendition


def content_hash(rendition: Rendition, content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a rendition's canonical JSON: its own columns and what its room says besides."""
    body = {name: getattr(rendition, name) for name in HASHED} | {"content": content}
    text = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def keep_case_header(*, officer: Officer, casefile: CaseFile, titled: bool) -> Rendition:
    """The rendition that says which case this is and whom to call, as a release of the case's header gives it.

    With its title only if that was chosen; one that still says what is true is given again, else a new one is made. Its handling
    code is the mildest of the agency's scheme that does not make it public. In the caller's transaction, by an officer who sees the case.
    """
    files = CaseFile.objects.visible_to(officer).select_related("agency", "unit")
    home = files.locked().one(casefile.pk)
    headers = Record.objects.visible_to(officer).filter(home=home, kind=Record.Kind.CASE_HEADER)
    record = headers.order_by("made_at").first() or keep_record(officer=officer, casefile=home, kind=Record.Kind.CASE_HEADER)
    says = _header_of(home, titled=titled)
    stands = CaseHeader.objects.visible_to(officer).filter(rendition__record=record, **says).select_related("rendition")
    header = stands.order_by("-rendition__number").first()
    if header:
        return header.rendition
    rendition = keep_rendition(
        officer=officer, record=record, content=says, kind=Rendition.Kind.ORIGINAL if titled else Rendition.Kind.TEAR_LINE,
        title=f"{home.reference} {home.title}" if titled else home.reference, language=home.agency.language,
        handling_scheme=home.agency.handling_scheme, handling_code=handling.mildest(home.agency.handling_scheme),
    )  # fmt: skip
    CaseHeader.objects.create(rendition=rendition, **says)
    return rendition


def _header_of(casefile: CaseFile, *, titled: bool) -> dict[str, Any]:
    desk = Desk.objects.filter(unit=casefile.unit_id).first() or Desk()
    return {
        "reference": casefile.reference, "title": casefile.title if titled else "", "unit": casefile.unit.name,
        "desk": desk.name, "phone": desk.phone, "email": desk.email, "hours": desk.hours, "languages": desk.languages,
    }  # fmt: skip
