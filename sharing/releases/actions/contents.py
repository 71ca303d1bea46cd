"""What exactly would leave: the facts the policy weighs, and the hash that binds an approval to one content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from accounts.models import Agency, Officer, Unit
from cases.casefiles.models import CaseFile
from cases.entities.models import Call, Identifier, Mention, Transaction
from cases.intelligence.models import Paragraph
from cases.records import handling
from cases.records.models import CaseHeader, Handled, Rendition
from sharing.agreements import policy
from sharing.agreements.models import Agreement, Condition
from sharing.agreements.policy import Answer, Clause, Facts, Item, Marking, Pact, Side
from sharing.releases.models import Addressee, Line, Release

MENTION = ("paragraph", "etype", "name", "attributes", "row_key")
HEADER = ("reference", "title", "unit", "desk", "phone", "email", "hours", "languages")
HEADERS = ("", "reference", "title")
IDENTIFIER = ("mention_id", "type", "country", "raw", "normalised", "valid")
DEALING = (
    "paragraph", "from_text", "from_key", "from_mention_id", "to_text", "to_key", "to_mention_id", "at", "happened_on", "precision", "zone",
    "row_key", "kind",
)  # fmt: skip
TRANSACTION = (*DEALING, "amount", "currency", "reference", "purpose")
CALL = (*DEALING, "seconds", "cell", "place", "imei", "imsi")
PARAGRAPH = (
    "number", "kind", "text", "scheme", "source_code", "information_code", "handling_scheme", "handling_code", "handling_text",
    "handling_countries",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody means to give, as it was typed or sent; nothing in it is checked yet, and any of it may still be missing.

    `header` adds the case's header to the lines: its "reference", or with its "title", or "" for none.
    """

    recipient_id: UUID
    unit_id: UUID | None = None
    officer_ids: Collection[UUID] = ()
    rendition_ids: Collection[UUID] = ()
    header: str = ""
    purpose: str = ""
    legal_basis: str = ""
    conditions: Collection[str] = ()
    cover_note: str = ""
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What would be given: by whom, to whom, which renditions, for what, until when."""

    giver: Agency
    taker: Agency
    unit: Unit | None
    officers: frozenset[UUID]
    renditions: tuple[Rendition, ...]
    purpose: str
    ends_at: datetime | None
    header: str = ""


def wish_of(release: Release) -> Wish:
    """A release, as the policy weighs it."""
    return Wish(
        giver=release.agency, taker=release.recipient, unit=release.recipient_unit, officers=officers_of(release),
        renditions=tuple(renditions_of(release)), purpose=release.purpose, ends_at=release.ends_at,
    )  # fmt: skip


def lines_of(release: Release) -> Any:
    """The lines of a release, whoever is looking."""
    return Line.objects.unscoped("the lines of a release in hand").filter(release=release)


def renditions_of(release: Release) -> Any:
    """Every rendition that leaves, whoever is looking: only for weighing, hashing and granting, never for a page."""
    lines = lines_of(release).values("rendition")
    return Rendition.objects.unscoped("what a release in hand gives").filter(pk__in=lines).select_related("record__agency__jurisdiction")


def ids_of(release: Release) -> frozenset[UUID]:
    """The renditions that leave, by id."""
    return frozenset(lines_of(release).values_list("rendition_id", flat=True))


def rests_on(release: Release) -> list[str]:
    """What a release rests on, as the ledger's `via` writes it."""
    return [f"agreement:{release.agreement_id}", f"article:{release.article_id}", f"release:{release.pk}"]


def officers_of(release: Release) -> frozenset[UUID]:
    """The officers it is addressed to by name, by id."""
    return frozenset(Addressee.objects.filter(release=release).values_list("officer_id", flat=True))


