"""Showing a case and what is kept in it to more people at home, or to fewer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import enrol_officer, found_unit
from accounts.roles import Role
from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.casefiles import rules
from cases.casefiles.models import CaseFile
from cases.records import actions
from cases.records.models import Record, RecordGrant
from cases.records.rules import SAME_AUDIENCE
from kernel.errors import Conflict, NotFound
from tests.cases.records.conftest import keep
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh


def change(officer, case, audience, reason="All look for it."):
    return actions.change_audience(officer=officer, casefile_id=case.pk, audience=audience, reason=reason)


def seeing(cast, case, record):
    """Who sees the case, and who the record: in one word if the same people do."""
    see_case = {k for k, p in cast.items() if CaseFile.objects.visible_to(fresh(p)).filter(pk=case.pk).exists()}
    see_record = {k for k, p in cast.items() if Record.objects.visible_to(fresh(p)).filter(pk=record.pk).exists()}
    assert see_case == see_record
    return see_case


def test_case_and_records_are_widened_and_narrowed_together_with_the_next_request(cast, case, original, sami):
    record = original.record
    unit = {"ana", "sami", "alma"}
    for audience, expected in (("unit", unit), ("agency", unit), ("team", {"ana", "sami"}), ("agency", unit), ("team", {"ana", "sami"})):
        change(sami, case, audience)
        assert seeing(cast, case, record) == expected
    facts = list(Line.objects.about(case.pk).filter(kind="records.audience.changed"))
    assert len(facts) == 5


def test_widened_to_the_agency_another_unit_sees_it_and_administrators_and_auditors_do_not(cast, case, original, sami):
    desk = {"name": "Narcotics desk", "hours": "24 hours"}
    unit = found_unit(agency=sami.agency, name="Narcotics", desk=desk)
    other = enrol_officer(unit=unit, email="noor@nfis.example", name="Noor Hale", password=None, roles=[Role.ANALYST])
    change(sami, case, "unit")
    assert not CaseFile.objects.visible_to(fresh(other)).exists()
    change(sami, case, "agency")
    assert seeing(cast | {"noor": other}, case, original.record) == {"ana", "sami", "alma", "noor"}
    change(sami, case, "unit")
    assert seeing(cast | {"noor": other}, case, original.record) == {"ana", "sami", "alma"}


def test_a_record_kept_after_widening_is_seen_by_the_wider_audience(cast, case, ana, sami):
    change(sami, case, "unit")
    rendition = keep(ana, case, "Later")  # with the file as it was read before it was widened
    assert seeing(cast, case, rendition.record) == {"ana", "sami", "alma"}


def test_who_sees_by_a_wider_audience_does_not_work(case, alma, sami):
    change(sami, case, "unit")
    with refused(rules.NOT_ON_TEAM):
        casefiles.write_note(officer=alma, casefile_id=case.pk, text="Me too.")


def test_changing_the_audience_touches_no_release(cast, case, original, sami, bela):
    released(original, bela)
    change(sami, case, "agency")
    change(sami, case, "team")
    assert Record.objects.visible_to(fresh(bela)).exists()


def test_a_newest_first_list_keeps_its_order_when_widened(case, ana, sami, alma):
    kept = [keep(ana, case, f"Item {number}").record_id for number in range(3)]
    change(sami, case, "unit")
    assert [row.record.pk for row in actions.list_records(officer=alma).rows] == kept[::-1]


def test_widening_takes_as_many_statements_for_many_records_as_for_one(case, ana, sami):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            change(sami, case, "unit")
        change(sami, case, "team")
        return len(queries)

    keep(ana, case)
    statements()  # what is remembered from the first time on
    one = statements()
    for number in range(5):
        keep(ana, case, f"Item {number}")
    assert statements() == one


def test_the_lead_narrows_but_does_not_widen(case, ana, sami):
    with refused(rules.WIDER_TAKES_SUPERVISOR):
        change(ana, case, "unit")
    change(sami, case, "agency")
    change(ana, case, "team")


def test_widening_takes_a_reason(case, sami):
    with refused(rules.WIDER_TAKES_REASON):
        change(sami, case, "unit", " ")


def test_a_compartment_is_never_widened(ana, sami, cast):
    closed = casefiles.open_case(officer=ana, title="Inside", is_compartment=True, team=[sami.pk])
    with refused(rules.COMPARTMENT_STAYS):
        change(sami, closed, "unit")
    assert not RecordGrant.objects.exclude(group=closed.team_id).exists()


def test_a_standing_file_keeps_its_audience(sami):
    standing = casefiles.keep_standing_file(officer=sami, unit_id=sami.unit_id)
    with refused(rules.STANDING_STAYS):
        change(sami, standing, "team")


def test_the_same_audience_is_a_conflict(case, sami):
    with refused(SAME_AUDIENCE, Conflict):
        change(sami, case, "team")


@pytest.mark.parametrize("who", ["alma", "adam", "breno", "otto"])
def test_whoever_does_not_see_the_case_finds_nothing(case, cast, who):
    with pytest.raises(NotFound):
        change(fresh(cast[who]), case, "agency")
