"""Following a cargo: noted, given a route, seen to arrive, and what was seized of it; the times it took are read on the page."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.desk import Desk

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


def typed(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def row_link(ana: Desk, name: str, place: str) -> None:
    """A link of one row of the route, which says to a screen reader which."""
    ana.page.get_by_role("main").get_by_role("link", name=re.compile(f"{name} ?: {place}")).first.click()


@with_and_without_scripts
def test_a_cargo_is_followed_from_its_papers_to_the_seizure(cast, sit, scripts):
    ana, bela, now = sit("ana", scripts=scripts), sit("bela", scripts=scripts), datetime.now(UTC)
    ana.sign_in()
    ana.open_case("Harbor Ledger")
    ana.tab("Consignments & seizures")
    ana.follow("Note a consignment")
    ana.page.get_by_label("What the team calls it").fill("The eighth reefer")
    ana.page.get_by_label("Container numbers").fill("CSQU3054383\nCSQU3054384")
    ana.press("Save")
    ana.reads("does not check out (ISO 6346)")
    for place, country in (("Grayhaven", "Northmark"), ("Bahía Larga", "Sierra Clara")):
        ana.follow("Add a place")
        ana.page.get_by_label("Place", exact=True).fill(place)
        ana.page.get_by_label("Country").fill(country)
        ana.page.get_by_label("Time zone of the place").fill("UTC")
        ana.press("Save")
    for kind, place, ago in (("Departed", "Grayhaven", timedelta(hours=52)), ("Arrived", "Bahía Larga", timedelta(hours=3))):
        row_link(ana, kind, place)
        ana.page.get_by_label("When, by the clocks there").fill(typed(now - ago))
        ana.press("Note it for good")
    ana.reads("2 days 1 h")
    ana.reads("Last seen 3 h")
    row_link(ana, "Record a seizure", "Bahía Larga")
    ana.page.get_by_label("What was seized").select_option("cocaine")
    ana.page.get_by_label("In words").fill("48 blocks behind the cooling unit")
    ana.page.get_by_label("Net quantity").fill("52.4")
    ana.page.get_by_label("Unit", exact=True).select_option("kg")
    ana.page.get_by_label("Place", exact=True).fill("Quay 4")
    ana.page.get_by_label("Country").fill("Sierra Clara")
    ana.page.get_by_label("Time zone of the place").fill("UTC")
    ana.page.get_by_label("When, by the clocks there").fill(typed(now - timedelta(hours=1)))
    ana.page.get_by_label("Legal authority").select_option("warrant")
    ana.press("Record it for good")
    ana.is_told("The seizure is recorded.")
    bela.sign_in()
    assert bela.go(ana.page.url).status == 404
    ana.tab("Consignments & seizures")
    ana.reads("52.4 kg")
    ana.page.set_viewport_size({"width": 390, "height": 900})
    ana.follow("The eighth reefer")
    assert ana.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert bela.go(ana.page.url).status == 404
    assert not ana.complaints
