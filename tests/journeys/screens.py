"""Every page that somebody reaches by links from their home page, and what is asked of each."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page

from tests.doors import DOORS, doors
from tests.journeys.desk import Desk

MOST_OF_A_KIND = 8
"""Pages of one route that one person opens, further things behind the same route being alike."""

NOT_SCREENS = {
    "health": "a word for machines",
    "accounts:badges": "a part of every page",
    "accounts:live": "a line that stays open",
    "account_inactive": "only shown in place of a sign-in",
    "mfa_login_webauthn": "a challenge for scripts",
    "mfa_download_recovery_codes": "a file",
    "casefiles:export": "a file",
    "casefiles:export-tasks": "a file",
    "consignments:export": "a file",
    "consignments:export-all": "a file",
    "consignments:export-seizures": "a file",
    "entities:export": "a file",
    "entities:export-money": "a file",
    "entities:export-calls": "a file",
    "entities:import-progress": "a part of a page, while rows are taken in",
    "mfa_view_recovery_codes": "shown once, by a deed",
}
SCREENS = sorted({door.name for door in doors() if "GET" in door.methods and not door.is_machine} - set(NOT_SCREENS))
WIDTHS, THEMES = (1440, 390, 320), ("light", "dark")
FIRST_LOAD, NEXT_PAGE = 80 * 1024, 15 * 1024  # bytes as they travel, headers included

LAYOUT = """() => {
  const marks = [...document.querySelectorAll('.marking')], shown = [...document.querySelector('.app').children];
  return {
    headings: document.querySelectorAll('h1').length,
    marked: marks.length === 2 && shown[0] === marks[0] && shown.at(-1) === marks[1] && marks.every((mark) => mark.innerText.trim()),
  };
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SETTLED = "() => document.readyState === 'complete' && !document.querySelector('.htmx-request')"
AXE = {
    "light": "() => axe.run({resultTypes: ['violations']})",
    "dark": "() => axe.run({resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})",  # what a theme changes
}


class Found:
    """What one person reaches by clicking: the addresses behind each route, and links that lead nowhere."""

    def __init__(self, desk: Desk, starts: Iterable[str]) -> None:
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.dead: list[str] = []
        self._desk = desk
        waiting, known = [*starts], set(starts)
        while waiting:
            fresh = [link for link in self._look(waiting.pop(0)) if link not in known]
            known.update(fresh)
            waiting += fresh

    def _look(self, address: str) -> list[str]:
        """The links of a page, each once; none if enough of its kind were seen."""
        name = resolve(urlsplit(address).path).view_name
        if name in NOT_SCREENS or name not in DOORS or len(self.pages[name]) == MOST_OF_A_KIND:
            return []
        answer = self._desk.page.context.request.get(address)
        if not answer.ok:
            self.dead.append(f"{self._desk.key}: {answer.status} {address}")
            return []
        if resolve(urlsplit(answer.url).path).view_name == name:
            self.pages[name].append(address)
        links = map(html.unescape, re.findall(r'<a [^>]*href="(/[^"#]*|\?[^"#]*)"', answer.text()))
        return [urlsplit(address).path + link if link.startswith("?") else link for link in dict.fromkeys(links)]


class Weight:
    """What travels to a page's browser: bytes on the line, headers included, nothing for what it has already."""

    def __init__(self, page: Page) -> None:
        self._line = page.context.new_cdp_session(page)
        self._line.send("Network.enable")
        self._bytes = 0
        self._line.on("Network.loadingFinished", self._add)

    def _add(self, event: dict) -> None:
        self._bytes += event["encodedDataLength"]

    def of(self, page: Page, address: str, *, first: bool) -> int:
        if first:
            self._line.send("Network.clearBrowserCache")
        self._bytes = 0
        page.goto(address)
        page.wait_for_function(SETTLED)
        return self._bytes


def faults(page: Page, axe: str = Axe().axe_script) -> list[str]:
    """What is wrong with the page that is shown, at each width and in each theme."""
    page.wait_for_function(SETTLED)
    page.evaluate(axe)
    layout, found = page.evaluate(LAYOUT), []
    if layout["headings"] != 1:
        found.append(f"{layout['headings']} headings of the first level")
    if not layout["marked"]:
        found.append("the marking does not stand first and last")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wider := page.evaluate(SIDEWAYS):
            found.append(f"{width}: {wider} px wider than the screen")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            violations = page.evaluate(AXE[theme])["violations"]
            found += [f"{width} {theme}: {v['id']} at {[node['target'] for node in v['nodes'][:3]]}" for v in violations]
    return found
