"""How subjects are related: judged on paragraphs, read by who sees both subjects and one of those, and no other agency's ever."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.entities import actions, rules
from cases.entities.models import FROM_HERE, FROM_THERE, Relation, RelationKind, RelationSupport
from cases.intelligence import actions as intelligence
from cases.records.models import RecordGrant
from kernel import grants as rights
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.asking import ABSENT, api, bodies, page
from tests.cases.entities.conftest import note
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh


@pytest.fixture
def tio(ana, item):
    return actions.make_subject(officer=ana, mention_ids=[note(ana, item, "Tio", identifiers=[]).pk], label="Tio")


@pytest.fixture
def number(ana, item):
    return actions.make_subject(officer=ana, mention_ids=[note(ana, item, "The Lagoon number", etype="phone").pk])


@pytest.fixture
def other_item(ana, case):
    return intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title="Second talk"))


def related(officer, subject, other, *supports, kind="uses", **facts):
    return actions.relate_subjects(
        officer=officer, subject_id=subject.pk, other_id=other.pk, kind=kind, supports=[(each.pk, 1) for each in supports], **facts
    )


def edges(officer, subject):
    return [
        (str(each.words), each.other.called, [held.row.rendition_id for held in each.supports])
        for each in actions.open_subject(officer=officer, subject_id=subject.pk).related
    ]


def test_two_subjects_are_related_on_paragraphs_and_it_is_read_from_both_ends(ana, sami, tio, number, item):
    relation = related(ana, tio, number, item, description="On Fridays.", began_on=date(2026, 3, 1), confidence="high")
    assert edges(sami, tio) == [("uses", "The Lagoon number", [item.pk])]
    assert edges(sami, number) == [("is used by", "Tio", [item.pk])]
    opened = actions.open_relation(officer=sami, relation_id=relation.pk)
    assert (opened.relation.said, opened.relation.days, opened.stands) == ("On Fridays.", (date(2026, 3, 1), None), True)
    line = Event.objects.get(kind="entities.relation.made")
    assert (line.subject_id, line.owner_id) == (relation.pk, ana.agency_id)


def test_every_kind_is_said_in_both_directions():
    assert set(FROM_HERE) == set(FROM_THERE) == set(RelationKind.values)
    both_ways = {kind for kind in RelationKind.values if FROM_HERE[kind] == FROM_THERE[kind]}
    assert both_ways == {"associate", "family", "contact", "met", "other"}


def test_a_relation_rests_on_a_paragraph_that_is_there_and_seen(ana, tio, number, item, theirs):
    ends = {"officer": ana, "subject_id": tio.pk, "other_id": number.pk, "kind": "uses"}
    with refused(rules.SUPPORT_WANTED, Invalid):
        actions.relate_subjects(**ends, supports=[])
    with refused(rules.NO_SUCH_PARAGRAPH, Invalid):
        actions.relate_subjects(**ends, supports=[(item.pk, 1), (item.pk, 99)])
    for hidden in (theirs.pk, ABSENT):
        with pytest.raises(NotFound):
            actions.relate_subjects(**ends, supports=[(item.pk, 1), (hidden, 1)])
    with refused(rules.RELATED_TO_ITSELF, Invalid):
        actions.relate_subjects(**ends | {"other_id": tio.pk}, supports=[(item.pk, 1)])
    with pytest.raises(Invalid):
        actions.relate_subjects(**ends | {"kind": "other"}, supports=[(item.pk, 1)])
    with pytest.raises(Invalid):
        actions.relate_subjects(**ends, supports=[(item.pk, 1)], began_on=date(2026, 3, 2), ceased_on=date(2026, 3, 1))
    assert not Relation.objects.visible_to(ana).exists()


def test_relations_that_differ_stand_side_by_side(ana, tio, number, item):
    related(ana, tio, number, item, kind="uses")
    related(ana, number, tio, item, kind="owns")
    related(ana, tio, number, item, kind="uses", confidence="low")
    assert sorted(words for words, _other, _supports in edges(ana, tio)) == ["is owned by", "uses", "uses"]


def test_a_relation_is_shown_with_exactly_the_supports_that_its_reader_sees_and_without_any_it_is_not_there(
    ana, sami, alma, tio, number, item, case
):
    """Sami sees all; Alma, of the second case alone, sees both subjects and one support, or none."""
    wide = casefiles.open_case(officer=ana, title="Wide", team=[alma.pk])
    hers = intelligence.record_item(officer=ana, casefile_id=wide.pk, **said(title="What Alma reads"))
    actions.group_mentions(officer=ana, subject_id=tio.pk, mention_ids=[note(ana, hers, "Tio", identifiers=[]).pk])
    actions.group_mentions(officer=ana, subject_id=number.pk, mention_ids=[note(ana, hers, "The number", etype="phone").pk])
    relation = related(ana, tio, number, item, description="Canary of the first item.", began_on=date(2026, 3, 1))
    assert edges(alma, tio) == []
    with pytest.raises(NotFound):
        actions.open_relation(officer=alma, relation_id=relation.pk)
    actions.support_relation(officer=ana, relation_id=relation.pk, supports=[(hers.pk, 1)])
    assert edges(alma, tio) == [("uses", "The number", [hers.pk])]
    opened = actions.open_relation(officer=alma, relation_id=relation.pk)
    assert (opened.relation.said, opened.relation.days) == ("", (None, None))
    assert "Canary" not in page(alma, "get", f"/relations/{relation.pk}/").text
    assert item.title not in page(alma, "get", f"/relations/{relation.pk}/").text
    hidden = RelationSupport.objects.visible_to(ana).get(rendition=item)
    with pytest.raises(NotFound):
        actions.withdraw_support(officer=alma, support_id=hidden.pk, reason="Mine.")
    assert edges(ana, tio)[0][2] == [item.pk, hers.pk]


def test_who_sees_one_subject_alone_sees_no_relation(ana, alma, tio, number, item, case):
    wide = casefiles.open_case(officer=ana, title="Wide", team=[alma.pk])
    hers = intelligence.record_item(officer=ana, casefile_id=wide.pk, **said())
    actions.group_mentions(officer=ana, subject_id=tio.pk, mention_ids=[note(ana, hers, "Tio", identifiers=[]).pk])
    relation = related(ana, tio, number, hers)
    assert edges(alma, tio) == []
    with pytest.raises(NotFound):
        actions.open_relation(officer=alma, relation_id=relation.pk)


@pytest.mark.parametrize("who", ["alma", "bela", "breno", "otto", "iris", "adam"])
def test_a_relation_crosses_no_border_though_what_it_rests_on_was_released(ana, bela, cast, tio, number, item, who):
    relation = related(ana, tio, number, item)
    support = RelationSupport.objects.visible_to(ana).get()
    released(item, bela)
    person = fresh(cast[who])
    for deed, facts in (
        (actions.open_relation, {"relation_id": relation.pk}), (actions.end_relation, {"relation_id": relation.pk, "reason": "Mine."}),
        (actions.begin_support, {"relation_id": relation.pk}), (actions.withdraw_support, {"support_id": support.pk, "reason": "Mine."}),
        (actions.support_relation, {"relation_id": relation.pk, "supports": [(item.pk, 1)]}),
        (actions.find_others, {"subject_id": tio.pk}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            deed(officer=person, **facts)
    with pytest.raises((NotFound, NotAllowed)):
        related(person, tio, number, item)
    assert not Relation.objects.visible_to(person).exists()
    assert not RelationSupport.objects.visible_to(person).exists()
    assert actions.list_relations(officer=person).rows == []


def test_received_intelligence_supports_a_relation_until_it_is_recalled(ana, bela, agreement, tio, number, theirs):
    cause = released(theirs, ana)
    relation = related(ana, tio, number, theirs)
    assert actions.open_relation(officer=ana, relation_id=relation.pk).stands
    rights.end(RecordGrant, cause=cause)
    assert edges(ana, tio) == []
    with pytest.raises(NotFound):
        actions.open_relation(officer=ana, relation_id=relation.pk)


def test_a_support_with_a_newer_version_says_so_and_a_relation_without_another_too(ana, sami, tio, number, item, other_item):
    relation = related(ana, tio, number, item)
    corrected = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Misheard.", **said())
    opened = actions.open_relation(officer=sami, relation_id=relation.pk)
    assert ([held.newer for held in opened.supports], opened.stands) == ([corrected], False)
    shown = page(sami, "get", f"/relations/{relation.pk}/").text
    assert "A newer version stands" in shown
    assert "No paragraph that you see supports it any longer" in shown
    assert "No paragraph supports it any longer" in page(sami, "get", f"/subjects/{tio.pk}/").text
    actions.support_relation(officer=ana, relation_id=relation.pk, supports=[(other_item.pk, 1)])
    assert actions.open_relation(officer=sami, relation_id=relation.pk).stands


def test_a_support_is_withdrawn_for_a_reason_and_may_be_put_back(ana, tio, number, item):
    relation = related(ana, tio, number, item)
    [support] = RelationSupport.objects.visible_to(ana)
    with pytest.raises(Invalid):
        actions.withdraw_support(officer=ana, support_id=support.pk, reason=" ")
    actions.withdraw_support(officer=ana, support_id=support.pk, reason="He meant another number.")
    assert not actions.open_relation(officer=ana, relation_id=relation.pk).stands
    with refused(rules.SUPPORT_WITHDRAWN, Conflict):
        actions.withdraw_support(officer=ana, support_id=support.pk, reason="Again.")
    actions.support_relation(officer=ana, relation_id=relation.pk, supports=[(item.pk, 1)])
    actions.support_relation(officer=ana, relation_id=relation.pk, supports=[(item.pk, 1)])  # what is there is not doubled
    opened = actions.open_relation(officer=ana, relation_id=relation.pk)
    assert ([held.row.ended_at is None for held in opened.supports], opened.stands) == ([False, True], True)


def test_a_relation_is_taken_back_for_a_reason_and_stays_in_the_history(ana, sami, tio, number, item):
    relation = related(ana, tio, number, item)
    with pytest.raises(Invalid):
        actions.end_relation(officer=ana, relation_id=relation.pk, reason=" ")
    actions.end_relation(officer=ana, relation_id=relation.pk, reason="It was his brother.")
    for deed, facts in (
        (actions.end_relation, {"reason": "Again."}), (actions.support_relation, {"supports": [(item.pk, 1)]})
    ):  # fmt: skip
        with refused(rules.RELATION_ENDED, Conflict):
            deed(officer=ana, relation_id=relation.pk, **facts)
    assert actions.list_relations(officer=ana).rows == []
    [ended] = actions.list_relations(officer=ana, subject_id=number.pk, ended=True).rows
    assert (ended.relation.why_ended, ended.relation.ended_by) == ("It was his brother.", ana)
    assert "It was his brother." in page(ana, "get", f"/subjects/{tio.pk}/").text


def test_what_was_judged_is_neither_changed_nor_deleted_whatever_the_code_does(ana, tio, number, item):
    relation = related(ana, tio, number, item, description="As it was.")
    rows, supports = Relation.objects.visible_to(ana), RelationSupport.objects.visible_to(ana)
    deeds = (
        lambda: Relation.objects.unscoped("a test").filter(pk=relation.pk).update(description="As it never was."),
        lambda: Relation.objects.unscoped("a test").filter(pk=relation.pk).delete(),
        lambda: RelationSupport.objects.unscoped("a test").update(paragraph=2),
        lambda: RelationSupport.objects.unscoped("a test").delete(),
        lambda: RelationSupport.objects.bulk_create([RelationSupport(relation=relation, rendition=item, paragraph=77, made_by=ana)]),
    )
    for deed in deeds:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    assert (rows.count(), supports.count()) == (1, 1)


def test_only_who_records_intelligence_judges(sami, ana, tio, number, item):
    relation = related(ana, tio, number, item)
    support = RelationSupport.objects.visible_to(sami).get()
    for deed in (
        lambda: related(sami, tio, number, item),
        lambda: actions.begin_relation(officer=sami, subject_id=tio.pk, other_id=number.pk),
        lambda: actions.begin_support(officer=sami, relation_id=relation.pk),
        lambda: actions.support_relation(officer=sami, relation_id=relation.pk, supports=[(item.pk, 1)]),
        lambda: actions.withdraw_support(officer=sami, support_id=support.pk, reason="No."),
        lambda: actions.end_relation(officer=sami, relation_id=relation.pk, reason="No."),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert "Relate it to another" not in page(sami, "get", f"/subjects/{tio.pk}/").text


def test_a_relation_is_made_at_the_pages_in_two_steps(ana, tio, number, item, other_item):
    first = page(ana, "get", f"/subjects/{tio.pk}/relate/?q=lagoon").text
    assert f"/subjects/{tio.pk}/relate/{number.pk}/" in first
    assert "No subject that you see" in page(ana, "get", f"/subjects/{tio.pk}/relate/?q=nobody").text
    at = f"/subjects/{tio.pk}/relate/{number.pk}/"
    second = page(ana, "get", at).text
    assert f'value="{item.pk}:1"' in second
    assert "Mentions both" in second
    assert other_item.title not in second
    sent = {"kind": "back:uses", "confidence": "low", "support": [f"{item.pk}:1"], "description": "On Fridays."}
    for wrong in ({"support": []}, {"support": ["x"]}, {"support": [f"{item.pk}:0"]}, {"kind": "x"}, {"kind": "other", "description": ""}):
        assert page(ana, "post", at, sent | wrong).status_code == 422
    assert page(ana, "post", at, sent | {"support": [f"{item.pk}:99"]}).status_code == 422
    answer = page(ana, "post", at, sent)
    relation = Relation.objects.visible_to(ana).get()
    assert answer.url == f"/relations/{relation.pk}/"
    assert (relation.subject_id, relation.other_id, relation.kind) == (number.pk, tio.pk, "uses")  # turned round
    shown = page(ana, "get", answer.url).text
    assert f'href="/intelligence/{item.pk}/#p1"' in shown or f"{item.pk}/#p1" in shown
    assert page(ana, "get", f"{answer.url}supports/").status_code == 200
    assert page(ana, "post", f"{answer.url}supports/", {"support": [f"{other_item.pk}:1"]}).url == answer.url
    support = RelationSupport.objects.visible_to(ana).get(rendition=item)
    assert page(ana, "post", f"/relations/supports/{support.pk}/withdraw/", {"reason": "Misread."}).url == answer.url
    assert page(ana, "post", f"{answer.url}end/", {}).status_code == 422
    assert page(ana, "post", f"{answer.url}end/", {"reason": "Over."}).url == answer.url


def test_relations_at_the_machine_door(ana, sami, tio, number, item):
    sent = {
        "subject_id": str(tio.pk),
        "other_id": str(number.pk),
        "kind": "uses",
        "supports": [{"rendition_id": str(item.pk), "paragraph": 1}],
    }
    made = api(ana, "post", "relations/", sent)
    assert made.status_code == 201
    at = f"relations/{made.data['id']}/"
    assert api(ana, "post", "relations/", sent | {"supports": [{"rendition_id": str(item.pk), "paragraph": 9}]}).status_code == 422
    [edge] = api(sami, "get", f"relations/?subject_id={number.pk}").data["results"]
    assert (edge["subject"]["label"], edge["kind"], edge["other"]["label"], edge["stands"]) == ("Tio", "uses", "The Lagoon number", True)
    assert api(sami, "get", f"subjects/{tio.pk}/").data["related"][0]["id"] == made.data["id"]
    [support] = api(sami, "get", at).data["supports"]
    assert api(ana, "post", f"supports/{support['id']}/withdraw/", {"reason": "Misread."}).status_code == 200
    assert api(ana, "post", f"{at}supports/", {"supports": sent["supports"]}).status_code == 200
    assert api(ana, "post", f"{at}end/", {"reason": "Over."}).status_code == 200
    assert api(sami, "get", "relations/").data["results"] == []
    assert len(api(sami, "get", "relations/?ended=true").data["results"]) == 1


def test_a_hidden_relation_answers_as_an_absent_one(ana, bela, tio, number, item):
    relation = related(ana, tio, number, item)
    released(item, bela)
    assert len(bodies(page, bela, "/relations/{}/", relation.pk)) == 1
    assert len(bodies(api, bela, "relations/{}/", relation.pk)) == 1


def test_edges_cost_the_same_however_many_there_are(ana, tio, number, item, django_assert_max_num_queries):
    for _nth in range(8):
        related(ana, tio, number, item)
    with django_assert_max_num_queries(14):
        assert len(actions.list_relations(officer=ana).rows) == 8
