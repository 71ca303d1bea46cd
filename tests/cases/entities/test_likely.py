"""Who may be the same is offered from what an officer sees and from nothing else, and judged once."""

import pytest

from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.entities import actions, rules
from cases.entities.models import HeldApart, Mention, NameKey, Subject
from cases.entities.names import keys_of, likeness, words_of
from cases.intelligence import actions as intelligence
from kernel.errors import Invalid, NotAllowed, NotFound
from tests.cases.doors import browser_of, machine_of
from tests.cases.entities.conftest import LAGOON, note
from tests.cases.entities.test_pages import typed
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh

ALIKE = [
    ("José de Souza Peixoto", "Jose Sousa Peixotto"),
    ("Quintelas, Dário", "Dario Quintelas"),
    ("D. Quintelas", "Dario Quintelas"),
    ("Dario Quintelas", "Dario Quintela Rocha"),
    ("Polar Brisa Logística Ltda", "Polar Brisa Logistica"),
    ("Maria José Silva", "Mariajose Silva"),
    ("Ximena Vázquez Paz", "Ximena Basquez Pas"),
    ("Дарио Кинтелас", "Кинтелас Дарио"),
    ("Tio", "Tío"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_are_alike_across_accents_order_particles_and_one_slip(one, other):
    assert likeness(words_of(one), words_of(other)) > 0
    assert keys_of([one]) & keys_of([other])


@pytest.mark.parametrize(
    ("one", "other"), [("Ana Paz", "Eva Paz"), ("Juan Perez", "Juana Perez"), ("Tio", "Tio Vaz"), ("", ""), ("", "Tio")]
)
def test_namesakes_in_part_are_not_alike(one, other):
    assert likeness(words_of(one), words_of(other)) == 0


def find(officer, item, name="", **facts):
    return actions.find_likely(officer=officer, rendition_id=item.pk, etype="person", name=name, **facts)


def named(found):
    return [each.mention.name for each in found]


def test_what_is_typed_is_compared_by_name_alias_and_number_the_strongest_first(ana, case, item):
    note(ana, item, name="Dario Quintelas", identifiers=[])
    note(ana, item, name="Nobody", attributes={"aliases": ["Quintelas Dário"]}, identifiers=[])
    note(ana, item, name="The Lagoon man")
    note(ana, item, name="Dario Quintelas", etype="vessel")
    found = find(ana, item, "Dario Quintelas", identifiers=[LAGOON])
    assert named(found)[0] == "The Lagoon man"
    assert set(named(found)) == {"The Lagoon man", "Dario Quintelas", "Nobody"}
    assert [number.raw for number in found[0].numbers] == [LAGOON["raw"]]
    assert Line.objects.filter(kind="entities.likeness.sought").exists()
    assert find(ana, item, "Somebody Else") == []


def test_what_is_hidden_changes_neither_who_is_offered_nor_their_order(ana, bela, colleague, case, item, theirs):
    note(ana, item, name="Dario Quintelas", identifiers=[])
    secret = casefiles.open_case(officer=ana, title="Compartment", is_compartment=True)
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=colleague.pk)
    before = [(each.mention.pk, each.strength) for each in find(fresh(colleague), item, "Dario Quintelas", identifiers=[LAGOON])]
    hidden = intelligence.record_item(officer=ana, casefile_id=secret.pk, **said())
    for _again in range(3):
        note(ana, hidden, name="Dario Quintelas")
        note(bela, theirs, name="Dario Quintelas")
    after = [(each.mention.pk, each.strength) for each in find(fresh(colleague), item, "Dario Quintelas", identifiers=[LAGOON])]
    assert after == before
    assert len(before) == 1
    with pytest.raises(NotFound):
        find(fresh(colleague), hidden, "Dario Quintelas")


def test_looking_asks_the_same_however_many_are_alike(ana, item, django_assert_num_queries):
    assert ana.deeds
    for _more in range(2):
        for _each in range(5):
            note(ana, item)
        with django_assert_num_queries(10):
            find(ana, item, "Dario Quintelas", identifiers=[LAGOON])


def test_two_mentions_are_put_into_one_subject_and_then_not_offered_any_more(ana, case, item):
    one, other = note(ana, item), note(ana, item, name="Quintelas, Dario", identifiers=[])
    assert named(actions.compare_mention(officer=ana, mention_id=one.pk).likely) == [other.name]
    subject = actions.take_for_one(officer=ana, mention_id=one.pk, other_id=other.pk)
    assert len(actions.open_subject(officer=ana, subject_id=subject.pk).rows) == 2
    assert actions.compare_mention(officer=ana, mention_id=one.pk).likely == []
    third = note(ana, item, name="D. Quintelas", identifiers=[])
    (offered,) = actions.compare_mention(officer=ana, mention_id=third.pk).likely  # one for a subject
    assert actions.take_for_one(officer=ana, mention_id=third.pk, other_id=offered.mention.pk).pk == subject.pk


def test_two_subjects_become_one_the_one_that_says_what_its_person_is_is_kept(ana, item):
    first, second, third = note(ana, item), note(ana, item, name="Second"), note(ana, item, name="Third", identifiers=[])
    plain = actions.make_subject(officer=ana, mention_ids=[first.pk, third.pk])
    minor = actions.make_subject(officer=ana, mention_ids=[second.pk], category="minor", category_reason="Fifteen.")
    kept = actions.take_for_one(officer=ana, mention_id=first.pk, other_id=second.pk)
    assert kept.pk == minor.pk
    assert len(actions.open_subject(officer=ana, subject_id=kept.pk).rows) == 3
    assert not Subject.objects.visible_to(ana).filter(pk=plain.pk).exists()
    actions.ungroup_mention(officer=ana, subject_id=kept.pk, mention_id=third.pk)
    assert len(actions.open_subject(officer=ana, subject_id=kept.pk).rows) == 2


def test_subjects_that_say_different_things_of_their_person_are_not_joined_unseen(ana, item):
    one, other = note(ana, item), note(ana, item, name="Other")
    for mention, category in ((one, "minor"), (other, "suspect")):
        actions.make_subject(officer=ana, mention_ids=[mention.pk], category=category, category_reason="Known.")
    with refused(rules.CALLED_DIFFERENTLY, Invalid):
        actions.take_for_one(officer=ana, mention_id=one.pk, other_id=other.pk)
    vessel = note(ana, item, etype="vessel")
    with refused(rules.MIXED_TYPES, Invalid):
        actions.take_for_one(officer=ana, mention_id=one.pk, other_id=vessel.pk)


def test_a_pair_held_apart_is_not_offered_again_to_the_agency_nor_from_a_newer_version_until_taken_back(ana, sami, item):
    one, other = note(ana, item), note(ana, item, name="Dario Quintelas Paz")
    held = actions.hold_apart(officer=ana, mention_id=other.pk, other_id=one.pk)
    assert actions.hold_apart(officer=ana, mention_id=one.pk, other_id=other.pk).pk == held.pk
    for officer in (ana, sami):
        seen = actions.compare_mention(officer=fresh(officer), mention_id=one.pk)
        assert ([*seen.likely], [pair.pk for pair in seen.apart]) == ([], [held.pk])
    subject = actions.make_subject(officer=ana, mention_ids=[one.pk])
    assert actions.open_subject(officer=ana, subject_id=subject.pk).alike == []
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Typing error.", **said())
    copies = actions.take_over_mentions(officer=ana, rendition_id=newer.pk, from_rendition_id=item.pk)
    assert HeldApart.objects.visible_to(ana).filter(one__in=copies, other__in=copies).count() == 1
    actions.compare_again(officer=ana, pair_id=held.pk)
    assert named(actions.compare_mention(officer=ana, mention_id=one.pk).likely)
    with pytest.raises(NotFound):
        actions.compare_again(officer=ana, pair_id=held.pk)


def test_another_agency_judges_for_itself_and_learns_of_no_pair(ana, bela, item, theirs):
    one, other = note(ana, item), note(ana, item, name="Dario Quintelas Paz")
    held = actions.hold_apart(officer=ana, mention_id=one.pk, other_id=other.pk)
    released(item, bela)
    seen = actions.compare_mention(officer=fresh(bela), mention_id=one.pk)
    assert (named(seen.likely), seen.apart) == ([other.name], [])
    with pytest.raises(NotFound):
        actions.compare_again(officer=fresh(bela), pair_id=held.pk)
    hidden = note(bela, theirs)
    for deed in (actions.take_for_one, actions.hold_apart):
        for pair in ((one.pk, hidden.pk), (hidden.pk, one.pk), (one.pk, one.pk)):
            with pytest.raises(NotFound):
                deed(officer=ana, mention_id=pair[0], other_id=pair[1])


def test_who_does_not_record_intelligence_judges_nothing(ana, sami, otto, item):
    one, other = note(ana, item), note(ana, item, name="Dario Quintelas Paz")
    held = actions.hold_apart(officer=ana, mention_id=one.pk, other_id=other.pk)
    for deed in (actions.take_for_one, actions.hold_apart):
        with pytest.raises(NotAllowed):
            deed(officer=sami, mention_id=one.pk, other_id=other.pk)
    with pytest.raises(NotAllowed):
        actions.compare_again(officer=sami, pair_id=held.pk)
    with pytest.raises(NotFound):
        actions.compare_mention(officer=otto, mention_id=one.pk)


def test_a_name_typed_is_offered_its_double_on_the_form_and_in_the_panel(ana, item):
    note(ana, item, name="Quintelas, Dário", identifiers=[])
    browser, path = browser_of(ana), f"/mentions/{item.pk}/alike/"
    page = browser.post(path, typed(("phone", "", "+999 55"))).content.decode()
    for shown in ("Perhaps the same", "Quintelas, Dário", "The same name", "+999 55", "The driver"):
        assert shown in page
    assert page.count(f'"/mentions/{item.pk}/new/"') == 2  # where the form is sent from here, and where it grows
    panel = browser.post(path, typed(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel
    assert "Quintelas, Dário" in panel
    assert "Nobody and nothing that you see" in browser.post(path, typed(name="Zoe", aliases="")).content.decode()
    assert browser.post(path, typed(name="x" * 301)).status_code == 422
    assert browser.post(path, typed(("phone", "", "nul\x00"))).status_code == 200


def test_once_noted_the_double_is_one_button_away_and_a_minor_is_marked_wherever_named(ana, case, item):
    first = note(ana, item, name="Quintelas, Dário", identifiers=[])
    actions.make_subject(officer=ana, mention_ids=[first.pk], category="minor", category_reason="Fifteen.", label="The boy")
    browser = browser_of(ana)
    compared = browser.post(f"/mentions/{item.pk}/new/", typed()).headers["Location"]
    mention = Mention.objects.visible_to(ana).exclude(pk=first.pk).get()
    assert compared == f"/mentions/compared/{mention.pk}/"
    page = browser.get(compared).content.decode()
    for shown in ("The same name", '<span class="chip plum">Minor</span>', "put both into one subject"):
        assert shown in page
    held = browser.post(f"{compared}apart/{first.pk}/")
    assert "Held apart" in browser.get(held.headers["Location"]).content.decode()
    pair = HeldApart.objects.visible_to(ana).get()
    assert browser.post(f"/mentions/apart/{pair.pk}/again/").status_code == 302
    made = browser.post(f"{compared}same/{first.pk}/").headers["Location"]
    for path in (made, compared, "/subjects/", f"/cases/{case.pk}/entities/", f"/mentions/{item.pk}/", f"{made}change/"):
        assert '<span class="chip plum">Minor</span>' in browser.get(path).content.decode(), path
    assert "The boy (Minor)" in browser.get(f"/subjects/new/?mention={mention.pk}").content.decode()


def test_a_machine_finds_judges_and_takes_back(ana, item):
    machine, one, other = machine_of(ana), note(ana, item), note(ana, item, name="Quintelas, Dario")
    begun = {"rendition_id": str(item.pk), "etype": "person", "name": "Dario Quintelas"}
    rows = machine.post("/api/v1/mentions/likely/", begun).json()["results"]
    assert {row["id"] for row in rows} == {str(one.pk), str(other.pk)}
    path = f"/api/v1/mentions/{one.pk}/"
    (row,) = machine.get(f"{path}likely/").json()["results"]
    assert (row["id"], row["likeness"], [each["type"] for each in row["same"]]) == (str(other.pk), 1.0, ["phone"])
    held = machine.post(f"{path}apart/", {"other_id": str(other.pk)}).json()
    assert machine.get(f"{path}likely/").json()["results"] == []
    assert machine.post("/api/v1/mentions/compare-again/", {"pair_id": held["id"]}).status_code == 200
    made = machine.post(f"{path}same/", {"other_id": str(other.pk)}).json()
    assert len(machine.get(f"/api/v1/subjects/{made['id']}/").json()["mentions"]) == 2


def test_every_way_of_noting_leaves_the_keys(ana, item):
    note(ana, item, attributes={"nicknames": ["Tio"]})
    assert set(NameKey.objects.visible_to(ana).values_list("key", flat=True)) == keys_of(["Dario Quintelas", "Tio"])
