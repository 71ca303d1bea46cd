"""What happens between two in the world of the tests: words planted in payments and calls."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from accounts.models import Officer
from cases.entities import actions as entities
from cases.entities.models import Mention
from cases.entities.moments import moment
from cases.records.models import Rendition

BESIDE = (
    "mention", "identifier", "alias", "payee", "kind of payment", "number of payment", "purpose", "caller", "radio cell", "place of call",
    "imei", "imsi",
)  # fmt: skip
SAID = {who: [f"{who}: item 1", f"{who}: paragraph 1", *(f"{who}: {what} 0" for what in BESIDE)] for who in ("ana", "bela")}
"""What the first item of each says, with its mention, its payment and its call."""


def happen_between(owner: Officer, item: Rendition, mention: Mention, word: Callable[[str], str], n: int) -> None:
    """A payment and a call, with a word in everything that they say, and one end the mention."""
    end = entities.End(mention_id=mention.pk)
    said: dict[str, Any] = {"officer": owner, "rendition_id": item.pk, "moment": moment("2026-03-14")}
    entities.note_transaction(
        **said, payer=end, payee=entities.End(f"{word(f'payee {n}')} Ltda"), amount=Decimal("40000.5"), currency="USD",
        kind=word(f"kind of payment {n}"), reference=word(f"number of payment {n}"), purpose=f"{word(f'purpose {n}')} tuna",
    )  # fmt: skip
    entities.note_call(
        **said, caller=entities.End(word(f"caller {n}")), called=end, cell=word(f"radio cell {n}"), place=word(f"place of call {n}"),
        imei=word(f"imei {n}"), imsi=word(f"imsi {n}"), seconds=95,
    )  # fmt: skip
