"""A task: set for a colleague, found on their desk, spoken of, done, taken up again by who set it; nobody else hears of it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk, in_days

TITLE, COMMENT, ANSWER = "Fetch the gate log of terminal 4", "The harbour office wants a **letter** first.", "The letter went out at noon."


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_task_is_set_commented_and_done(cast, sit, scripts):
    ana, sami, bela = desks = [sit(key, scripts=scripts) for key in ("ana", "sami", "bela")]
    for desk in desks:
        desk.sign_in()
    ana.open_case("Harbor Ledger")
    sets(ana)
    task = finds_and_comments(sami)
    hears_and_answers(ana)
    gives_it_another_day(ana)
    does(sami)
    sees_it_done(ana)
    knows_nothing(bela, task)


def sets(ana: Desk) -> None:
    ana.tab("Tasks")
    ana.page.get_by_label("What is to be done").fill(TITLE)
    ana.page.get_by_label("Until").fill(in_days(3))
    ana.submit_unchecked("Set it")
    ana.reads("Nobody")
    expect(ana.page.get_by_label("What is to be done")).to_have_value(TITLE)
    ana.page.get_by_label("Or by e-mail").fill("sami@nfis.example")
    ana.press("Set it")
    ana.is_told("The task is on the desk of Sami Okonjo-Hale.")
    ana.reads("For Sami Okonjo-Hale, set by Ana Whitcombe")


def finds_and_comments(sami: Desk) -> str:
    """On his desk, by "All your tasks"; the page's address."""
    sami.go("/")
    expect(sami.page.get_by_role("region", name="Your tasks")).to_contain_text(TITLE)
    sami.follow("All your tasks")
    expect(sami.page.get_by_role("heading", level=1)).to_have_text("Your tasks")
    sami.follow(TITLE)
    sami.press("Take it in hand")
    expect(sami.page.get_by_role("button", name="Lay it back")).to_be_visible()
    sami.page.get_by_role("textbox", name="Comment").fill(COMMENT)
    sami.press("Add the comment")
    expect(sami.page.get_by_role("main").locator("strong", has_text="letter")).to_be_visible()
    return sami.page.url


def hears_and_answers(ana: Desk) -> None:
    ana.go("/")
    ana.follow("Sami Okonjo-Hale commented on a task")
    ana.reads("The harbour office wants a")
    ana.page.get_by_role("textbox", name="Comment").fill(ANSWER)
    ana.press("Add the comment")
    ana.reads(ANSWER)


def gives_it_another_day(ana: Desk) -> None:
    ana.follow("Give it to somebody else, or another day")
    ana.page.get_by_label("Until").fill(in_days(9))
    ana.page.get_by_role("textbox", name="Why").fill("The office is closed this week.")
    ana.press("Change it")
    ana.is_told("The task is changed.")
    ana.reads("The office is closed this week.")


def does(sami: Desk) -> None:
    sami.go("/")
    sami.follow(TITLE)
    sami.reads(ANSWER)
    sami.press("Done")
    expect(sami.page.get_by_role("button", name="Done", exact=True)).to_have_count(0)
    sami.go("/")
    expect(sami.page.get_by_role("region", name="Your tasks")).not_to_contain_text(TITLE)
    sami.follow("All your tasks")
    assert TITLE not in sami.text()
    sami.page.get_by_label("State").select_option(label="Done")
    sami.press("Show")
    sami.reads(TITLE)


def sees_it_done(ana: Desk) -> None:
    ana.page.reload()
    ana.reads("Ended by")
    ana.follow("All tasks of the case")
    expect(ana.page.get_by_role("list").filter(has_text=TITLE).get_by_text("Done", exact=True)).to_be_visible()


def knows_nothing(bela: Desk, task: str) -> None:
    bela.go("/")
    assert TITLE not in bela.text()
    assert bela.go(task).status == 404
