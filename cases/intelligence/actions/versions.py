"""Two versions of one item beside each other, and word to the readers of the older."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import Officer
from accounts.notices import Standing, Waiting
from audit.ledger import record
from cases.casefiles.wording import LONGEST_COMPARED, Piece, compared
from cases.intelligence.events import Event
from cases.intelligence.models import Paragraph
from cases.records.models import Record, Rendition
from kernel.errors import NotFound

CORRECTED = Event.ITEM_CORRECTED.value
ALIKE = 0.3
"""How much of two paragraphs must agree for one to be the other, said anew."""
MOST_COMPARED = 10_000
"""Words of all paragraphs said anew of which single ones are compared: that work grows with the square of a paragraph's."""


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph of the older version (None: it is new) beside that of the newer (None: it was taken out)."""

    before: Paragraph | None
    after: Paragraph | None
    was: list[Piece]
    now: list[Piece]

    @property
    def sides(self) -> list[tuple[Paragraph | None, list[Piece]]]:
        return [(self.before, self.was), (self.after, self.now)]

    @property
    def reworded(self) -> bool:
        return not all(piece.kept for piece in (*self.was, *self.now))

    @property
    def regraded(self) -> bool:
        return bool(self.before and self.after and (self.before.grade != self.after.grade or self.before.kind != self.after.kind))

    @property
    def rehandled(self) -> bool:
        return bool(self.before and self.after and _handled(self.before) != _handled(self.after))

    @property
    def same(self) -> bool:
        return not (self.reworded or self.regraded or self.rehandled)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of an item that their reader sees both of."""

    earlier: Rendition
    later: Rendition
    changes: list[Change]
    own: bool

    @property
    def retitled(self) -> bool:
        return self.earlier.title != self.later.title

    @property
    def rehandled(self) -> bool:
        return _handled(self.earlier) != _handled(self.later)


@transaction.atomic(durable=True)
def compare_versions(*, officer: Officer, rendition_id: UUID, earlier_id: UUID) -> Compared:
    """What changed between two versions of one item, paragraph by paragraph, for an officer who sees both; recorded as a look at each.

    Raises NotFound unless they are versions of one item, the older one second.
    """
    seen = Rendition.objects.visible_to(officer).filter(record__kind=Record.Kind.INTELLIGENCE).select_related("record__agency")
    later, earlier = seen.one(rendition_id), seen.one(earlier_id)
    if later.record_id != earlier.record_id or earlier.number >= later.number:
        raise NotFound
    paragraphs = Paragraph.objects.visible_to(officer)
    before, after = (list(paragraphs.filter(rendition=each)) for each in (earlier, later))
    notices.settle(CORRECTED, subject_id=earlier.pk, officer=officer)
    for one, other in ((later, earlier), (earlier, later)):
        write_down(Event.ITEM_VIEWED, officer, one, compared_with=other.pk)
    return Compared(earlier, later, list(_changes(before, after)), own=later.record.agency_id == officer.agency_id)


def corrected_notice(officer: Officer, rendition_id: UUID) -> Waiting | None:
    """What a reader of an older version is told, for as long as they may see it; led to what changed if they see the newer one too."""
    seen = Rendition.objects.visible_to(officer)
    old = seen.filter(pk=rendition_id).first()
    if old is None:
        return None
    newer = seen.filter(record=old.record_id, kind=Rendition.Kind.ORIGINAL, number__gt=old.number).order_by("number").last()
    text = _("It was corrected since you read it. See what changed.") if newer else _("It was corrected since you read it.")
    url = reverse("intelligence:compare", args=[newer.pk, old.pk]) if newer else reverse("intelligence:item", args=[old.pk])
    return Waiting(old.title, text, url, icon="file-text", chip=_("Corrected"), tone="info")


NOTICES = {CORRECTED: corrected_notice}
STANDING: dict[str, Standing] = {CORRECTED: lambda officer: Rendition.objects.visible_to(officer).values("pk")}


def write_down(event: Event, officer: Officer, rendition: Rendition, **facts: Any) -> None:
    """A line of the ledger about one version, with its hash; joins the caller's transaction."""
    hashed = bytes.fromhex(rendition.content_hash)
    record(event, actor=officer, subject=rendition, owner=rendition.record.agency_id, rendition_hash=hashed, **facts)


def _changes(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Iterator[Change]:
    """The paragraphs of both in one order: those with the same words first found, between them one beside the other as far as alike."""
    blocks = SequenceMatcher(None, [each.text for each in before], [each.text for each in after], autojunk=False).get_opcodes()
    anew = sum(min(b - a, d - c) for tag, a, b, c, d in blocks if tag == "replace")
    most = min(LONGEST_COMPARED, MOST_COMPARED // max(1, anew))
    for _tag, a, b, c, d in blocks:
        for one, other in zip_longest(before[a:b], after[c:d]):
            change = _change(one, other, most=most)
            if one and other and change.reworded and _agreeing(change) < ALIKE:
                yield from (_change(one, None), _change(None, other))
            else:
                yield change


def _change(one: Paragraph | None, other: Paragraph | None, *, most: int = LONGEST_COMPARED) -> Change:
    was, now = compared(*(each.text if each else "" for each in (one, other)), most=most)
    return Change(one, other, was, now)


def _agreeing(change: Change) -> float:
    """Which part of the letters of both stands in both."""
    pieces = [*change.was, *change.now]
    return sum(len(piece.text) for piece in pieces if piece.kept) / max(1, sum(len(piece.text) for piece in pieces))


def _handled(thing: Rendition | Paragraph) -> tuple[Any, ...]:
    return thing.handling_scheme, thing.handling_code, thing.handling_text, tuple(thing.handling_countries)
