"""What a text seems to name is offered, taken or declined; nothing is written before."""

import pytest

from accounts.models import CountryRule
from audit.models import Event as Line
from cases.entities import actions, rules
from cases.entities.actions import Part
from cases.entities.models import Declined, Identifier, Mention, MentionChange
from cases.intelligence import actions as intelligence
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.doors import browser_of, machine_of
from tests.cases.entities.conftest import note
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh

TEXT = "He pays from DE89 3704 0044 0532 0130 00 on 2026-11-05, US$ 500; reached on +55 11 91234-5678 or CSQU3054383."
PASTED = [Part(None, TEXT)]


def suggest(officer, item, parts=PASTED):
    return actions.suggest(officer=officer, rendition_id=item.pk, parts=parts)


def keys_of(suggested, *types):
    return {row.key for row in suggested.rows if row.found.type in types}


def test_what_is_chosen_becomes_mentions_of_the_right_kind_with_their_identifiers(ana, item):
    suggested = suggest(ana, item, [Part(2, TEXT)])
    assert [str(row.etype) for row in suggested.offered()] == ["account", "event", "money", "phone", "container"]
    assert not Mention.objects.visible_to(ana).exists()
    noted = actions.accept_suggestions(
        officer=ana, rendition_id=item.pk, parts=[Part(2, TEXT)], keys=keys_of(suggested, "iban", "date", "money")
    )
    assert {(each.etype, each.name, each.paragraph) for each in noted} == {
        ("account", "DE89 3704 0044 0532 0130 00", 2), ("event", "2026-11-05", 2), ("money", "USD 500", 2),
    }  # fmt: skip
    assert [each.attributes for each in noted if each.etype == "event"] == [{"happened": ["2026-11-05"]}]
    (number,) = Identifier.objects.visible_to(ana)
    assert (number.type, number.country, number.normalised, number.valid) == ("iban", "DE", "DE89370400440532013000", "yes")
    assert MentionChange.objects.count() == 3
    line = Line.objects.filter(kind="entities.suggestion.accepted").latest("at")
    assert line.rendition_hash == bytes.fromhex(item.content_hash)
    again = suggest(ana, item)
    assert [row.found.type for row in again.offered()] == ["phone", "container"]
    everything = {row.key for row in again.rows}
    assert len(actions.accept_suggestions(officer=ana, rendition_id=item.pk, parts=PASTED, keys=everything)) == 2


def test_several_numbers_become_identifiers_of_one_mention_that_is_there(ana, item):
    mention = note(ana, item, identifiers=[])
    suggested = suggest(ana, item)
    here = {"officer": ana, "rendition_id": item.pk, "parts": PASTED, "mention_id": mention.pk}
    actions.accept_suggestions(**here, keys=keys_of(suggested, "iban", "phone"))
    actions.accept_suggestions(**here, keys=keys_of(suggested, "phone"))
    assert sorted(Identifier.objects.visible_to(ana).filter(mention=mention).values_list("type", flat=True)) == ["iban", "phone"]
    assert Mention.objects.visible_to(ana).count() == 1
    with refused(rules.NUMBERS_ONLY, Invalid):
        actions.accept_suggestions(**here, keys=keys_of(suggested, "date"))
    other = intelligence.record_item(officer=ana, casefile_id=item.record.home_id, **said())
    with pytest.raises(NotFound):
        actions.accept_suggestions(**here | {"rendition_id": other.pk}, keys=keys_of(suggested, "phone"))


def test_what_is_declined_is_not_offered_again_for_that_version_until_it_is_taken_back(ana, sami, case, item):
    here = {"officer": ana, "rendition_id": item.pk}
    assert actions.decline_suggestions(**here, parts=PASTED, keys=keys_of(suggest(ana, item), "phone", "money")) == 2
    assert actions.decline_suggestions(**here, parts=PASTED, keys=keys_of(suggest(ana, item), "phone")) == 0
    for officer in (ana, sami):
        seen = suggest(officer, item)
        assert ([row.found.type for row in seen.offered()], seen.hidden) == (["iban", "date", "container"], 2)
    other = intelligence.record_item(officer=ana, casefile_id=case.pk, **said())
    assert len(suggest(ana, other).offered()) == 5
    assert "91234" not in str(list(Declined.objects.visible_to(ana).values()))
    assert actions.offer_again(**here) == 2
    assert len(suggest(ana, item).offered()) == 5


def test_a_text_is_looked_through_to_its_cap_and_the_same_find_makes_one_mention(ana, item):
    long = suggest(ana, item, [Part(1, "x" * 19_990 + "\n"), Part(2, f"\n{TEXT}")])
    assert (long.cut, long.rows) == (True, [])
    twice = [Part(1, "CSQU3054383"), Part(2, "CSQU 305438 3")]
    noted = actions.accept_suggestions(officer=ana, rendition_id=item.pk, parts=twice, keys={0, 1})
    assert [(each.name, each.paragraph) for each in noted] == [("CSQU3054383", 1)]


def test_dates_in_figures_are_read_as_the_agency_or_its_country_reads_them(ana, bela, item, theirs):
    def first(officer, version):
        return suggest(fresh(officer), version, [Part(None, "03/04/2026")]).rows[0].found.normalised

    assert (first(ana, item), first(bela, theirs)) == ("2026-03-04", "2026-04-03")
    CountryRule.objects.create(
        jurisdiction=ana.agency.jurisdiction, key="numeric-date-order", value="day-first", law="Usage", reviewed_on="2026-01-01"
    )
    assert first(ana, item) == "2026-04-03"


