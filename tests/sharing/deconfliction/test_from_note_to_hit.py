"""The deed from end to end: an officer notes a number, another agency has it, and both desks, or one, learn whom to call."""

from __future__ import annotations

import pytest

from cases.casefiles import actions as casefiles
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from sharing.deconfliction import actions
from tests.sharing.deconfliction.conftest import browser_of, compare

pytestmark = pytest.mark.django_db


def note(officer, raw, **case):
    """A number in the words of a report, in a case opened for it."""
    casefile = casefiles.open_case(officer=officer, title="Cold store", **case)
    says = {"text": "The driver calls it.", "kind": "information", "scheme": "admiralty", "source_code": "B", "information_code": "2"}
    item = intelligence.record_item(
        officer=officer, casefile_id=casefile.pk, title="Call log", paragraphs=[says], handling_scheme="europol", handling_code="H2"
    )
    phone = {"type": "phone", "country": "", "raw": raw}
    entities.note_mention(officer=officer, rendition_id=item.pk, etype="phone", name="Lagoon", paragraph=1, identifiers=[phone])
    return casefile, item


def values(officer):
    return [row.side.hit.normalised for row in actions.list_hits(officer=officer).rows]


def test_two_writings_of_one_number_meet(ana, bela, agreement):
    _casefile, item = note(ana, "+1 (202) 555-0123", notice_mode="both")
    note(bela, "001 202 555 0123", notice_mode="both")
    compare()
    assert values(ana) == values(bela) == ["+12025550123"]
    page = browser_of(ana).get(f"/deconfliction/{actions.list_hits(officer=ana).rows[0].side.pk}/").content.decode()
    assert f'href="/records/{item.record_id}/?rendition={item.pk}"' in page
    assert "Not for court" not in page
    assert str(item.handling_wording) in page


def test_a_case_for_its_team_is_silent_unless_it_says_otherwise(ana, bela, agreement):
    casefile, _item = note(ana, "+12025550123")
    note(bela, "+12025550123", notice_mode="both")
    compare()
    assert values(ana) == ["+12025550123"]
    assert values(bela) == []
    entities.change_notice_mode(officer=ana, casefile_id=casefile.pk, notice_mode="both")
    compare()
    assert values(bela) == ["+12025550123"]


def test_a_number_noted_twice_in_one_agency_shows_the_other_side_nothing_more(ana, bela, agreement):
    note(ana, "+12025550123", notice_mode="both")
    note(bela, "+12025550123", notice_mode="both")
    compare()
    side = actions.list_hits(officer=bela).rows[0].side.pk
    before = actions.open_hit(officer=bela, side_id=side).theirs
    note(ana, "+12025550123", notice_mode="both")
    compare()
    assert actions.open_hit(officer=bela, side_id=side).theirs == before
    assert len(values(bela)) == 1
    assert len(actions.list_hits(officer=ana).rows[0].mentions) == 2
