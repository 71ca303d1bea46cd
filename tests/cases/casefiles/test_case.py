"""Listing, showing and changing a case."""

import pytest

from audit.models import Event as Line
from cases.casefiles import actions, rules
from cases.casefiles.models import CaseFile
from kernel.errors import Invalid, NotFound
from tests.cases.refusals import refused
from tests.cast import fresh


def test_looking_at_a_case_is_in_the_ledger_with_whose_it_is(case, ana):
    actions.view_case(officer=ana, casefile_id=case.pk)
    line = Line.objects.filter(subject_id=case.pk).newest().first()
    assert (line.kind, line.actor_id, line.owner_id) == ("casefiles.casefile.viewed", ana.pk, ana.agency_id)


@pytest.mark.parametrize("who", ["alma", "iris", "adam", "petra", "bela", "breno", "otto"])
def test_whoever_is_not_of_the_audience_finds_nothing(case, cast, who):
    person = fresh(cast[who])
    with pytest.raises(NotFound):
        actions.view_case(officer=person, casefile_id=case.pk)
    assert actions.list_cases(officer=person).rows == []
    assert actions.list_cases(officer=person, q="Harbor").rows == []


def test_a_list_is_filtered_by_words_status_and_team(ana, sami, case):
    actions.open_case(officer=sami, title="Cold store fires", audience="unit", audience_reason="All look for the caller.")
    assert [c.title for c in actions.list_cases(officer=ana).rows] == ["Cold store fires", case.title]
    assert [c.title for c in actions.list_cases(officer=ana, q="harbor").rows] == [case.title]
    assert [c.title for c in actions.list_cases(officer=ana, q=case.reference).rows] == [case.title]
    assert [c.title for c in actions.list_cases(officer=ana, mine=True).rows] == [case.title]
    assert actions.list_cases(officer=ana, status="closed").rows == []


def test_a_list_pages_by_last_work_without_repeating_or_skipping(ana, case):
    for number in range(4):
        actions.open_case(officer=ana, title=f"Case {number}")
    actions.write_note(officer=ana, casefile_id=case.pk, text="Work goes on.")
    seen, after = [], ""
    while True:
        page = actions.list_cases(officer=ana, after=after, size=2)
        seen += [row.title for row in page.rows]
        after = page.cursor
        if not after:
            break
    assert seen == [case.title, "Case 3", "Case 2", "Case 1", "Case 0"]
    with pytest.raises(Invalid):
        actions.list_cases(officer=ana, after="nonsense")


def test_a_list_takes_the_same_few_queries_however_long_it_is(ana, case, django_assert_num_queries):
    for number in range(3):
        actions.open_case(officer=ana, title=f"Case {number}")
    reader = fresh(ana)
    with django_assert_num_queries(8):  # two roles, deeds, savepoint, list, line, payload, release
        rows = actions.list_cases(officer=reader).rows
        assert {(row.lead.name, row.unit.name, row.agency.short_name) for row in rows} == {("Ana Whitcombe", "Financial crime", "NFIS")}


def test_the_team_changes_what_a_case_says(case, sami):
    changed = actions.change_case(officer=sami, casefile_id=case.pk, title="Harbor Ledger", summary="Eleven shipments.", status="dormant")
    stored = CaseFile.objects.visible_to(sami).one(case.pk)
    assert (stored.title, stored.summary, stored.status) == ("Harbor Ledger", "Eleven shipments.", "dormant")
    assert changed.title == stored.title
    assert stored.active_at > case.active_at


def test_what_is_not_given_stays(case, ana):
    actions.change_case(officer=ana, casefile_id=case.pk, summary="Only this.")
    assert CaseFile.objects.visible_to(ana).one(case.pk).title == case.title


def test_those_who_only_see_a_case_do_not_change_it(ana, sami):
    wide = actions.open_case(officer=sami, title="Wide", audience="unit", audience_reason="All of us.")
    with refused(rules.NOT_ON_TEAM):
        actions.change_case(officer=ana, casefile_id=wide.pk, title="Mine")
    with refused(rules.NOT_ON_TEAM):
        actions.write_note(officer=ana, casefile_id=wide.pk, text="Mine")
