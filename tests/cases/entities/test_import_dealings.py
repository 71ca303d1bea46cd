"""Tables of payments and calls from outside: headings guessed in four languages, each row checked, taken in once, taken back."""

from decimal import Decimal

import pytest

from cases.entities import actions, rules, transport
from cases.entities.actions import CALLS, MONEY, holdings
from cases.entities.models import Call, Identifier, ImportMapping, Mention, MentionChange, Transaction
from cases.entities.transport import Column, Kind, TableMapping, dealings
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, Invalid
from tests.cases.entities.tables import again, csv_of, send, work, xlsx_of
from tests.cases.refusals import refused
from tests.cases.released import released

pytestmark = pytest.mark.django_db
STATEMENT = ["Fecha y hora", "Cuenta origen", "Cuenta destino", "Importe", "Moneda", "Concepto", "Referencia"]
PAID = [
    ["14/03/2026 13:05", "NM12 0034 5567 8890", "CV38 0007 0041 9921", "1.250.000,50", "USD", "Atún congelado", "F-1"],
    ["15/03/2026", "CV38 0007 0041 9921", "Tío", "-40", "usd", "", ""],
    ["", "NM12-0034-5567-8890", "CV38 0007 0041 9921", "7", "ZQQ", "", ""],
]
RECORDS = ["A-number", "B number", "Start time", "Duration", "Call type", "Cell ID", "IMEI"]
CALLED = [
    ["+1 202 555 0173", "+99 55 014 2231", "2026-03-14T13:05:22-05:00", "1:35", "MOC", "310-410-7722", "490154203237518"],
    ["12025550173", "+99550142231", "20260315060102", "20", "SMS-MO", "", "490154203237519"],
]


def plan(job, rows=None, **how):
    heads = actions.headers_of(job.first[0], 1)
    rows = rows or transport.kind_of(heads)
    columns = [Column(head, field, "US") for head, field in zip(heads, transport.guess(heads, rows), strict=True)]
    more = {name: how.pop(name) for name in ("decimals", "zone", "currency", "own", "ends") if name in how}
    mapping = TableMapping(1, how.pop("dates", "dmy"), "person", how.pop("columns", columns), rows=rows, **more)
    return actions.Plan(transport.Reading(**job.reading), mapping, "Statement of March", "H1", **how)


def checked(officer, case, content, **how):
    job = send(officer, case, content)
    actions.map_import(officer=officer, import_id=job.pk, plan=plan(job, **how))
    work()
    return again(officer, job)


def taken_in(officer, case, content, **how):
    job = checked(officer, case, content, **how)
    actions.start_import(officer=officer, import_id=job.pk)
    work()
    return again(officer, job)


def test_a_statement_becomes_payments_of_a_register_with_its_accounts_as_mentions(ana, bela, case):
    asked = {"decimals": ",", "zone": "America/Bogota"}
    assert checked(ana, case, csv_of(STATEMENT, *PAID), **asked).flagged == 1, "a currency that nobody knows"
    job = taken_in(ana, case, csv_of(STATEMENT, *PAID), **asked)

    assert (job.state, job.new, job.faulty) == ("done", 3, 0)
    register = Rendition.objects.visible_to(ana).get(record__home=case, record__kind=Record.Kind.REGISTER)
    first, second, third = Transaction.objects.visible_to(ana).filter(rendition=register).order_by("amount")[::-1]
    assert (first.amount, first.currency, first.purpose, first.reference) == (Decimal("1250000.50"), "USD", "Atún congelado", "F-1")
    assert (first.at.isoformat(), first.zone, first.precision) == ("2026-03-14T18:05:00+00:00", "America/Bogota", "minute")
    assert (second.from_text, second.to_text, second.amount, second.precision) == ("Tío", "CV38 0007 0041 9921", 40, "day"), "turned"
    assert (third.currency_known, third.at) == (False, None)
    accounts = Mention.objects.visible_to(ana).filter(rendition=register)
    assert sorted(accounts.values_list("etype", "name")) == [("account", "CV38 0007 0041 9921"), ("account", "NM12 0034 5567 8890")]
    assert first.from_mention_id == third.from_mention_id
    assert second.from_mention is None
    assert MentionChange.objects.filter(mention_id__in=accounts.values("pk")).count() == 2
    shown = actions.list_dealings_of_case(officer=ana, book=MONEY, casefile_id=case.pk)
    assert len(shown.page.rows) == 3
    assert not Transaction.objects.visible_to(bela).exists()


