"""The main job, clicked through by each person at a browser of their own, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from portal.demo.cast import PASSWORD
from tests.journeys.desk import Desk, in_days

TITLE, TEXT = "Driver of the white lorry", "A driver who calls himself Tio travels by Bahía Larga."
LATER_NOTE, LATER_TEXT = "The foreman asked for protection.", "The foreman's son saw the driver twice."
STEPS = """
Ana Whitcombe: Started a case file
Ana Whitcombe: Recorded an intelligence item
Ana Whitcombe: Noted a mention
Ana Whitcombe: Asked whether something may leave
Ana Whitcombe: Drafted a release
Ana Whitcombe: Asked for a release's approval
Sami Okonjo-Hale: Opened a release
Sami Okonjo-Hale: Proved presence
Sami Okonjo-Hale: Approved a release
CA SIC: Accepted a release's conditions
CA SIC: Opened an intelligence item
Ana Whitcombe: Wrote a note
Ana Whitcombe: Corrected an intelligence item
CA SIC: Opened an intelligence item
Sami Okonjo-Hale: Recalled a release
"""  # in this order, with other lines between them


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_release_travels_to_another_agency_and_is_taken_back(cast, agreement, sit, scripts):
    ana, sami, bela, iris = (sit(key, scripts=scripts) for key in ("ana", "sami", "bela", "iris"))
    for desk in (ana, sami, bela, iris):
        desk.sign_in()
    case = ana.open_case("Harbor Ledger")
    item = ana.record_item(TITLE, TEXT)
    ana.note_phone("The Lagoon number", "+99 55 014 7720")
    release = asks_for_release(ana, case)
    sees_why_not_to_approve(ana)
    approves(sami)
    accepts_and_reads(bela, release, item)
    adds_what_does_not_reach_her(ana, case, item)
    still_reads_what_was_released(bela, item)
    sees_who_opened_it(ana, release)
    recalls(sami, release)
    has_nothing_left(bela, release, item)
    finds_every_step(iris)


def asks_for_release(ana: Desk, case: str) -> str:
    ana.go(case)
    ana.tab("Sharing")
    ana.follow("Share")
    ana.page.get_by_label("To which agency").select_option(label="Serviço de Inteligência Criminal")
    ana.press("Choose")
    ana.page.get_by_label(TITLE).check()
    ana.page.get_by_label("The unit Financial investigations").check()
    ana.page.get_by_label("Legal basis").fill("Article 7 of the liaison agreement")
    ana.page.get_by_label("Ends on").fill(in_days(90))
    for purpose, answer in (("prevention", "Cannot go"), ("investigation", "Allowed with conditions")):
        ana.page.get_by_label("Purpose", exact=True).select_option(purpose)
        if not ana.scripts:
            ana.press("Check")
        expect(ana.page.get_by_label("If you send this now")).to_contain_text(answer)
    ana.press("Send for approval")
    ana.is_told("Nothing leaves before somebody else approves it.")
    return ana.page.url


def sees_why_not_to_approve(ana: Desk) -> None:
    ana.reads("Someone other than the requester must approve.")
    expect(ana.page.get_by_role("button", name="Approve and release")).to_have_count(0)


def approves(sami: Desk) -> None:
    sami.rail("Approvals")
    sami.follow("to SIC")
    sami.page.get_by_label("Your password").fill(PASSWORD)
    sami.press("Approve and release")
    sami.is_told("Released.")


def accepts_and_reads(bela: Desk, release: str, item: str) -> None:
    """She hears of it where she is: on her home page, by the bell if scripts run."""
    if bela.scripts:
        expect(bela.page.locator("[data-badge=bell]")).to_have_text(re.compile("^1"))
    assert bela.go(release).status == 200
    assert TITLE not in bela.text()
    assert bela.go(item).status == 404
    bela.go("/")
    bela.follow("NFIS has released something to you")
    bela.press("Accept and open")
    bela.is_told("Accepted.")
    bela.follow(TITLE)
    bela.reads(TEXT)
    bela.reads("Usually reliable")


def adds_what_does_not_reach_her(ana: Desk, case: str, item: str) -> None:
    ana.go(case)
    ana.tab("Notes")
    ana.page.get_by_role("textbox", name="Note", exact=True).fill(LATER_NOTE)
    ana.press("Add the note")
    ana.reads(LATER_NOTE)
    ana.go(item)
    ana.follow("Correct")
    ana.page.get_by_label("What was wrong").fill("A second interview.")
    ana.page.get_by_label("Text").fill(LATER_TEXT)
    ana.press("Keep it")
    ana.is_told("The new version stands.")


def still_reads_what_was_released(bela: Desk, item: str) -> None:
    bela.go(item)
    bela.reads(TEXT)
    bela.reads("has corrected this item since")
    for page in (item, "/", "/releases/?side=received", "/intelligence/", "/cases/", "/records/"):
        assert bela.go(page).status == 200
        assert not [word for word in (LATER_NOTE, LATER_TEXT, "Harbor Ledger") if word in bela.page.content()], page


def sees_who_opened_it(ana: Desk, release: str) -> None:
    ana.go(release)
    ana.reads("1 reader has accepted the conditions.")
    ana.reads("Opened by: Investigator, SIC")


def recalls(sami: Desk, release: str) -> None:
    sami.go(release)
    sami.page.get_by_label("Reason, kept in the record").last.fill("The source is at risk.")
    sami.press("Recall")
    sami.is_told("Recalled.")


def has_nothing_left(bela: Desk, release: str, item: str) -> None:
    """Whatever she clicks or reloads next."""
    for page in (item, item.replace("/intelligence/", "/mentions/")):
        assert bela.go(page).status == 404
        assert TITLE not in bela.page.content()
    bela.go(release)
    bela.reads("Recalled")
    assert TITLE not in bela.page.content()
    assert "at risk" not in bela.page.content()


def finds_every_step(iris: Desk) -> None:
    iris.rail("Ledger")
    lines = iter([f"{who}: {what}" for who, what in iris.ledger_lines()])
    missing = [step for step in STEPS.strip().splitlines() if step not in lines]  # looks on from where the last was found
    assert missing == []
