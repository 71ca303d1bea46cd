"""Every page and answer at which advice may be met: for those outside its wall they are, byte for byte, as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.actions import enrol_officer, found_unit
from accounts.models import Officer
from accounts.roles import Role
from cases.casefiles import actions as casefiles
from cases.entities import actions as entities
from sharing.prosecution import actions
from tests.answers import body, plain
from tests.cast import fresh
from tests.doors import DOORS, Door, doors
from tests.sharing.prosecution.conftest import WORDS, sees

TOLD_APART = {"ledger", "schema", "accounts:live", "health"}
"""One's own deeds, which grow with each look; the shape of the API; a line that stays open; how quickly the parts answer."""
TAKEN_OUT = {name for name in DOORS if "export" in name}
"""Each time a line in the activity of the case: looked at after the pages."""


@pytest.fixture
def looks() -> Callable[..., dict[str, Any]]:
    """What an officer is answered at every address that they may know or guess, but for what differs each time."""

    def at(officer: Officer, near: list[Door], **things: Any) -> Iterator[tuple[str, Any]]:
        client = Client()
        client.force_login(fresh(officer))
        for door in near:
            if "GET" in door.methods and door.is_ours and door.name not in TOLD_APART and set(door.names) <= set(things):
                yield door.name, client.get(door.at(**things))

    def seen(officer: Officer, **things: Any) -> dict[str, Any]:
        pages = [door for door in doors() if door.name not in TAKEN_OUT]
        dict(at(officer, pages, **things))  # the first look is remembered: what a page says of its reader's last visit
        return {name: plain(answer) for name, answer in at(officer, pages, **things)}

    return seen


@pytest.mark.parametrize("who", ["sami", "bela", "breno", "alma", "adam", "otto"])
def test_of_a_joint_case_nothing_changes_for_anybody_outside(cast, looks, joint, petra, ana, who):
    things = {"joint_id": joint.pk, "member_id": ana.pk}
    before = looks(cast[who], **things)
    given = actions.give_advice(officer=petra, joint_id=joint.pk, to=[ana.pk], **WORDS)
    actions.reply_to_advice(officer=ana, advice_id=given.pk, text="zqreply")
    after = looks(cast[who], **things)
    assert {name for name in after if after[name] != before[name]} == set()
    assert len(after) > 30


def test_of_a_case_nothing_changes_for_its_lead_who_supervises_it(cast, looks, case, sofia, tomas):
    ines = fresh(enrol_officer(unit=sofia.unit, roles=[Role.INVESTIGATOR], email="ines@fn.example", name="Inés", password=None))
    casefiles.add_to_team(officer=sofia, casefile_id=case.pk, member_id=ines.pk)
    things = {"casefile_id": case.pk, "member_id": ines.pk}
    before = looks(sofia, **things)
    given = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[ines.pk], **WORDS)
    actions.reply_to_advice(officer=ines, advice_id=given.pk, text="zqreply")
    after = looks(sofia, **things)
    assert {name for name in after if after[name] != before[name]} == set()
    assert 'aria-label="Case"' in str(after["casefiles:overview"])
    assert f'href="/cases/{case.pk}/advice/"' not in str(after["casefiles:overview"]).replace("PATH", f"/cases/{case.pk}/")


def test_what_is_taken_out_of_a_case_holds_no_advice(client, case, sofia, tomas):
    casefiles.set_task(officer=sofia, casefile_id=case.pk, title="Call the port", assignee_id=sofia.pk)
    actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    client.force_login(sofia)
    for address in ("/cases/export/", f"/cases/{case.pk}/tasks/export/", f"/cases/{case.pk}/entities/export/"):
        taken = client.get(address)
        assert taken.status_code == 200
        assert "zq" not in body(taken)


def test_the_words_are_met_by_those_behind_the_wall(looks, joint, advice, petra, ana, bela):
    things = {"joint_id": joint.pk, "advice_id": advice.pk}
    for officer, met in ((petra, True), (ana, True), (bela, False)):
        assert (WORDS["title"] in str(looks(officer, **things))) is met, officer.name


def test_the_tab_is_there_for_whoever_advises_or_has_some(client, case, sofia, tomas):
    def tabbed(officer: Officer) -> bool:
        client.force_login(fresh(officer))
        return f'href="/cases/{case.pk}/advice/">Advice' in body(client.get(f"/cases/{case.pk}/"))

    assert (tabbed(tomas), tabbed(sofia)) == (True, False)
    actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    assert tabbed(sofia)


def test_where_nobody_advises_there_is_no_such_page(client, ana, sami):
    case = casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    client.force_login(ana)
    assert client.get(f"/cases/{case.pk}/advice/").status_code == 404


def test_a_case_that_is_handed_over_takes_no_advice_along(case, cast, sofia, tomas):
    """The receiving unit reads none of it; those behind the wall who still see the case keep it, and the others do not."""
    advice = actions.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], **WORDS)
    unit = found_unit(agency=sofia.agency, name="Puertos", desk={"name": "FN puertos", "hours": "24", "languages": ["es"]})
    nuria = fresh(enrol_officer(unit=unit, roles=[Role.SUPERVISOR], email="nuria@fn.example", name="Nuria", password=None))
    offered = casefiles.propose_handover(officer=sofia, casefile_id=case.pk, unit_id=unit.pk, reason="It is theirs.")
    entities.accept_handover(officer=nuria, handover_id=offered.pk, lead_id=nuria.pk)
    assert not sees(nuria, advice)
    assert not sees(sofia, advice)
    assert sees(tomas, advice)
    casefiles.add_to_team(officer=nuria, casefile_id=case.pk, member_id=sofia.pk)
    assert sees(sofia, advice)


def test_auditors_read_number_and_addressees_and_no_word(client, joint, petra, ana, iris, cast):
    given = actions.give_advice(officer=petra, joint_id=joint.pk, to=[ana.pk, cast["bela"].pk], **WORDS)
    client.force_login(iris)
    shown = body(client.get("/ledger/", {"kind": "prosecution.advice.given"}))
    assert given.reference in shown
    assert ana.name in shown
    assert cast["bela"].name not in shown
    assert "SIC" in shown
    assert "zq" not in shown
    assert client.get(f"/advice/{given.pk}/").status_code == 404