def test_who_may_not_note_is_shown_the_finds_and_writes_nothing(ana, sami, bela, otto, item):
    released(item, bela)
    for officer, error in ((sami, NotAllowed), (bela, NotAllowed), (otto, NotFound)):
        for deed in (actions.accept_suggestions, actions.decline_suggestions):
            with pytest.raises(error):
                deed(officer=fresh(officer), rendition_id=item.pk, parts=PASTED, keys={0})
        with pytest.raises(error):
            actions.offer_again(officer=fresh(officer), rendition_id=item.pk)
    seen = suggest(fresh(bela), item)
    assert (len(seen.rows), bool(seen.may_note)) == (5, False)
    with refused(rules.HAS_LEFT, Conflict):
        actions.accept_suggestions(officer=ana, rendition_id=item.pk, parts=PASTED, keys={0})
    with pytest.raises(NotFound):
        suggest(otto, item)


def test_none_chosen_is_said(ana, item):
    for keys in (set(), {99}):
        with refused(rules.NOTHING_CHOSEN, Invalid):
            actions.accept_suggestions(officer=ana, rendition_id=item.pk, parts=PASTED, keys=keys)


def test_looking_asks_the_same_however_much_is_found(ana, item, django_assert_max_num_queries):
    for text in (TEXT, TEXT * 20):
        with django_assert_max_num_queries(14):
            actions.suggest(officer=fresh_deeds(ana), rendition_id=item.pk, parts=[Part(None, text)])


def fresh_deeds(officer):
    """An officer whose agency, country and deeds are at hand, as after the first look."""
    assert officer.deeds
    assert officer.agency.jurisdiction.code
    return officer


@pytest.fixture
def speaking(ana, case):
    """An item whose own paragraph names something."""
    words = BERTH | {"text": f"<b>Note</b> {TEXT}"}
    return intelligence.record_item(officer=ana, casefile_id=case.pk, **said(paragraphs=[words]))


def test_the_own_paragraphs_are_looked_through_marked_and_taken_in_the_browser(ana, speaking):
    browser, path = browser_of(ana), f"/mentions/{speaking.pk}/suggestions/"
    assert path in browser.get(f"/mentions/{speaking.pk}/").content.decode()
    page = browser.get(path).content.decode()
    for shown in ("<mark>DE89 3704 0044 0532 0130 00</mark>", "&lt;b&gt;Note", "paragraph 1", "Checks out", "USD 500"):
        assert shown in page
    assert browser.post(path, {"key": ["0", "3"]}).headers["Location"] == path
    assert browser.post(path, {"one": "4"}).status_code == 302
    noted = Mention.objects.visible_to(ana)
    assert {(each.etype, each.paragraph) for each in noted} == {("account", 1), ("phone", 1), ("container", 1)}
    assert browser.post(path, {"decline": "1", "key": ["1", "2"]}).status_code == 302
    page = browser.get(path).content.decode()
    assert "Nothing new is found" in page
    assert "2 finds were declined earlier" in page
    assert browser.post(path, {"again": "1"}).status_code == 302
    assert "USD 500" in browser.get(path).content.decode()


def test_a_pasted_text_stays_while_its_finds_are_taken(ana, item):
    browser, path = browser_of(ana), f"/mentions/{item.pk}/suggestions/"
    page = browser.post(path, {"text": TEXT, "paragraph": "", "look": "1"}).content.decode()
    assert page.count("CSQU3054383") > 1
    mention = note(ana, item, identifiers=[])
    answer = browser.post(path, {"text": TEXT, "paragraph": "1", "one": "0", "mention": str(mention.pk)})
    assert answer.status_code == 200
    assert "The identifiers are added." in answer.content.decode()
    assert Identifier.objects.visible_to(ana).get().mention_id == mention.pk
    assert browser.post(path, {"text": "x" * 20_001, "look": "1"}).status_code == 422
    assert browser.post(path, {"text": TEXT, "key": ["ghost"]}).status_code == 422
    assert browser.post(path, {}).status_code == 422


def test_a_partner_finds_no_door_to_a_version_it_does_not_hold(bela, item):
    assert browser_of(bela).get(f"/mentions/{item.pk}/suggestions/").status_code == 404
    sent = {"rendition_id": str(item.pk), "text": TEXT}
    assert machine_of(bela).post("/api/v1/suggestions/", sent).status_code == 404


def test_a_machine_looks_accepts_declines_and_takes_back(ana, item):
    machine, sent = machine_of(ana), {"rendition_id": str(item.pk), "text": TEXT, "paragraph": 1}
    rows = machine.post("/api/v1/suggestions/", sent).json()["results"]
    assert next((row["key"], row["type"], TEXT[row["start"] : row["end"]]) for row in rows) == (0, "iban", "DE89 3704 0044 0532 0130 00")
    assert len(machine.post("/api/v1/suggestions/accept/", sent | {"keys": [0, 3]}).json()["ids"]) == 2
    assert machine.post("/api/v1/suggestions/decline/", sent | {"keys": [1]}).json() == {"count": 1}
    rows = machine.post("/api/v1/suggestions/", sent).json()["results"]
    assert [(row["known"], row["declined"]) for row in rows[:3]] == [(True, False), (False, True), (False, False)]
    assert machine.post("/api/v1/suggestions/offer-again/", {"rendition_id": str(item.pk)}).json() == {"count": 1}
    assert machine.post("/api/v1/suggestions/", sent | {"text": "x" * 20_001}).status_code == 422
    assert machine.post("/api/v1/suggestions/accept/", sent | {"keys": []}).status_code == 422
