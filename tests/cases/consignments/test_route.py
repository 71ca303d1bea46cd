"""The route of a consignment: places in order, what was observed, and corrections beside what they correct."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.consignments import actions, rules
from cases.consignments.models import Leg, Observation
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.asking import api, bodies, page
from tests.cases.consignments.test_seizures import seize

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 11, 6, 15, tzinfo=UTC)


def note(officer, reefer, kind, leg=None, at=EARLIER, **more):
    facts = {"observed_by": "Harbour master", "leg_id": leg and leg.pk} | more
    return actions.note_observation(officer=officer, consignment_id=reefer.pk, kind=kind, happened_at=at, **facts)


def way(officer, reefer, **more):
    return actions.open_consignment(officer=officer, consignment_id=reefer.pk, **more).way


def test_an_arrival_and_a_departure_give_the_times_of_the_place(ana, reefer, legs):
    note(ana, reefer, "departed", legs[0])
    note(ana, reefer, "arrived", legs[1], EARLIER + timedelta(days=3))
    seen = way(ana, reefer, now=EARLIER + timedelta(days=4))
    assert [place.leg.place for place in seen.places] == ["Grayhaven", "Bahía Larga", "Porto Almada"]
    assert seen.places[1].times.transit == timedelta(days=3)
    assert seen.places[1].times.dwell == timedelta(days=1)
    assert seen.current is seen.places[1]
    assert (seen.last_seen.where, seen.unseen_for) == ("Bahía Larga", timedelta(days=1))


def test_the_page_says_them_in_words_by_the_reader_s_clock_and_the_place_s(ana, reefer, legs):
    note(ana, reefer, "departed", legs[0])
    note(ana, reefer, "arrived", legs[1], timezone.now() - timedelta(hours=3, minutes=10))
    text = page(ana, "get", f"/consignments/{reefer.pk}/").text
    assert "At Bahía Larga, waiting for 3 h 10 min" in text
    assert "Last seen 3 h 10 min ago at Bahía Larga" in text
    assert "3 h late" in text
    assert "6 Nov, 11:00 there" in text  # UTC−4 in Grayhaven; Ana reads 15:00 or her own zone's hour


def test_a_place_is_put_before_another_and_the_order_stays_whole(ana, reefer, legs):
    made = actions.add_leg(officer=ana, consignment_id=reefer.pk, place="Sable Bank", country="XZ", before_id=legs[1].pk)
    rows = Leg.objects.visible_to(ana).filter(consignment=reefer).order_by("position")
    assert [(leg.position, leg.place) for leg in rows] == [(1, "Grayhaven"), (2, "Sable Bank"), (3, "Bahía Larga"), (4, "Porto Almada")]
    assert made.position == 2


def test_a_place_is_changed_and_taken_off_until_something_was_observed_there(ana, reefer, legs):
    actions.change_leg(officer=ana, leg_id=legs[1].pk, locode="SCBHL", latitude=9, longitude=-75)
    assert Leg.objects.visible_to(ana).one(legs[1].pk).place == "Bahía Larga"
    note(ana, reefer, "departed", legs[0])
    with pytest.raises(Conflict) as refused:
        actions.remove_leg(officer=ana, leg_id=legs[0].pk)
    assert refused.value.said == rules.LEG_OBSERVED
    assert page(ana, "post", f"/consignments/legs/{legs[1].pk}/remove/").status_code == 302
    assert Leg.objects.visible_to(ana).filter(consignment=reefer).count() == 2


def test_a_route_has_an_end(ana, reefer, legs):
    Leg.objects.bulk_create(
        Leg(consignment=reefer, position=n, place=f"Bank {n}", country="XZ", made_by=ana) for n in range(4, rules.MOST_LEGS + 1)
    )
    with pytest.raises(Conflict) as refused:
        actions.add_leg(officer=ana, consignment_id=reefer.pk, place="One too many", country="XZ")
    assert refused.value.said == rules.ROUTE_FULL


def test_a_place_where_something_was_observed_or_seized_stays_that_place(ana, case, reefer, legs):
    note(ana, reefer, "departed", legs[0])
    seize(ana, case, leg_id=legs[1].pk)
    for leg in legs[:2]:
        for deed in (
            lambda leg=leg: actions.remove_leg(officer=ana, leg_id=leg.pk),
            lambda leg=leg: actions.change_leg(officer=ana, leg_id=leg.pk, place="Elsewhere"),
        ):
            with pytest.raises(Conflict) as refused:
                deed()
            assert refused.value.said == rules.LEG_OBSERVED
    actions.change_leg(officer=ana, leg_id=legs[1].pk, locode="SCBHL")
    assert Leg.objects.visible_to(ana).one(legs[1].pk).place == "Bahía Larga"


def test_a_correction_counts_and_what_it_corrects_stays(ana, reefer, legs):
    wrong = note(ana, reefer, "departed", legs[0])
    actions.correct_observation(
        officer=ana, observation_id=wrong.pk, reason="Read off the wrong line.", happened_at=EARLIER - timedelta(hours=2)
    )
    seen = way(ana, reefer)
    assert seen.places[0].stay.departed == EARLIER - timedelta(hours=2)
    assert len(seen.observations) == 2
    assert Observation.objects.visible_to(ana).one(wrong.pk).happened_at == EARLIER
    text = page(ana, "get", f"/consignments/{reefer.pk}/").text
    assert "Read off the wrong line." in text
    with pytest.raises(Conflict) as refused:
        actions.correct_observation(officer=ana, observation_id=wrong.pk, reason="Again.")
    assert refused.value.said == rules.CORRECTED_ALREADY


def test_what_did_not_happen_counts_no_more(ana, reefer, legs):
    wrong = note(ana, reefer, "departed", legs[0])
    actions.correct_observation(officer=ana, observation_id=wrong.pk, reason="Another ship.", kind="void")
    seen = way(ana, reefer)
    assert (seen.places[0].departure, seen.last_seen, seen.clock.current) == (None, None, None)
    note(ana, reefer, "departed", legs[0])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "void", "place": "Quay"}, "kind"), ({"kind": "arrived"}, "leg"), ({"kind": "seen"}, "place"),
        ({"kind": "seen", "place": "Quay", "at": datetime(2099, 1, 1, tzinfo=UTC)}, "happened_at"),
        ({"kind": "seen", "place": "Quay", "at": datetime(1, 1, 1, tzinfo=UTC)}, "happened_at"),
        ({"kind": "seen", "place": "Quay", "paragraph": 1}, "paragraph"),
        ({"kind": "seen", "place": "Quay", "rendition_id": "00000000-0000-4000-8000-000000000000"}, "rendition"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_observed_so_is_refused_beside_its_field(ana, reefer, facts, field):
    with pytest.raises(Invalid) as refused:
        note(ana, reefer, facts.pop("kind"), **facts)
    assert list(refused.value.fields) == [field]


def test_a_place_of_another_route_is_answered_as_none(ana, case, reefer, legs):
    other = actions.note_consignment(officer=ana, casefile_id=case.pk, title="Another")
    with pytest.raises(Invalid) as refused:
        note(ana, other, "arrived", legs[0])
    assert refused.value.fields == {"leg": rules.NO_SUCH_LEG}


def test_one_arrival_per_place_until_it_is_corrected(ana, reefer, legs):
    note(ana, reefer, "departed", legs[0])
    with pytest.raises(Conflict) as refused:
        note(ana, reefer, "departed", legs[0])
    assert refused.value.said == rules.NOTED_ALREADY


def test_the_database_lets_no_observation_change_or_go(ana, reefer, legs):
    seen = note(ana, reefer, "departed", legs[0])
    for statement in ("UPDATE consignments_observation SET observed_by = 'x'", "DELETE FROM consignments_observation"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Observation.objects.visible_to(ana).filter(pk=seen.pk).exists()


def test_whoever_does_not_see_the_case_meets_nothing_at_its_places(bela, alma, ana, reefer, legs):
    seen = note(ana, reefer, "departed", legs[0])
    for officer in (bela, alma):
        assert len(bodies(page, officer, "/consignments/legs/{}/", legs[0].pk)) == 1
        assert len(bodies(page, officer, "/consignments/observations/{}/correct/", seen.pk)) == 1
        assert len(bodies(api, officer, "legs/{}/", legs[0].pk, method="patch", data={"place": "Mine"})) == 1
        with pytest.raises(NotFound):
            actions.remove_leg(officer=officer, leg_id=legs[2].pk)


def test_times_are_typed_by_the_clocks_of_the_place(ana, reefer, legs):
    sent = {"kind": "arrived", "leg": legs[1].pk, "happened_at": "2026-11-09T05:00", "observed_by": "Ana"}
    assert page(ana, "post", f"/consignments/{reefer.pk}/observations/", sent).status_code == 302
    assert way(ana, reefer).places[1].stay.arrived == datetime(2026, 11, 9, 10, tzinfo=UTC)
    wrong = page(ana, "post", f"/consignments/{reefer.pk}/observations/", sent | {"happened_at": "0001-01-01T00:00"})
    assert wrong.status_code == 422
    assert "happened_at" in wrong.context["form"].errors


def test_the_form_of_a_correction_begins_with_what_was_noted(ana, reefer, legs):
    seen = note(ana, reefer, "departed", legs[0])
    shown = page(ana, "get", f"/consignments/observations/{seen.pk}/correct/")
    assert 'value="2026-11-06T11:00"' in shown.text
    sent = {"kind": "departed", "leg": legs[0].pk, "happened_at": "2026-11-06T12:00", "observed_by": "Ana", "reason": "An hour later."}
    assert page(ana, "post", f"/consignments/observations/{seen.pk}/correct/", sent).status_code == 302
    assert way(ana, reefer).places[0].stay.departed == datetime(2026, 11, 6, 16, tzinfo=UTC)


def test_a_machine_adds_places_and_observes(ana, reefer):
    leg = api(ana, "post", f"consignments/{reefer.pk}/legs/", {"place": "Grayhaven", "country": "NM", "time_zone": "America/Halifax"})
    assert leg.status_code == 201
    sent = {"kind": "arrived", "leg_id": leg.data["id"], "happened_at": "2026-11-05T00:00:00Z", "observed_by": "Port"}
    seen = api(ana, "post", f"consignments/{reefer.pk}/observations/", sent)
    assert seen.status_code == 201
    fixed = api(ana, "post", f"observations/{seen.data['id']}/correct/", {"reason": "A day later.", "happened_at": "2026-11-06T00:00:00Z"})
    assert (fixed.status_code, fixed.data["corrects_id"]) == (201, seen.data["id"])
    [place] = api(ana, "get", f"consignments/{reefer.pk}/").data["way"]["places"]
    assert place["arrived"] == "2026-11-06T00:00:00Z"
    assert api(ana, "delete", f"legs/{leg.data['id']}/").status_code == 409
