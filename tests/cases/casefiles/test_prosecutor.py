"""A prosecutor on the case from its first day, or a prosecution service that waits to be asked: where an agency's data says so."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import appoint, enrol_officer, found_unit, name_adviser, withdraw_role
from accounts.grants import members
from accounts.models import Notice, RoleDeed, StandingAdviser
from accounts.roles import Deed, Role
from audit.models import Event
from cases.casefiles import actions, rules
from cases.casefiles.models import CaseFile, Counsel
from cases.entities import actions as entities
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.asking import api, page
from tests.cases.refusals import refused
from tests.cast import fresh

LAW = "Northmark, Prosecution Service Act, s. 9"


@pytest.fixture
def rocio(cast):
    """A second prosecutor of Sierra Clara."""
    facts = {"email": "rocio@fn.example", "name": "Rocío Villamar", "password": None}
    return fresh(enrol_officer(unit=cast["tomas"].unit, roles=[Role.PROSECUTOR], **facts))


@pytest.fixture
def directed(sofia, tomas):
    return actions.open_case(officer=sofia, title="Muelle Sur", prosecutor_id=tomas.pk)


@pytest.fixture
def advised(ana, petra):
    """Northmark's law names the prosecution service as the standing adviser of NFIS."""
    return name_adviser(agency=ana.agency, service=petra.agency, law=LAW, reviewed_on=date(2026, 9, 1))


def sees(officer, case):
    return CaseFile.objects.visible_to(fresh(officer)).filter(pk=case.pk).exists()


def test_a_prosecutor_who_is_named_is_on_the_team_at_once_and_named_there(directed, sofia, tomas):
    assert sees(tomas, directed)
    shown = page(sofia, "get", f"/cases/{directed.pk}/team/").content.decode()
    assert "Prosecutor on the case" in shown
    assert "Prosecutor on the case" in page(tomas, "get", f"/cases/{directed.pk}/").content.decode()
    assert api(tomas, "get", f"cases/{directed.pk}/").json()["prosecutor"]["name"] == tomas.name
    assert RoleDeed.objects.get(agency=tomas.agency, deed=Deed.CASES_DIRECT).law.startswith("Sierra Clara")


def test_without_one_no_case_is_opened_there(sofia):
    with pytest.raises(Invalid) as refusal:
        actions.open_case(officer=sofia, title="Muelle Sur")
    assert refusal.value.fields == {"prosecutor_id": rules.PROSECUTOR_WANTED}
    assert not CaseFile.objects.unscoped("test").exists()


def test_a_prosecutor_who_opens_a_case_is_on_it_as_such(tomas):
    assert actions.open_case(officer=tomas, title="Muelle Sur").prosecutor == tomas


def test_only_whose_role_is_that_in_this_agency_is_named(sofia, ana, petra):
    with refused(rules.NOT_A_PROSECUTOR):
        actions.open_case(officer=sofia, title="Muelle Sur", prosecutor_id=sofia.pk)
    with pytest.raises(NotFound):
        actions.open_case(officer=sofia, title="Muelle Sur", prosecutor_id=petra.pk)
    with pytest.raises(Invalid):
        actions.open_case(officer=ana, title="Harbor Ledger", prosecutor_id=ana.pk)


def test_the_form_asks_for_one_and_offers_who_may_be_it(client, sofia, tomas, rocio, ana):
    client.force_login(sofia)
    field = client.get("/cases/new/").context["form"].fields["prosecutor"]
    assert set(field.queryset) == {tomas, rocio}
    typed = {"title": "Muelle Sur", "unit_id": sofia.unit_id, "audience": "team", "notice_mode": ""}
    assert client.post("/cases/new/", typed).status_code == 422
    assert client.post("/cases/new/", typed | {"prosecutor": rocio.pk}).status_code == 302
    assert CaseFile.objects.visible_to(sofia).get().prosecutor == rocio
    client.force_login(ana)
    assert "prosecutor" not in client.get("/cases/new/").context["form"].fields


def test_the_prosecutor_is_not_taken_off_before_another_is_named(directed, sofia, tomas, rocio):
    with refused(rules.PROSECUTOR_STAYS, Conflict):
        actions.take_off_team(officer=sofia, casefile_id=directed.pk, member_id=tomas.pk)
    actions.change_prosecutor(officer=sofia, casefile_id=directed.pk, member_id=rocio.pk)
    assert sees(rocio, directed)
    assert Event.objects.filter(subject_id=directed.pk, kind="casefiles.casefile.prosecutor-changed", actor_id=sofia.pk).count() == 1
    actions.take_off_team(officer=sofia, casefile_id=directed.pk, member_id=tomas.pk)
    assert not sees(tomas, directed)


