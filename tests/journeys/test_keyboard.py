"""From the sign-in to the first thing that waits, and back, without a mouse."""

from playwright.sync_api import expect

from portal.demo.cast import PASSWORD
from tests.journeys.desk import Desk

FOCUSED = """() => {
  const held = document.activeElement, box = held.getBoundingClientRect(), style = getComputedStyle(held);
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: (held.labels?.[0] ?? held).innerText.trim(),
    marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    visible: !!seen && (held.contains(seen) || seen.contains(held)),
  };
}"""
FARTHEST = 25


def tab_to(desk: Desk, name: str) -> None:
    """Tab on until something of this name holds the focus; every stop on the way is seen and marked."""
    for _stop in range(FARTHEST):
        desk.page.keyboard.press("Tab")
        held = desk.page.evaluate(FOCUSED)
        assert held["marked"], held
        assert held["visible"], held
        if held["name"].startswith(name):
            return
    raise AssertionError(f"{name!r} is not within {FARTHEST} stops")


def test_an_officer_signs_in_and_opens_what_waits_by_keyboard_alone(cast, agreement, sit):
    sami = sit("sami")
    sami.go("/")
    keys = sami.page.keyboard
    for label, typed in (("Email", sami.email), ("Password", PASSWORD)):
        if not sami.page.evaluate(FOCUSED)["name"].startswith(label):
            tab_to(sami, label)
        keys.type(typed)
    keys.press("Enter")
    expect(sami.page.get_by_role("heading", level=1)).to_contain_text("one thing waits for you")
    tab_to(sami, "Skip to content")
    keys.press("Enter")
    tab_to(sami, "Liaison agreement")
    keys.press("Enter")
    expect(sami.page.get_by_role("heading", level=1)).to_have_text("Liaison agreement")
    keys.press("Control+k")
    expect(sami.page.get_by_role("searchbox")).to_be_focused()


def test_single_keys_walk_the_list_that_waits_and_put_a_thing_aside(cast, agreement, agreement_with_fiscalia, sit):
    sami = sit("sami")
    sami.sign_in()
    keys, items = sami.page.keyboard, sami.page.locator("[data-triage] h3 a")
    sami.page.wait_for_load_state()  # a page's scripts come after its words
    items.first.focus()
    for key, at in (("j", 1), ("k", 0)):
        keys.press(key)
        expect(items.nth(at)).to_be_focused()
    keys.press("e")
    expect(sami.page.get_by_role("heading", level=1)).to_contain_text("one thing waits for you")
