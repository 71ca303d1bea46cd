"""Feeding an item: what a text names is taken over by ticking, and no key or click is asked for twice."""

import pytest
from playwright.sync_api import expect

from portal.demo.cast import PASSWORD
from tests.journeys.desk import Desk
from tests.journeys.test_keyboard import FARTHEST, FOCUSED

MESSAGE = "He pays from DE89 3704 0044 0532 0130 00, is reached on +55 11 91234-5678 and waits for CSQU3054383, US$ 500."
RECORDED = f"The driver said: {MESSAGE}"
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


def begun(sit, *, scripts: bool) -> tuple[Desk, str]:
    """Ana with a second case, at the item that she has just recorded."""
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    ana.open_case("Paper Lighthouse")
    ana.open_case("Harbor Ledger")
    return ana, ana.record_item("Word of the driver", RECORDED)


@with_and_without_scripts
def test_an_item_is_recorded_graded_given_three_entities_and_added_to_a_case(cast, sit, scripts):
    ana, item = begun(sit, scripts=scripts)
    ana.reads("Usually reliable")
    if not scripts:
        ana.follow("Show who and what this item names")
    ana.follow("Find names and numbers")
    expect(ana.page.locator("mark", has_text="CSQU3054383").first).to_be_visible()
    for number in ("DE89 3704 0044 0532 0130 00", "+55 11 91234-5678", "CSQU3054383"):
        ana.page.get_by_label(number, exact=True).check()
    ana.press("Note the ticked ones")
    ana.is_told("3 mentions are noted.")
    ana.reads("US$ 500")
    ana.go(item)
    ana.follow("Add it to another case")
    ana.page.get_by_label("It matters to another case too").select_option(index=0)
    ana.press("Link")
    ana.reads("linked")


@with_and_without_scripts
def test_a_message_is_pasted_and_three_things_in_it_are_accepted(cast, sit, scripts):
    ana, _item = begun(sit, scripts=scripts)
    if not scripts:
        ana.follow("Show who and what this item names")
    ana.follow("Find names and numbers")
    ana.page.get_by_label("Text to look through").fill(f"Lorry KXT 4410\n{MESSAGE}")
    ana.press("Look through it")
    ana.reads("Perhaps a plate")
    for number in ("KXT 4410", "+55 11 91234-5678", "US$ 500"):
        ana.page.get_by_label(number, exact=True).check()
    ana.press("Note the ticked ones")
    ana.is_told("3 mentions are noted.")
    ana.press("Note it : CSQU3054383")
    ana.is_told("1 mention is noted.")
    expect(ana.page.get_by_label("CSQU3054383", exact=True)).to_have_count(0)


@with_and_without_scripts
def test_an_identifier_is_added_while_writing_by_no_more_than_two_clicks(cast, sit, scripts):
    ana, _item = begun(sit, scripts=scripts)
    if not scripts:
        ana.follow("Show who and what this item names")
    ana.follow("Note a mention")
    ana.page.get_by_label("Name, or what it is called").fill("Tio")
    ana.page.get_by_label("Identifier").first.select_option("phone")
    ana.page.get_by_label("As it is written").first.fill("+99 55 014 7720")
    ana.press("Add an identifier")  # one click
    expect(ana.page.get_by_label("As it is written")).to_have_count(2)
    assert ana.page.get_by_label("As it is written").first.input_value() == "+99 55 014 7720"
    ana.page.get_by_label("As it is written").last.fill("KXT 4410")
    ana.page.get_by_label("Identifier").last.select_option("plate")
    ana.press("Note it")  # the second one keeps all of it
    ana.is_told("The mention is noted.")


@with_and_without_scripts
def test_a_name_is_typed_its_double_offered_and_both_put_into_one_subject(cast, sit, scripts):
    ana, item = begun(sit, scripts=scripts)
    for name in ("Quintelas, Dário", "Dario Quintelas"):
        ana.go(item)
        if not scripts:
            ana.follow("Show who and what this item names")
        ana.follow("Note a mention")
        ana.page.get_by_label("Name, or what it is called").press_sequentially(name)
        if name == "Dario Quintelas":
            if not scripts:
                ana.press("Look for the same")
            ana.reads("Quintelas, Dário")
            ana.reads("The same name")
        ana.press("Note it")
        ana.is_told("The mention is noted.")
    ana.press("The same: put both into one subject : Quintelas, Dário")
    ana.is_told("Your agency now takes them for one.")
    ana.reads("Dario Quintelas")


@with_and_without_scripts
def test_the_current_case_is_resumed_by_one_click_and_who_can_see_an_item_takes_none(cast, sit, scripts):
    ana, item = begun(sit, scripts=scripts)
    ana.go(item)
    panel = ana.page.get_by_role("region", name="Who can see")
    expect(panel).to_contain_text("NFIS")
    expect(panel).to_be_in_viewport()
    ana.go("/")
    ana.follow("Harbor Ledger")  # one click
    expect(ana.page.get_by_role("heading", level=1)).to_have_text("Harbor Ledger")


def reach(desk: Desk, name: str) -> None:
    """By Tab alone, from wherever the focus is."""
    for _stop in range(2 * FARTHEST):
        held = desk.page.evaluate(FOCUSED)
        if held["name"].startswith(name) and held["visible"]:
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} is not within {2 * FARTHEST} stops")


def follow(desk: Desk, name: str) -> None:
    """Through a link or a button by Enter."""
    reach(desk, name)
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")


def write(desk: Desk, label: str, text: str) -> None:
    """Into a field, or the first letters of a choice."""
    reach(desk, label)
    desk.page.keyboard.type(text)


def test_an_item_is_recorded_graded_and_given_three_entities_by_keyboard_alone(cast, sit):
    ana = sit("ana")
    ana.go("/")
    keys = ana.page.keyboard
    write(ana, "Email", ana.email)
    write(ana, "Password", PASSWORD)
    keys.press("Enter")
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("for you")
    for step in ("Cases", "New case"):
        follow(ana, step)
    write(ana, "Title", "Harbor Ledger")
    follow(ana, "Open the case")
    for step in ("Intelligence", "Record intelligence"):
        follow(ana, step)
    reach(ana, "Title")
    keys.press("Shift+Tab")  # to the case it belongs to
    keys.press("ArrowDown")
    write(ana, "Title", "Word of the driver")
    write(ana, "Handling", "")
    keys.press("ArrowDown")
    write(ana, "Text", RECORDED)
    write(ana, "Source", "B")
    write(ana, "Information", "2")
    follow(ana, "Keep it")
    ana.is_told("The item is recorded.")
    expect(ana.page.get_by_role("link", name="Find names and numbers")).to_be_visible()
    follow(ana, "Find names and numbers")
    ana.page.wait_for_url("**/suggestions/")
    for number in ("DE89 3704 0044 0532 0130 00", "+55 11 91234-5678", "CSQU3054383"):
        reach(ana, number)
        keys.press("Space")
    reach(ana, "Note the ticked ones")
    keys.press("Enter")
    ana.is_told("3 mentions are noted.")
