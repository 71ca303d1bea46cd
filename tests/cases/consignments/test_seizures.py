"""What was seized: recorded, corrected by further versions, followed step by step, and added up exactly."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.consignments import actions, rules
from cases.consignments.models import Seizure, SeizureVersion
from cases.records import actions as records
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.asking import api, bodies, page

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
FACTS = {
    "goods": "cocaine", "description": "48 bricks behind the cooling unit", "net": Decimal("52.4"), "gross": Decimal("55.1"), "unit": "kg",
    "place": "Quay 4", "country": "Sierra Clara", "time_zone": "America/Bogota", "seized_at": THEN, "seized_by": "Fiscalía Nacional",
    "authority": "warrant", "authority_reference": "OR-2026/771", "seal": "SC 00419", "witnesses": "The harbour master",
}  # fmt: skip


def seize(officer, case, **more):
    return actions.record_seizure(officer=officer, casefile_id=case.pk, **FACTS | more)


def test_what_is_seized_is_recorded_as_held_and_read_by_the_case_s_audience(ana, sami, case, reefer, legs):
    made = seize(ana, case, leg_id=legs[1].pk)
    opened = actions.open_seizure(officer=sami, seizure_id=made.pk)
    assert opened.seizure.consignment == reefer
    assert opened.version.quantity == "52.4 kg net, 55.1 kg gross"
    assert [(step.status, step.happened_at) for step in opened.steps] == [("held", THEN)]
    text = page(sami, "get", f"/seizures/{made.pk}/").text
    for word in ("48 bricks", "Quay 4", "OR-2026/771", "SC 00419", "19 Nov 2026, 23:30", reefer.title):
        assert word in text
    assert "48 bricks" in page(ana, "get", f"/cases/{case.pk}/consignments/").text
    assert "48 bricks" in page(ana, "get", f"/consignments/{reefer.pk}/").text
    assert {"consignments.seizure.recorded", "consignments.seizure.viewed"} <= set(Event.objects.values_list("kind", flat=True))


def test_nobody_else_learns_of_it_nor_of_what_it_comes_to(ana, bela, alma, otto, case):
    made = seize(ana, case)
    for officer in (bela, alma, otto):
        with pytest.raises(NotFound):
            actions.open_seizure(officer=officer, seizure_id=made.pk)
        found = actions.list_seizures(officer=officer)
        assert (found.page.rows, found.totals) == ([], [])
        assert len(bodies(page, officer, "/seizures/{}/", made.pk)) == 1
        assert len(bodies(api, officer, "seizures/{}/", made.pk)) == 1
        assert b"48 bricks" not in b"".join(actions.export_seizures(officer=officer).pieces())
        assert api(officer, "get", "seizures/totals/").data == []


def test_a_correction_is_a_further_version_and_the_older_stays(ana, case):
    made = seize(ana, case)
    actions.correct_seizure(officer=ana, seizure_id=made.pk, number=1, reason="Weighed again.", net=Decimal("51.9"))
    opened = actions.open_seizure(officer=ana, seizure_id=made.pk)
    assert [(each.number, each.net, each.reason) for each in opened.versions] == [
        (2, Decimal("51.9"), "Weighed again."), (1, Decimal("52.4"), ""),
    ]  # fmt: skip
    assert opened.version.description == FACTS["description"]
    assert [each.text for each in actions.list_seizures(officer=ana).totals] == ["51.9 kg"]
    with pytest.raises(Conflict) as refused:
        actions.correct_seizure(officer=ana, seizure_id=made.pk, number=1, reason="Late.")
    assert refused.value.said == rules.SEIZURE_CORRECTED_SINCE
    with pytest.raises(Invalid):
        actions.correct_seizure(officer=ana, seizure_id=made.pk, number=2, reason="  ")


def test_totals_add_by_kind_and_by_what_may_be_added_across_the_cases_one_sees(ana, sami, case):
    other = casefiles.open_case(officer=ana, title="Paper Lighthouse")
    seize(ana, case)
    seize(ana, other, net=Decimal(600), gross=None, unit="g")
    seize(ana, other, goods="cash", net=Decimal(12_500), gross=None, unit="money", money="EUR")
    seize(ana, other, goods="devices", net=Decimal(3), gross=None, unit="unit")
    said = [(each.goods, each.text, each.count) for each in actions.list_seizures(officer=ana).totals]
    assert said == [("Cocaine and coca", "53 kg", 2), ("Cash", "12,500 EUR", 1), ("Devices and data carriers", "3 pieces", 1)]
    assert [each.text for each in actions.list_seizures(officer=sami).totals] == ["52.4 kg"]
    assert [each.text for each in actions.list_seizures(officer=ana, casefile_id=case.pk).totals] == ["52.4 kg"]
    assert [each.text for each in actions.list_seizures(officer=ana, goods="cash").totals] == ["12,500 EUR"]
    assert "12,500 EUR" in page(ana, "get", "/seizures/").text
    assert [row["quantity"] for row in api(ana, "get", "seizures/totals/?goods=cash").data] == ["12500.000000"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"net": None}, "net"), ({"net": Decimal(-1)}, "net"), ({"gross": Decimal(1)}, "net"), ({"money": "EUR"}, "money"),
        ({"unit": "money", "gross": None}, "money"), ({"purity": Decimal(101)}, "purity"),
        ({"estimated_value": Decimal(1)}, "estimated_value"),
        ({"seized_at": datetime(2099, 1, 1, tzinfo=UTC)}, "seized_at"), ({"seized_at": None}, "seized_at"),
        ({"description": " "}, "description"), ({"seized_by": ""}, "seized_by"),
        ({"leg_id": "00000000-0000-4000-8000-000000000000"}, "leg"),
        ({"consignment_id": "00000000-0000-4000-8000-000000000000"}, "consignment"),
        ({"from_subject_id": "00000000-0000-4000-8000-000000000000"}, "from_subject"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_seized_so_is_refused_beside_its_field(ana, case, facts, field):
    with pytest.raises(Invalid) as refused:
        seize(ana, case, **facts)
    assert list(refused.value.fields) == [field]


def test_a_consignment_of_another_case_is_answered_as_none(ana, case, reefer, legs):
    other = casefiles.open_case(officer=ana, title="Paper Lighthouse")
    for facts in ({"consignment_id": reefer.pk}, {"leg_id": legs[0].pk}):
        with pytest.raises(Invalid):
            seize(ana, other, **facts)


def test_what_became_of_the_goods_is_kept_step_by_step_until_they_are_gone(ana, case):
    made = seize(ana, case)
    here = {"officer": ana, "seizure_id": made.pk, "place": "Laboratory", "done_by": "Dr. Moss"}
    with pytest.raises(Invalid) as early:
        actions.add_step(**here, status="tested", happened_at=THEN - timedelta(days=1))
    assert early.value.fields == {"happened_at": rules.BEFORE_SEIZURE}
    actions.add_step(**here, status="tested", happened_at=THEN + timedelta(days=1), words="Hydrochloride.")
    actions.add_step(**here, status="destroyed", happened_at=THEN + timedelta(days=2))
    assert [row.step.status for row in actions.list_seizures(officer=ana, casefile_id=case.pk).page.rows] == ["destroyed"]
    with pytest.raises(Conflict) as gone:
        actions.add_step(**here, status="held", happened_at=THEN + timedelta(days=3))
    assert gone.value.said == rules.GOODS_GONE


def test_the_database_lets_no_version_and_no_step_change_or_go(ana, case):
    seize(ana, case)
    for table in ("consignments_seizureversion", "consignments_seizurestep"):
        for statement in (f"UPDATE {table} SET place = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_who_only_sees_the_case_records_and_corrects_nothing_and_a_closed_case_rests(ana, sami, alma, case):
    made = seize(ana, case)
    records.change_audience(officer=sami, casefile_id=case.pk, audience="unit", reason="The unit helps.")
    for deed in (lambda: seize(alma, case), lambda: actions.correct_seizure(officer=alma, seizure_id=made.pk, number=1, reason="Mine.")):
        with pytest.raises(NotAllowed):
            deed()
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Charged.")
    with pytest.raises(Conflict):
        seize(ana, case)
    assert Seizure.objects.visible_to(ana).count() == SeizureVersion.objects.visible_to(ana).count() == 1


def test_the_pages_take_and_correct_it_by_the_clocks_of_the_place(ana, case, reefer, legs):
    sent = {
        "goods": "cash", "description": "In a bag", "net": "900", "unit": "money", "money": "EUR", "place": "Quay", "country": "SC",
        "time_zone": "America/Bogota", "seized_at": "2026-11-19T23:30", "seized_by": "Ana", "authority": "consent", "leg": legs[1].pk,
    }  # fmt: skip
    answer = page(ana, "post", f"/cases/{case.pk}/seizures/new/", sent)
    assert answer.status_code == 302
    made = Seizure.objects.visible_to(ana).get()
    assert SeizureVersion.objects.visible_to(ana).get().seized_at == THEN
    assert 'value="2026-11-19T23:30"' in page(ana, "get", f"/seizures/{made.pk}/correct/").text
    again = sent | {"net": "950", "number": "1", "reason": "Counted again."}
    assert page(ana, "post", f"/seizures/{made.pk}/correct/", again).status_code == 302
    step = {"status": "tested", "happened_at": "2026-11-21T10:00", "place": "Lab", "done_by": "Moss"}
    assert page(ana, "post", f"/seizures/{made.pk}/", step).status_code == 302
    text = page(ana, "get", f"/seizures/{made.pk}/").text
    assert "950 EUR" in text
    assert "Counted again." in text
    wrong = page(ana, "post", f"/cases/{case.pk}/seizures/new/", sent | {"money": ""})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["money"])


def test_a_machine_does_the_same(ana, case):
    sent = {name: str(value) for name, value in FACTS.items()} | {"seized_at": "2026-11-20T04:30:00Z"}
    made = api(ana, "post", f"cases/{case.pk}/seizures/", sent)
    assert made.status_code == 201
    address = f"seizures/{made.data['id']}/"
    assert api(ana, "post", f"{address}correct/", {"number": 1, "reason": "Weighed.", "net": "50"}).data["number"] == 2
    step = {"status": "tested", "happened_at": "2026-11-21T00:00:00Z", "place": "Lab", "done_by": "Moss"}
    assert api(ana, "post", f"{address}steps/", step).status_code == 201
    [row] = api(ana, "get", f"cases/{case.pk}/seizures/").data["results"]
    assert (row["version"]["net"], row["status"]) == ("50.000000", "tested")
    assert len(api(ana, "get", address).data["versions"]) == 2
    assert len(api(ana, "get", "seizures/").data["results"]) == 1


def test_the_export_is_marked_and_takes_no_cell_for_a_formula(ana, case):
    seize(ana, case, description="=1+1")
    sheet = b"".join(actions.export_seizures(officer=ana, casefile_id=case.pk).pieces()).decode()
    assert "for its audience alone" in sheet.splitlines()[0]
    assert "'=1+1" in sheet
    assert Event.objects.filter(kind="consignments.seizure.exported").count() == 1


def test_what_stays_for_good_is_chosen_and_never_what_stood_first(ana, case):
    form = page(ana, "get", f"/cases/{case.pk}/seizures/new/").text
    for name in ("goods", "unit", "authority"):
        first = form.split(f'<select name="{name}"')[1].split("</select>")[0].split("<option")[1]
        assert 'value=""' in first
    assert "selected" not in form.split('<select name="unit"')[1].split("</select>")[0].replace('value="" selected', "")


def test_each_thing_that_is_wanted_has_its_own_sentence(ana, case):
    for name, said in (("description", rules.WHAT_WANTED), ("place", rules.PLACE_WANTED), ("seized_by", rules.WHO_WANTED)):
        with pytest.raises(Invalid) as refused:
            seize(ana, case, **{name: " "})
        assert refused.value.fields[name] == said


def test_all_of_them_are_added_up_exactly_and_not_only_those_of_the_page(ana, case):
    for net in ("0.5", "499.5", "1500"):
        seize(ana, case, net=Decimal(net), gross=None, unit="g")
    seize(ana, case, net=Decimal("1"), gross=None, unit="kg")
    found = actions.list_seizures(officer=ana, casefile_id=case.pk, size=1)
    assert [(total.text, total.count) for total in found.totals] == [("3 kg", 4)]