def weigh(wish: Wish, *, now: datetime, told_to: Officer, agreement_id: UUID | None = None) -> Answer:
    """Ask the policy. With an agreement, under that one alone; else under the one that carries this best.

    All that would leave is weighed; of what the officer does not see, neither the title nor a restriction in words is told.
    """
    items = (*_called(told_to, wish.renditions, _items(wish.renditions)), *_header(wish))
    codes = frozenset(marking.code for item in items for marking in item.markings)
    facts = Facts(
        giver=_side(wish.giver), taker=_side(wish.taker), items=items, purpose=wish.purpose,
        pact=policy.choose(_pacts(wish.giver, wish.taker, agreement_id), wish.purpose, codes),
        unit=wish.unit.name if wish.unit else "", unit_vetted=bool(wish.unit and wish.unit.vetted), named=len(wish.officers),
        ends_at=wish.ends_at, now=now,
    )  # fmt: skip
    return policy.may_leave(facts)


def atoms_of(handled: Iterable[Handled]) -> frozenset[str]:
    """Every handling atom on these."""
    return frozenset(atom for each in handled for atom in _marking(each).atoms)


def conditions_of(renditions: Collection[Rendition]) -> dict[UUID, list[Condition]]:
    """The conditions that each of these carries by its handling codes and those of its paragraphs."""
    return {r.pk: sorted(item.travels_as()) for r, item in zip(renditions, _items(renditions), strict=True)}


def _pacts(one: Agency, other: Agency, agreement_id: UUID | None) -> list[Pact]:
    agreed = Agreement.objects.unscoped("weighing what two agencies agreed").between(one.pk, other.pk)
    agreed = agreed.exclude(status=Agreement.Status.DRAFT)
    if agreement_id:
        agreed = agreed.filter(pk=agreement_id)
    in_force = set(agreed.in_force().values_list("pk", flat=True))
    return [
        Pact(
            id=agreement.pk, name=str(agreement), in_force=agreement.pk in in_force, status=agreement.get_status_display(),
            codes=frozenset(agreement.handling_codes), ends_at=agreement.ends_at,
            clauses=tuple(Clause(a.pk, a.number, tuple(a.purposes)) for a in agreement.articles.all()),
        )
        for agreement in agreed.order_by("drafted_at").prefetch_related("articles")
    ]  # fmt: skip


def _items(renditions: Collection[Rendition]) -> tuple[Item, ...]:
    homes = {rendition.record.home_id for rendition in renditions}
    closed = CaseFile.objects.unscoped("whether what would leave lies in a compartment").filter(pk__in=homes, is_compartment=True)
    compartments = set(closed.values_list("pk", flat=True))
    marked: dict[UUID, list[Marking]] = {rendition.pk: [_marking(rendition)] for rendition in renditions}
    for paragraph in Paragraph.objects.unscoped("the handling codes of what would leave").filter(rendition__in=marked):
        marked[paragraph.rendition_id].append(_marking(paragraph))
    return tuple(
        Item(
            title=rendition.title, owner=_side(rendition.record.agency), markings=tuple(dict.fromkeys(marked[rendition.pk])),
            in_compartment=rendition.record.home_id in compartments,
        )
        for rendition in renditions
    )  # fmt: skip


def _called(officer: Officer, renditions: Collection[Rendition], items: Iterable[Item]) -> Iterable[Item]:
    """The items as this officer may know them: one that they do not see without its title and its words."""
    seen = set(Rendition.objects.visible_to(officer).filter(pk__in=[each.pk for each in renditions]).values_list("pk", flat=True))
    for rendition, item in zip(renditions, items, strict=True):
        yield item if rendition.pk in seen else _nameless(item)


def _nameless(item: Item) -> Item:
    unseen = str(policy.UNSEEN_WORDS)
    markings = tuple(replace(marking, text=unseen) if marking.text.strip() else marking for marking in item.markings)
    return replace(item, title=str(policy.UNSEEN_RECORD), markings=markings)


def _marking(handled: Handled) -> Marking:
    known = handling.atoms(handled.handling_scheme, handled.handling_code)
    return Marking(
        code=f"{handled.handling_scheme}:{handled.handling_code}", wording=handled.handling.wording,
        atoms=frozenset(known) | frozenset(handled.handling_atoms), text=handled.handling_text, countries=tuple(handled.handling_countries),
    )  # fmt: skip


