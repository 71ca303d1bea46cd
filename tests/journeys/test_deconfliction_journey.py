"""Two agencies hold the same number and learn whom to call; a third holds it too, has agreed to nothing, and learns nothing."""

import re

from playwright.sync_api import expect

from portal.celery import app as celery_app
from tests.journeys.desk import Desk

NUMBER = "+99 55 014 7720"
OTHERS = {"ana": ("Porto Frio", "Arouche", "Mudança"), "bela": ("Harbor Ledger", "Whitcombe", "Driver"), "otto": ()}


def test_both_desks_are_told_whom_to_call_and_nobody_else_is_told_anything(cast, agreement, sit, worker):
    ana, bela, otto = (sit(key) for key in ("ana", "bela", "otto"))
    for desk in (ana, bela, otto):
        desk.sign_in()
    holds(otto, "Nuit blanche", "Téléphone du port", "00 99 55 014 7720")
    holds(ana, "Harbor Ledger", "Driver of the white lorry", NUMBER)
    for desk in (ana, otto):
        desk.go("/")
    holds(bela, "Porto Frio", "Mudança de berço", "+99-55-0147720")
    celery_app.send_task("deconfliction.compare_changes")
    for desk in (ana, bela):
        expect(desk.page.locator("[data-badge=bell]")).to_have_text(re.compile("^1"))  # by itself, on the page they happen to be on
    calls(ana, "SIC", "SIC duty desk", "+55 61 5550 0188")
    calls(bela, "NFIS", "NFIS financial crime desk", "+1 202 555 0140")
    learns_nothing(otto)


def holds(desk: Desk, case: str, item: str, number: str) -> None:
    desk.open_case(case)
    desk.record_item(item, "A number was seen.", grade=("europol:B", "europol:2"))
    desk.note_phone("The number", number)


def calls(desk: Desk, other: str, name: str, phone: str) -> None:
    """The whole of what one learns: the number, who else holds it, and their desk."""
    desk.go("/")
    desk.follow("Deconfliction")
    desk.follow("+99550147720")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"{other} holds the same identifier")
    for said in (name, phone):
        desk.reads(said)
    shown = desk.page.content()
    assert not [word for word in OTHERS[desk.key] if word in shown]
    desk.page.get_by_label("In contact").check()
    desk.press("Save")
    desk.is_told("The other side does not see your answer.")


def learns_nothing(otto: Desk) -> None:
    assert "nothing waits for you" in otto.text()
    otto.rail("Deconfliction")
    otto.reads("No information to share.")
    assert "NFIS" not in otto.page.content()
