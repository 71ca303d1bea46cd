"""The money behind the invoices, and who called the Lagoon number: what two of Ana's records say happened between two."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from accounts.models import Officer
from cases.entities import actions as entities
from cases.entities.actions import End
from cases.entities.moments import moment
from cases.records.models import Rendition

POLAR, HARROW, GULL = "CV38 0007 0041 9921 0765", "NM12 0034 5567 8890 0126", "BL77 2210 0456 1190 3382"
QUAY, DRIVER, LAGOON = "+1 202 555 0173", "+99 55 014 2231", "+99 55 014 7720"
PAID: list[tuple[str, str, str, str, str, str, str]] = [
    ("2026-03-09", "10:42", POLAR, HARROW, "412500.00", "USD", "INV-2603-01|Frozen tuna, reefer QZLU 448120 3"),
    ("2026-04-02", "11:05", POLAR, HARROW, "398750.00", "USD", "INV-2604-01|Frozen tuna, reefer QZLU 448120 3"),
    ("2026-05-06", "09:58", POLAR, HARROW, "441200.00", "USD", "INV-2605-02|Frozen tuna, reefer QZLU 448121 9"),
    ("2026-06-11", "15:20", POLAR, HARROW, "405000.00", "USD", "INV-2606-01|Frozen tuna, reefer QZLU 448120 3"),
    ("2026-07-15", "10:11", POLAR, HARROW, "467300.00", "USD", "INV-2607-01|Frozen tuna, reefer QZLU 448121 9"),
    ("2026-09-03", "12:34", POLAR, HARROW, "452900.00", "USD", "INV-2609-01|Frozen tuna, reefer QZLU 448120 3"),
    ("2026-10-20", "10:02", POLAR, HARROW, "489000.00", "USD", "INV-2610-03|Frozen tuna, reefer QZLU 448121 9"),
    ("2026-03-11", "", HARROW, GULL, "301000.00", "USD", "|Consulting, first quarter"),
    ("2026-05-08", "", HARROW, GULL, "322500.00", "USD", "|Consulting"),
    ("2026-07-17", "", HARROW, GULL, "341000.00", "USD", "|Consulting"),
    ("2026-10-22", "", HARROW, GULL, "356900.00", "EUR", "|Consulting, third quarter"),
    ("2026-10", "", GULL, "0x4bbeEB066eD09B7AEd07bF39EEe0460DFa261520", "350000", "USDT", "|"),
]
CALLED: list[tuple[str, str, str, str, int | None, str]] = [
    ("2026-10-19", "06:12:40", QUAY, LAGOON, 74, "310-410-7722"),
    ("2026-10-19", "06:20:05", LAGOON, DRIVER, 31, ""),
    ("2026-10-20", "05:58:11", QUAY, LAGOON, 122, "310-410-7722"),
    ("2026-10-20", "06:03:50", LAGOON, DRIVER, None, ""),
    ("2026-11-02", "21:47:02", DRIVER, LAGOON, 305, ""),
    ("2026-11-03", "06:01:30", QUAY, LAGOON, 66, "310-410-7722"),
    ("2026-11-04", "05:49:18", QUAY, LAGOON, 58, "310-410-7719"),
]


def load(ana: Officer, invoices: Rendition, interview: Rendition) -> None:
    """Noted by hand, as far as they are noted at all: the bank's own table has not come yet."""
    accounts = {
        number: _number(ana, invoices, "account", name, number)
        for number, name in (
            (POLAR, "Account of Polar Brisa"), (HARROW, "Account of Harrow & Finch"), (GULL, "Account of Grey Gull Advisers"),
        )
    }  # fmt: skip
    for day, clock, payer, payee, amount, currency, said in PAID:
        reference, _bar, purpose = said.partition("|")
        entities.note_transaction(
            officer=ana, rendition_id=invoices.pk, payer=End(payer, accounts.get(payer)), payee=End(payee, accounts.get(payee)),
            amount=Decimal(amount), currency=currency, moment=moment(day, clock, "-05:00" if clock else ""), paragraph=1,
            kind="Transfer" if currency != "USDT" else "Token", reference=reference, purpose=purpose,
        )  # fmt: skip
    phones = {QUAY: _number(ana, interview, "phone", "The quay office", QUAY)}
    named = entities.list_mentions(officer=ana, rendition_id=interview.pk).page.rows
    phones[LAGOON] = next(row.mention.pk for row in named if row.mention.name == "The Lagoon number")
    for day, clock, caller, called, seconds, cell in CALLED:
        entities.note_call(
            officer=ana, rendition_id=interview.pk, caller=End(caller, phones.get(caller)), called=End(called, phones.get(called)),
            moment=moment(day, clock, "America/New_York"), seconds=seconds, kind="voice" if seconds else "sms", paragraph=1, cell=cell,
        )  # fmt: skip


def _number(ana: Officer, rendition: Rendition, kind: str, name: str, raw: str) -> UUID:
    noted = entities.note_mention(
        officer=ana, rendition_id=rendition.pk, etype=kind, name=name, paragraph=1, identifiers=[{"type": kind, "country": "", "raw": raw}]
    )
    return noted.pk
