"""Recording intelligence, correcting it, and making it fit to leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import notices
from accounts.models import Officer
from audit.models import Event as Line
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from cases.intelligence import rules
from cases.intelligence.actions.versions import CORRECTED, write_down
from cases.intelligence.events import Event
from cases.intelligence.models import Paragraph
from cases.records import handling, storage
from cases.records import rules as records
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, Invalid, NotFound


@transaction.atomic(durable=True)
def record_item(
    *, officer: Officer, casefile_id: UUID, title: str, paragraphs: Sequence[Mapping[str, Any]], dated_on: date | None = None,
    language: str = "", **marking: Any,
) -> Rendition:  # fmt: skip
    """Keep a new item of 1 to 50 graded paragraphs in a case file one works on, or in the unit's standing file.

    A paragraph has text, kind, scheme, source_code and information_code, and handling of its own or that of the item. `marking` is the
    item's handling_code, handling_scheme (the agency's unless given), handling_text and handling_countries.
    Raises NotFound, NotAllowed (records.rules.can_record), Conflict in a closed case, Invalid (rules.says_enough).
    """
    casefile = CaseFile.objects.visible_to(officer).select_related("lead", "agency").locked().one(casefile_id)
    records.can_record(officer, casefile).enforce()
    casefiles.hold_open(casefile)
    item = storage.keep_record(officer=officer, casefile=casefile, kind=Record.Kind.INTELLIGENCE)
    facts: dict[str, Any] = {"title": title, "dated_on": dated_on, "language": language or officer.agency.language}
    rendition = _keep(officer, item, _marked(officer, marking), paragraphs, kind=Rendition.Kind.ORIGINAL, **facts)
    write_down(Event.ITEM_RECORDED, officer, rendition, casefile=casefile.pk)
    return rendition


@transaction.atomic(durable=True)
def correct_item(
    *, officer: Officer, rendition_id: UUID, title: str, paragraphs: Sequence[Mapping[str, Any]], reason: str,
    dated_on: date | None = None, language: str = "", **marking: Any,
) -> Rendition:  # fmt: skip
    """Say it anew, as the next version; what was read, released and cited stays. Whoever read an older version is told.

    Raises NotFound, NotAllowed (records.rules.can_add), Conflict if there is a newer version or the case is closed, Invalid.
    """
    old = _version(officer, rendition_id)
    newer = Rendition.objects.visible_to(officer).filter(record=old.record, kind=Rendition.Kind.ORIGINAL, number__gt=old.number)
    if old.kind != Rendition.Kind.ORIGINAL or newer.exists():
        raise Conflict(rules.NOT_NEWEST)
    facts: dict[str, Any] = {"title": title, "dated_on": dated_on, "language": language or old.language, "reason": reason}
    rendition = _keep(officer, old.record, _marked(officer, marking), paragraphs, kind=Rendition.Kind.ORIGINAL, **facts)
    _tell_readers(rendition, but=officer)
    write_down(Event.ITEM_CORRECTED, officer, rendition, instead_of=old.pk, reason=reason)
    return rendition


@transaction.atomic(durable=True)
def make_tear_line(
    *, officer: Officer, rendition_id: UUID, title: str, paragraphs: Sequence[Mapping[str, Any]], reason: str = "",
    dated_on: date | None = None, language: str = "", **marking: Any,
) -> Rendition:  # fmt: skip
    """A sanitised version of an item, with words, grades and handling of its own, that may leave where the original may not.

    Raises NotFound, NotAllowed (records.rules.can_add), Conflict in a closed case, Invalid.
    """
    old = _version(officer, rendition_id)
    facts: dict[str, Any] = {"title": title, "dated_on": dated_on, "language": language or old.language, "reason": reason}
    facts |= {"kind": Rendition.Kind.TEAR_LINE, "sanitised_from": old.content_hash}
    rendition = _keep(officer, old.record, _marked(officer, marking), paragraphs, **facts)
    write_down(Event.TEAR_LINE_MADE, officer, rendition, made_from=old.pk, reason=reason)
    return rendition


def _version(officer: Officer, rendition_id: UUID) -> Rendition:
    """The version that a new one begins from, its home file and then its record held, asked whether the officer may.

    The file comes first, as everywhere: whoever closes it waits, or has closed it. Raises NotFound, NotAllowed, Conflict.
    """
    items = Rendition.objects.visible_to(officer).filter(record__kind=Record.Kind.INTELLIGENCE).select_related("record")
    old = items.one(rendition_id)
    casefile = CaseFile.objects.visible_to(officer).select_related("lead").locked().filter(pk=old.record.home_id).first()
    old.record = Record.objects.visible_to(officer).locked().one(old.record_id)
    records.can_add(officer, old.record, casefile).enforce()
    if casefile is None:
        raise NotFound
    casefiles.hold_open(casefile)
    return old


def _marked(officer: Officer, marking: Mapping[str, Any]) -> dict[str, Any]:
    """Handling as it is kept: in the agency's scheme unless another is named."""
    usual = {"handling_scheme": officer.agency.handling_scheme, "handling_text": "", "handling_countries": []}
    return usual | {name: value for name, value in marking.items() if value}


def _keep(
    officer: Officer,
    item: Record,
    marked: dict[str, Any],
    paragraphs: Sequence[Mapping[str, Any]],
    *,
    sanitised_from: str = "",
    **facts: Any,
) -> Rendition:
    """A rendition and its numbered paragraphs. Raises Invalid."""
    parts = [_marked(officer, part) for part in rules.parts_of(marked, paragraphs)]
    verdict = rules.says_enough(marked, parts)
    if verdict.said and not verdict:
        raise Invalid(verdict.said, **verdict.params)
    says: dict[str, Any] = {"paragraphs": parts} | ({"sanitised_from": sanitised_from} if sanitised_from else {})
    codes = [(each["handling_scheme"], each["handling_code"]) for each in (marked, *parts)]
    atoms = handling.together(*(handling.atoms(*code) for code in codes))
    rendition = storage.keep_rendition(officer=officer, record=item, content=says, handling_atoms=atoms, **marked, **facts)
    for number, part in enumerate(parts, start=1):
        part |= {"number": number, "handling_atoms": handling.atoms(part["handling_scheme"], part["handling_code"])}
    Paragraph.objects.bulk_create(Paragraph(rendition=rendition, **part) for part in parts)
    return rendition


def _tell_readers(rendition: Rendition, *, but: Officer) -> None:
    """A notice for each officer the ledger knows to have read an older original and who may still see it, about the latest they read."""
    versions = Rendition.objects.unscoped("telling the readers of older versions").filter(record=rendition.record_id)
    older = list(versions.filter(kind=Rendition.Kind.ORIGINAL, number__lt=rendition.number).order_by("number"))
    lines = Line.objects.about(rendition.record_id, *(old.pk for old in older)).filter(decision="", rendition_hash__isnull=False)
    read = {(actor, bytes(hashed or b"").hex()) for actor, hashed in lines.values_list("actor_id", "rendition_hash") if actor}
    latest = {actor: old for old in older for actor, hashed in read if hashed == old.content_hash}
    for reader in Officer.objects.filter(pk__in=latest.keys() - {but.pk}).select_related("agency"):
        old = latest[reader.pk]
        if Rendition.objects.visible_to(reader).filter(pk=old.pk).exists():
            notices.post(CORRECTED, to=[reader], subject_id=old.pk)
