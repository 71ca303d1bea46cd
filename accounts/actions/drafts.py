"""What is typed and not sent yet. Not in the ledger: a draft is no record until it is sent, and then the deed is (ADR 12)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts import storage
from accounts.models import Draft, Officer
from accounts.rules import DRAFT_TOO_LONG, TOO_MANY_DRAFTS
from kernel.errors import Conflict, Invalid, NotFound

MOST_DRAFTS = 100
"""Of one officer."""
MOST_TYPED = 500_000
"""Bytes of one draft, with the names of its fields."""
Typed = Mapping[str, Sequence[str]]
"""Everything in a form by the names of its fields, as a browser sends it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which form on which page, and the hash of what it showed before anything was typed, empty where it showed nothing.

    A page that shows the form to this officer says so, signed (accounts.http.place): nothing is kept for any other address.
    """

    form: str
    path: str
    query: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """What a page knows of the draft it goes on with: which, as of which version, and the mark of this page itself."""

    key: UUID
    writer: UUID
    version: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft as it is kept now; `beside` where another window had gone on with it, and this was kept as one more."""

    draft: Draft
    beside: bool = False


@transaction.atomic(durable=True)
def keep_draft(*, officer: Officer, hand: Hand, place: Place, typed: Typed) -> Kept:
    """Keep what is in a form now, in place of what this page kept before. What another page wrote since is left, and this put beside it.

    Raises Invalid for more than MOST_TYPED, Conflict for more drafts than MOST_DRAFTS.
    """
    text = json.dumps(typed, ensure_ascii=False)
    if len(text.encode()) > MOST_TYPED:
        raise Invalid(DRAFT_TOO_LONG)
    Officer.objects.select_for_update(of=("self",), no_key=True).get(pk=officer.pk)  # so that drafts are counted one after the other
    sealed = storage.seal(text, storage.DRAFTS)
    mine = Draft.objects.visible_to(officer)
    row = mine.locked().filter(key=hand.key).first()
    same = row is not None and (row.form, row.path) == (place.form, place.path)
    if row and same and (row.writer == hand.writer or row.version == hand.version):
        mine.filter(pk=row.pk).update(sealed=sealed, writer=hand.writer, version=F("version") + 1, kept_at=Now())
        return Kept(mine.one(row.pk))
    if mine.count() >= MOST_DRAFTS:
        raise Conflict(TOO_MANY_DRAFTS)
    facts = {"form": place.form, "path": place.path, "query": place.query, "basis": place.basis}
    made = Draft(officer=officer, key=uuid4() if row else hand.key, writer=hand.writer, sealed=sealed, **facts)
    made.save(force_insert=True)
    return Kept(mine.one(made.pk), beside=row is not None)


@transaction.atomic(durable=True)
def throw_draft_away(*, officer: Officer, key: UUID) -> None:
    """Forget one of one's own drafts. Raises NotFound."""
    if not Draft.objects.visible_to(officer).filter(key=key).delete()[0]:
        raise NotFound


@transaction.atomic(durable=True)
def let_go_of_sent(*, officer: Officer, hand: Hand) -> None:
    """What was typed has become a deed: its draft goes, unless another window went on with it meanwhile."""
    row = Draft.objects.visible_to(officer).locked().filter(key=hand.key).first()
    if row and (row.writer == hand.writer or row.version <= hand.version):
        Draft.objects.visible_to(officer).filter(pk=row.pk).delete()


@transaction.atomic(durable=True)
def forget_drafts() -> int:
    """Delete drafts whose days are over. Returns how many. Run by the clock; safe twice, late or in parallel."""
    return Draft.objects.unscoped("drafts whose days are over").lapsed().delete()[0]


def drafts_of(officer: Officer, path: str = "") -> list[Draft]:
    """One's own drafts, of one page or of all, the newest first. What is in them is not read."""
    mine = Draft.objects.visible_to(officer).fresh().defer("sealed").order_by("-kept_at", "pk")
    return list(mine.filter(path=path) if path else mine)


def typed_in(officer: Officer, key: UUID, path: str, query: str = "") -> Typed | None:
    """What is in a draft of one's own, for the page at this address; None where there is none, or none that can still be read.

    What the address asks after its question mark counts: a page that is asked for another case, or for none, gives nothing back.
    """
    row = Draft.objects.visible_to(officer).fresh().filter(key=key, path=path, query=query).first()
    text = storage.unseal(row.sealed, storage.DRAFTS) if row else None
    found: Typed | None = json.loads(text) if text else None
    return found
