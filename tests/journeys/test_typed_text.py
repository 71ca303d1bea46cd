"""What somebody typed is never lost: not to a session that ended meanwhile, and not to a field that was left out."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from audit.models import Event
from tests.journeys.desk import Desk

TITLE, SUMMARY = "Harbor Ledger", "Invoices at three to five times market value.\nWho approves them?"
both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


def typing(sit: Callable[..., Desk], *, scripts: bool) -> Desk:
    """Ana before a form that she has filled in and not sent."""
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    ana.go("/cases/new/")
    ana.page.get_by_label("Title").fill(TITLE)
    ana.page.get_by_label("Where it stands").fill(SUMMARY)
    return ana


@both_ways
def test_a_session_that_ended_takes_nothing_with_it(sit, scripts):
    ana = typing(sit, scripts=scripts)
    Session.objects.all().delete()
    ana.press("Open the case")
    finds_it_kept(ana)
    assert cases_opened() == 0
    signs_in_beside(ana)
    ana.press("Open the case" if scripts else "Send it again")
    if not scripts:  # signing in made the page's own token void: it asks once more, with everything still there
        finds_it_kept(ana)
        ana.press("Send it again")
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    for line in SUMMARY.splitlines():
        ana.reads(line)
    assert cases_opened() == 1


def test_what_one_officer_typed_never_becomes_the_deed_of_another(sit):
    """Two officers at one browser, one after the other."""
    ana = typing(sit, scripts=True)
    ana.page.context.clear_cookies()
    Desk("sami", ana.page.context.new_page()).sign_in()
    ana.press("Open the case")
    finds_it_kept(ana)
    assert cases_opened() == 0


@both_ways
def test_a_form_that_cannot_be_kept_yet_comes_back_as_it_was_typed(sit, scripts):
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    ana.go("/intelligence/new/")
    ana.page.get_by_label("Text").fill(SUMMARY)
    ana.page.get_by_label("Source").select_option("admiralty:B")
    ana.press("Add a paragraph")
    ana.page.get_by_label("Text").nth(1).fill("A second paragraph.")
    with ana.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        ana.submit_unchecked("Keep it")
    assert answer.value.status == 422
    expect(ana.page.get_by_role("alert").or_(ana.page.locator(".errors")).first).to_be_focused()
    assert [ana.page.get_by_label("Text").nth(n).input_value() for n in (0, 1)] == [SUMMARY, "A second paragraph."]
    expect(ana.page.get_by_label("Source").first).to_have_value("admiralty:B")
    ana.reads("This field is required.")


def finds_it_kept(ana: Desk) -> None:
    if ana.scripts:
        ana.reads("Your session has ended. Nothing was sent")
        expect(ana.page.get_by_label("Where it stands")).to_have_value(SUMMARY)
    else:
        ana.reads("What you typed is kept here")
        for line in (TITLE, *SUMMARY.splitlines()):
            ana.reads(line)


def signs_in_beside(ana: Desk) -> None:
    """In a tab of its own, by the link that the page offers."""
    with ana.page.context.expect_page() as tab:
        ana.follow("Sign in")
    beside = Desk("ana", tab.value, ana.scripts)
    beside.give_password()
    expect(beside.page.get_by_role("heading", level=1)).to_contain_text("for you")
    beside.page.close()


def cases_opened() -> int:
    return Event.objects.filter(kind="casefiles.casefile.opened").count()
