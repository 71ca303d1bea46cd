"""Which identifiers two agencies both hold: exact, normalised, and only between agencies whose agreement covers comparing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from cases.entities.identifiers import IdentifierType as Type
from cases.entities.models import Identifier
from sharing.agreements.models import Agreement
from sharing.deconfliction.models import Hit

WORLDWIDE = frozenset(
    {
        Type.EMAIL, Type.IBAN, Type.WALLET, Type.VIN, Type.IMO, Type.CONTAINER, Type.IMEI, Type.IMSI,
        Type.MEID, Type.MAC, Type.LEI, Type.MRZ,
    }
)  # fmt: skip
"""Types of which one value exists once in the world: the country somebody noted beside it says nothing.

So does a phone number in E.164 (with its plus sign); one whose country code is not known is only the same within one country.
"""


class Pair(NamedTuple):
    """Two agencies, the lower id first."""

    low: UUID
    high: UUID


class Key(NamedTuple):
    """What is compared. `country` is empty where the type needs none."""

    type: str
    country: str
    normalised: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """An identifier that both agencies of a pair hold, and the mentions that carry it on each side."""

    key: Key
    pair: Pair
    agreement_id: UUID
    low: frozenset[UUID]
    high: frozenset[UUID]


def covered_pairs() -> dict[Pair, UUID]:
    """Every pair of agencies with an agreement in force that covers deconfliction; the longest standing one where there are two."""
    covering = Agreement.objects.unscoped("between whom comparing is agreed").in_force().filter(covers_deconfliction=True)
    parties: dict[UUID, set[UUID]] = defaultdict(set)
    for agreement_id, agency_id in covering.order_by("starts_at", "pk").values_list("pk", "parties__agency"):
        parties[agreement_id].add(agency_id)
    pairs: dict[Pair, UUID] = {}
    for agreement_id, agencies in parties.items():
        for pair in combinations(sorted(agencies), 2):
            pairs.setdefault(Pair(*pair), agreement_id)
    return pairs


def is_covered(hit: Hit) -> bool:
    """Whether the two agencies of a hit have an agreement in force right now that covers deconfliction."""
    covering = Agreement.objects.unscoped("whether a desk may be shown").in_force().filter(covers_deconfliction=True)
    return covering.between(hit.low_id, hit.high_id).exists()


def meetings(mention_ids: Collection[UUID], pairs: Mapping[Pair, UUID]) -> list[Meeting]:
    """What these mentions share with anybody they may be compared with. Two statements, however many mentions there are."""
    agencies = {agency for pair in pairs for agency in pair}
    stands = {"mention__agency__in": agencies, "mention__rendition__withdrawn_at": None}
    carried = Identifier.objects.unscoped("comparing across agencies").filter(**stands).exclude(normalised="")
    keys = {_key(*row) for row in carried.filter(mention__in=mention_ids).values_list("type", "country", "normalised")}
    same = carried.filter(normalised__in={key.normalised for key in keys})
    holders: dict[Key, dict[UUID, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for *said, mention_id, agency_id in same.values_list("type", "country", "normalised", "mention", "mention__agency"):
        if (key := _key(*said)) in keys:
            holders[key][agency_id].add(mention_id)
    return [meeting for key, by_agency in holders.items() for meeting in _meetings(key, by_agency, pairs)]


def _key(kind: str, country: str, normalised: str) -> Key:
    worldwide = kind in WORLDWIDE or (kind == Type.PHONE and normalised.startswith("+"))
    return Key(kind, "" if worldwide else country, normalised)


def _meetings(key: Key, by_agency: Mapping[UUID, set[UUID]], pairs: Mapping[Pair, UUID]) -> Iterator[Meeting]:
    for low, high in combinations(sorted(by_agency), 2):
        if agreement_id := pairs.get(Pair(low, high)):
            yield Meeting(key, Pair(low, high), agreement_id, frozenset(by_agency[low]), frozenset(by_agency[high]))