def test_call_records_become_calls_with_their_phones_as_mentions(ana, case):
    asked = {"dates": "ymd", "zone": "America/New_York"}
    assert checked(ana, case, csv_of(RECORDS, *CALLED), **asked).flagged == 1, "the second IMEI does not check out"
    job = taken_in(ana, case, csv_of(RECORDS, *CALLED), **asked)

    assert (job.state, job.new, job.faulty) == ("done", 2, 0)
    first, second = Call.objects.visible_to(ana).order_by("-seconds")
    assert (first.from_key, first.to_key, first.seconds, first.kind, first.cell) == (
        "+12025550173", "+99550142231", 95, "voice", "310-410-7722",
    )  # fmt: skip
    assert (first.zone, first.at.isoformat()) == ("-05:00", "2026-03-14T18:05:22+00:00")
    assert (second.from_key, second.kind, second.zone, second.precision) == ("+12025550173", "sms", "America/New_York", "second")
    assert first.from_mention_id == second.from_mention_id
    numbers = Identifier.objects.visible_to(ana).filter(type="phone").values_list("normalised", flat=True)
    assert sorted(numbers) == ["+12025550173", "+99550142231"]
    [pair] = actions.list_dealings_of_case(officer=ana, book=CALLS, casefile_id=case.pk).totals
    assert (pair.count, pair.total) == (2, 115)


def test_a_wallet_becomes_a_wallet_and_an_iban_an_iban(ana, case):
    hexadecimal, bitcoin, iban = (
        "0x4bbeEB066eD09B7AEd07bF39EEe0460DFa261520",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "DE89 3704 0044 0532 0130 00",
    )
    rows = [["14/03/2026", iban, wallet, "5", "USDT", "", ""] for wallet in (hexadecimal, bitcoin, hexadecimal.lower())]
    taken_in(ana, case, csv_of(STATEMENT, *rows), decimals=",")
    kinds = Identifier.objects.visible_to(ana).values_list("mention__etype", "type", "raw")
    assert set(kinds) == {("wallet", "wallet", hexadecimal), ("wallet", "wallet", bitcoin), ("account", "iban", iban)}


def test_accounts_become_mentions_only_if_that_is_wanted(ana, case):
    taken_in(ana, case, csv_of(STATEMENT, *PAID), decimals=",", ends=False)
    assert not Mention.objects.visible_to(ana).exists()
    assert Transaction.objects.visible_to(ana).count() == 3


def test_a_table_of_one_account_names_it_once_and_debit_turns_a_row_round(ana, case):
    heads = ["Date", "Counterparty", "Debit", "Credit"]
    columns = [Column(head, field) for head, field in zip(heads, ("day", "payer", "amount_back", "amount"), strict=True)]
    columns = [Column(each.header, f"money:{each.field}") for each in columns]
    rows = [["14/03/2026", "Polar Brisa", "", "1,000.25"], ["15/03/2026", "Grey Gull", "30", "0.00"]]
    taken_in(ana, case, csv_of(heads, *rows), columns=columns, rows=Kind.MONEY, own="NM12 0034 5567 8890", currency="USD")
    came, went = Transaction.objects.visible_to(ana).order_by("-amount")
    assert (came.from_text, came.to_text, came.amount) == ("Polar Brisa", "NM12 0034 5567 8890", Decimal("1000.25"))
    assert (went.from_text, went.to_text, went.amount) == ("NM12 0034 5567 8890", "Grey Gull", 30)


def test_a_direction_that_says_in_turns_a_row_round(ana, case):
    heads = ["Other party", "Direction", "Start", "Seconds"]
    columns = [Column(head, f"calls:{field}") for head, field in zip(heads, ("called", "direction", "day", "seconds"), strict=True)]
    rows = [["+99 55 014 2231", "Incoming", "2026-03-14 06:00", "9"], ["+99 55 014 2231", "saliente", "2026-03-14 07:00", "8"],
            ["+99 55 014 2231", "sideways", "2026-03-14 08:00", "7"]]  # fmt: skip
    job = taken_in(ana, case, csv_of(heads, *rows), columns=columns, rows=Kind.CALLS, own="+1 202 555 0173", dates="ymd")
    assert [code for _row, _column, code, _params in job.faults] == ["entities.bad-direction"]
    ours = dict(Call.objects.visible_to(ana).values_list("seconds", "from_key"))
    assert ours == {9: "+99550142231", 8: "+12025550173"}


