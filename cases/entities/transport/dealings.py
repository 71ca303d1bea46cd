"""What the columns of a table of payments or calls mean: said by an officer, and then each row by itself is good or a fault.

A row runs from its payer to its payee, from its caller to the called. A negative amount, one in the column of the other way, and a
direction that says "in" turn it round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.entities import currencies
from cases.entities.identifiers import IdentifierType, Validity, normalise
from cases.entities.models import Call
from cases.entities.moments import Moment, moment
from cases.entities.transport.cells import Cut, Figure, Line
from cases.entities.transport.mapping import CUT_NUMBER, Column, DateOrder, Flaw, Kind, TableMapping, date_of, each_read
from cases.entities.transport.rows import MISSING, TOO_LONG, UNREADABLE, DealingRow, Fault
from kernel.errors import sentence

WHEN: dict[str, str | Promise] = {"day": _("Day, or day and time"), "clock": _("Time of day"), "zone": _("Time zone")}
OF_KIND: dict[str, dict[str, str | Promise]] = {
    Kind.MONEY: {
        "payer": _("Payer"), "payee": _("Payee"), "amount": _("Amount"), "amount_back": _("Amount the other way"),
        "currency": _("Currency"), "direction": _("Direction: in or out"), **WHEN, "kind": _("Kind"), "reference": _("Reference"),
        "purpose": _("Purpose"),
    },
    Kind.CALLS: {
        "caller": _("Caller"), "called": _("Called number"), "direction": _("Direction: in or out"), **WHEN, "seconds": _("Duration"),
        "kind": _("Kind"), "cell": _("Cell"), "place": _("Place"), "imei": _("IMEI"), "imsi": _("IMSI"),
    },
}  # fmt: skip
FIELDS = {kind: {f"{kind}:{name}": label for name, label in fields.items()} for kind, fields in OF_KIND.items()}
"""What a column can be, by the kind of rows; each beside "id"."""
ENDS = {Kind.MONEY: ("payer", "payee"), Kind.CALLS: ("caller", "called")}
TEXTS = {Kind.MONEY: ("kind", "reference", "purpose"), Kind.CALLS: ("cell", "place", "imei", "imsi")}
MOST = {
    "id": 80, "kind": 80, "reference": 120, "purpose": 500, "cell": 120, "imei": 40, "imsi": 40, "currency": currencies.LONGEST, "zone": 40,
    "clock": 30, "day": 60,
}  # fmt: skip
USUAL_MOST = 200

BAD_AMOUNT = sentence("entities.bad-amount", _("“%(found)s” is no amount with the decimal sign that was said."))
BOTH_WAYS = sentence("entities.both-ways", _("This row has an amount for each way."))
NO_CURRENCY = sentence("entities.row-without-currency", _("This row says no currency, and none was said for the table."))
NO_ENDS = sentence("entities.row-without-ends", _("This row says neither from whom nor to whom."))
BAD_MOMENT = sentence("entities.bad-moment", _("There is no such day, time or zone. A time needs a whole day."))
BAD_DIRECTION = sentence("entities.bad-direction", _("“%(found)s” is no direction: in or out, credit or debit."))
BAD_DURATION = sentence("entities.bad-duration", _("“%(found)s” is no duration: whole seconds, or hours, minutes and seconds."))

IN = frozenset(re.findall(r"\S+", "in incoming inbound received credit cr c haber abono entrante entrada recibida recebida credito mt mtc "
                                  "entrant recu recue crédito crédit reçu reçue terminating"))  # fmt: skip
OUT = frozenset(re.findall(r"\S+", "out outgoing outbound sent debit db d dr debe cargo saliente saida salida enviada debito mo moc "
                                   "sortant emis emise débito débit émis émise saída originating"))  # fmt: skip
CALLED = {
    Call.Kind.VOICE: "voice call voz voix llamada chamada appel moc mtc telephony",
    Call.Kind.SMS: "sms mms text message mensaje mensagem texto smsmo smsmt",
    Call.Kind.DATA: "data datos dados données donnees gprs internet lte",
}
KINDS = {word: kind for kind, words in CALLED.items() for word in words.split(" ")}
STAMP = re.compile(
    r"(?P<day>.*\d)(?:T|,?\s+)(?P<clock>\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[ap]\.?\s?m\.?)?)\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
RUN_ON = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
HALF_DAY = re.compile(r"(\d{1,2})(:.*?)\s*([ap])\.?\s?m\.?", re.IGNORECASE)
CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)")
LASTS = re.compile(r"(?:(\d{1,5}):)?(\d{1,4}):(\d\d)")
SIGNS = {"US$": "USD", "R$": "BRL", "€": "EUR", "£": "GBP", "$": ""}
MONEY = r"(?P<{}>[A-Z]{{3,5}}|US\$|R\$|€|£|\$)?"
FIGURES = {
    ".": re.compile(r"\d{1,3}(?:[, '’]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"),
    ",": re.compile(r"\d{1,3}(?:[. '’]\d{3})+(?:,\d+)?|\d+(?:,\d+)?|,\d+"),
}
AMOUNT = re.compile(rf"{MONEY.format('before')}\s*(?P<number>[\d.,'’](?:[\d.,'’ ]*[\d.,'’])?)\s*{MONEY.format('behind')}")


def rows(lines: Iterable[Line], mapping: TableMapping, prefix: str) -> Iterator[DealingRow | Fault]:
    """Each line under the header as a row; `prefix` and its number are its key where no column gives one."""
    return each_read(lines, mapping, prefix, _row)


def _row(line: Line, mapping: TableMapping, prefix: str) -> DealingRow:
    if not line.cells:
        raise Flaw(Fault(line.number, UNREADABLE))
    said = _said(line, mapping)
    if any(column.field == "id" for column in mapping.columns) and "id" not in said:
        raise Flaw(Fault(line.number, MISSING, {"column": str(_("Id of the row in the other system"))}))
    key = said["id"][1] if "id" in said else f"{prefix}:{line.number}"
    when = _when(line.number, said, mapping)
    facts, turned, flags = (_money if mapping.rows == Kind.MONEY else _call)(line.number, said, mapping)
    if "direction" in said:
        turned ^= _comes_in(line.number, *said["direction"])
    (giver, country), (taker, other) = _ends(line.number, said, mapping)
    if turned:
        giver, taker, country, other = taker, giver, other, country
    return DealingRow(line.number, key, giver, taker, (country, other), when, facts, flags)


def _said(line: Line, mapping: TableMapping) -> dict[str, tuple[Column, str]]:
    """What each field's column says here; where several columns are one field, the text of all of them."""
    found: dict[str, tuple[Column, str]] = {}
    for column, cell in zip(mapping.columns, line.cells, strict=False):
        name = column.field.removeprefix(f"{mapping.rows}:")
        if not cell or (name == column.field and name != "id"):
            continue
        if isinstance(cell, Cut):
            raise Flaw(Fault(line.number, CUT_NUMBER, {}, column.header))
        text = cell if name not in found else f"{found[name][1]} {cell}"
        if len(text) > MOST.get(name, USUAL_MOST):
            raise Flaw(Fault(line.number, TOO_LONG, {"column": column.header, "most": MOST.get(name, USUAL_MOST)}, column.header))
        found[name] = column, text
    return found


