"""Money: rows that a version says, seen exactly where it is seen, added up per pair and never across currencies."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.rules import OTHER_AGENCY
from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.casefiles.rules import CLOSED
from cases.entities import actions, rules
from cases.entities.actions import CALLS, MONEY, Asked, End
from cases.entities.models import Transaction
from cases.entities.moments import moment
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records import grants
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.entities.conftest import note, pay
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cases.released import released

pytestmark = pytest.mark.django_db
HARROW, POLAR = "NM12 0034 5567 8890", "Polar Brisa Logística Ltda"


def of_case(officer, case, book=MONEY, **asked):
    return actions.list_dealings_of_case(officer=officer, book=book, casefile_id=case.pk, asked=Asked(**asked))


def test_a_row_keeps_its_amount_to_the_last_digit_and_when_it_was_as_exactly_as_said(ana, item):
    exact = Decimal("123456789012345678.123456789012345678")
    row = pay(ana, item, amount=exact, currency=" btc ", moment=moment("2026-03-14", "23:30", "-05:00"), paragraph=1, purpose="Frozen tuna")
    kept = Transaction.objects.visible_to(ana).get(pk=row.pk)
    assert (kept.amount, kept.currency, kept.currency_known, kept.made_by) == (exact, "BTC", True, ana)
    assert (kept.at.isoformat(), kept.happened_on, kept.precision) == ("2026-03-15T04:30:00+00:00", date(2026, 3, 14), "minute")
    assert kept.when_said == "14 Mar 2026, 23:30 (-05:00)"
    line = Line.objects.filter(kind="entities.transaction.noted").newest().first()
    assert (line.subject_id, bytes(line.rendition_hash).hex()) == (item.pk, item.content_hash)


def test_a_currency_that_nobody_knows_is_kept_and_flagged(ana, item, client):
    pay(ana, item, currency="ZQQ")
    client.force_login(ana)
    assert "Currency not known" in client.get(f"/money/{item.pk}/").content.decode()


def test_an_end_that_is_a_mention_is_written_by_its_number(ana, item):
    account = note(ana, item, "House account", etype="account", identifiers=[{"type": "account", "country": "", "raw": HARROW}])
    row = pay(ana, item, payer=End(mention_id=account.pk))
    assert (row.from_text, row.from_key, row.from_mention_id) == (HARROW, "NM12003455678890", account.pk)


def test_an_end_is_a_mention_of_the_same_version(ana, case, item):
    other = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title="Another"))
    elsewhere = note(ana, other)
    with pytest.raises(NotFound):
        pay(ana, item, payer=End(mention_id=elsewhere.pk))
    row = pay(ana, item)
    with pytest.raises(IntegrityError, match="same rendition"), transaction.atomic():
        Transaction.objects.create(
            rendition=item, from_text="x", from_mention=elsewhere, amount=1, currency="USD", made_by=ana, listed_at=row.listed_at
        )


@pytest.mark.parametrize("facts", [{"payer": End(" "), "payee": End()}, {"amount": Decimal(-1)}, {"amount": Decimal("0." + "0" * 18 + "1")},
                                   {"amount": Decimal("NaN")}, {"amount": Decimal(10) ** 18}])  # fmt: skip
def test_what_cannot_be_kept_as_it_is_said_is_refused(ana, item, facts):
    with pytest.raises(Invalid):
        pay(ana, item, **facts)


@pytest.mark.parametrize("deed", ["UPDATE entities_transaction SET amount = 1", "DELETE FROM entities_transaction"])
def test_what_was_noted_does_not_change(ana, item, deed):
    pay(ana, item)
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


def test_nothing_is_added_to_what_has_left(ana, bela, item):
    before = pay(ana, item)
    released(item, bela)
    with refused(rules.HAS_LEFT, Conflict):
        pay(ana, item)
    with pytest.raises(IntegrityError, match="has left"), transaction.atomic():
        Transaction.objects.create(rendition=item, from_text="x", amount=1, currency="USD", made_by=ana, listed_at=before.listed_at)
    shown = actions.list_dealings(officer=bela, book=MONEY, rendition_id=item.pk)
    assert (shown.page.rows, shown.own, bool(shown.may_note), shown.earlier) == ([before], False, False, None)
    with refused(OTHER_AGENCY):
        pay(bela, item)


def test_nothing_is_noted_in_a_closed_case(ana, sami, case, item):
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="It led nowhere.")
    with refused(CLOSED, Conflict):
        pay(ana, item)


@pytest.mark.parametrize("who", ["bela", "otto", "iris", "adam", "petra", "alma"])
def test_nobody_reads_what_they_may_not_know_of(cast, ana, case, item, who):
    account = note(ana, item, "House account", etype="account", identifiers=[])
    pay(ana, item, payer=End(mention_id=account.pk))
    subject = actions.make_subject(officer=ana, mention_ids=[account.pk])
    other = cast[who]
    for book in (MONEY, CALLS):
        for deed, name, pk in (
            (actions.list_dealings, "rendition_id", item.pk), (actions.list_dealings_of_case, "casefile_id", case.pk),
            (actions.list_dealings_of_subject, "subject_id", subject.pk), (actions.export_dealings, "casefile_id", case.pk),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                deed(officer=other, book=book, **{name: pk})
    with pytest.raises(NotFound):
        pay(other, item)
    assert not Transaction.objects.visible_to(other).exists()


def test_totals_stand_per_pair_and_currency_and_however_an_account_is_written_it_is_one(ana, case, item):
    pay(ana, item, payer=End(HARROW), payee=End(POLAR), amount=Decimal("100.10"), moment=moment("2026-03-01"))
    pay(
        ana,
        item,
        payer=End("nm12-0034-5567-8890"),
        payee=End("POLAR BRISA LOGISTICA LTDA"),
        amount=Decimal("0.20"),
        moment=moment("2026-05"),
    )
    pay(ana, item, payer=End(HARROW), payee=End(POLAR), amount=Decimal(7), currency="EUR")
    pay(ana, item, payer=End(POLAR), payee=End(HARROW), amount=Decimal(3))
    shown = of_case(ana, case)
    there, *_rest = [each for each in shown.totals if each.count == 2]
    assert (there.total, there.unit, there.first, there.last) == (Decimal("100.30"), "USD", date(2026, 3, 1), date(2026, 3, 1))
    assert [(each.unit, each.count, each.total) for each in shown.sums] == [("EUR", 1, 7), ("USD", 3, Decimal("103.30"))]
    assert [(each.unit, each.total) for each in shown.totals] == [("EUR", 7), ("USD", Decimal("100.30")), ("USD", 3)]
    only = of_case(ana, case, giver=there.exactly[0], taker=there.exactly[1], currency="usd")
    assert [each.total for each in only.totals] == [Decimal("100.30")]


def test_totals_are_of_what_the_reader_sees(ana, bela, case, item):
    other = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title="Kept at home"))
    mine, theirs = pay(ana, item, amount=Decimal(5)), pay(ana, other, amount=Decimal(70))
    assert of_case(ana, case).sums[0].total == 75
    released(item, bela)
    with pytest.raises(NotFound):
        of_case(bela, case)
    assert list(Transaction.objects.visible_to(bela)) == [mine]
    assert theirs not in Transaction.objects.visible_to(bela)


def test_a_list_is_narrowed_down_by_end_currency_and_day(ana, case, item):
    pay(ana, item, payer=End(HARROW), payee=End(POLAR), moment=moment("2026-03-01"))
    pay(ana, item, payer=End(POLAR), payee=End("Tio"), moment=moment("2026-06-01"), currency="EUR")
    pay(ana, item, payer=End("Tio"), payee=End("Somebody"))
    for asked, count in (
        ({"giver": "polar"}, 1), ({"taker": "NM12 0034 5567 8890"}, 0), ({"party": "polar"}, 2), ({"currency": "eur"}, 1),
        ({"since": date(2026, 3, 1)}, 2), ({"until": date(2026, 3, 1)}, 1), ({"since": date(2026, 3, 2), "until": date(2026, 5, 31)}, 0),
        ({"party": "="}, 0),
    ):  # fmt: skip
        assert len(of_case(ana, case, **asked).page.rows) == count, asked


def test_pages_follow_one_another_and_repeat_and_skip_nothing(ana, case, item):
    rows = [pay(ana, item, moment=moment("2026-03-01")) for _n in range(3)] + [pay(ana, item) for _n in range(2)]
    seen, after = [], ""
    for _page in range(5):
        page = actions.list_dealings_of_case(officer=ana, book=MONEY, casefile_id=case.pk, after=after, size=1).page
        seen, after = seen + page.rows, page.cursor
    assert (set(seen), after) == (set(rows), "")
    assert seen[-3:] == sorted(rows[:3], key=lambda row: row.pk, reverse=True)


def test_a_case_counts_each_record_once_by_its_newest_version(ana, case, item):
    account = note(ana, item, "House account", etype="account", identifiers=[{"type": "account", "country": "", "raw": HARROW}])
    pay(ana, item, payer=End(mention_id=account.pk), amount=Decimal(10), moment=moment("2026-03-01"))
    pay(ana, item, payer=End("Tio"), amount=Decimal(2))
    subject = actions.make_subject(officer=ana, mention_ids=[account.pk])
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="A slip of the pen.", **said())
    assert not of_case(ana, case).page.rows
    assert not actions.list_dealings_of_subject(officer=ana, book=MONEY, subject_id=subject.pk).page.rows
    actions.take_over_mentions(officer=ana, rendition_id=newer.pk, from_rendition_id=item.pk)
    given = {"officer": ana, "book": MONEY, "rendition_id": newer.pk, "from_rendition_id": item.pk}
    assert actions.list_dealings(officer=ana, book=MONEY, rendition_id=newer.pk).earlier == item
    assert actions.take_over_dealings(**given) == 2
    assert actions.take_over_dealings(**given) == 0
    assert of_case(ana, case).sums[0].total == 12
    shown = actions.list_dealings_of_subject(officer=ana, book=MONEY, subject_id=subject.pk)
    assert [(row.rendition_id, row.amount) for row in shown.page.rows] == [(newer.pk, 10)]
    with refused(rules.NOT_ONE_RECORD, Invalid):
        actions.take_over_dealings(**given | {"from_rendition_id": newer.pk})


def test_nothing_of_the_original_goes_into_a_tear_line_by_a_click(ana, item):
    pay(ana, item)
    line = intelligence.make_tear_line(officer=ana, rendition_id=item.pk, **said())
    assert actions.list_dealings(officer=ana, book=MONEY, rendition_id=line.pk).earlier is None
    with refused(rules.NOT_ONE_RECORD, Invalid):
        actions.take_over_dealings(officer=ana, book=MONEY, rendition_id=line.pk, from_rendition_id=item.pk)


def test_money_of_a_subject_in_and_out_by_the_mentions_one_may_see(ana, bela, case, item, theirs):
    account = note(ana, item, "House account", etype="account", identifiers=[])
    received = note(bela, theirs, "Conta da casa", etype="account", identifiers=[])
    unseen = intelligence.record_item(officer=bela, casefile_id=theirs.record.home_id, **said(title="Never given"))
    pay(bela, theirs, payee=End(mention_id=received.pk), amount=Decimal(100))
    pay(bela, unseen, payee=End("House account"), amount=Decimal(999))
    pay(ana, item, payer=End(mention_id=account.pk), amount=Decimal(30))
    pay(ana, item, payer=End(mention_id=account.pk), payee=End(mention_id=account.pk), amount=Decimal(1))
    released(theirs, ana)
    subject = actions.make_subject(officer=ana, mention_ids=[account.pk, received.pk])
    [added] = actions.list_dealings_of_subject(officer=ana, book=MONEY, subject_id=subject.pk).sums
    assert (added.total, added.came, added.went) == (131, 100, 30)


def test_a_reading_is_told_to_whoever_asks_who_has_seen_it(ana, bela, item):
    pay(ana, item)
    released(item, bela)
    actions.list_dealings(officer=bela, book=MONEY, rendition_id=item.pk)
    _record, page = records.list_readings(officer=ana, record_id=item.record_id)
    assert [reading.agency for reading in page.rows][:1] == [bela.agency]


def test_what_has_gone_into_a_joint_case_is_not_added_to(ana, bela, item):
    before = pay(ana, item)
    grants.admit_joint(
        item, groups={bela.agency.group_id: bela.agency_id}, contribution_id=item.pk, agreement_id=item.pk, until=before.made_at,
        reference="J-1",
    )  # fmt: skip
    with refused(rules.HAS_LEFT, Conflict):
        pay(ana, item)
    with pytest.raises(IntegrityError, match="has left"), transaction.atomic():
        Transaction.objects.create(rendition=item, from_text="x", amount=1, currency="USD", made_by=ana, listed_at=before.listed_at)


@pytest.mark.parametrize("book", [MONEY, CALLS], ids=lambda book: book.name)
def test_statements_do_not_grow_with_rows(ana, case, item, django_assert_max_num_queries, book):
    def ask():
        with django_assert_max_num_queries(60) as asked:
            of_case(ana, case, book=book)
        return len(asked)

    make = pay if book is MONEY else call_
    account = note(ana, item, "House account", etype="account", identifiers=[])
    make(ana, item, payer=End(mention_id=account.pk))
    few = ask()
    for n in range(12):
        other = note(ana, item, f"Account {n}", etype="account", identifiers=[])
        make(ana, item, payer=End(mention_id=other.pk), payee=End(f"Somebody {n}"))
    assert ask() == few


def call_(officer, rendition, payer, payee=None):
    return actions.note_call(officer=officer, rendition_id=rendition.pk, caller=payer, called=payee or End())
