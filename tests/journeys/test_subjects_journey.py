"""Who is who: mentions taken for subjects, two of them related by what an item says, two of them found to be one; all of it taken back."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk

ITEM, TEXT = "Word of the boatman", "The boatman Anselmo takes envelopes from Dario Quintelas, whom the crew call the Notary."
PAYER, BOATMAN, NICKNAME = "Dario Quintelas", "Anselmo Vell", "The Notary"
WHY_ENDED, WHY_ONE = "The boatman took it back.", "The crew says it is he."


@dataclass
class Judged:
    """Addresses of what the agency has concluded."""

    payer: str
    boatman: str
    nickname: str
    relation: str = ""


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_subjects_are_related_and_found_to_be_one_and_both_is_taken_back(cast, sit, scripts):
    ana, bela = desks = [sit(key, scripts=scripts) for key in ("ana", "bela")]
    for desk in desks:
        desk.sign_in()
    ana.open_case("Harbor Ledger")
    item = ana.record_item(ITEM, TEXT)
    judged = takes_mentions_for_subjects(ana, item)
    relates(ana, judged)
    follows_it_to_the_paragraph(ana, item)
    knows_nothing(bela, judged)
    takes_the_relation_back(ana)
    puts_two_together(ana)
    makes_them_two_again(ana, judged)
    knows_nothing(bela, judged)


def takes_mentions_for_subjects(ana: Desk, item: str) -> Judged:
    made = []
    for name in (PAYER, BOATMAN, NICKNAME):
        ana.go(item)
        if not ana.scripts:
            ana.follow("Show who and what this item names")
        ana.follow("Note a mention")
        ana.page.get_by_label("Name, or what it is called").fill(name)
        ana.page.get_by_label("Paragraph that says so").fill("1")
        ana.press("Note it")
        ana.is_told("The mention is noted.")
        ana.page.get_by_label(name, exact=True).check()
        ana.press("Take the chosen ones for one subject")
        ana.reads("1 mention chosen.")
        ana.press("Take them for one")
        expect(ana.page.get_by_role("heading", level=1)).to_have_text(name)
        made.append(ana.page.url)
    return Judged(*made)


def relates(ana: Desk, judged: Judged) -> None:
    """From the page of one, chosen by name; a relation that no paragraph supports is refused, and nothing chosen is lost."""
    ana.follow("Subjects", exact=True)
    ana.follow(PAYER)
    ana.follow("Relate it to another")
    ana.page.get_by_label("Name or number").fill(BOATMAN)
    ana.press("Search")
    ana.reads("Subjects found")
    assert NICKNAME not in ana.text()
    ana.follow(f"Relate them : {BOATMAN}")
    ana.page.get_by_role("combobox", name="How they are related").select_option("pays")
    ana.page.get_by_label("High", exact=True).check()
    ana.submit_unchecked("Take them to be related")
    ana.reads("Tick at least one paragraph")
    expect(ana.page.get_by_role("combobox", name="How they are related")).to_have_value("pays")
    ana.page.get_by_role("checkbox", name=TEXT).check()
    ana.press("Take them to be related")
    ana.is_told("Your agency now takes them to be related.")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(f"{PAYER} pays {BOATMAN}")
    judged.relation = ana.page.url


def follows_it_to_the_paragraph(ana: Desk, item: str) -> None:
    """Both subjects show the relation, each in its own direction, with what says so, its grade and its date."""
    for name, said in ((PAYER, f"pays {BOATMAN}"), (BOATMAN, f"is paid by {PAYER}")):
        ana.follow(name, exact=True)
        related = ana.page.get_by_role("region", name="Related to")
        expect(related).to_contain_text(said)
        expect(related).to_contain_text("Confidence: High")
        expect(related).to_contain_text(re.compile(r"version 1, paragraph 1, recorded .*Usually reliable", re.DOTALL))
    related.get_by_role("link", name=ITEM).click()
    expect(ana.page).to_have_url(f"{item}#p1")
    expect(ana.page.locator("#p1")).to_contain_text(TEXT)


def takes_the_relation_back(ana: Desk) -> None:
    ana.page.go_back()
    ana.follow("This relation and what supports it")
    ana.page.get_by_role("region", name="Take the relation back").get_by_label("Why").fill(WHY_ENDED)
    ana.press("They are not related")
    ana.is_told("They are no longer taken to be related.")
    for name in (PAYER, BOATMAN):
        ana.follow(name, exact=True)
        related = ana.page.get_by_role("region", name="Related to")
        expect(related).to_contain_text("Taken back")
        expect(related).to_contain_text(WHY_ENDED)
        related.get_by_role("link", name="This relation and what supports it").click()
    expect(ana.page.get_by_role("button", name="They are not related")).to_have_count(0)


def puts_two_together(ana: Desk) -> None:
    """Two that nothing in their names or numbers shows to be the same: somebody who knows chooses."""
    ana.follow(PAYER, exact=True)
    ana.follow("The same as another")
    ana.page.get_by_label("Name or number").fill(NICKNAME)
    ana.press("Search")
    ana.follow(f"Put both subjects together : {NICKNAME}")
    ana.reads("They have no number in common.")
    ana.submit_unchecked("Put them together")
    expect(ana.page.get_by_label("Why")).to_have_attribute("aria-invalid", "true")
    ana.page.get_by_label("Why").fill(WHY_ONE)
    ana.press("Put them together")
    ana.is_told("Both are one subject now.")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(PAYER)
    expect(ana.page.get_by_role("region", name="Put together")).to_contain_text(f"1 mention came from another subject. {WHY_ONE}")
    expect(ana.page.get_by_role("region", name="Mentions you see")).to_contain_text(NICKNAME)
    ana.follow("Subjects", exact=True)
    expect(ana.page.get_by_role("main").get_by_role("link", name=NICKNAME)).to_have_count(0)
    ana.follow(PAYER)


def makes_them_two_again(ana: Desk, judged: Judged) -> None:
    ana.page.get_by_role("button", name="Make them two again").click()
    ana.is_told("They are two subjects again")
    expect(ana.page.get_by_role("region", name="Put together")).to_have_count(0)
    expect(ana.page.get_by_role("region", name="Mentions you see")).not_to_contain_text(NICKNAME)
    ana.follow("Subjects", exact=True)
    ana.follow(NICKNAME)
    expect(ana.page).to_have_url(judged.nickname)


def knows_nothing(bela: Desk, judged: Judged) -> None:
    """The other agency has no such page, whoever told it where to look."""
    for address in (judged.payer, judged.boatman, judged.nickname, judged.relation):
        answer = bela.go(address)
        assert answer.status == 404
        assert not [name for name in (PAYER, BOATMAN, NICKNAME) if name in answer.text()]
