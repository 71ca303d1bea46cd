"""Newest first by what was shown to whom: what the fast list finds is what the predicate shows, page by page, and at a bounded cost."""

import json
import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.grants import found_group, join
from cases.casefiles import actions as casefiles
from cases.records import actions, grants
from cases.records.models import Record, RecordGrant
from kernel.errors import Invalid
from kernel.grants import permission_id
from tests.cases.records.conftest import keep
from tests.cases.released import released
from tests.cast import fresh


def walk(officer, size):
    """Every record of a newest-first list, and how many pages it took."""
    found, after, pages = [], "", 0
    while pages < 100:
        page = actions.list_records(officer=fresh(officer), after=after, size=size)
        found += [row.record.pk for row in page.rows]
        pages += 1
        after = page.cursor
        if not after:
            return found, pages
    raise AssertionError("the pages do not end")


def scatter(records, groups, rng):
    """Grants of several groups on the same records, shown at different moments, some of them in the same one."""
    now, view = timezone.now(), permission_id(Record, "view")
    moments = [now - timedelta(minutes=rng.randrange(60)) for _each in range(20)]
    for record in records:
        for group in groups:
            if rng.random() < 0.5:
                cause, moment = uuid4(), rng.choice(moments)
                RecordGrant.objects.create(
                    group=group, permission_id=view, content_object=record, cause=cause, origin="break-glass", shown_at=moment
                )


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 2), (3, 3), (4, 7), (5, 50)])
def test_pages_show_each_record_once_at_its_newest_moment_and_skip_none(ana, case, seed, size):
    rng = random.Random(seed)
    records = [keep(ana, case, f"Item {number}").record for number in range(25)]
    groups = [found_group("release", uuid4()) for _each in range(8)]
    for group in groups[:6]:
        join(ana, group)
    scatter(records, groups, rng)
    found, _pages = walk(ana, size)
    held = RecordGrant.objects.held_by(fresh(ana)).values_list("content_object", "shown_at")
    newest = {}
    for record_id, shown_at in held:
        newest[record_id] = max(newest.get(record_id, shown_at), shown_at)
    assert found == sorted(newest, key=lambda pk: (newest[pk], pk), reverse=True)
    assert set(found) == set(Record.objects.visible_to(fresh(ana)).values_list("pk", flat=True))


def test_a_recipient_lists_what_was_released_and_no_longer_once_it_ends_or_is_held_back(ana, bela, original, tear_line):
    agreement_id = uuid4()
    other = keep(ana, casefiles.open_case(officer=ana, title="Other"), "Second item")
    first = released(tear_line, bela, agreement_id=agreement_id)
    released(other, bela)
    assert walk(bela, 10)[0] == [other.record_id, tear_line.record_id]
    grants.suspend(agreement_id)
    assert walk(bela, 10)[0] == [other.record_id]
    grants.resume(agreement_id)
    assert len(walk(bela, 1)[0]) == 2
    grants.end_release(first)
    assert walk(bela, 10)[0] == [other.record_id]
    [row] = actions.list_records(officer=fresh(bela)).rows
    assert row.rendition == other


def test_a_list_is_filtered_by_words_and_kind_through_the_same_predicate(cast, ana, case, original, tear_line):
    sami, bela = fresh(cast["sami"]), cast["bela"]
    register = keep(ana, case, "Vessel register", Record.Kind.REGISTER)
    assert [row.record.pk for row in actions.list_records(officer=sami, kind="register").rows] == [register.record_id]
    assert [row.record.pk for row in actions.list_records(officer=sami, q="berth").rows] == [original.record_id]
    assert [row.record.pk for row in actions.list_records(officer=sami, q=register.record.reference.lower()).rows] == [register.record_id]
    released(tear_line, bela)
    assert actions.list_records(officer=fresh(bela), q="Porto Almada").rows == []  # said by the original alone
    assert [row.rendition for row in actions.list_records(officer=fresh(bela), q="berth").rows] == [tear_line]


def test_a_broken_cursor_is_said(ana):
    for after in ("x", "AAAA", "%00"):
        with pytest.raises(Invalid):
            actions.list_records(officer=ana, after=after)


def test_a_list_takes_the_same_few_queries_however_long_it_is(ana, case):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            actions.list_records(officer=fresh(ana))
        return len(captured)

    keep(ana, case)
    few = queries()
    for number in range(5):
        keep(ana, case, f"Item {number}")
    assert queries() == few <= 12


@pytest.fixture
def crowd(ana, case):
    """20,000 records of others, of which Ana's groups hold a few, many, or nearly all; grants as the database keeps them."""
    view, now = permission_id(Record, "view"), timezone.now()
    facts = {"agency_id": ana.agency_id, "home": case, "kind": "intelligence", "made_by": ana}
    records = Record.objects.bulk_create(Record(reference=f"X{number:07}", **facts) for number in range(20_000))
    groups = [found_group("release", uuid4()) for _each in range(120)]
    rows = (
        RecordGrant(group=groups[number % 120], permission_id=view, content_object=record, cause=uuid4(), origin="break-glass",
                    shown_at=now - timedelta(seconds=number))
        for number, record in enumerate(records)
    )  # fmt: skip
    RecordGrant.objects.bulk_create(rows, batch_size=5_000)
    return groups


def rows_read(plan) -> int:
    """Rows that the leaves of an executed plan read, those filtered away included."""
    if "Plans" in plan:
        return sum(rows_read(part) for part in plan["Plans"])
    if plan["Node Type"] in ("CTE Scan", "Function Scan", "Result", "Subquery Scan", "ProjectSet"):
        return 0
    return plan["Actual Loops"] * (
        plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    )


@pytest.mark.parametrize("held", [1, 6, 120])
def test_rows_read_are_bounded_by_the_page_for_typical_sparse_and_broad_officers(ana, crowd, held):
    for group in crowd[:held]:
        join(ana, group)
    after = ""
    for _page in range(3):
        with CaptureQueriesContext(connection) as captured:
            page = grants.newest(fresh(ana), after=after, size=50)
        [listing] = [query["sql"] for query in captured if "records_recordgrant" in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {listing}")
            explained = cursor.fetchone()[0]
        [plan] = json.loads(explained) if isinstance(explained, str) else explained
        assert len(page.rows) == 50
        assert rows_read(plan["Plan"]) / len(page.rows) <= 100
        after = page.cursor