def test_checking_takes_nothing_in_and_says_what_is_wrong_where(ana, case):
    bad = [
        ["32/03/2026", "A", "B", "1", "USD", "", ""],
        ["14/03/2026", "A", "B", "1,250,50.", "USD", "", ""],
        ["14/03/2026", "A", "B", "", "USD", "", ""],
        ["14/03/2026", "A", "B", "5", "", "", ""],
        ["14/03/2026", "", "", "5", "USD", "", ""],
        ["14/03/2026 25:00", "A", "B", "5", "USD", "", ""],
        ["14/03/2026", "A" * 201, "B", "5", "USD", "", ""],
        ["14/03/2026", "A", "B", "1234567890123456789", "USD", "", ""],
    ]
    job = checked(ana, case, csv_of(STATEMENT, *bad), decimals=",")
    assert (job.state, job.read, job.faulty) == ("checked", 8, 8)
    assert [(row, column, code) for row, column, code, _params in job.faults] == [
        (2, "Fecha y hora", "entities.bad-date"), (3, "Importe", "entities.bad-amount"), (4, "", "entities.row-without"),
        (5, "", "entities.row-without-currency"), (6, "", "entities.row-without-ends"), (7, "Fecha y hora", "entities.bad-moment"),
        (8, "Cuenta origen", "entities.value-too-long"), (9, "Importe", "entities.bad-amount"),
    ]  # fmt: skip
    assert not Transaction.objects.visible_to(ana).exists()
    with refused(rules.NO_GOOD_ROW, Invalid):
        actions.start_import(officer=ana, import_id=job.pk)


@pytest.mark.parametrize(
    ("cell", "decimals", "amount"),
    [
        ("1,250.50", ".", "1250.50"), ("1.250,50", ",", "1250.50"), ("1 250,5", ",", "1250.5"), ("1'250.50", ".", "1250.50"),
        ("USD 1,250", ".", "1250"), ("1.250 EUR", ",", "1250"), ("R$ 1.250,00", ",", "1250.00"), (".5", ".", "0.5"), ("$5", ".", "5"),
        ("1.250", ".", "1.250"), ("1,250", ",", "1.250"),
    ],
)  # fmt: skip
def test_an_amount_is_read_by_the_decimal_sign_that_was_said(ana, case, cell, decimals, amount):
    taken_in(ana, case, csv_of(STATEMENT, ["14/03/2026", "A", "B", cell, "USD", "", ""]), decimals=decimals)
    assert Transaction.objects.visible_to(ana).get().amount == Decimal(amount)


@pytest.mark.parametrize(
    ("cell", "decimals"), [("1.25,50", ","), ("1,2500", "."), ("1.250.50", "."), ("5 apples", "."), ("12,50", "."), ("1e9", ".")]
)
def test_an_amount_that_is_written_otherwise_is_a_fault_and_no_guess(ana, case, cell, decimals):
    job = checked(ana, case, csv_of(STATEMENT, ["14/03/2026", "A", "B", cell, "USD", "", ""]), decimals=decimals)
    assert [code for _row, _column, code, _params in job.faults] == ["entities.bad-amount"]


def test_a_number_of_a_workbook_has_a_point_whatever_sign_the_table_writes(ana, case):
    heads = ["Date", "From", "To", "Amount", "Currency"]
    job = taken_in(ana, case, xlsx_of(heads, ["2026-03-14", "A", "B", 1234.5, "USD"], ["2026-03-14", "A", "B", "1.234,5", "USD"],
                                      ["2026-03-14", "A", "B", -3, "USD"]), decimals=",", dates="ymd")  # fmt: skip
    assert (job.new, job.faulty) == (3, 0)
    rows = Transaction.objects.visible_to(ana).order_by("amount")
    assert [(row.amount, row.from_text) for row in rows] == [(3, "B"), (Decimal("1234.5"), "A"), (Decimal("1234.5"), "A")]


