"""The life of a case, clicked through with scripts and without: linked, handed over by two supervisors, closed and opened again."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.actions import found_unit
from accounts.grants import join
from cases.casefiles import actions
from tests.journeys.desk import Desk

DESK = {"name": "NFIS ports desk", "hours": "24 hours", "languages": ["en"]}


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_case_is_linked_handed_over_by_two_closed_and_opened_again(cast, sit, scripts):
    ports = found_unit(agency=cast["ana"].agency, name="Maritime crime", desk=DESK)
    with transaction.atomic():
        join(cast["alma"], ports.group)
    actions.open_case(officer=cast["ana"], title="Paper Lighthouse")
    case = f"/cases/{actions.open_case(officer=cast['ana'], title='Harbor Ledger', team=[cast['sami'].pk]).pk}/"
    ana, sami, alma = (sit(key, scripts=scripts) for key in ("ana", "sami", "alma"))
    for desk in (ana, sami, alma):
        desk.sign_in()
    links(ana, case)
    offers(sami, case)
    takes(alma, case)
    has_it_no_longer(ana, sami, case)
    closes_and_opens_again(alma, case)


def links(ana: Desk, case: str) -> None:
    ana.go("/cases/")
    ana.follow("Paper Lighthouse")
    ana.go(case)
    ana.follow("Change links")
    ana.page.get_by_label("This case is").select_option("split-from")
    ana.page.get_by_label("The other case").select_option(label=ana.page.get_by_role("option", name="Paper Lighthouse").inner_text())
    ana.page.get_by_label("Why", exact=True).fill("Its second half.")
    ana.press("Link them")
    ana.is_told("The two cases are linked")
    ana.tab("Overview")
    ana.reads("Split from")


def offers(sami: Desk, case: str) -> None:
    """He sees the first of the two cases alone, and so no link."""
    sami.go(case)
    assert "Paper Lighthouse" not in sami.text()
    sami.follow("Hand it to another unit")
    sami.reads("it is given a release instead")
    sami.page.get_by_label("To the unit").select_option("Maritime crime")
    sami.page.get_by_label("Why").fill("The cargo is a matter of the ports.")
    sami.press("Offer the case")
    sami.is_told("Nothing moves before a supervisor of Maritime crime takes it.")


def takes(alma: Desk, case: str) -> None:
    assert alma.go(case).status == 404
    alma.go("/")
    alma.follow("offers your unit the case")
    alma.reads("The cargo is a matter of the ports.")
    assert "Harbor Ledger" not in alma.text()
    alma.page.get_by_label("Who leads it").select_option("Alma Rydell")
    alma.press("Take the case")
    alma.is_told("The case is your unit's now.")
    alma.follow("Open the case")
    expect(alma.page.get_by_role("heading", level=1)).to_have_text("Harbor Ledger")


def has_it_no_longer(ana: Desk, sami: Desk, case: str) -> None:
    assert ana.go(case).status == 404
    assert sami.go(case).status == 404
    sami.go("/")
    sami.reads("is now Maritime crime's")


def closes_and_opens_again(alma: Desk, case: str) -> None:
    alma.go(case)
    alma.tab("Tasks")
    alma.page.get_by_label("What is to be done").fill("Return the papers")
    alma.page.get_by_label("Officer").select_option("Alma Rydell")
    alma.press("Set it")
    alma.reads("Return the papers")
    alma.tab("Overview")
    alma.follow("Close the case")
    alma.reads("1 task is still open")
    alma.page.get_by_label("Unsolved").check()
    alma.page.get_by_label("Why").fill("Nobody talks.")
    alma.page.get_by_label("Drop all open tasks").check()
    alma.press("Close the case")
    alma.is_told("The case is closed.")
    alma.reads("Closed: Unsolved")
    alma.follow("Open it again")
    alma.page.get_by_label("Why").fill("A new witness.")
    alma.press("Open it again")
    alma.is_told("The case is open again.")
    alma.reads("1 open task was dropped with it.")
