"""Listing items and opening one: the looking is recorded, and nothing hidden shows."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.intelligence import actions
from cases.intelligence.actions.reading import LOOKED_THROUGH
from cases.records import storage
from cases.records.actions import change_audience, link_record
from cases.records.models import Record
from kernel.errors import Invalid, NotFound
from tests.cases.asking import api, page
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.released import released
from tests.cast import fresh


def test_an_item_is_opened_with_its_hash_in_the_ledger_and_the_right_it_was_seen_by(ana, sami, case, item):
    opened = actions.open_item(officer=sami, rendition_id=item.pk)
    assert [part.number for part in opened.paragraphs] == [1, 2]
    assert (opened.casefile, opened.own, opened.may_write, opened.corrected) == (case, True, False, False)
    assert opened.why.reason
    assert actions.open_item(officer=ana, rendition_id=item.pk).may_write
    line = Line.objects.filter(actor_id=sami.pk, subject_id=item.pk).newest().first()
    assert (line.kind, line.owner_id, bytes(line.rendition_hash).hex()) == ("intelligence.item.viewed", ana.agency_id, item.content_hash)
    assert line.via


@pytest.mark.parametrize("who", ["alma", "petra", "bela", "breno", "otto", "iris", "adam"])
def test_nobody_opens_or_lists_what_they_may_not_know_of(cast, case, item, who):
    person = fresh(cast[who])
    with pytest.raises(NotFound):
        actions.open_item(officer=person, rendition_id=item.pk)
    with pytest.raises(NotFound):
        actions.list_items_of_case(officer=person, casefile_id=case.pk)
    assert actions.list_items(officer=person).rows == []


def test_a_partner_sees_the_item_and_nothing_of_its_case(bela, breno, case, item):
    released(item, bela)
    opened = actions.open_item(officer=bela, rendition_id=item.pk)
    assert (opened.casefile, opened.cases, opened.own, opened.may_write) == (None, [], False, False)
    assert [row.rendition for row in actions.list_items(officer=bela).rows] == [item]
    assert actions.list_items(officer=breno).rows == []
    with pytest.raises(NotFound):
        actions.list_items_of_case(officer=bela, casefile_id=case.pk)
    assert all(sight.agency == bela.agency for sight in opened.sights)


def test_a_list_shows_the_grade_of_the_first_information(ana, case):
    provenance_first = [BERTH | {"kind": "provenance", "source_code": "F"}, BERTH | {"source_code": "A"}]
    actions.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=provenance_first))
    (row,) = actions.list_items(officer=ana).rows
    assert (row.graded.number, row.graded.source_code) == (2, "A")


def test_lists_page_without_repeating_or_skipping(ana, case):
    made = [actions.record_item(officer=ana, casefile_id=case.pk, **said(title=f"Item {n}")).title for n in range(5)]
    for listed in (
        lambda after: actions.list_items(officer=ana, after=after, size=2),
        lambda after: actions.list_items_of_case(officer=ana, casefile_id=case.pk, after=after, size=2)[1],
    ):
        seen, after = [], ""
        while True:
            page = listed(after)
            seen += [row.rendition.title for row in page.rows]
            after = page.cursor
            if not after:
                break
        assert seen == made[::-1]
        with pytest.raises(Invalid):
            listed("nonsense")


def test_a_case_lists_what_is_linked_to_it_for_those_who_see_both_ends(ana, sami, case, item):
    other = casefiles.open_case(officer=ana, title="Cold store fires", team=[sami.pk])
    secret = casefiles.open_case(officer=ana, title="CANARY", is_compartment=True)
    hidden = actions.record_item(officer=ana, casefile_id=secret.pk, **said(title="CANARY item"))
    for record_id in (item.record_id, hidden.record_id):
        link_record(officer=ana, record_id=record_id, casefile_id=other.pk)
    titles = lambda officer: {  # noqa: E731
        row.rendition.title for row in actions.list_items_of_case(officer=officer, casefile_id=other.pk)[1].rows
    }
    assert titles(ana) == {item.title, "CANARY item"}
    assert titles(sami) == {item.title}
    assert actions.open_item(officer=sami, rendition_id=item.pk).cases == [other]


def test_a_wider_audience_sees_what_is_in_the_case(sami, alma, case, item):
    change_audience(officer=sami, casefile_id=case.pk, audience="agency", reason="All look for the caller.")
    assert [row.rendition for row in actions.list_items(officer=fresh(alma)).rows] == [item]


def test_a_list_takes_the_same_few_queries_however_long_it_is(ana, case, django_assert_num_queries):
    for number in range(4):
        actions.record_item(officer=ana, casefile_id=case.pk, **said(title=f"Item {number}"))
    assert ana.deeds
    with django_assert_num_queries(8):  # savepoint, groups, newest, renditions, grades, line, payload, release
        rows = actions.list_items(officer=ana).rows
        assert {row.rendition.record.agency.short_name for row in rows} == {"NFIS"}
        assert len({row.graded.grade_words for row in rows}) == 1


def test_a_list_behind_many_registers_is_looked_for_so_far_and_goes_on(ana, sami, case, item):
    for number in range(LOOKED_THROUGH + 1):
        register = storage.keep_record(officer=ana, casefile=case, kind=Record.Kind.REGISTER)
        facts = {"title": f"Register {number}", "handling_scheme": "europol", "handling_code": "H1"}
        storage.keep_rendition(officer=ana, record=register, content={"number": number}, **facts)
    with CaptureQueriesContext(connection) as queries:
        first = actions.list_items(officer=sami, size=1)
    assert len([each for each in queries if "WITH held" in each["sql"]]) == LOOKED_THROUGH
    assert (first.rows, bool(first.cursor)) == ([], True)
    assert [row.rendition for row in actions.list_items(officer=sami, after=first.cursor, size=1).rows] == [item]


def test_the_items_of_a_case_are_narrowed_to_those_with_a_version_since_then(ana, case, item):
    later = actions.record_item(officer=ana, casefile_id=case.pk, **said() | {"title": "Later"})
    address = f"/cases/{case.pk}/intelligence/?since={quote(item.made_at.isoformat())}"
    shown = page(ana, "get", address).text
    assert "Later" in shown
    assert f"/intelligence/{item.pk}/" not in shown
    rows = api(ana, "get", f"intelligence/?case={case.pk}&since={quote(item.made_at.isoformat())}").data["results"]
    assert [row["id"] for row in rows] == [str(later.pk)]
    assert "Nothing that you may see is new" in page(ana, "get", f"/cases/{case.pk}/intelligence/?since=2099-01-01T00:00Z").text
    assert page(ana, "get", f"/cases/{case.pk}/intelligence/?since=nonsense").status_code == 200
    assert api(ana, "get", f"intelligence/?case={case.pk}&since=nonsense").status_code == 422
