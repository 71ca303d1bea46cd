"""What every page has round it: the rail of one's own rooms, what waits, and the page's marking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from portal.pages.notices import standing


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
            Entry("joint", _("Joint cases"), "users", "joint:list", Deed.CASES_READ),
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
BADGES = {"casefiles": "cases", "consignments": "cases", "releases.release.awaiting": "approvals"}
"""Where the notices of a kind, or of a room, are counted on the rail, if the place has another name than the room."""


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
    """An entry of the rail for one officer: where it leads, and how many notices wait there."""

    entry: Entry
    href: str
    waiting: int


class Frame:
    """The page's surroundings for one officer. Nothing is asked of the database before a template shows it."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    @cached_property
    def groups(self) -> list[tuple[str | Promise, list[Place]]]:
        groups = [(title, [place for entry in entries if (place := self._place(entry))]) for title, entries in RAIL]
        return [(title, places) for title, places in groups if places]

    @property
    def bell(self) -> int:
        """How many notices wait in all."""
        return self._waiting.total()

    @cached_property
    def _waiting(self) -> Counter[str]:
        """Notices of what the officer sees, counted at their places on the rail."""
        kinds = [notice.kind for notice in standing(self.officer)]
        rooms = {kind: kind.partition(".")[0] for kind in kinds}
        return Counter(BADGES.get(kind) or BADGES.get(rooms[kind]) or rooms[kind] for kind in kinds)

    def _place(self, entry: Entry) -> Place | None:
        """None for what the officer may not do, and for a room that is not there."""
        if entry.deed and entry.deed not in self.officer.deeds:
            return None
        try:
            return Place(entry, reverse(entry.name), self._waiting[entry.id])
        except NoReverseMatch:
            return None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. A page's own `marking` and `here` win over these."""
    try:
        officer = getattr(request, "user", None)
        if not isinstance(officer, Officer):  # asks the database who it is
            return {"marking": OPEN}
    except DatabaseError:  # the page that says the database is away must not need it
        return {"marking": OPEN}
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    here = "settings" if name.startswith(("account_", "mfa_")) else ""
    return {"frame": Frame(officer), "marking": LIMITED, "here": here}
