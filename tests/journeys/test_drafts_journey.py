"""What somebody typed and had no time to send: the tab closed, the session ended, the line lost, scripts off."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import Draft
from cases.casefiles import actions
from tests.journeys.desk import Desk

FIRST, SECOND = "The foreman will talk again on Friday.", "The berth is paid in cash."
NOTES = re.compile(r"/cases/[-0-9a-f]+/notes/")


@pytest.fixture
def notes(cast) -> str:
    return f"/cases/{actions.open_case(officer=cast['ana'], title='Harbor Ledger').pk}/notes/"


def at_the_form(sit: Callable[..., Desk], notes: str, *, scripts: bool = True) -> Desk:
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    ana.go(notes)
    return ana


def field(page: Page):
    return page.get_by_role("textbox", name="Note", exact=True)


def write(ana: Desk, text: str) -> None:
    """As one types, and the page says that it is kept."""
    field(ana.page).press_sequentially(text)
    expect(ana.page.locator("[data-kept]")).to_have_text(re.compile(r"^Kept \d\d:\d\d$"))


def a_new_tab(ana: Desk) -> None:
    ana.page.close()
    ana.page = ana.page.context.new_page()


def goes_on(ana: Desk) -> None:
    ana.reads("You began this on")
    expect(field(ana.page)).to_have_value("")
    ana.follow("Continue")
    ana.reads("You go on with what you began on")


def test_a_closed_tab_takes_nothing_with_it(sit, notes):
    ana = at_the_form(sit, notes)
    write(ana, FIRST)
    a_new_tab(ana)
    ana.go(notes)
    goes_on(ana)
    expect(field(ana.page)).to_have_value(FIRST)
    ana.press("Add the note")
    expect(ana.page.get_by_role("list").filter(has_text=FIRST).first).to_be_visible()
    ana.go(notes)
    expect(ana.page.locator("[data-begun]")).to_have_count(0)
    assert Draft.objects.unscoped("a test looks").count() == 0


def test_not_even_the_last_words_before_it_was_closed(sit, notes):
    ana = at_the_form(sit, notes)
    field(ana.page).fill(FIRST)
    ana.page.close(run_before_unload=False)
    ana.page = ana.page.context.new_page()
    ana.go(notes)
    goes_on(ana)
    expect(field(ana.page)).to_have_value(FIRST)


def test_the_browser_asks_before_a_page_is_left_until_what_was_typed_is_kept(sit, notes):
    ana, asked = at_the_form(sit, notes), []
    ana.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    ana.page.route("**/account/drafts/", lambda route: route.abort())
    field(ana.page).press_sequentially(FIRST)
    ana.page.reload()
    assert asked == ["beforeunload"]
    ana.page.unroute("**/account/drafts/")
    write(ana, FIRST)
    ana.page.reload()
    assert asked == ["beforeunload"]
    ana.complaints.clear()  # of the one that was cut off
    goes_on(ana)


def test_whoever_is_signed_out_while_typing_finds_it_after_signing_in_again(sit, notes):
    ana = at_the_form(sit, notes)
    write(ana, FIRST)
    Session.objects.all().delete()
    ana.page.on("dialog", lambda dialog: dialog.accept())
    ana.page.reload()
    ana.page.get_by_label("Email").fill(ana.email)
    ana.give_password()
    expect(ana.page).to_have_url(NOTES)
    goes_on(ana)
    expect(field(ana.page)).to_have_value(FIRST)


def test_what_is_typed_after_the_session_ended_stays_in_the_page_and_is_kept_once_it_stands_again(sit, notes):
    ana = at_the_form(sit, notes)
    write(ana, FIRST)
    ana.page.context.clear_cookies()
    field(ana.page).press_sequentially(SECOND)
    expect(ana.page.get_by_role("status").filter(has_text="your session has ended")).to_be_visible()
    beside = Desk("ana", ana.page.context.new_page())
    beside.sign_in()
    ana.page.bring_to_front()
    field(ana.page).press_sequentially("!")
    expect(ana.page.get_by_role("status").filter(has_text=re.compile("Kept"))).to_be_visible()
    beside.go(notes)
    goes_on(beside)
    expect(field(beside.page)).to_have_value(f"{FIRST}{SECOND}!")


def test_one_officers_page_keeps_nothing_in_the_name_of_another(sit, notes, cast):
    ana = at_the_form(sit, notes)
    field(ana.page).press_sequentially("A")
    ana.page.context.clear_cookies()
    Desk("sami", ana.page.context.new_page()).sign_in()
    ana.page.bring_to_front()
    field(ana.page).press_sequentially(FIRST)
    expect(ana.page.get_by_role("status").filter(has_text="your session has ended")).to_be_visible()
    assert not Draft.objects.visible_to(cast["sami"]).exists()


def test_a_lost_line_loses_nothing_and_it_is_kept_when_the_line_is_back(sit, notes):
    ana = at_the_form(sit, notes)
    write(ana, FIRST)
    ana.page.context.set_offline(True)
    field(ana.page).press_sequentially(SECOND)
    expect(ana.page.get_by_role("status").filter(has_text="the line is lost")).to_be_visible()
    ana.press("Add the note")
    ana.reads("The line is lost. Nothing was sent, and what you typed is still here.")
    expect(field(ana.page)).to_have_value(FIRST + SECOND)
    ana.page.context.set_offline(False)
    field(ana.page).press_sequentially("!")
    expect(ana.page.get_by_role("status").filter(has_text=re.compile("Kept"))).to_be_visible()
    ana.complaints.clear()  # a browser complains of every line that is lost
    a_new_tab(ana)
    ana.go(notes)
    goes_on(ana)
    expect(field(ana.page)).to_have_value(f"{FIRST}{SECOND}!")


def test_two_windows_on_one_draft_keep_both(sit, notes):
    ana = at_the_form(sit, notes)
    write(ana, FIRST)
    other = Desk("ana", ana.page.context.new_page())
    other.go(notes)
    goes_on(other)
    field(other.page).press_sequentially(" Of the other.")
    expect(other.page.locator("[data-kept]")).to_have_text(re.compile("^Kept"))
    field(ana.page).press_sequentially(" Of the first.")
    expect(ana.page.get_by_role("status").filter(has_text="in another window")).to_be_visible()
    third = Desk("ana", ana.page.context.new_page())
    third.go("/drafts/")
    expect(third.page.get_by_role("link", name="Note in a case: Harbor Ledger")).to_have_count(2)


def test_without_scripts_a_button_keeps_it(sit, notes):
    ana = at_the_form(sit, notes, scripts=False)
    field(ana.page).fill(FIRST)
    ana.press("Keep for later")
    ana.is_told("It is kept as a draft. Nothing was sent.")
    expect(field(ana.page)).to_have_value(FIRST)
    ana.page.locator("details.menu:not(.menu-mobile) > summary").click()
    ana.page.get_by_role("link", name="Your drafts").click()
    ana.follow("Note in a case: Harbor Ledger")
    expect(field(ana.page)).to_have_value(FIRST)
    ana.press("Throw away")
    ana.is_told("The draft is thrown away.")
    expect(ana.page.locator("[data-begun]")).to_have_count(0)


def test_paragraphs_that_were_added_come_back(sit, notes):
    ana = at_the_form(sit, notes)
    ana.go("/intelligence/new/")
    ana.page.get_by_label("Text").fill(FIRST)
    ana.press("Add a paragraph")
    ana.page.get_by_label("Text").nth(1).fill(SECOND)
    expect(ana.page.locator("[data-kept]")).to_have_text(re.compile("^Kept"))
    expect.soft(ana.page.locator("[data-trouble]")).to_have_text("")
    ana.page.wait_for_timeout(2_500)
    a_new_tab(ana)
    ana.go("/intelligence/new/")
    ana.follow("Continue")
    assert [ana.page.get_by_label("Text").nth(n).input_value() for n in (0, 1)] == [FIRST, SECOND]
