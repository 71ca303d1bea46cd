"""A joint case of two agencies, clicked through: opened, joined, written in; a record given by two and taken back by its owner."""

import pytest
from playwright.sync_api import expect

from portal.demo.cast import PASSWORD
from tests.journeys.desk import Desk

TITLE, SUMMARY, WORDS = "Two Quays", "Both services watch the same quay.", "We compare notes on Mondays."
ITEM, TEXT = "When terminal 4 is watched", "Terminal 4 is watched on weekdays from four to seven."


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_two_agencies_share_a_case_and_its_owner_takes_a_record_back(cast, agreement, sit, scripts):
    sami, breno, ana, bela, otto = desks = [sit(key, scripts=scripts) for key in ("sami", "breno", "ana", "bela", "otto")]
    for desk in desks:
        desk.sign_in()
    joint = opens(sami)
    joins(breno)
    names(sami, joint, "Ana Whitcombe")
    names(breno, joint, "Bela Arouche")
    write_for_each_other(ana, bela, joint)
    item = asks_to_give(ana, joint)
    knows_nothing(bela, joint, item)
    approves(sami)
    reads(bela, joint, item)
    takes_back(ana, joint)
    knows_nothing(bela, joint, item)
    for address in (joint, item):
        assert otto.go(address).status == 404


def opens(sami: Desk) -> str:
    sami.rail("Joint cases")
    sami.follow("New joint case")
    sami.page.get_by_label("Under which agreement").select_option(index=1)
    sami.page.get_by_label("Serviço de Inteligência Criminal").check()
    sami.page.get_by_label("Purpose").select_option("investigation")
    sami.page.get_by_label("Title").fill(TITLE)
    sami.page.get_by_label("Summary").fill(SUMMARY)
    sami.press("Open it and ask them")
    sami.is_told("The other agencies see its cover until they join.")
    return sami.page.url


def joins(breno: Desk) -> None:
    """From the line on his desk; the cover tells nothing of the matter."""
    breno.go("/")
    breno.follow("asks your agency to joint case")
    assert TITLE not in breno.text()
    breno.press("Join")
    breno.is_told("Name the officers of your agency who work on it.")


def names(supervisor: Desk, joint: str, officer: str) -> None:
    supervisor.go(joint)
    supervisor.page.get_by_label("Officer of your agency").select_option(label=officer)
    supervisor.press("Admit")
    supervisor.is_told("is admitted from the next request on.")


def write_for_each_other(ana: Desk, bela: Desk, joint: str) -> None:
    ana.go("/")
    ana.follow("You are admitted to joint case")
    ana.reads(SUMMARY)
    ana.page.get_by_label("What everybody on the team shall read").fill(WORDS)
    ana.press("Write it")
    ana.is_told("Everybody on the team reads it.")
    bela.go(joint)
    bela.reads(WORDS)


def asks_to_give(ana: Desk, joint: str) -> str:
    """What she records in her agency's own file stays there until it is given; the item's address."""
    ana.follow("Your agency's own file for it")
    item = ana.record_item(ITEM, TEXT)
    ana.go(joint)
    ana.press(f"Ask to give it to the case : {ITEM}")
    ana.is_told("Nothing crosses before somebody else of your agency approves it.")
    ana.reads("Someone other than the requester must approve.")
    expect(ana.page.get_by_role("button", name="Approve and give")).to_have_count(0)
    return item


def approves(sami: Desk) -> None:
    sami.go("/")
    sami.follow("Decide what is given to joint case")
    sami.reads("The agreement lets it be given.")
    sami.page.get_by_label("Your password").fill(PASSWORD)
    sami.press("Approve and give")
    sami.is_told("The teams of the other agencies read this version.")
    expect(sami.page.get_by_role("button", name="Approve and give")).to_have_count(0)


def reads(bela: Desk, joint: str, item: str) -> None:
    bela.go(joint)
    bela.follow(ITEM)
    bela.reads(ITEM)
    assert bela.go(item).status == 200
    bela.reads(TEXT)


def takes_back(ana: Desk, joint: str) -> None:
    ana.go("/")
    ana.follow(ITEM)
    ana.reads("Approved by Sami Okonjo-Hale")
    ana.go(joint)
    ana.press(f"Withdraw : {ITEM}")
    ana.is_told("The other agencies no longer see it.")


def knows_nothing(bela: Desk, joint: str, item: str) -> None:
    bela.go(joint)
    assert ITEM not in bela.text()
    assert bela.go(item).status == 404
