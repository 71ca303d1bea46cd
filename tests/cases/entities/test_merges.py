"""Two subjects put together with what the officer sees of them, and made two again in one step."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.entities import actions, rules
from cases.entities.models import Relation, Subject, SubjectMention, SubjectMerge
from cases.intelligence import actions as intelligence
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.asking import api, page
from tests.cases.entities.conftest import note
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cast import fresh


def subject(officer, item, name, **facts):
    return actions.make_subject(officer=officer, mention_ids=[note(officer, item, name, **facts).pk])


@pytest.fixture
def tio(ana, item):
    return subject(ana, item, "Tio Quintelas")


@pytest.fixture
def double(ana, item):
    return subject(ana, item, "T. Quintelas")


@pytest.fixture
def ship(ana, item):
    return subject(ana, item, "Corvina Dourada", etype="vessel", identifiers=[])


def related(officer, one, other, item, kind="uses"):
    return actions.relate_subjects(officer=officer, subject_id=one.pk, other_id=other.pk, kind=kind, supports=[(item.pk, 1)])


def merged(officer, kept, gone, reason="The same number."):
    return actions.merge_subjects(officer=officer, subject_id=kept.pk, other_id=gone.pk, reason=reason)


def mentions(officer, one):
    return sorted(SubjectMention.objects.visible_to(officer).filter(subject=one).values_list("mention__name", flat=True))


def ends(officer):
    return sorted(Relation.objects.visible_to(officer).values_list("subject", "other", "kind"))


def test_mentions_and_relations_go_over_and_all_of_it_goes_back_in_one_step(ana, tio, double, ship, item):
    related(ana, tio, ship, item, "owns")
    related(ana, double, ship, item, "uses")
    related(ana, ship, double, item, "carried")
    before = ends(ana)
    merge = merged(ana, tio, double)
    assert mentions(ana, tio) == ["T. Quintelas", "Tio Quintelas"]
    assert not Subject.objects.visible_to(ana).filter(pk=double.pk).exists()
    assert ends(ana) == sorted([(tio.pk, ship.pk, "owns"), (tio.pk, ship.pk, "uses"), (ship.pk, tio.pk, "carried")])
    assert Event.objects.get(kind="entities.subject.merged").subject_id == tio.pk
    actions.undo_merge(officer=ana, merge_id=merge.pk)
    assert (mentions(ana, tio), mentions(ana, double)) == (["Tio Quintelas"], ["T. Quintelas"])
    assert ends(ana) == before
    with refused(rules.MERGE_UNDONE, Conflict):
        actions.undo_merge(officer=ana, merge_id=merge.pk)
    merged(ana, tio, double)  # and may be judged anew


def test_a_relation_between_the_two_waits_until_they_are_two_again(ana, tio, double, item):
    relation = related(ana, tio, double, item, "family")
    merge = merged(ana, tio, double)
    with pytest.raises(NotFound):
        actions.open_relation(officer=ana, relation_id=relation.pk)
    actions.undo_merge(officer=ana, merge_id=merge.pk)
    assert actions.open_relation(officer=ana, relation_id=relation.pk).relation == relation


def test_what_was_taken_off_since_stays_off_and_what_both_had_stays_with_both(ana, tio, double, item):
    shared = note(ana, item, "The driver")
    for one in (tio, double):
        actions.group_mentions(officer=ana, subject_id=one.pk, mention_ids=[shared.pk])
    later = note(ana, item, "Noted later")
    merge = merged(ana, tio, double)
    actions.group_mentions(officer=ana, subject_id=tio.pk, mention_ids=[later.pk])
    off = SubjectMention.objects.visible_to(ana).get(subject=tio, mention__name="T. Quintelas").mention_id
    actions.ungroup_mention(officer=ana, subject_id=tio.pk, mention_id=off)
    actions.undo_merge(officer=ana, merge_id=merge.pk)
    assert mentions(ana, tio) == ["Noted later", "The driver", "Tio Quintelas"]
    assert mentions(ana, double) == ["The driver"]


@pytest.fixture
def shared(ana, colleague, double):
    """A version that Ivo reads too, whose mention counts as the double; and one of his own that Ana does not see."""
    file = casefiles.open_case(officer=ana, title="Wide", team=[colleague.pk])
    version = intelligence.record_item(officer=ana, casefile_id=file.pk, **said())
    actions.group_mentions(officer=ana, subject_id=double.pk, mention_ids=[note(ana, version, "Seen by Ivo", identifiers=[]).pk])
    own = casefiles.open_case(officer=colleague, title="His own")
    hidden = intelligence.record_item(officer=colleague, casefile_id=own.pk, **said())
    actions.group_mentions(officer=colleague, subject_id=double.pk, mention_ids=[note(colleague, hidden, "Ivo's alone", identifiers=[]).pk])
    return version


def test_what_the_officer_does_not_see_stays_where_it_is(ana, colleague, tio, double, shared):
    merge = merged(ana, tio, double)
    assert mentions(colleague, double) == ["Ivo's alone"]
    assert mentions(colleague, tio) == ["Seen by Ivo"]
    actions.undo_merge(officer=ana, merge_id=merge.pk)
    assert mentions(colleague, double) == ["Ivo's alone", "Seen by Ivo"]
    assert mentions(colleague, tio) == []


def test_a_merge_tells_its_reader_what_they_see_of_it_and_goes_back_whole_whoever_undoes_it(ana, colleague, tio, double, shared):
    merge = merged(ana, tio, double, reason="Canary of the reason.")
    shown = page(colleague, "get", f"/subjects/{tio.pk}/").text
    assert "1 mention came from another subject." in shown
    assert "Canary of the reason." not in shown
    assert "Canary of the reason." in page(ana, "get", f"/subjects/{tio.pk}/").text
    actions.undo_merge(officer=colleague, merge_id=merge.pk)
    assert mentions(ana, double) == ["Seen by Ivo", "T. Quintelas"]
    assert mentions(ana, tio) == ["Tio Quintelas"]


@pytest.fixture
def wide(ana, colleague):
    """A version that Ivo reads as well."""
    file = casefiles.open_case(officer=ana, title="Wide", team=[colleague.pk])
    return intelligence.record_item(officer=ana, casefile_id=file.pk, **said())


def test_who_sees_nothing_of_what_went_over_learns_of_no_merge_and_undoes_none(ana, colleague, tio, double, wide):
    actions.group_mentions(officer=ana, subject_id=tio.pk, mention_ids=[note(ana, wide, "Seen by Ivo", identifiers=[]).pk])
    merge = merged(ana, tio, double)
    assert mentions(colleague, tio) == ["Seen by Ivo"]
    assert "came from another subject" not in page(colleague, "get", f"/subjects/{tio.pk}/").text
    assert api(colleague, "get", f"subjects/{tio.pk}/").json()["merges"] == []
    with pytest.raises(NotFound):
        actions.undo_merge(officer=colleague, merge_id=merge.pk)
    assert mentions(ana, tio) == ["Seen by Ivo", "T. Quintelas", "Tio Quintelas"]


def test_the_reason_of_a_merge_is_for_who_sees_both_halves_whole(ana, colleague, tio, wide):
    gone = actions.make_subject(officer=ana, mention_ids=[note(ana, wide, "The driver", identifiers=[]).pk])
    merged(ana, tio, gone, reason="Canary of the wiretap.")
    shown = page(colleague, "get", f"/subjects/{tio.pk}/").text
    assert "1 mention came from another subject." in shown
    assert "Canary of the wiretap." not in shown
    assert "Canary of the wiretap." in page(ana, "get", f"/subjects/{tio.pk}/").text


def test_the_one_that_says_what_its_person_is_in_the_case_is_kept(ana, tio, double):
    actions.change_subject(officer=ana, subject_id=double.pk, category="witness", category_reason="He saw it.")
    assert merged(ana, tio, double).kept == double


def test_subjects_that_cannot_be_one_are_not_put_together(ana, tio, double, ship, item):
    with refused(rules.RELATED_TO_ITSELF, Invalid):
        merged(ana, tio, tio)
    with refused(rules.MIXED_TYPES, Invalid):
        merged(ana, tio, ship)
    with pytest.raises(Invalid):
        merged(ana, tio, double, reason=" ")
    ids = [SubjectMention.objects.visible_to(ana).get(subject=one).mention_id for one in (tio, double)]
    held = actions.hold_apart(officer=ana, mention_id=ids[0], other_id=ids[1])
    with refused(rules.HELD_APART, Conflict):
        merged(ana, tio, double)
    actions.compare_again(officer=ana, pair_id=held.pk)
    actions.change_subject(officer=ana, subject_id=tio.pk, category="suspect", category_reason="So it is.")
    actions.change_subject(officer=ana, subject_id=double.pk, category="witness", category_reason="He saw it.")
    with refused(rules.CALLED_DIFFERENTLY, Invalid):
        merged(ana, tio, double)


def test_taken_for_one_by_their_mentions_two_subjects_can_be_made_two_again_as_well(ana, tio, double, ship, item):
    related(ana, double, ship, item)
    ids = [SubjectMention.objects.visible_to(ana).get(subject=one).mention_id for one in (tio, double)]
    kept = actions.take_for_one(officer=ana, mention_id=ids[0], other_id=ids[1])
    assert ends(ana) == [(kept.pk, ship.pk, "uses")]
    [merge] = SubjectMerge.objects.visible_to(ana)
    actions.undo_merge(officer=ana, merge_id=merge.pk)
    assert (mentions(ana, tio), mentions(ana, double)) == (["Tio Quintelas"], ["T. Quintelas"])
    assert ends(ana) == [(double.pk, ship.pk, "uses")]


@pytest.mark.parametrize("who", ["alma", "bela", "otto", "iris", "adam"])
def test_subjects_and_merges_out_of_sight_are_not_there(ana, cast, tio, double, who):
    person = fresh(cast[who])
    with pytest.raises((NotFound, NotAllowed)):
        merged(person, tio, double)
    merge = merged(ana, tio, double)
    with pytest.raises(NotFound):
        actions.undo_merge(officer=person, merge_id=merge.pk)
    assert not SubjectMerge.objects.visible_to(person).exists()


def test_only_who_records_intelligence_puts_together(ana, sami, tio, double):
    with pytest.raises(NotAllowed):
        merged(sami, tio, double)
    merge = merged(ana, tio, double)
    with pytest.raises(NotAllowed):
        actions.undo_merge(officer=sami, merge_id=merge.pk)
    assert "Make them two again" not in page(sami, "get", f"/subjects/{tio.pk}/").text


def test_what_went_over_stays_written_down_whatever_the_code_does(ana, tio, double):
    merge = merged(ana, tio, double)
    rows = SubjectMerge.objects.visible_to(ana)
    for deed in (lambda: rows.update(moved=[]), lambda: rows.filter(pk=merge.pk).delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_likely_doubles_are_offered_on_the_subjects_page_and_put_together_there(ana, sami, tio, double):
    at = f"/subjects/{tio.pk}/merge/{double.pk}/"
    assert at in page(ana, "get", f"/subjects/{tio.pk}/").text
    assert at not in page(sami, "get", f"/subjects/{tio.pk}/").text
    assert "Same Phone" in page(ana, "get", at).text
    assert page(ana, "post", at, {"reason": ""}).status_code == 422
    assert page(ana, "post", at, {"reason": "The same number."}).url == f"/subjects/{tio.pk}/"
    merge = SubjectMerge.objects.visible_to(ana).get()
    assert f"/subjects/merges/{merge.pk}/undo/" in page(ana, "get", f"/subjects/{tio.pk}/").text
    assert page(ana, "post", f"/subjects/merges/{merge.pk}/undo/").url == f"/subjects/{tio.pk}/"


def test_two_that_are_not_alike_are_found_by_name_and_put_together(ana, sami, tio, ship, item):
    other = subject(ana, item, "The Notary", identifiers=[])
    at, likely = f"/subjects/{tio.pk}/", f"/subjects/{tio.pk}/merge/{other.pk}/"
    assert likely not in page(ana, "get", at).text
    for reader, led in ((ana, 1), (sami, 0)):
        assert page(reader, "get", at).text.count("The same as another subject") == led
    assert likely in page(ana, "get", f"{at}relate/?q=notary").text
    found = page(ana, "get", f"{at}relate/?q=corvina").text
    assert f"{at}relate/{ship.pk}/" in found
    assert f"{at}merge/{ship.pk}/" not in found, "a person is no ship"
    for one, category in ((tio, "suspect"), (other, "witness")):
        Subject.objects.visible_to(ana).filter(pk=one.pk).update(category=category, category_reason="As he said.")
    assert likely not in page(ana, "get", f"{at}relate/?q=notary").text, "what is called differently would be refused"
    Subject.objects.visible_to(ana).filter(pk=other.pk).update(category="suspect")
    apart = [SubjectMention.objects.visible_to(ana).get(subject=one).mention_id for one in (tio, other)]
    pair = actions.hold_apart(officer=ana, mention_id=apart[0], other_id=apart[1])
    assert likely not in page(ana, "get", f"{at}relate/?q=notary").text, "so would two that are held apart"
    actions.compare_again(officer=ana, pair_id=pair.pk)
    assert page(ana, "post", likely, {"reason": "The crew says so."}).url == at


def test_put_together_and_made_two_again_at_the_machine_door(ana, tio, double):
    made = api(ana, "post", f"subjects/{tio.pk}/merge/", {"other_id": str(double.pk), "reason": "The same number."})
    assert (made.status_code, made.data["kept_id"]) == (200, str(tio.pk))
    assert [each["id"] for each in api(ana, "get", f"subjects/{tio.pk}/").data["merges"]] == [made.data["id"]]
    assert api(ana, "post", f"merges/{made.data['id']}/undo/").status_code == 200
    assert api(ana, "post", f"merges/{made.data['id']}/undo/").status_code == 409
