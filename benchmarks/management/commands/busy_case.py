"""Each page that names a case, or one of its things, opened in turns in a small case and in a busy one."""

from __future__ import annotations

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import Officer
from benchmarks.busy import BUSY, SMALL, build
from benchmarks.figures import Times, statements, table

HEADS = ("page", "busy / small p50", "busy p95 ms", "statements small", "busy")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=60)
        parser.add_argument("--officers", type=json.loads, required=True)
        parser.add_argument("--busy", type=int, default=BUSY, help="how many records the busy case has")

    def handle(self, *args: Any, rounds: int, officers: dict[str, list[str]], busy: int, **options: Any) -> None:
        officer = officers["typical"][0]
        owner = os.environ["MIGRATION_DATABASE_URL"]
        small, large = (build(owner, officer, records) for records in (SMALL, busy))
        browser = signed_in(officer)
        pages = [(name, at(name, small), at(name, large)) for name in page_names()]
        pages = [(name, one, other) for name, one, other in pages if one and browser.get(other).status_code == 200]
        times = Times()
        for number in range(-2, rounds):  # two to warm up
            for name, *both in pages:
                for size, url in zip(("small", "busy"), both, strict=True):
                    (times if number >= 0 else Times()).take(f"{name} {size}", lambda url=url: browser.get(url))
        lines = [line(times, browser, *page) for page in pages]
        self.stdout.write(table(HEADS, sorted(lines, key=lambda each: -float(each[2]))))


def signed_in(officer: str) -> Client:
    browser = Client(SERVER_NAME="localhost", raise_request_exception=True)
    browser.force_login(Officer.objects.get(pk=officer))
    return browser


def page_names() -> list[str]:
    """Every page that names one thing, or nothing."""
    found = []
    for namespace, (_prefix, resolver) in sorted(get_resolver().namespace_dict.items()):
        if namespace in {"casefiles", "records", "intelligence", "entities", "releases"}:
            found += [f"{namespace}:{name}" for name in resolver.reverse_dict if isinstance(name, str)]
    return ["home", *sorted(set(found))]


def at(name: str, things: dict[str, Any]) -> str:
    """Its address with these things, where it takes one of them or none."""
    for chosen in ({}, *({key: value} for key, value in things.items())):
        try:
            return reverse(name, kwargs=chosen)
        except NoReverseMatch:
            continue
    return ""


def line(times: Times, browser: Client, name: str, small: str, large: str) -> list[str]:
    counts = []
    for url in (small, large):
        with statements() as asked:
            browser.get(url)
        counts.append(str(len(asked)))
    one, other = f"{name} small", f"{name} busy"
    return [name, f"{times.ratio(other, one, 50):.2f}", f"{times.at(other, 95):.1f}", *counts]