def test_another_prosecutor_is_named_by_who_leads_the_case_alone(directed, sofia, tomas, rocio, bela):
    with refused(rules.NOT_LEAD):
        actions.change_prosecutor(officer=tomas, casefile_id=directed.pk, member_id=rocio.pk)
    with refused(rules.NOT_A_PROSECUTOR):
        actions.change_prosecutor(officer=sofia, casefile_id=directed.pk, member_id=sofia.pk)
    with refused(rules.PROSECUTES_ALREADY, Conflict):
        actions.change_prosecutor(officer=sofia, casefile_id=directed.pk, member_id=tomas.pk)
    for stranger in (bela, rocio):
        with pytest.raises(NotFound):
            actions.change_prosecutor(officer=stranger, casefile_id=directed.pk, member_id=rocio.pk)
    actions.close_case(officer=sofia, casefile_id=directed.pk, outcome="unsolved", reason="Nothing led on.")
    with refused(rules.CLOSED, Conflict):
        actions.change_prosecutor(officer=sofia, casefile_id=directed.pk, member_id=rocio.pk)


def test_the_page_and_the_program_name_another(client, directed, sofia, rocio, tomas):
    actions.add_to_team(officer=sofia, casefile_id=directed.pk, member_id=rocio.pk)
    client.force_login(sofia)
    assert "Make prosecutor on the case" in client.get(f"/cases/{directed.pk}/team/").content.decode()
    assert client.post(f"/cases/{directed.pk}/team/{rocio.pk}/prosecutor/").status_code == 302
    answer = api(sofia, "post", f"cases/{directed.pk}/prosecutor/", {"officer_id": str(tomas.pk)})
    assert answer.status_code == 200
    assert CaseFile.objects.visible_to(sofia).get().prosecutor == tomas


def test_who_loses_the_role_is_named_no_more(directed, sofia, rocio):
    withdraw_role(by=None, officer_id=rocio.pk, role=Role.PROSECUTOR)
    appoint(by=None, officer_id=rocio.pk, role=Role.INVESTIGATOR)
    with refused(rules.NOT_A_PROSECUTOR):
        actions.change_prosecutor(officer=sofia, casefile_id=directed.pk, member_id=rocio.pk)


def test_a_case_that_is_handed_over_takes_its_prosecutor_along(directed, sofia, tomas):
    desk = {"name": "FN puertos", "hours": "24", "languages": ["es"]}
    unit = found_unit(agency=sofia.agency, name="Puertos", desk=desk)
    facts = {"email": "ines@fn.example", "name": "Inés Cardona", "password": None}
    ines = fresh(enrol_officer(unit=unit, roles=[Role.SUPERVISOR], **facts))
    offered = actions.propose_handover(officer=sofia, casefile_id=directed.pk, unit_id=unit.pk, reason="It is theirs.")
    entities.accept_handover(officer=ines, handover_id=offered.pk, lead_id=ines.pk)
    assert set(members(directed.team)) == {ines, tomas}
    assert not sees(sofia, directed)


# --- A service of its own, which no case file is opened to


def test_a_new_case_waits_for_the_service_to_be_asked_and_a_supervisor_on_it_hears_so(advised, ana, sami, alma, petra):
    case = actions.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    counsel = Counsel.objects.visible_to(ana).get()
    assert (counsel.service, counsel.law, counsel.asked_at) == (petra.agency, LAW, None)
    assert [notice.officer for notice in Notice.objects.filter(subject_id=case.pk, done_at=None)] == [sami]
    assert not sees(petra, case)
    shown = page(sami, "get", f"/cases/{case.pk}/").content.decode()
    assert LAW in shown
    assert f"/joint-cases/new/?case={case.pk}" in shown
    assert "A supervisor on the team does this." in page(ana, "get", f"/cases/{case.pk}/").content.decode()
    assert not Counsel.objects.visible_to(alma).exists()
    assert api(ana, "get", f"cases/{case.pk}/").json()["counsel"] == {"service": "NPS", "law": LAW, "asked_at": None}


def test_a_supervisor_who_joins_the_team_later_is_told_then(advised, ana, sami):
    case = actions.open_case(officer=ana, title="Harbor Ledger")
    assert not Notice.objects.filter(subject_id=case.pk).exists()
    actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    assert actions.NOTICES["casefiles.counsel.wanted"](fresh(sami), case.pk).text == LAW
    actions.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Nothing led on.")
    assert actions.NOTICES["casefiles.counsel.wanted"](fresh(sami), case.pk) is None


def test_where_the_law_names_no_adviser_nothing_waits(ana, sami):
    actions.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    assert not Counsel.objects.unscoped("test").exists()


def test_the_database_holds_that_an_adviser_is_another_agency_by_a_law(ana, petra):
    for facts in ({"service": ana.agency, "law": LAW}, {"service": petra.agency, "law": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandingAdviser.objects.create(agency=ana.agency, reviewed_on=date(2026, 9, 1), **facts)
