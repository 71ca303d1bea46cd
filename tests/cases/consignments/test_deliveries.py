"""A controlled delivery: let pass by every country on its route or not at all, watched while it is under way, ended with its words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import enrol_officer
from accounts.models import Notice
from accounts.roles import Role
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.consignments import actions, rules
from cases.consignments.models import Authorisation, Delivery
from cases.consignments.passage import Word, passages
from cases.consignments.tasks import watch_deliveries
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.pages.notices import standing
from tests.cases.asking import api, bodies, page
from tests.cases.consignments.conftest import ROUTE
from tests.cases.refusals import refused
from tests.cast import fresh

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 12, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PURPOSE = "To find out who takes the goods over."


@pytest.fixture
def second(ana):
    """Of Ana's unit, on no team."""
    return fresh(enrol_officer(unit=ana.unit, roles=[Role.INVESTIGATOR], email="second@nfis.example", name="Ivo Thorne", password=None))


def given(country: str, start: timedelta = -DAY, end: timedelta = 10 * DAY, now: datetime = NOW) -> Authorisation:
    return Authorisation(country=country, answer="given", authority="Fiscalía", starts_at=now + start, ends_at=now + end)


@pytest.fixture
def planned(ana, reefer, legs) -> Delivery:
    return actions.plan_delivery(officer=ana, consignment_id=reefer.pk, kind="intact", purpose=PURPOSE, coordinator_id=ana.pk)


def answer(officer, delivery, country, answered="given", **more):
    dates = {"starts_at": timezone.now() - DAY, "ends_at": timezone.now() + 10 * DAY} if answered == "given" else {}
    facts = {"country": country, "answer": answered, "authority": f"Authority of {country}", **dates, **more}
    return actions.note_authorisation(officer=officer, delivery_id=delivery.pk, **facts)


@pytest.fixture
def running(ana, planned) -> Delivery:
    for _place, country, _zone in ROUTE:
        answer(ana, planned, country)
    return actions.start_delivery(officer=ana, delivery_id=planned.pk)


def words(*answers, route=("Northmark", "Sierra Clara")) -> list[Word]:
    return [each.word for each in passages(route, answers, now=NOW)]


def test_the_newest_answer_of_each_country_counts_at_the_moment():
    assert words() == [Word.MISSING, Word.MISSING]
    assert words(given("northmark "), given("Sierra Clara", end=DAY)) == [Word.HOLDS, Word.LAPSES]
    assert words(given("Northmark", start=DAY), given("Sierra Clara", start=-2 * DAY, end=timedelta(0))) == [Word.NOT_YET, Word.LAPSED]
    no, back = (Authorisation(country="Northmark", answer=each) for each in ("refused", "withdrawn"))
    assert words(no, given("Northmark"), route=["Northmark"]) == [Word.REFUSED]
    assert words(back, given("Northmark"), route=["Northmark"]) == [Word.WITHDRAWN]
    assert words(given("Northmark"), no, route=["Northmark", "NORTHMARK"]) == [Word.HOLDS]
    assert [each.left for each in passages(["Northmark"], [given("Northmark")], now=NOW)] == [10 * DAY]


def test_it_starts_once_every_country_on_the_route_lets_it_pass(ana, planned):
    answer(ana, planned, "Northmark")
    answer(ana, planned, "Sierra Clara", "refused")
    with pytest.raises(Conflict) as stopped:
        actions.start_delivery(officer=ana, delivery_id=planned.pk)
    assert str(stopped.value).endswith("Sierra Clara, Costa Aurélia.")
    text = page(ana, "get", f"/consignments/deliveries/{planned.pk}/").text
    assert "These countries do not let it pass yet:" in text
    for country in ("Sierra Clara", "Costa Aurélia"):
        answer(ana, planned, country)
    assert "Every country on its route lets it pass" in page(ana, "get", f"/consignments/deliveries/{planned.pk}/").text
    assert actions.start_delivery(officer=ana, delivery_id=planned.pk).state == "running"
    with pytest.raises(Conflict):
        actions.start_delivery(officer=ana, delivery_id=planned.pk)


def test_without_a_route_nothing_passes(ana, reefer):
    made = actions.plan_delivery(officer=ana, consignment_id=reefer.pk, kind="part", purpose=PURPOSE, coordinator_id=ana.pk)
    with refused(rules.ROUTE_WANTED, Conflict):
        actions.start_delivery(officer=ana, delivery_id=made.pk)


