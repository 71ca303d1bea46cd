"""What happens between two in the world of the tests: words planted in payments and calls."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.entities import actions as entities
from cases.entities.models import Mention
from cases.entities.moments import moment
from cases.entities.transport import Column, Reading, TableMapping
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


def table_of_payments(owner: Officer, file: CaseFile, word: Callable[[str], str]) -> UUID:
    """A table of one good payment and a bad one, taken in. Returns the import's id."""
    good = f"14/03/2026;{word('payer in a table')};NM12 0034 5567 8890;5;USD;{word('purpose in a table')}"
    bad = f"14/03/2026;{word('payer at fault')};x;{word('amount at fault')};USD;"
    table = f"Date;Payer;Payee;Amount;Currency;{word('column of payments')}\n{good}\n{bad}\n"
    name = f"{word('file of payments')}.csv"
    job = entities.upload_file(officer=owner, casefile_id=file.pk, name=name, content=ContentFile(table.encode(), "table"))
    fields = ("day", "payer", "payee", "amount", "currency", "purpose")
    columns = [Column(head, f"money:{field}") for head, field in zip(job.first[0][0][1], fields, strict=True)]
    mapping = TableMapping(1, "dmy", "person", columns, rows="money")
    plan = entities.Plan(Reading(**job.reading), mapping, f"{word('register of payments')} list", "H1")
    entities.map_import(officer=owner, import_id=job.pk, plan=plan)
    entities.work_on_imports(now=timezone.now())
    entities.start_import(officer=owner, import_id=job.pk)
    entities.work_on_imports(now=timezone.now())
    return job.pk
