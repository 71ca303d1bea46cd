"""What an agency concludes, clicked through: two subjects related by a paragraph, two found to be one, and both taken back."""

import re

import pytest
from playwright.sync_api import expect

from cases.casefiles import actions as casefiles
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from tests.cases.intelligence.conftest import said
from tests.journeys.desk import Desk

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
WORDS = "The driver of the white lorry works for Harrow & Finch."
ITEM = "Word of the dock foreman"


@pytest.fixture
def subjects(ana, sami):
    """Three of one item: the driver twice, and the company."""
    case = casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk])
    words = [said()["paragraphs"][0] | {"text": WORDS}]
    item = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title=ITEM, paragraphs=words))
    for etype, name in (("person", "Tio"), ("person", "The lorry driver"), ("organisation", "Harrow & Finch")):
        mention = entities.note_mention(officer=ana, rendition_id=item.pk, etype=etype, name=name)
        entities.make_subject(officer=ana, mention_ids=[mention.pk], category="other")


def opened(desk: Desk, name: str) -> None:
    desk.rail("Intelligence")
    desk.go("/subjects/")
    desk.follow(name, exact=True)
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(name)


@with_and_without_scripts
def test_two_subjects_are_related_by_a_paragraph_and_it_is_taken_back(cast, sit, subjects, scripts):
    ana, sami, bela = (sit(key, scripts=scripts) for key in ("ana", "sami", "bela"))
    for desk in (ana, sami, bela):
        desk.sign_in()
    opened(ana, "Tio")
    ana.follow("Relate it to another")
    ana.follow("Choose : Harrow & Finch")
    ana.page.get_by_role("combobox", name="How they are related").select_option("employed")
    ana.press("Take them to be related")
    ana.reads("Tick at least one paragraph")
    ana.page.get_by_role("checkbox").first.check()
    ana.press("Take them to be related")
    opened(sami, "Harrow & Finch")
    sami.reads(ITEM)
    sami.follow("This relation and what supports it")
    sami.reads("What says so")
    address = sami.page.url
    assert bela.go(address).status == 404
    ana.go(address)
    ana.page.get_by_label("Why", exact=True).last.fill("He only drove for them once.")
    ana.press("They are not related")
    opened(sami, "Tio")
    sami.reads("Taken back: He only drove for them once.")


@with_and_without_scripts
def test_two_subjects_are_put_together_and_made_two_again(cast, sit, subjects, scripts):
    ana = sit("ana", scripts=scripts)
    ana.sign_in()
    opened(ana, "The lorry driver")
    other = ana.page.url
    opened(ana, "Tio")
    kept = ana.page.url
    ana.go(f"{kept}merge/{other.rstrip('/').rpartition('/')[2]}/")
    ana.reads("Is kept")
    ana.page.get_by_label("Why").fill("The foreman pointed him out.")
    ana.press("Put them together")
    ana.reads("1 mention came from another subject.")
    assert ana.go(other).status == 404
    ana.go(kept)
    ana.page.get_by_role("button", name=re.compile("Make them two again")).click()
    opened(ana, "The lorry driver")
    assert ana.page.url == other
