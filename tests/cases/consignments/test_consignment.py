"""Goods on their way: noted, changed, seen by the case's audience alone, and carrying nothing of what the reader does not see."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.consignments import actions, rules
from cases.consignments.models import Consignment
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.asking import api, bodies, page

pytestmark = pytest.mark.django_db
DECLARED = {"declared_goods": "Frozen tuna", "declared_quantity": Decimal("21.5"), "declared_unit": "t"}


def item(officer, case):
    said = {
        "text": "Harrow & Finch ship it.", "kind": "information", "scheme": officer.agency.grading_scheme, "source_code": "B",
        "information_code": "2", "handling_scheme": "europol", "handling_code": "H1",
    }  # fmt: skip
    return intelligence.record_item(officer=officer, casefile_id=case.pk, title="Invoices", handling_code="H1", paragraphs=[said])


def test_what_is_noted_is_read_by_the_case_s_audience_and_written_down(ana, sami, case):
    made = actions.note_consignment(
        officer=ana, casefile_id=case.pk, title="The eighth reefer", waybill="W-88", **DECLARED, declared_value=Decimal(90_000),
        declared_currency="EUR", suspected_kind="cocaine", suspected_quantity=Decimal(40), suspected_unit="kg",
    )  # fmt: skip
    for officer in (ana, sami):
        opened = actions.open_consignment(officer=officer, consignment_id=made.pk)
        assert opened.consignment.declared == "Frozen tuna · 21.5 t · 90,000 EUR"
        assert opened.consignment.suspected == "Cocaine and coca · 40 kg"
        assert "The eighth reefer" in page(officer, "get", f"/cases/{case.pk}/consignments/").text
    assert Event.objects.filter(kind="consignments.consignment.noted").count() == 1
    assert Event.objects.filter(kind="consignments.consignment.viewed").count() == 2


def test_nobody_else_learns_that_it_is_there(bela, alma, otto, case, reefer):
    for officer in (bela, alma, otto):
        with pytest.raises(NotFound):
            actions.open_consignment(officer=officer, consignment_id=reefer.pk)
        assert len(bodies(page, officer, "/consignments/{}/", reefer.pk)) == 1
        assert len(bodies(api, officer, "consignments/{}/", reefer.pk)) == 1
        assert len(bodies(api, officer, "cases/{}/consignments/", case.pk)) == 1
        with pytest.raises(NotFound):
            actions.export_consignments(officer=officer, casefile_id=case.pk)


def test_a_container_number_that_does_not_check_out_is_flagged_and_kept(ana, reefer):
    opened = actions.open_consignment(officer=ana, consignment_id=reefer.pk)
    assert [(box.number, box.is_wrong) for box in opened.boxes] == [("CSQU3054383", False), ("CSQU3054384", True)]
    assert page(ana, "get", f"/consignments/{reefer.pk}/").text.count("does not check out (ISO 6346)") == 1


def test_who_sees_the_case_but_is_not_on_its_team_notes_nothing(sami, alma, case, reefer):
    records.change_audience(officer=sami, casefile_id=case.pk, audience="unit", reason="The unit helps.")
    assert actions.open_consignment(officer=alma, consignment_id=reefer.pk).consignment == reefer
    with pytest.raises(NotAllowed):
        actions.change_consignment(officer=alma, consignment_id=reefer.pk, title="Mine")
    shown = page(alma, "get", f"/consignments/{reefer.pk}/").text
    assert "Note an observation" not in shown
    assert page(alma, "post", f"/cases/{case.pk}/consignments/new/", {"title": "Mine"}).status_code == 403


def test_in_a_closed_case_nothing_is_noted(ana, sami, case, reefer):
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Nothing more to do.")
    for deed in (
        lambda: actions.note_consignment(officer=ana, casefile_id=case.pk, title="Another"),
        lambda: actions.change_consignment(officer=ana, consignment_id=reefer.pk, title="Another"),
        lambda: actions.add_leg(officer=ana, consignment_id=reefer.pk, place="Quay", country="NM"),
    ):
        with pytest.raises(Conflict):
            deed()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"declared_quantity": Decimal(3)}, "declared_quantity"), ({"declared_unit": "kg"}, "declared_quantity"),
        ({"declared_quantity": Decimal(3), "declared_unit": "money"}, "declared_quantity"),
        ({"suspected_value": Decimal(3)}, "suspected_value"),
        ({"suspected_value": Decimal(3), "suspected_currency": "eur"}, "suspected_value"),
        ({"title": "  "}, "title"),
    ],
)  # fmt: skip
def test_an_amount_has_its_unit_and_a_value_its_currency(ana, case, reefer, facts, field):
    with pytest.raises(Invalid) as refused:
        actions.change_consignment(officer=ana, consignment_id=reefer.pk, **facts)
    assert list(refused.value.fields) == [field]


def test_the_database_holds_amounts_and_units_together(ana, reefer):
    reefer.declared_quantity = Decimal(3)
    with pytest.raises(IntegrityError), transaction.atomic():
        reefer.save(update_fields=["declared_quantity"])


def test_only_what_is_named_changes(ana, reefer):
    actions.change_consignment(officer=ana, consignment_id=reefer.pk, **DECLARED)
    changed = actions.change_consignment(officer=ana, consignment_id=reefer.pk, waybill="W-1")
    assert (changed.declared_goods, changed.containers) == ("Frozen tuna", ["CSQU3054383", "CSQU3054384"])
    line = Event.objects.filter(kind="consignments.consignment.changed").order_by("-at").first()
    assert line is not None


@pytest.fixture
def linked(ana, case, reefer):
    """The consignor is a subject of which Ana sees everything."""
    mention = entities.note_mention(officer=ana, rendition_id=item(ana, case).pk, etype="organisation", name="Harrow & Finch")
    subject = entities.make_subject(officer=ana, mention_ids=[mention.pk])
    actions.change_consignment(officer=ana, consignment_id=reefer.pk, consignor="H&F", consignor_subject_id=subject.pk)
    return subject


def test_a_linked_subject_is_shown_to_who_sees_it(ana, sami, petra, case, reefer, linked):
    assert actions.open_consignment(officer=sami, consignment_id=reefer.pk).subjects == {"consignor": linked}
    assert "Harrow &amp; Finch" in page(ana, "get", f"/consignments/{reefer.pk}/").text
    assert api(ana, "get", f"consignments/{reefer.pk}/").data["subjects"] == {"consignor": str(linked.pk)}


def test_a_subject_out_of_sight_cannot_be_linked_nor_told_from_none(ana, bela, case, reefer):
    foreign = casefiles.open_case(officer=bela, title="Porto Frio")
    mention = entities.note_mention(officer=bela, rendition_id=item(bela, foreign).pk, etype="person", name="Tio")
    theirs = entities.make_subject(officer=bela, mention_ids=[mention.pk])
    for pk in (theirs.pk, "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(Invalid) as refused:
            actions.change_consignment(officer=ana, consignment_id=reefer.pk, carrier_subject_id=pk)
        assert refused.value.fields == {"carrier_subject": rules.NO_SUCH_SUBJECT}


def test_a_link_that_the_editor_does_not_see_survives_their_change(ana, sami, case, reefer, linked):
    hidden = casefiles.open_case(officer=ana, title="Paper Lighthouse")
    mention = entities.note_mention(officer=ana, rendition_id=item(ana, hidden).pk, etype="person", name="A carrier")
    secret = entities.make_subject(officer=ana, mention_ids=[mention.pk])
    actions.change_consignment(officer=ana, consignment_id=reefer.pk, carrier_subject_id=secret.pk)
    shown = page(sami, "get", f"/consignments/{reefer.pk}/change/")
    assert "carrier_subject" not in shown.context["form"].fields
    sent = {"title": "Renamed", "carrier": "Somebody", "consignor_subject": linked.pk}
    assert page(sami, "post", f"/consignments/{reefer.pk}/change/", sent).status_code == 302
    kept = Consignment.objects.visible_to(ana).one(reefer.pk)
    assert (kept.title, kept.carrier_subject_id, kept.consignor_subject_id) == ("Renamed", secret.pk, linked.pk)


def test_the_page_says_what_is_wrong_beside_the_field(ana, case):
    answer = page(ana, "post", f"/cases/{case.pk}/consignments/new/", {"title": "Reefer", "declared_quantity": "3"})
    assert answer.status_code == 422
    assert "declared_quantity" in answer.context["form"].errors


def test_a_machine_notes_and_reads_the_same(ana, case):
    sent = {"title": "Reefer", "containers": ["CSQU3054383"], "declared_quantity": "2.5", "declared_unit": "t"}
    made = api(ana, "post", f"cases/{case.pk}/consignments/", sent)
    assert made.status_code == 201
    [row] = api(ana, "get", f"cases/{case.pk}/consignments/").data["results"]
    assert (row["title"], row["declared"]) == ("Reefer", "2.5 t")
    assert api(ana, "patch", f"consignments/{made.data['id']}/", {"notes": "Watch it."}).status_code == 200


def test_the_export_is_marked_and_takes_no_cell_for_a_formula(ana, case, reefer, legs):
    actions.change_consignment(officer=ana, consignment_id=reefer.pk, title="=HYPERLINK(1)")
    sheet = b"".join(actions.export_consignments(officer=ana, casefile_id=case.pk).pieces()).decode()
    assert sheet.startswith("\ufeffCase file: for its audience alone") or "for its audience alone" in sheet.splitlines()[0]
    assert sheet.count("'=HYPERLINK(1)") == 3
    assert "Bahía Larga" in sheet
    assert Event.objects.filter(kind="consignments.consignment.exported").count() == 1