def _ends(line: int, said: dict[str, tuple[Column, str]], mapping: TableMapping) -> list[tuple[str, str]]:
    """Both ends with the country of their numbers; the table's own account or number where a row leaves one empty."""
    ends = [(said[name][1], said[name][0].country) if name in said else ("", "") for name in ENDS[Kind(mapping.rows)]]
    if not any(text for text, _country in ends):
        raise Flaw(Fault(line, NO_ENDS))
    return [(text or mapping.own, country) for text, country in ends]


def _when(line: int, said: dict[str, tuple[Column, str]], mapping: TableMapping) -> Moment:
    column, day = said.get("day", (Column(), ""))
    clock, zone = (said[name][1] if name in said else "" for name in ("clock", "zone"))
    if stamp := STAMP.fullmatch(day):
        day, clock, zone = stamp["day"], stamp["clock"], zone or (stamp["zone"] or "")
    elif run_on := RUN_ON.fullmatch(day):
        day = "-".join(run_on.groups()[:3]) if mapping.dates == DateOrder.YMD else day
        clock = ":".join(run_on.groups()[3:]) if run_on[4] else clock
    if half := HALF_DAY.fullmatch(clock):
        clock = f"{int(half[1]) % 12 + (12 if half[3].lower() == 'p' else 0)}{half[2]}"
    elif run_on := CLOCK.fullmatch(clock):
        clock = ":".join(run_on.groups())
    zone = "UTC" if zone.upper() == "GMT" else zone or (mapping.zone if clock else "")
    try:
        return moment(date_of(line, column, day, mapping.dates) if day else "", clock, zone)
    except ValueError:
        raise Flaw(Fault(line, BAD_MOMENT, {}, column.header)) from None


