"""Every form in which somebody writes keeps what they write, or is listed as one that does not, with the reason."""

import re

import pytest

from portal.pages.drafts import FORMS
from tests.doors import doors
from tests.house import ROOT, templates
from tests.test_doors import none, shown_addresses, signed_in, undone
from tests.world import World

NOT_KEPT = {
    "suggestions": "the text stands in it unseen, to be read again with what was ticked",
}
"""Forms with a large field that nobody types into, by the door whose page has them."""
BEGUN = re.compile(r'{% begun "([^"]+)"')


def test_every_form_that_keeps_is_called_by_a_name_in_the_list_of_drafts():
    named = {name for path in templates() for name in BEGUN.findall((ROOT / path).read_text())}
    assert named == set(FORMS)


def test_what_was_begun_is_said_before_a_form_that_is_marked_and_that_keeps():
    faults = []
    for path in templates():
        text = (ROOT / path).read_text()
        marked = re.findall(r"<form\b[^>]*\bdata-draft\b[^>]*>.*?</form>", text, re.DOTALL)
        if len(BEGUN.findall(text)) != len(marked) or not all("{% keeps %}" in form for form in marked):
            faults.append(path)
    none(faults)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["ana", "sami", "breno"])
def test_every_form_with_a_text_keeps_it(world: World, key):
    client, faults, seen = signed_in(world, key), set(), set()
    for door in (
        door for door in doors() if "GET" in door.methods and door.is_ours and not door.is_machine and door.name != "accounts:live"
    ):
        for url in shown_addresses(world, key, door):
            with undone(client):
                answer = client.get(url)
            page = answer.content.decode() if answer.status_code == 200 and not answer.streaming else ""
            for attributes, body in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
                if "<textarea" in body and "data-draft" not in attributes and door.name not in NOT_KEPT:
                    faults.add((door.name, attributes))
                seen.update(re.findall(r'name="draft_of"', body) and [door.name])
    none(sorted(faults))
    assert {"casefiles:notes", "intelligence:new"} <= seen
