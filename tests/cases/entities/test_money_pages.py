"""Money and calls at the pages and at the machine door, and taken out as CSV."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cases.entities import actions
from cases.entities.actions import CALLS, MONEY, End
from cases.entities.models import Call, Transaction
from cases.entities.moments import moment
from cases.intelligence import actions as intelligence
from tests.cases.casefiles.test_exports import lines
from tests.cases.entities.conftest import note, pay
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_a_payment_is_noted_by_hand_and_found_on_every_page(ana, case, item, client):
    account = note(ana, item, "House account", etype="account", identifiers=[])
    client.force_login(ana)
    assert "House account" in text(client.get(f"/money/{item.pk}/new/"))
    sent = {"payer_mention": account.pk, "payee": "Polar Brisa", "amount": "1250000.5", "currency": "usd", "day": "2026-03-14",
            "clock": "13:05", "zone": "−05:00", "paragraph": "1", "reference": "INV-7"}  # fmt: skip
    assert client.post(f"/money/{item.pk}/new/", sent).headers["Location"] == f"/money/{item.pk}/"
    subject = actions.make_subject(officer=ana, mention_ids=[account.pk])
    for page in (f"/money/{item.pk}/", f"/cases/{case.pk}/money/", f"/subjects/{subject.pk}/money/"):
        shown = text(client.get(page))
        assert "1,250,000.50 USD" in shown, page
        assert "14 Mar 2026, 13:05 (-05:00)" in shown
        assert "INV-7" in shown
        assert "usually reliable" in shown.lower(), "each row says how the paragraph that says it is graded"
    shown = text(client.get(f"/cases/{case.pk}/money/"))
    assert "Berth change" in shown, "each row says which version says so"
    assert "out <span" in text(client.get(f"/subjects/{subject.pk}/money/"))
    for page in (f"/cases/{case.pk}/entities/", f"/mentions/{item.pk}/", f"/subjects/{subject.pk}/"):
        assert "/money/" in text(client.get(page)), page


def test_an_end_called_as_what_it_is_joined_to_is_read_once(ana, case, item, client):
    account = note(ana, item, "House account", etype="account", identifiers=[])
    pay(ana, item, payer=End(mention_id=account.pk), payee=End("Polar Brisa"))
    client.force_login(ana)
    row = text(client.get(f"/money/{item.pk}/")).split("<tbody")[-1].split("</tbody>")[0]
    assert row.count("House account") == 1
    assert reverse("entities:compare", args=[account.pk]) in row


def test_amounts_are_typed_as_the_reader_writes_them(ana, item, client):
    client.force_login(ana)
    sent = {"payer": "Harrow", "amount": "1250000,5", "currency": "EUR"}
    assert client.post(f"/money/{item.pk}/new/", sent, headers={"Accept-Language": "es"}).status_code in {302, 422}
    client.cookies["django_language"] = "es"
    client.post(f"/money/{item.pk}/new/", sent)
    assert Transaction.objects.visible_to(ana).filter(amount=Decimal("1250000.5")).exists()


@pytest.mark.parametrize(
    ("sent", "said_so"),
    [
        ({"amount": "5", "currency": "USD"}, "Say who paid or who was paid."),
        ({"payer": "x", "amount": "-5", "currency": "USD"}, "greater than or equal to 0"),
        ({"payer": "x", "amount": "NaN", "currency": "USD"}, "Enter a number."),
        ({"payer": "x", "amount": "5", "currency": "USD", "day": "14/03/2026"}, "There is no such day, time or zone."),
        ({"payer": "x", "amount": "5", "currency": "USD", "clock": "13:05"}, "There is no such day, time or zone."),
    ],
)
def test_what_does_not_read_is_said_and_nothing_typed_is_lost(ana, item, client, sent, said_so):
    client.force_login(ana)
    answer = client.post(f"/money/{item.pk}/new/", sent | {"reference": "INV-7"})
    assert answer.status_code == 422
    assert said_so in text(answer)
    assert "INV-7" in text(answer)
    assert not Transaction.objects.visible_to(ana).exists()


def test_a_call_is_noted_by_hand_and_found_on_every_page(ana, case, item, client):
    phone = note(ana, item, "The Lagoon number", etype="phone")
    client.force_login(ana)
    sent = {"caller": "202 555 0173", "called_mention": phone.pk, "country": "US", "kind": "voice", "seconds": "95", "cell": "310-410"}
    assert client.post(f"/calls/{item.pk}/new/", sent).headers["Location"] == f"/calls/{item.pk}/"
    assert Call.objects.visible_to(ana).get().from_key == "+12025550173"
    subject = actions.make_subject(officer=ana, mention_ids=[phone.pk])
    for page in (f"/calls/{item.pk}/", f"/cases/{case.pk}/calls/", f"/subjects/{subject.pk}/calls/"):
        shown = text(client.get(page))
        assert "1:35" in shown, page
        assert "310-410" in shown
    assert client.post(f"/calls/{item.pk}/new/", {"kind": "voice"}).status_code == 422


def test_a_newer_version_takes_over_at_its_page(ana, item, client):
    pay(ana, item)
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="A slip of the pen.", **said())
    client.force_login(ana)
    assert "Take over what version 1 says here" in text(client.get(f"/money/{newer.pk}/"))
    answer = client.post(f"/money/{newer.pk}/take-over/{item.pk}/", follow=True)
    assert "1 row taken over." in text(answer)
    assert Transaction.objects.visible_to(ana).filter(rendition=newer).count() == 1


def test_what_reads_not_is_not_asked_for(ana, case, item, client):
    pay(ana, item)
    client.force_login(ana)
    for query in ({"since": "soon"}, {"part": "x"}, {"part": "99999"}, {"giver": "%"}):
        assert client.get(f"/cases/{case.pk}/money/", query).status_code == 200, query
    assert client.get(f"/cases/{case.pk}/money/", {"after": "x"}).status_code == 422


def test_who_was_given_the_version_reads_its_rows_and_no_form(ana, bela, item, client):
    pay(ana, item)
    released(item, bela)
    client.force_login(bela)
    assert "40,000.50 USD" in text(client.get(f"/money/{item.pk}/"))
    assert "Note a transaction" not in text(client.get(f"/money/{item.pk}/"))
    assert client.post(f"/money/{item.pk}/new/", {"payer": "x", "amount": "5", "currency": "USD"}).status_code == 403


def test_rows_leave_as_csv_marked_and_without_formulas(ana, case, item):
    pay(ana, item, payer=End("=cmd()"), purpose="+1", moment=moment("2026-03"))
    actions.note_call(officer=ana, rendition_id=item.pk, caller=End("+1 202 555 0173"), called=End("@x"), seconds=9)
    first, columns, row, last = lines(actions.export_dealings(officer=ana, book=MONEY, casefile_id=case.pk))
    told = dict(zip(columns, row, strict=True))
    assert (told["Payer"], told["Purpose"], told["Amount"], told["Currency"], told["When"]) == (
        "'=cmd()",
        "'+1",
        "40000.5",
        "USD",
        "2026-03",
    )
    assert item.handling_code in told["Handling"]
    for [line] in (first, last):
        assert f"Transactions of {case.reference}" in line
    _first, columns, row, _last = lines(actions.export_dealings(officer=ana, book=CALLS, casefile_id=case.pk))
    told = dict(zip(columns, row, strict=True))
    assert (told["Caller"], told["Called number"], told["Seconds"]) == ("'+1 202 555 0173", "'@x", "9")


def test_the_file_is_narrowed_down_as_the_list_is(ana, case, item, client):
    pay(ana, item)
    pay(ana, item, payer=End("Tio"), currency="EUR")
    client.force_login(ana)
    answer = client.get(f"/cases/{case.pk}/money/export/", {"currency": "eur"}).getvalue().decode()
    assert "Tio" in answer
    assert "Harrow" not in answer
    assert "currency: eur" in answer


def test_a_machine_notes_lists_adds_up_and_takes_over(ana, case, item, client):
    client.force_login(ana)
    sent = {"rendition_id": str(item.pk), "payer": "Harrow", "payee": "Polar", "amount": "0.000000000000000001", "currency": "ETH",
            "day": "2026-03-14", "clock": "13:05", "zone": "Z"}  # fmt: skip
    assert client.post("/api/v1/transactions/", sent, content_type="application/json").status_code == 201
    [row] = client.get("/api/v1/transactions/", {"case": case.pk}).json()["results"]
    assert (row["amount"], row["currency_known"], row["happened"]) == ("0.000000000000000001", True, "2026-03-14T13:05+00:00")
    assert row["giver"] == {"text": "Harrow", "key": "harrow", "mention": None}
    added = client.get("/api/v1/transactions/totals/", {"rendition": item.pk}).json()
    assert (added["sums"][0]["total"], added["pairs"][0]["total"], added["more"]) == ("0.000000000000000001",) * 2 + (False,)
    sent = {"rendition_id": str(item.pk), "caller": "+1 202 555 0173", "seconds": 9, "kind": "sms"}
    assert client.post("/api/v1/calls/", sent, content_type="application/json").status_code == 201
    assert client.get("/api/v1/calls/totals/", {"case": case.pk}).json()["sums"] == [{"unit": "", "count": 1, "total": "9"}]
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="A slip of the pen.", **said())
    sent = {"rendition_id": str(newer.pk), "from_rendition_id": str(item.pk)}
    assert client.post("/api/v1/transactions/take-over/", sent, content_type="application/json").json() == {"count": 1}
    assert client.post("/api/v1/calls/take-over/", sent, content_type="application/json").json() == {"count": 1}


@pytest.mark.parametrize(
    "change", [{"amount": "NaN"}, {"amount": "1e40"}, {"day": "x"}, {"zone": "Z"}, {"payer": ""}, {"payer_mention": "x"}, {"currency": ""}]
)
def test_a_machine_is_told_what_is_wrong(ana, item, client, change):
    client.force_login(ana)
    sent = {"rendition_id": str(item.pk), "payer": "Harrow", "amount": "1", "currency": "USD"} | change
    assert client.post("/api/v1/transactions/", sent, content_type="application/json").status_code == 422
    assert client.get("/api/v1/transactions/").status_code == 422
    assert client.get("/api/v1/transactions/", {"case": item.pk, "rendition": item.pk}).status_code == 422


def test_a_page_is_marked_by_the_strictest_version_that_its_totals_rest_on(ana, case, item, client):
    """Also where the rows of that version are on another page."""
    paragraphs = [
        {**each, "handling_scheme": "europol", "handling_code": "H3", "handling_text": "The team."} for each in said()["paragraphs"]
    ]
    strict = intelligence.record_item(
        officer=ana, casefile_id=case.pk, **said(title="For few", handling_code="H3", handling_text="The team.", paragraphs=paragraphs)
    )
    account = [note(ana, each, "House account", etype="account", identifiers=[]).pk for each in (item, strict)]
    pay(ana, strict, payer=End(mention_id=account[1]), moment=moment("2020"))
    for _n in range(60):
        pay(ana, item, payer=End(mention_id=account[0]), moment=moment("2026-03-14"))
    subject = actions.make_subject(officer=ana, mention_ids=account)
    shown = actions.list_dealings_of_subject(officer=ana, book=MONEY, subject_id=subject.pk)
    assert strict.pk not in {row.rendition_id for row in shown.page.rows}
    client.force_login(ana)
    assert "H3" in text(client.get(f"/subjects/{subject.pk}/money/")).partition("</h1>")[0]
    assert "H3" not in text(client.get(f"/subjects/{subject.pk}/money/", {"since": "2026-01-01"})).partition("</h1>")[0]


def test_the_pages_of_one_version_are_marked_as_it_is_and_not_as_a_list(ana, case, client):
    open_one = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(handling_code="H0", paragraphs=[BERTH]))
    client.force_login(ana)
    for path in ("mentions/{}/", "money/{}/", "money/{}/new/", "calls/{}/", "calls/{}/new/"):
        assert client.get("/" + path.format(open_one.pk)).context["marking"] == open_one.marking, path
