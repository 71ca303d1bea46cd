"""What every page has round it: the rail of one's own rooms, what waits, and the page's marking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice, Officer
from accounts.roles import Deed


class Entry(NamedTuple):
    """A place on the rail; `deed` is what an officer must be let do to find it there."""

    id: str
    label: str | Promise
    icon: str
    name: str
    deed: str = ""


RAIL: tuple[tuple[str | Promise, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("home", _("Home"), "house", "home"),
            Entry("cases", _("Cases"), "folder-open", "casefiles:list", Deed.CASES_READ),
            Entry("intelligence", _("Intelligence"), "radio-tower", "intelligence:list", Deed.INTELLIGENCE_READ),
        ),
    ),
    (
        _("Between agencies"),
        (
            Entry("deconfliction", _("Deconfliction"), "git-merge", "deconfliction:list", Deed.DECONFLICTION_READ),
            Entry("approvals", _("Approvals"), "stamp", "releases:approvals", Deed.RELEASES_APPROVE),
            Entry("releases", _("Releases"), "arrow-left-right", "releases:list", Deed.RELEASES_READ),
        ),
    ),
    (
        _("Oversight"),
        (
            Entry("ledger", _("Ledger"), "scroll-text", "ledger", Deed.LEDGER_READ),
            Entry("agreements", _("Agreements"), "handshake", "agreements:list", Deed.AGREEMENTS_READ),
            Entry("settings", _("Settings"), "settings", "accounts:security"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Marking:
    """What stands first and last on a page: level open, limited, restricted or secret; the wording; what it rests on."""

    level: str
    wording: str | Promise
    note: str | Promise = ""


LIMITED = Marking("limited", _("Official: limited"), _("Open a case to see its own marking."))
OPEN = Marking("open", _("Official: open"))


@dataclass(frozen=True, slots=True)
class Place:
    entry: Entry
    href: str


class Frame:
    """The page's surroundings for one officer. Nothing is asked of the database before a template shows it."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    @cached_property
    def groups(self) -> list[tuple[str | Promise, list[Place]]]:
        groups = [(title, [place for entry in entries if (place := self._place(entry))]) for title, entries in RAIL]
        return [(title, places) for title, places in groups if places]

    @cached_property
    def waiting(self) -> Mapping[str, int]:
        """Open notices: all of them on the bell, and by room."""
        rows = Notice.objects.filter(officer=self.officer, done_at=None).values_list("kind").annotate(Count("pk"))
        count: Counter[str] = Counter({"bell": 0, "deconfliction": 0, "approvals": 0, "releases": 0})
        for kind, number in rows:
            count["bell"] += number
            count[kind.split(".")[0]] += number
        return dict(count)  # a Counter would answer 0 to every name a template tries

    def _place(self, entry: Entry) -> Place | None:
        """None for what the officer may not do, and for a room that is not there."""
        if entry.deed and entry.deed not in self.officer.deeds:
            return None
        try:
            return Place(entry, reverse(entry.name))
        except NoReverseMatch:
            return None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. A page's own `marking` and `here` win over these."""
    officer = getattr(request, "user", None)
    if not isinstance(officer, Officer):
        return {"marking": OPEN}
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    here = "settings" if name.startswith(("account_", "mfa_")) else ""
    return {"frame": Frame(officer), "marking": LIMITED, "here": here}