def _comes_in(line: int, column: Column, said: str) -> bool:
    word = said.strip(" .").lower()
    if word not in IN | OUT:
        raise Flaw(Fault(line, BAD_DIRECTION, {"found": said[:40]}, column.header))
    return word in IN


def _money(line: int, said: dict[str, tuple[Column, str]], mapping: TableMapping) -> tuple[dict[str, Any], bool, int]:
    """The amount and what is said of it; whether it goes the other way; how many of its codes nobody knows."""
    found = {name: _amount(line, *said[name], mapping.decimals) for name in ("amount", "amount_back") if name in said}
    there, back = (found.get(name, (Decimal(0), ""))[0] for name in ("amount", "amount_back"))
    if not found:
        raise Flaw(Fault(line, MISSING, {"column": str(OF_KIND[Kind.MONEY]["amount"])}))
    if there and back:
        raise Flaw(Fault(line, BOTH_WAYS))
    beside = next((code for _amount_, code in found.values() if code), "")
    currency = (said["currency"][1] if "currency" in said else beside or mapping.currency).strip().upper()
    if not currency:
        raise Flaw(Fault(line, NO_CURRENCY))
    facts: dict[str, Any] = {"amount": abs(there or back), "currency": SIGNS.get(currency) or currency, **_texts(said, Kind.MONEY)}
    return facts, (there < 0) or (back > 0), int(not currencies.is_known(facts["currency"]))


def _amount(line: int, column: Column, cell: str, decimals: str) -> tuple[Decimal, str]:
    """An amount, negative as it is written so, and the currency that stands beside it. A spreadsheet's own number has a point."""
    bare = re.sub("[\u00a0\u202f]", " ", cell).replace("\u2212", "-").strip()
    turned = bare.startswith(("-", "(")) or bare.endswith("-")
    read = AMOUNT.fullmatch(bare.strip("-()+ "))
    number = read["number"].strip() if read else ""
    sign = "." if isinstance(cell, Figure) else decimals
    try:
        if isinstance(cell, Figure):
            amount, turned = Decimal(cell), False
        elif FIGURES[sign].fullmatch(number):
            amount = Decimal(re.sub("[,. '’]", "", number) if sign not in number else _pointed(number, sign))
        else:
            raise InvalidOperation
    except InvalidOperation:
        raise Flaw(Fault(line, BAD_AMOUNT, {"found": cell[:40]}, column.header)) from None
    if not currencies.can_be_kept(abs(amount)):
        raise Flaw(Fault(line, BAD_AMOUNT, {"found": cell[:40]}, column.header))
    beside = (read["before"] or read["behind"] or "") if read else ""
    return -amount if turned else amount, SIGNS.get(beside, beside)


def _pointed(number: str, sign: str) -> str:
    whole, _sign, part = number.partition(sign)
    return f"{re.sub('[,. ’' + chr(39) + ']', '', whole) or 0}.{part}"


def _call(line: int, said: dict[str, tuple[Column, str]], mapping: TableMapping) -> tuple[dict[str, Any], bool, int]:
    """What was recorded of a call; none goes the other way by itself; how many of its numbers do not check out."""
    kind = said["kind"][1].strip().lower() if "kind" in said else ""
    facts: dict[str, Any] = {"kind": KINDS.get(re.sub(r"[\W_]", "", kind), Call.Kind.OTHER) if kind else Call.Kind.VOICE}
    facts |= {"seconds": _seconds(line, *said["seconds"]) if "seconds" in said else None, **_texts(said, Kind.CALLS)}
    wrong = facts["imei"] and normalise(IdentifierType.IMEI, "", facts["imei"])[1] == Validity.NO
    return facts, False, int(bool(wrong))


def _seconds(line: int, column: Column, said: str) -> int:
    lasts = LASTS.fullmatch(said)
    seconds = sum(int(part or 0) * size for part, size in zip(lasts.groups(), (3600, 60, 1), strict=True)) if lasts else None
    if seconds is None and re.fullmatch(r"\d{1,9}(?:[.,]0+)?", said):
        seconds = int(re.split("[.,]", said)[0])
    if seconds is None or seconds >= 2**31:
        raise Flaw(Fault(line, BAD_DURATION, {"found": said[:40]}, column.header))
    return seconds


def _texts(said: dict[str, tuple[Column, str]], kind: Kind) -> dict[str, str]:
    return {name: str(said[name][1]) if name in said else "" for name in TEXTS[kind]}
