"""Every screen as its users have it: for everybody's eyes and hands, light and dark, at three widths, and light on the line."""

from collections.abc import Callable
from itertools import chain, zip_longest
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import expect

from tests.doors import ABSENT
from tests.journeys.conftest import Seats
from tests.journeys.desk import Desk
from tests.journeys.screens import FIRST_LOAD, NEXT_PAGE, SCREENS, Weight, faults

LOOKS = {"home": 3, "releases:one": 4, "intelligence:item": 2, "releases:list": 2, "records:record": 2}
"""At how many pages of a screen to look, where they differ with the reader and the thing; else at one."""


def test_every_link_leads_somewhere(seats: Seats):
    assert [dead for found in seats.found.values() for dead in found.dead] == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_serves_everybody(seats: Seats, name: str):
    by_reader = [[(key, address) for address in each.pages[name]] for key, each in seats.found.items()]
    chosen = [page for page in chain(*zip_longest(*by_reader)) if page][: LOOKS.get(name, 1)]
    wrong = [f"{key} {address}: {fault}" for key, address in chosen for fault in looked_at(seats.desks[key], address, name)]
    assert chosen, "nobody reaches it"
    assert not wrong, "\n".join(wrong)


def looked_at(desk: Desk, address: str, name: str) -> list[str]:
    """What is wrong there, and with what it weighs."""
    desk.reach(address)
    weight = Weight(desk.page)
    first, after = (weight.of(desk.page, address, first=first) for first in (True, False))
    assert resolve(urlsplit(desk.page.url).path).view_name == name
    found = faults(desk.page)
    if not first > after > 0 or first > FIRST_LOAD or after > NEXT_PAGE:
        found.append(f"{first} bytes at first, {after} after")
    found += desk.complaints
    desk.complaints.clear()
    return found


@pytest.mark.parametrize("name", ["home", "casefiles:list", "intelligence:list", "releases:list", "deconfliction:list"])
def test_a_desk_with_nothing_on_it_serves_as_well(seats: Seats, name: str):
    otto = seats.desks["otto"]
    address = seats.found["otto"].pages[name][0]
    wrong = looked_at(otto, address, name)
    assert otto.page.locator("main .empty").count()
    assert not wrong, "\n".join(wrong)


def wrong_password(desk: Desk) -> None:
    desk.page.context.clear_cookies()
    desk.go("/account/login/")
    desk.give_password("not this one")


def absent_thing(desk: Desk) -> None:
    assert desk.go(f"/cases/{ABSENT}/").status == 404


def empty_form(desk: Desk) -> None:
    desk.go("/cases/new/")
    desk.submit_unchecked("Open the case")


def empty_item(desk: Desk) -> None:
    desk.go("/intelligence/new/")
    desk.submit_unchecked("Keep it")


def new_token(desk: Desk) -> None:
    desk.go("/account/security/")
    desk.make_token("Nightly export")


def new_codes(desk: Desk) -> None:
    desk.reach("/account/2fa/recovery-codes/generate/")
    desk.press("Make new codes")
    desk.reads("shown this once")
    desk.codes = desk.page.locator(".codes li").all_inner_texts()


@pytest.mark.parametrize(
    ("key", "deed", "said"),
    [
        ("iris", absent_thing, "Check the address"),
        ("ana", empty_form, "This field is required"),
        ("ana", empty_item, "Paragraph 1 needs correcting"),
        ("ana", new_token, "It is shown this once"),
        ("tomas", new_codes, "shown this once"),
        ("", wrong_password, "not correct"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_a_deed_leads_to_serves_everybody(seats: Seats, key: str, deed: Callable[[Desk], None], said: str):
    desk = seats.desks[key]
    deed(desk)
    desk.reads(said)
    wrong = faults(desk.page) + desk.complaints
    assert not wrong, "\n".join(wrong)


def test_what_is_loaded_later_brings_its_marking(seats: Seats):
    ana = seats.desks["ana"]
    case = next(address for address in seats.found["ana"].pages["intelligence:of-case"] if "/cases/" in address)
    ana.go(case)
    level = ana.page.locator("#marking").get_attribute("data-level") or ""
    ana.go(case.replace("intelligence/", ""))
    for mark in ("#marking", "#marking-foot"):
        expect(ana.page.locator(mark)).to_have_attribute("data-level", level)
    assert not ana.complaints