def test_what_was_cut_is_gone_on_with_and_nothing_is_doubled(ana, case, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 1)
    job = checked(ana, case, csv_of(STATEMENT, *PAID), decimals=",")
    actions.start_import(officer=ana, import_id=job.pk)
    work()
    assert again(ana, job).new == 3
    assert Mention.objects.visible_to(ana).count() == 2, "each account once, in whichever batch it came first"
    with refused(rules.ALREADY_IN, Conflict):
        actions.start_import(officer=ana, import_id=checked(ana, case, csv_of(STATEMENT, *PAID), decimals=",").pk)
    longer = csv_of(["Id", *STATEMENT], *(["r1", *PAID[0]], ["r2", *PAID[1]]))
    register = again(ana, job).register_id
    first = taken_in(ana, case, longer, decimals=",", register_id=register)
    assert (first.new, first.known, first.faulty) == (2, 0, 0)
    changed = csv_of(["Id", *STATEMENT], *(["r1", *PAID[0]], ["r2", *PAID[1][:3], "-41", *PAID[1][4:]], ["r3", *PAID[2]]))
    second = taken_in(ana, case, changed, decimals=",", register_id=register)
    assert (second.new, second.known, second.faulty) == (1, 1, 1)
    assert second.faults[0][2] == "entities.row-changed"


def test_what_came_in_is_taken_back_until_it_has_left(ana, bela, case):
    job = taken_in(ana, case, csv_of(STATEMENT, *PAID), decimals=",")
    actions.undo_import(officer=ana, import_id=job.pk, reason="The wrong account.")
    assert not Transaction.objects.visible_to(ana).exists()
    assert not Mention.objects.visible_to(ana).exists()
    other = taken_in(ana, case, csv_of(STATEMENT, *PAID), decimals=",")
    version = Rendition.objects.visible_to(ana).get(record=other.register_id)
    released(version, bela)
    assert Transaction.objects.visible_to(bela).count() == 3
    with refused(rules.HAS_LEFT_ALREADY, Conflict):
        actions.undo_import(officer=ana, import_id=other.pk, reason="The wrong account.")


@pytest.mark.parametrize(
    ("headers", "kind", "fields"),
    [
        (["Date", "From account", "To account", "Amount", "Currency", "Description"], "money", "day payer payee amount currency purpose"),
        (["Fecha", "Ordenante", "Beneficiario", "Monto", "Divisa", "Glosa"], "money", "day payer payee amount currency purpose"),
        (["Data", "Conta origem", "Conta destino", "Valor", "Moeda", "Histórico"], "money", "day payer payee amount currency purpose"),
        (["Date", "Donneur d'ordre", "Bénéficiaire", "Montant", "Devise", "Libellé"], "money", "day payer payee amount currency purpose"),
        (["Calling number", "Called number", "Start time", "Duration (s)", "Cell ID"], "calls", "caller called day seconds cell"),
        (["Número origen", "Número destino", "Fecha y hora", "Duración", "Celda"], "calls", "caller called day seconds cell"),
        (["Número chamador", "Número chamado", "Data", "Hora", "Duração", "Célula"], "calls", "caller called day clock seconds cell"),
        (["Appelant", "Appelé", "Date", "Heure", "Durée", "Cellule"], "calls", "caller called day clock seconds cell"),
        (["Nombre", "Apellidos", "Teléfono"], "entities", ""),
        (["Name", "Date of birth", "From"], "entities", ""),
    ],
)
def test_headings_are_guessed_in_four_languages(headers, kind, fields):
    assert transport.kind_of(headers) == kind
    if fields:
        assert [field.partition(":")[2] for field in transport.guess(headers, kind)] == fields.split()


def test_columns_that_say_too_little_are_refused(ana, case):
    job = send(ana, case, csv_of(STATEMENT, *PAID))
    for kind, said in ((Kind.MONEY, rules.MONEY_NOT_MAPPED), (Kind.CALLS, rules.CALLS_NOT_MAPPED), (Kind.ENTITIES, rules.NOT_MAPPED)):
        with refused(said, Invalid):
            actions.map_import(officer=ana, import_id=job.pk, plan=plan(job, rows=kind, columns=[Column("Fecha", f"{kind}:day")]))