def _header(wish: Wish) -> Iterable[Item]:
    """The case's header as it will be made: it carries the mildest code of the giver's scheme (records.storage.keep_case_header)."""
    if wish.header:
        scheme = wish.giver.handling_scheme
        code = handling.CODES[scheme, handling.mildest(scheme)]
        marking = Marking(f"{scheme}:{code.code}", code.wording, frozenset(code.atoms))
        yield Item(str(policy.CASE_HEADER), _side(wish.giver), (marking,))


def _side(agency: Agency) -> Side:
    return Side(agency.pk, agency.short_name, agency.jurisdiction.code, agency.jurisdiction.name)


def content_hash(release: Release) -> str:
    """SHA-256 (hex) over exactly what an approval is given to; anything said later by a rendition changes it."""
    content = dict(renditions_of(release).values_list("pk", "content_hash"))
    said = said_of(lines_of(release).values_list("rendition", flat=True))
    body = {
        "release": release.pk, "giver": release.agency_id, "recipient": release.recipient_id, "unit": release.recipient_unit_id,
        "officers": sorted(map(str, officers_of(release))), "purpose": release.purpose, "legal_basis": release.legal_basis,
        "agreement": release.agreement_id, "article": release.article_id, "ends_at": release.ends_at.astimezone(UTC).isoformat(),
        "conditions": sorted(release.conditions), "further_conditions": sorted(release.further_conditions),
        "cover_note": release.cover_note,
        "lines": [
            {
                "rendition": line.rendition_id, "record": line.record_id, "content": content[line.rendition_id],
                "said": said[line.rendition_id], "rights": sorted(line.rights), "conditions": sorted(line.conditions),
            }
            for line in lines_of(release).order_by("rendition_id")
        ],
    }  # fmt: skip
    return hashed(body)


def said_of(renditions: Any) -> dict[UUID, str]:
    """What lies beside each of these renditions (ids, or a query of them) and crosses with it, hashed in a fixed order.

    That is paragraphs, a case's header, mentions and their identifiers, transactions, calls.
    """
    why, digests = "hashing what leaves", {pk: hashlib.sha256() for pk in renditions}
    paragraphs = Paragraph.objects.unscoped(why).filter(rendition__in=renditions).order_by("rendition_id", "number")
    headers = CaseHeader.objects.unscoped(why).filter(rendition__in=renditions)
    mentions = Mention.objects.unscoped(why).filter(rendition__in=renditions).order_by("rendition_id", "pk")
    identifiers = (
        Identifier.objects.unscoped(why).filter(mention__rendition__in=renditions).order_by("mention__rendition_id", "mention_id", "pk")
    )
    rows = (
        paragraphs.values_list("rendition_id", *PARAGRAPH),
        headers.values_list("rendition_id", *HEADER),
        mentions.values_list("rendition_id", "pk", *MENTION),
        identifiers.values_list("mention__rendition_id", "pk", *IDENTIFIER),
        _between(Transaction, renditions).values_list("rendition_id", "pk", *TRANSACTION),
        _between(Call, renditions).values_list("rendition_id", "pk", *CALL),
    )
    for name, kind in zip(("paragraph", "header", "mention", "identifier", "transaction", "call"), rows, strict=True):
        for rendition, *columns in kind.iterator(chunk_size=2_000):
            digests[rendition].update(_canonical([name, *columns]) + b"\n")
    return {pk: digest.hexdigest() for pk, digest in digests.items()}


def _between(model: type[Transaction | Call], renditions: Any) -> Any:
    return model.objects.unscoped("hashing what leaves").filter(rendition__in=renditions).order_by("rendition_id", "pk")


def hashed(body: Any) -> str:
    """The SHA-256 of one way of writing it down."""
    return hashlib.sha256(_canonical(body)).hexdigest()


def _canonical(body: Any) -> bytes:
    return json.dumps(body, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":")).encode()
