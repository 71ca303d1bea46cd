"""What a case is about and called elsewhere, and its log of decisions."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from audit.models import Event
from cases.casefiles import actions, rules
from cases.casefiles.models import CaseDecision, Offence, OtherReference
from cases.casefiles.offences import catalogue, title_of
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.asking import ABSENT, api, page
from tests.cases.refusals import refused
from tests.cast import fresh


def decide(officer, case, **facts):
    usual = {"decided_by_id": officer.pk, "decided_on": date(2024, 1, 5), "what": "Watch the quay", "why": "It is used.", "basis": "Art. 7"}
    return actions.enter_decision(officer=officer, casefile_id=case.pk, **usual | facts)


def test_offences_are_named_from_the_catalogue_and_shown(ana, sami, case):
    days = {"began_on": date(2026, 3, 1), "ended_on": date(2026, 11, 1)}
    actions.add_offence(officer=ana, casefile_id=case.pk, code="07041", place="Grayhaven", **days)
    actions.add_offence(officer=ana, casefile_id=case.pk, code="0701")
    assert [offence.title for offence in actions.view_case(officer=sami, casefile_id=case.pk).offences] == ["Fraud", "Money laundering"]
    assert "Grayhaven" in page(sami, "get", f"/cases/{case.pk}/").text
    assert Event.objects.filter(kind="casefiles.offence.added", subject_id=case.pk).count() == 2


def test_no_offence_is_named_by_a_form_that_is_sent_as_it_came(ana, case):
    shown = page(ana, "get", f"/cases/{case.pk}/offences/").text
    assert '<option value="" selected>Choose</option>' in shown
    assert page(ana, "post", f"/cases/{case.pk}/offences/", {"code": ""}).status_code == 422
    assert not Offence.objects.visible_to(ana).exists()


@pytest.mark.parametrize(
    ("began", "ended", "said"),
    [
        (date(2026, 3, 2), None, "Since 2 Mar 2026 · Grayhaven"),
        (None, date(2026, 3, 9), "Until 9 Mar 2026 · Grayhaven"),
        (date(2026, 3, 2), date(2026, 3, 9), "2 Mar 2026 – 9 Mar 2026 · Grayhaven"),
        (date(2026, 3, 2), date(2026, 3, 2), "<br>2 Mar 2026 · Grayhaven"),
        (None, None, "<br>Grayhaven"),
    ],
)
def test_a_first_day_alone_is_not_read_as_the_only_one(ana, case, began, ended, said):
    actions.add_offence(officer=ana, casefile_id=case.pk, code="0701", began_on=began, ended_on=ended, place="Grayhaven")
    shown = re.sub(r"</?time[^>]*>", "", page(ana, "get", f"/cases/{case.pk}/offences/").text)
    assert said in shown


def test_a_decision_is_offered_as_of_today(ana, case):
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page(ana, "get", f"/cases/{case.pk}/decisions/").text


def test_every_code_of_the_catalogue_lies_in_one_above_and_has_a_title_in_each_language():
    codes = set(catalogue())
    assert len([code for code in codes if len(code) == 2]) == 11
    assert all(len(code) == 2 or code[:-1] in codes or code[:-2] in codes for code in codes)
    assert all(row[language] for row in catalogue().values() for language in ("en", "es", "fr", "pt"))
    with translation.override("es"):
        assert title_of("07041") == "Blanqueo de dinero"
    assert title_of("99") == "99"


def test_what_the_catalogue_does_not_have_and_days_in_disorder_are_refused(ana, case):
    for facts in ({"code": "99"}, {"code": "0701", "began_on": date(2026, 2, 2), "ended_on": date(2026, 2, 1)}):
        with pytest.raises(Invalid):
            actions.add_offence(officer=ana, casefile_id=case.pk, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offence.objects.create(casefile=case, code="01", began_on=date(2026, 2, 2), ended_on=date(2026, 2, 1), added_by=ana)


def test_a_case_is_found_by_what_a_court_calls_it_by_those_alone_who_see_it(ana, alma, case):
    actions.add_reference(officer=ana, casefile_id=case.pk, kind="court", number="CR 118/2026", body="Grayhaven District Court")
    assert [found.pk for found in actions.list_cases(officer=ana, q="cr 118").rows] == [case.pk]
    assert actions.list_cases(officer=alma, q="cr 118").rows == []
    with refused(rules.REFERENCE_KNOWN, Conflict):
        actions.add_reference(officer=ana, casefile_id=case.pk, kind="court", number="CR 118/2026")
    actions.add_reference(officer=ana, casefile_id=case.pk, kind="prosecution", number="CR 118/2026")


def test_that_a_hidden_case_has_a_number_is_not_learned_by_taking_it(ana, alma, case):
    actions.add_reference(officer=ana, casefile_id=case.pk, kind="court", number="CR 118/2026")
    own = actions.open_case(officer=alma, title="Apart")
    assert actions.add_reference(officer=alma, casefile_id=own.pk, kind="court", number="CR 118/2026").pk


def test_references_are_drawn_in_the_agencys_own_scheme(ana, adam, case):
    actions.set_scheme(officer=adam, pattern="{year}/{agency}.{draw}")
    made = actions.open_case(officer=ana, title="New").reference
    assert made.startswith(f"{timezone.now().year}/NFIS.")
    assert len(made.rpartition(".")[2]) == 6
    for bad in ("NFIS-1", "{agency}-{number}", "{draw}<b>", "{draw}" * 7):
        with pytest.raises(Invalid):
            actions.set_scheme(officer=adam, pattern=bad)
    with pytest.raises(NotAllowed):
        actions.set_scheme(officer=ana, pattern="{draw}")
    assert api(adam, "post", "cases/scheme/", {"pattern": "{agency}-{year}-{draw}"}).status_code == 200
    assert api(ana, "post", "cases/scheme/", {"pattern": "{draw}"}).status_code == 403


def test_a_decision_is_entered_for_good_and_put_right_by_a_new_entry(ana, sami, case):
    first = decide(ana, case, decided_by_id=sami.pk)
    second = decide(ana, case, what="Watch quay 4", corrects_id=first.pk)
    _case, shown = actions.list_decisions(officer=sami, casefile_id=case.pk)
    assert [(entry.what, entry.decided_by.name, entry.corrects_id) for entry in shown.rows] == [
        ("Watch quay 4", ana.name, first.pk), ("Watch the quay", sami.name, None),
    ]  # fmt: skip
    assert Event.objects.filter(kind="casefiles.decision.entered", subject_id=case.pk).count() == 2
    assert "casefiles.decision.entered" in [line.kind for line in actions.read_activity(officer=sami, casefile_id=case.pk)[1].rows]
    for statement in ("UPDATE casefiles_casedecision SET what = 'x'", "DELETE FROM casefiles_casedecision"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert CaseDecision.objects.visible_to(ana).filter(pk=second.pk).exists()


def test_a_decision_is_of_the_past_by_a_colleague_and_corrects_one_of_its_own_case(ana, bela, case):
    elsewhere = decide(ana, actions.open_case(officer=ana, title="Other"))
    with pytest.raises(Invalid):
        decide(ana, case, decided_on=timezone.now().date() + timedelta(days=3))
    for facts in ({"decided_by_id": bela.pk}, {"corrects_id": elsewhere.pk}, {"corrects_id": ABSENT}):
        with pytest.raises(NotFound):
            decide(ana, case, **facts)


@pytest.mark.parametrize("who", ["alma", "bela", "otto", "iris", "adam"])
def test_facts_and_decisions_are_nobody_elses(ana, case, cast, who):
    offence = actions.add_offence(officer=ana, casefile_id=case.pk, code="0701")
    other = actions.add_reference(officer=ana, casefile_id=case.pk, kind="court", number="1")
    decide(ana, case)
    person = fresh(cast[who])
    for model in (Offence, OtherReference, CaseDecision):
        assert not model.objects.visible_to(person).exists()
    with pytest.raises(NotFound):
        decide(person, case)
    with pytest.raises(NotFound):
        actions.remove_offence(officer=person, casefile_id=case.pk, offence_id=offence.pk)
    with pytest.raises(NotFound):
        actions.remove_reference(officer=person, casefile_id=case.pk, reference_id=other.pk)


def test_nobody_adds_to_a_closed_case_or_takes_from_it(ana, sami, case):
    offence = actions.add_offence(officer=ana, casefile_id=case.pk, code="0701")
    actions.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    for deed, facts in (
        (actions.add_offence, {"code": "0701"}), (actions.remove_offence, {"offence_id": offence.pk}),
        (actions.add_reference, {"kind": "court", "number": "1"}),
    ):  # fmt: skip
        with refused(rules.CLOSED, Conflict):
            deed(officer=ana, casefile_id=case.pk, **facts)


def test_the_same_deeds_on_their_pages(ana, case):
    at = f"/cases/{case.pk}/"
    assert page(ana, "post", f"{at}offences/", {"code": "0701", "began_on": "2026-03-01"}).status_code == 302
    assert page(ana, "post", f"{at}offences/", {"code": "0701", "began_on": "2026-03-01", "ended_on": "2026-02-01"}).status_code == 422
    assert page(ana, "post", f"{at}references/", {"kind": "court", "number": "CR 118"}).status_code == 302
    typed = {"what": "Watch", "why": "Used.", "basis": "Art. 7", "decided_on": "2024-01-05", "person": ana.pk}
    assert page(ana, "post", f"{at}decisions/", typed).status_code == 302
    assert page(ana, "post", f"{at}decisions/", typed | {"decided_on": "2999-01-01"}).status_code == 422
    [entry] = CaseDecision.objects.visible_to(ana)
    assert str(entry.pk) in page(ana, "get", f"{at}decisions/?corrects={entry.pk}").text
    for tab, word in (("offences/", "Fraud"), ("references/", "CR 118"), ("decisions/", "Art. 7"), ("", "CR 118")):
        assert word in page(ana, "get", f"{at}{tab}").text
    offence, other = Offence.objects.visible_to(ana).get(), OtherReference.objects.visible_to(ana).get()
    assert page(ana, "post", f"{at}offences/{offence.pk}/remove/").status_code == 302
    assert page(ana, "post", f"{at}references/{other.pk}/remove/").status_code == 302
    assert not Offence.objects.visible_to(ana).exists()


def test_the_same_deeds_over_the_machine_door(ana, case):
    at = f"cases/{case.pk}/"
    offence = api(ana, "post", f"{at}offences/", {"code": "07041", "place": "Grayhaven"}).data
    other = api(ana, "post", f"{at}references/", {"kind": "court", "number": "CR 118"}).data
    detail = api(ana, "get", at).data
    assert (detail["offences"][0]["title"], detail["references"][0]["number"]) == ("Money laundering", "CR 118")
    sent = {"what": "Watch", "why": "Used.", "basis": "Art. 7", "decided_on": "2024-01-05"}
    assert api(ana, "post", f"{at}decisions/", sent).status_code == 201
    assert api(ana, "get", f"{at}decisions/").data["results"][0]["decided_by"]["name"] == ana.name
    assert api(ana, "delete", f"{at}offences/{offence['id']}/").status_code == 204
    assert api(ana, "delete", f"{at}references/{other['id']}/").status_code == 204
    assert api(ana, "post", f"{at}offences/", {"code": "99"}).status_code == 422