def test_a_table_is_mapped_at_the_page_and_remembered(ana, case, client):
    client.force_login(ana)
    job = send(ana, case, csv_of(STATEMENT, *PAID))
    page = client.get(f"/imports/{job.pk}/map/").content.decode()
    assert '<option value="money" selected>' in page
    assert '<option value="money:amount" selected>' in page
    sent = {"sheet": "0", "header": "1", "encoding": "cp1252", "delimiter": ";", "mapping": "", "rows": "money", "dates": "dmy",
            "decimals": ",", "currency": "", "zone": "−05:00", "own": "", "ends": "on", "register": "", "title": "Statement",
            "handling_code": "H1", "handling_text": "", "columns-TOTAL_FORMS": "7", "columns-INITIAL_FORMS": "7"}  # fmt: skip
    fields = ["money:day", "money:payer", "money:payee", "money:amount", "money:currency", "money:purpose", "money:reference"]
    columns = {f"columns-{n}-field": field for n, field in enumerate(fields)}
    assert client.post(f"/imports/{job.pk}/map/", sent | columns | {"zone": "Nowhere"}).status_code == 422
    assert client.post(f"/imports/{job.pk}/map/", sent | columns | {"decimals": ""}).status_code == 422, "nothing is guessed"
    assert client.post(f"/imports/{job.pk}/map/", sent | {"columns-0-field": "money:day"}).status_code == 422
    assert client.post(f"/imports/{job.pk}/map/", sent | columns | {"columns-0-field": "name"}).status_code == 422
    assert client.post(f"/imports/{job.pk}/map/", sent | columns).status_code == 302
    work()
    actions.keep_mapping(officer=ana, import_id=job.pk, name="House bank")
    actions.start_import(officer=ana, import_id=job.pk)
    work()
    assert (
        f"/money/{Rendition.objects.visible_to(ana).get(record__kind='register').pk}/" in client.get(f"/imports/{job.pk}/").content.decode()
    )
    assert Transaction.objects.visible_to(ana).filter(zone="-05:00").exists()
    other = send(ana, case, csv_of(["Fecha", "Nombre"], ["14/03/2026", "Tio"]))
    kept = actions.open_import(officer=ana, import_id=other.pk).mappings[0]
    again_ = client.post(f"/imports/{other.pk}/map/", {"mapping": kept.pk, "again": "1", "header": "1"}).content.decode()
    assert '<option value="money" selected>' in again_


def test_a_remembered_mapping_says_nothing_of_whose_table_it_was(ana, case, colleague):
    """The whole agency reads it, and not the whole agency reads the case."""
    job = checked(ana, case, csv_of(STATEMENT, *PAID), decimals=",", own="NM12 0034 5567 8890")
    actions.keep_mapping(officer=ana, import_id=job.pk, name="House bank")
    [kept] = ImportMapping.objects.visible_to(colleague)
    assert (kept.mapping["rows"], kept.mapping["decimals"], kept.mapping["own"]) == ("money", ",", "")


def test_spaces_without_end_in_an_amount_cost_no_worker_its_claim():
    read = dealings.AMOUNT.fullmatch("EUR" + " " * 30 + "1 000,50" + " " * 30 + "USD")
    assert (read["before"], read["number"], read["behind"]) == ("EUR", "1 000,50", "USD")
    assert dealings.AMOUNT.fullmatch("EUR" + " " * 100_000 + "x") is None  # a pattern that goes back over them thrice would never end


def test_a_machine_maps_a_table_of_calls(ana, case, client):
    client.force_login(ana)
    job = send(ana, case, csv_of(RECORDS, *CALLED))
    heads = actions.headers_of(job.first[0], 1)
    columns = [{"header": head, "field": field} for head, field in zip(heads, transport.guess(heads, "calls"), strict=True)]
    sent = {"dates": "ymd", "rows": "calls", "columns": columns, "title": "CDR", "handling_code": "H1", "zone": "Z"}
    address = f"/api/v1/imports/{job.pk}/map/"
    assert client.post(address, sent | {"zone": "Nowhere"}, content_type="application/json").status_code == 422
    assert client.post(address, sent | {"rows": "money"}, content_type="application/json").status_code == 422
    assert client.post(address, sent, content_type="application/json").status_code == 200
    work()
    assert client.post(f"/api/v1/imports/{job.pk}/start/", content_type="application/json").status_code == 200
    work()
    assert Call.objects.visible_to(ana).count() == 2