def test_one_at_a_time_and_another_once_it_ended(ana, reefer, planned):
    again = {"officer": ana, "consignment_id": reefer.pk, "kind": "whole", "purpose": PURPOSE, "coordinator_id": ana.pk}
    with refused(rules.OPEN_ALREADY, Conflict):
        actions.plan_delivery(**again)
    with pytest.raises(IntegrityError, match="one_open_delivery_per_consignment"), transaction.atomic():
        Delivery.objects.create(consignment=reefer, kind="part", purpose="x", coordinator=ana, made_by=ana)
    with refused(rules.NOT_STARTED, Conflict):
        actions.end_delivery(officer=ana, delivery_id=planned.pk, outcome="seized", reason="x")
    actions.end_delivery(officer=ana, delivery_id=planned.pk, outcome="called-off", reason="The lorry broke down.")
    second = actions.plan_delivery(**again)
    assert [each.pk for each in actions.list_deliveries(officer=ana, consignment_id=reefer.pk)] == [second.pk, planned.pk]
    with refused(rules.DELIVERY_OVER, Conflict):
        answer(ana, planned, "Northmark")


def test_who_answers_for_it_starts_and_ends_it(ana, sami, bela, reefer, legs):
    made = actions.plan_delivery(officer=ana, consignment_id=reefer.pk, kind="intact", purpose=PURPOSE, coordinator_id=sami.pk)
    assert actions.open_delivery(officer=sami, delivery_id=made.pk).may_direct
    assert actions.open_delivery(officer=ana, delivery_id=made.pk).may_direct
    with pytest.raises(NotFound):
        actions.plan_delivery(officer=ana, consignment_id=reefer.pk, kind="intact", purpose=PURPOSE, coordinator_id=bela.pk)


def test_a_member_who_does_not_answer_for_it_neither_starts_nor_ends_it(ana, second, reefer, legs, planned):
    casefiles.add_to_team(officer=ana, casefile_id=reefer.casefile_id, member_id=second.pk)
    for _place, country, _zone in ROUTE:
        answer(second, planned, country)
    for deed in (
        lambda: actions.start_delivery(officer=second, delivery_id=planned.pk),
        lambda: actions.end_delivery(officer=second, delivery_id=planned.pk, outcome="called-off", reason="x"),
        lambda: actions.name_coordinator(officer=second, delivery_id=planned.pk, coordinator_id=second.pk),
    ):
        with refused(rules.NOT_IN_CHARGE):
            deed()
    assert "who coordinates it" in page(second, "get", f"/consignments/deliveries/{planned.pk}/").text
    actions.name_coordinator(officer=ana, delivery_id=planned.pk, coordinator_id=second.pk)
    assert actions.start_delivery(officer=second, delivery_id=planned.pk).state == "running"


def test_whoever_does_not_work_on_the_case_coordinates_nothing(ana, second, reefer, planned):
    with refused(rules.COORDINATOR_BLIND):
        actions.name_coordinator(officer=ana, delivery_id=planned.pk, coordinator_id=second.pk)


def test_nobody_else_learns_of_it(bela, alma, otto, running):
    for officer in (bela, alma, otto):
        with pytest.raises(NotFound):
            actions.open_delivery(officer=officer, delivery_id=running.pk)
        assert len(bodies(page, officer, "/consignments/deliveries/{}/", running.pk)) == 1
        assert len(bodies(api, officer, "deliveries/{}/", running.pk)) == 1


def test_what_goes_wrong_is_told_once_to_those_in_charge(ana, sami, bela, running, legs):
    actions.name_coordinator(officer=ana, delivery_id=running.pk, coordinator_id=sami.pk)
    for leg in legs:
        actions.change_leg(officer=ana, leg_id=leg.pk, planned_arrival_at=timezone.now() + 30 * DAY, planned_departure_at=None)
    assert actions.watch_deliveries() == 0
    soon = timezone.now() + 9 * DAY + timedelta(hours=1)  # the authorisations hold for less than a day then
    assert actions.watch_deliveries(now=soon) == 1
    assert actions.watch_deliveries(now=soon) == 0
    for officer in (ana, sami):
        [said] = [each for each in standing(fresh(officer)) if each.kind == "consignments.delivery.troubled"]
        assert said.subject_id == running.pk
    assert not Notice.objects.filter(officer=bela, kind="consignments.delivery.troubled").exists()
    assert "Look after the controlled delivery" in page(sami, "get", "/").text
    answer(ana, running, "Sierra Clara", "withdrawn")
    assert actions.watch_deliveries(now=soon) == 1
    actions.end_delivery(officer=sami, delivery_id=running.pk, outcome="seized", reason="Taken on the quay.")
    assert not [each for each in standing(fresh(ana)) if each.kind == "consignments.delivery.troubled"]
    assert watch_deliveries() == 0


def test_a_place_where_it_was_not_seen_is_overdue_until_it_was(ana, running, legs):
    opened = actions.open_delivery(officer=ana, delivery_id=running.pk, now=NOW)
    assert [each.leg.pk for each in opened.overdue] == [legs[1].pk]
    assert "It should have been seen to arrive in Bahía Larga" in page(ana, "get", f"/consignments/deliveries/{running.pk}/").text
    actions.note_observation(
        officer=ana,
        consignment_id=running.consignment_id,
        kind="arrived",
        leg_id=legs[1].pk,
        happened_at=NOW - DAY,
        observed_by="Capitanía",
    )
    assert actions.open_delivery(officer=ana, delivery_id=running.pk, now=NOW).overdue == []


