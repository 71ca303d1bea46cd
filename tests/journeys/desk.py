"""One of the cast at a browser of their own: what they do on the pages, click by click, with scripts or without."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, Response, expect

from portal.demo.cast import CAST, PASSWORD

expect.set_options(timeout=30_000)
NO_SUCH_PAGE = "Failed to load resource"  # how a browser notes any answer from 400 on; the tests look at the answers themselves


@dataclass
class Desk:
    """A person and their page. Whatever a page's console or the content policy complains of is kept for the end."""

    key: str
    page: Page
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._complain(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self._complain(str(error)))

    def _complain(self, text: str) -> None:
        if not text.startswith(NO_SUCH_PAGE):
            self.complaints.append(f"{self.page.url}: {text}")

    @property
    def person(self):
        return next(person for person in CAST if person.key == self.key)

    @property
    def email(self) -> str:
        return f"{self.key}@{self.person.agency.lower()}.example"

    # --- finding the way
    def go(self, address: str) -> Response:
        answer = self.page.goto(address)
        assert answer is not None
        return answer

    def follow(self, name: str, *, exact: bool = False) -> None:
        """A link in the page itself."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=exact).first.click()

    def rail(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile(rf"^\s*{name}\b")).click()

    def tab(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Case").get_by_role("link", name=name).click()

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()

    def submit_unchecked(self, name: str) -> None:
        """As a browser that checks no field before it sends."""
        button = self.page.get_by_role("main").get_by_role("button", name=name, exact=True)
        button.evaluate("(button) => { button.form.noValidate = true; }")
        button.click()

    def reads(self, text: str) -> None:
        """The page says it somewhere, once it is there."""
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def is_told(self, text: str) -> None:
        """The note at the head of the page after something was done."""
        expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()

    def in_one_line(self, link: str) -> bool:
        """Whether an icon stands beside a link's words, and not above them."""
        return self.page.get_by_role("main").get_by_role("link", name=link).first.evaluate("(link) => link.getClientRects().length") == 1

    def text(self) -> str:
        return self.page.get_by_role("main").inner_text()

    # --- the deeds of the story
    def give_password(self, password: str = PASSWORD) -> None:
        """At the page that asks for it, or led there from Home."""
        if "/login/" not in self.page.url:
            self.go("/")
        self.page.get_by_label("Email").fill(self.email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")

    def sign_in(self) -> None:
        self.give_password()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("for you")

    def give_code(self, button: str) -> None:
        """The second step, by a recovery code: each opens once."""
        self.page.get_by_label("code").fill(self.codes.pop())
        with self.page.expect_navigation():
            self.press(button)

    def confirm_if_asked(self) -> None:
        """What touches one's own security asks, every few minutes, whether it is still oneself."""
        if "/reauthenticate/" not in self.page.url:
            return
        if self.codes:
            self.follow("authenticator app")
            self.give_code("Confirm")
        else:
            self.page.locator("input[type=password]").fill(PASSWORD)
            with self.page.expect_navigation():
                self.press("Confirm")

    def reach(self, address: str) -> None:
        """Go there, confirming if asked."""
        self.go(address)
        if "/reauthenticate/" not in address:
            self.confirm_if_asked()

    def make_token(self, name: str) -> None:
        """On the settings page; the page then shows it once."""
        self.page.get_by_label("What it is for").fill(name)
        with self.page.expect_navigation():
            self.press("Make a token")
        self.confirm_if_asked()
        self.reads("It is shown this once")

    def open_case(self, title: str) -> str:
        """A case of which both desks may hear when another agency holds the same number; its address."""
        self.rail("Cases")
        self.follow("New case")
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Both desks hear").check()
        self.press("Open the case")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        return self.page.url

    def record_item(self, title: str, text: str, *, grade: tuple[str, str] = ("admiralty:B", "admiralty:2")) -> str:
        """A graded item, not for court, in the case whose page is open; its address."""
        self.tab("Intelligence")
        self.follow("Record intelligence")
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Handling", exact=True).select_option("europol:H1")
        self.page.get_by_label("Text").fill(text)
        self.page.get_by_label("Source").select_option(grade[0])
        self.page.get_by_label("Information", exact=True).select_option(grade[1])
        self.press("Keep it")
        self.is_told("The item is recorded.")
        return self.page.url

    def note_phone(self, name: str, number: str) -> None:
        """A mention, with its number, on the item whose page is open."""
        if not self.scripts:
            self.follow("Show who and what this item names")
        self.follow("Note a mention")
        self.page.get_by_label("Kind").select_option("phone")
        self.page.get_by_label("Name, or what it is called").fill(name)
        self.page.get_by_label("Identifier").select_option("phone")
        self.page.get_by_label("As it is written").fill(number)
        self.press("Note it")
        self.is_told("The mention is noted.")

    def ledger_lines(self) -> list[tuple[str, str]]:
        """Who did what, by the ledger page in front of this person, oldest first, over all its pages."""
        lines: list[tuple[str, str]] = []
        while True:
            cells = [self.page.locator(f"td[data-label={column}]").all_inner_texts() for column in ("Who", "What")]
            lines += [(" ".join(who.split()), what.splitlines()[0]) for who, what in zip(*cells, strict=True)]
            further = self.page.get_by_role("link", name="Next page")
            if not further.count():
                return lines[::-1]
            further.click()


def in_days(days: int) -> str:
    """As a date field takes it."""
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011  the browser's own day


@contextmanager
def seated(browser: Browser, portal: str, key: str, *, scripts: bool = True) -> Iterator[Desk]:
    """A desk in a fresh browser context; its complaints fail the test."""
    context = browser.new_context(base_url=portal, locale="en-GB", java_script_enabled=scripts)
    context.set_default_timeout(30_000)
    desk = Desk(key, context.new_page(), scripts)
    try:
        yield desk
        assert desk.complaints == [], desk.complaints
    finally:
        context.close()