def test_whoever_lost_the_case_is_told_nothing_more(ana, sami, running):
    actions.name_coordinator(officer=ana, delivery_id=running.pk, coordinator_id=sami.pk)
    actions.watch_deliveries(now=timezone.now() + 20 * DAY)
    casefiles.take_off_team(officer=ana, casefile_id=running.consignment.casefile_id, member_id=sami.pk)
    assert "Look after the controlled delivery" not in page(fresh(sami), "get", "/").text


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"country": " "}, "country"), ({"authority": ""}, "authority"), ({"ends_at": None}, "ends_at"),
        ({"starts_at": NOW, "ends_at": NOW}, "ends_at"), ({"answer": "refused"}, "ends_at"),
        ({"starts_at": datetime(1900, 1, 1, tzinfo=UTC)}, "starts_at"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused_beside_its_field(ana, planned, facts, field):
    whole = {"country": "Northmark", "answer": "given", "authority": "Customs", "starts_at": NOW, "ends_at": NOW + DAY}
    with pytest.raises(Invalid) as wrong:
        actions.note_authorisation(officer=ana, delivery_id=planned.pk, **whole | facts)
    assert list(wrong.value.fields) == [field]


def test_in_a_closed_case_nothing_passes(ana, sami, planned):
    casefiles.close_case(officer=sami, casefile_id=planned.consignment.casefile_id, outcome="other", reason="Over.")
    with pytest.raises(Conflict):
        answer(ana, planned, "Northmark")


def test_what_was_answered_and_done_stays_whatever_the_code_does(ana, planned):
    answer(ana, planned, "Northmark")
    for table in ("consignments_authorisation", "consignments_deliverystep"):
        for deed in (f"UPDATE {table} SET made_at = now()", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError, match="stays"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed)


def test_it_is_planned_answered_started_and_ended_on_its_pages(ana, reefer, legs):
    facts = {"kind": "intact", "purpose": PURPOSE, "coordinator": str(ana.pk)}
    assert "Plan one" in page(ana, "get", f"/consignments/{reefer.pk}/").text
    made = page(ana, "post", f"/consignments/{reefer.pk}/deliveries/", facts).url
    for _place, country, _zone in ROUTE:
        typed = {
            "country": country,
            "answer": "given",
            "authority": "Customs",
            "starts_at": "2026-01-01T08:00",
            "ends_at": "2090-01-01T08:00",
        }
        assert page(ana, "post", f"{made}answers/", typed).status_code == 302
    again = page(ana, "post", f"{made}answers/", {"country": "Northmark", "answer": "given", "authority": "Customs"})
    assert (again.status_code, "holds from one time until a later one" in again.text) == (422, True)
    assert page(ana, "post", f"{made}start/").url == made
    assert "Under way" in page(ana, "get", f"/consignments/{reefer.pk}/").text
    assert page(ana, "post", f"{made}end/", {"outcome": "delivered"}).status_code == 422
    assert page(ana, "post", f"{made}end/", {"outcome": "delivered", "reason": "Two were arrested."}).url == made
    assert "Two were arrested." in page(ana, "get", made).text
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {f"consignments.delivery.{deed}" for deed in ("planned", "authorisation-noted", "started", "ended", "viewed")} <= kinds


def test_a_machine_does_the_same(ana, reefer, legs):
    made = api(ana, "post", f"consignments/{reefer.pk}/deliveries/", {"kind": "intact", "purpose": PURPOSE, "coordinator_id": str(ana.pk)})
    assert made.status_code == 201
    here = f"deliveries/{made.data['id']}/"
    assert api(ana, "post", f"{here}start/").status_code == 409
    for _place, country, _zone in ROUTE:
        sent = {
            "country": country,
            "answer": "given",
            "authority": "x",
            "starts_at": "2026-01-01T00:00Z",
            "ends_at": "2090-01-01T00:00Z",
        }
        assert api(ana, "post", f"{here}authorisations/", sent).status_code == 201
    assert api(ana, "post", f"{here}start/").data["state"] == "running"
    assert {each["word"] for each in api(ana, "get", here).data["countries"]} == {"holds"}
    assert api(ana, "post", f"{here}end/", {"outcome": "lost", "reason": "No signal."}).data["state"] == "lost"
    assert [each["state"] for each in api(ana, "get", f"consignments/{reefer.pk}/deliveries/").data] == ["lost"]


def test_a_role_that_only_reads_plans_nothing(petra, ana, reefer):
    with pytest.raises((NotAllowed, NotFound)):
        actions.plan_delivery(officer=petra, consignment_id=reefer.pk, kind="intact", purpose=PURPOSE, coordinator_id=ana.pk)
