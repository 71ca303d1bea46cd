"""One agency's own judgement that several mentions are the same; it never travels."""

import pytest

from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.entities import actions, rules
from cases.entities.models import Subject, SubjectMention
from cases.intelligence import actions as intelligence
from cases.records import grants
from kernel.errors import Invalid, NotAllowed, NotFound
from tests.cases.entities.conftest import LAGOON, note
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh


def facts_of(portrait):
    return {str(fact.label): (list(fact.values), fact.disputed) for fact in portrait.facts}


def test_a_subject_shows_each_fact_with_all_its_sources_and_where_they_differ(ana, case, item):
    first = note(ana, item, attributes={"aliases": ["Tio"], "born": ["1961"]})
    second_item = intelligence.record_item(officer=ana, casefile_id=case.pk, **said(title="Second report"))
    second = note(ana, second_item, name="D. Quintelas", attributes={"aliases": ["Tio"], "born": ["1962"], "country": "NM"})
    subject = actions.make_subject(officer=ana, mention_ids=[first.pk, second.pk])

    portrait = actions.open_subject(officer=ana, subject_id=subject.pk)
    assert (subject.label, portrait.subject.called) == ("", "Dario Quintelas")
    assert facts_of(portrait) == {
        "Name": (["Dario Quintelas", "D. Quintelas"], False),
        "Known as": (["Tio"], False),
        "Born": (["1961", "1962"], True),
        "Country": (["NM"], False),
    }
    (tio,) = (fact for fact in portrait.facts if str(fact.label) == "Known as")
    assert tio.values["Tio"] == [first, second]
    (number,) = portrait.numbers
    assert (number.identifier.normalised, number.said_by) == ("+999550147720", [first, second])
    assert portrait.cases == [case]
    assert Line.objects.filter(kind="entities.subject.viewed", subject_id=subject.pk).exists()


def test_an_unnamed_subject_is_called_as_the_first_mention_that_its_reader_sees(bela, ana, sami, theirs, item):
    foreign, ours = note(bela, theirs, name="Teodoro Vaz"), note(ana, item, name="Tio")
    released(theirs, ana)
    actions.make_subject(officer=ana, mention_ids=[foreign.pk, ours.pk])
    assert [row.subject.called for row in actions.list_subjects(officer=ana).rows] == ["Teodoro Vaz"]
    assert [row.subject.called for row in actions.list_subjects(officer=sami).rows] == ["Tio"]  # who was given nothing


def test_a_merge_of_subjects_shows_the_partner_nothing(ana, bela, item, theirs):
    ours, foreign = note(ana, item), note(bela, theirs)
    released(item, bela)
    released(theirs, ana)
    subject = actions.make_subject(officer=ana, mention_ids=[ours.pk, foreign.pk], label="CANARY judgement")

    assert not Subject.objects.visible_to(bela).exists()
    assert not SubjectMention.objects.visible_to(bela).exists()
    assert actions.list_subjects(officer=bela).rows == []
    for rendition in (item, theirs):
        assert actions.list_mentions(officer=bela, rendition_id=rendition.pk).page.rows[0].subjects == []
    with pytest.raises(NotFound):
        actions.open_subject(officer=bela, subject_id=subject.pk)
    with pytest.raises(NotFound):
        actions.group_mentions(officer=bela, subject_id=subject.pk, mention_ids=[ours.pk])
    assert set(Line.objects.filter(subject_id=subject.pk).values_list("owner_id", flat=True)) == {ana.agency_id}


def test_own_and_received_mentions_are_judged_together(ana, bela, item, theirs):
    ours, foreign = note(ana, item), note(bela, theirs, name="Quintelas, D.")
    released(theirs, ana)
    subject = actions.make_subject(officer=ana, mention_ids=[ours.pk])
    assert [row.mention for row in actions.open_subject(officer=ana, subject_id=subject.pk).alike] == [foreign]
    actions.group_mentions(officer=ana, subject_id=subject.pk, mention_ids=[foreign.pk])
    portrait = actions.open_subject(officer=ana, subject_id=subject.pk)
    assert {row.mention for row in portrait.rows} == {ours, foreign}
    assert portrait.alike == []
    assert [case.title for case in portrait.cases] == ["Operation Harbor Ledger"]


def test_what_a_colleague_may_not_see_is_not_in_the_subject_they_see(ana, colleague, case, item):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=colleague.pk)
    seen = note(ana, item)
    secret = casefiles.open_case(officer=ana, title="CANARY compartment", is_compartment=True)
    hidden_item = intelligence.record_item(officer=ana, casefile_id=secret.pk, **said(title="CANARY report"))
    hidden = note(ana, hidden_item, name="CANARY name", attributes={"aliases": ["CANARY alias"]})
    subject = actions.make_subject(officer=ana, mention_ids=[seen.pk, hidden.pk], label="Quintelas")

    portrait = actions.open_subject(officer=colleague, subject_id=subject.pk)
    assert [row.mention for row in portrait.rows] == [seen]
    assert portrait.cases == [case]
    assert "CANARY" not in str(facts_of(portrait))
    assert portrait.alike == []
    assert [(row.subject, row.mentions) for row in actions.list_subjects(officer=colleague).rows] == [(subject, 1)]
    assert actions.list_subjects(officer=colleague, q="CANARY").rows == []
    with pytest.raises(NotFound):
        actions.ungroup_mention(officer=colleague, subject_id=subject.pk, mention_id=hidden.pk)


def test_a_subject_of_nothing_one_sees_is_not_there(ana, alma, item):
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk])
    with pytest.raises(NotFound):
        actions.open_subject(officer=alma, subject_id=subject.pk)


def test_what_was_received_leaves_the_subject_when_its_release_ends(ana, bela, item, theirs):
    ours, foreign = note(ana, item), note(bela, theirs, name="CANARY foreign")
    cause = released(theirs, ana)
    subject = actions.make_subject(officer=ana, mention_ids=[ours.pk, foreign.pk])
    assert "CANARY" in str(facts_of(actions.open_subject(officer=ana, subject_id=subject.pk)))
    grants.end_release(cause)
    assert "CANARY" not in str(facts_of(actions.open_subject(officer=ana, subject_id=subject.pk)))


def test_a_judgement_is_taken_back_and_made_again(ana, item):
    first, second = note(ana, item), note(ana, item, name="Tio")
    subject = actions.make_subject(officer=ana, mention_ids=[first.pk, second.pk])
    assert actions.ungroup_mention(officer=ana, subject_id=subject.pk, mention_id=second.pk).still_seen
    assert [row.mention for row in actions.open_subject(officer=ana, subject_id=subject.pk).rows] == [first]
    actions.group_mentions(officer=ana, subject_id=subject.pk, mention_ids=[first.pk, second.pk])
    assert len(actions.open_subject(officer=ana, subject_id=subject.pk).rows) == 2
    ended = SubjectMention.objects.unscoped("test").filter(ended_at__isnull=False)
    assert [(row.mention_id, row.ended_by) for row in ended] == [(second.pk, ana)]
    for mention in (first, second):
        left = actions.ungroup_mention(officer=ana, subject_id=subject.pk, mention_id=mention.pk)
    assert not left.still_seen
    with pytest.raises(NotFound):
        actions.open_subject(officer=ana, subject_id=subject.pk)


def test_a_category_has_its_reason(ana, item):
    mention = note(ana, item)
    with refused(rules.REASON_WANTED):
        actions.make_subject(officer=ana, mention_ids=[mention.pk], category="suspect")
    subject = actions.make_subject(officer=ana, mention_ids=[mention.pk])
    with refused(rules.REASON_WANTED):
        actions.change_subject(officer=ana, subject_id=subject.pk, category="minor", category_reason=" ")
    changed = actions.change_subject(officer=ana, subject_id=subject.pk, category="minor", category_reason="Born in 2011.", label="Ilario")
    assert (changed.category, changed.category_reason, changed.label) == ("minor", "Born in 2011.", "Ilario")
    assert Line.objects.filter(kind="entities.subject.changed", subject_id=subject.pk).exists()


def test_one_subject_is_one_kind_of_thing(ana, item):
    person, ship = note(ana, item), note(ana, item, name="Corvina Dourada", etype="vessel", identifiers=[])
    with refused(rules.MIXED_TYPES, Invalid):
        actions.make_subject(officer=ana, mention_ids=[person.pk, ship.pk])
    subject = actions.make_subject(officer=ana, mention_ids=[person.pk])
    with refused(rules.MIXED_TYPES, Invalid):
        actions.group_mentions(officer=ana, subject_id=subject.pk, mention_ids=[ship.pk])
    with refused(rules.NOBODY_CHOSEN, Invalid):
        actions.make_subject(officer=ana, mention_ids=[])


def test_nobody_judges_mentions_they_do_not_see(ana, bela, item, theirs):
    foreign = note(bela, theirs)
    with pytest.raises(NotFound):
        actions.make_subject(officer=ana, mention_ids=[foreign.pk])
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk])
    with pytest.raises(NotFound):
        actions.group_mentions(officer=ana, subject_id=subject.pk, mention_ids=[foreign.pk])


def test_who_only_reads_judges_nothing(ana, sami, item):
    mention = note(ana, item)
    with pytest.raises(NotAllowed):
        actions.make_subject(officer=sami, mention_ids=[mention.pk])
    subject = actions.make_subject(officer=ana, mention_ids=[mention.pk])
    for deed in (
        lambda: actions.group_mentions(officer=fresh(sami), subject_id=subject.pk, mention_ids=[mention.pk]),
        lambda: actions.ungroup_mention(officer=fresh(sami), subject_id=subject.pk, mention_id=mention.pk),
        lambda: actions.change_subject(officer=fresh(sami), subject_id=subject.pk, label="Other"),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_subjects_are_found_by_label_by_name_and_by_number(ana, item):
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk], label="The driver")
    other = actions.make_subject(officer=ana, mention_ids=[note(ana, item, name="Else", identifiers=[]).pk])
    found = lambda **asked: [row.subject for row in actions.list_subjects(officer=ana, **asked).rows]  # noqa: E731
    assert found() == [other, subject]
    assert found(q="driver") == found(q="quintelas") == found(q=LAGOON["raw"]) == found(q="+999550147720") == [subject]
    assert found(q="nobody") == found(category="suspect") == found(etype="vessel") == []


@pytest.fixture
def hidden(ana):
    """What a compartment of Ana's alone says."""
    secret = casefiles.open_case(officer=ana, title="Compartment", is_compartment=True)
    return note(ana, intelligence.record_item(officer=ana, casefile_id=secret.pk, **said()), name="Teodoro Vaz", identifiers=[])


def read(officer, subject):
    """What an officer reads a subject called, and why: the same wherever it stands."""
    shown = actions.open_subject(officer=fresh(officer), subject_id=subject.pk).subject
    (listed,) = (row.subject for row in actions.list_subjects(officer=fresh(officer)).rows if row.subject == subject)
    assert (listed.called, listed.reason) == (shown.called, shown.reason)
    return shown.called, shown.reason


def found(officer, words):
    return [row.subject for row in actions.list_subjects(officer=fresh(officer), q=words).rows]


def test_a_label_and_a_reason_are_read_by_those_alone_who_see_all_they_were_written_from(ana, sami, item, hidden):
    seen = note(ana, item)
    words = {"label": "CANARY name", "category": "suspect", "category_reason": "CANARY reason"}
    subject = actions.make_subject(officer=ana, mention_ids=[seen.pk, hidden.pk], **words)
    assert (read(ana, subject), found(ana, "canary")) == (("CANARY name", "CANARY reason"), [subject])
    assert (read(sami, subject), found(sami, "canary"), found(sami, "quintelas")) == (("Dario Quintelas", ""), [], [subject])
    (row,) = actions.list_mentions(officer=sami, rendition_id=item.pk).page.rows
    assert [(each.called, each.reason) for each in row.subjects] == [("Dario Quintelas", "")]


def test_words_stay_hidden_when_the_mention_they_came_from_is_taken_off_until_they_are_written_anew(ana, sami, item, hidden):
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk, hidden.pk], label="CANARY name")
    actions.ungroup_mention(officer=ana, subject_id=subject.pk, mention_id=hidden.pk)
    assert (read(ana, subject), read(sami, subject)) == (("CANARY name", ""), ("Dario Quintelas", ""))
    actions.change_subject(officer=ana, subject_id=subject.pk, category="suspect", category_reason="Seen at the quay.")
    assert read(sami, subject) == ("Dario Quintelas", "")  # half of the words is the old half
    facts = {"label": "The driver", "category": "suspect", "category_reason": "Seen at the quay."}
    actions.change_subject(officer=ana, subject_id=subject.pk, **facts)
    assert read(sami, subject) == ("The driver", "Seen at the quay.")


def test_whoever_was_not_shown_a_label_does_not_wipe_it_out_by_leaving_its_box_empty(ana, colleague, case, item, hidden):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=colleague.pk)
    subject = actions.make_subject(officer=ana, mention_ids=[note(ana, item).pk, hidden.pk], label="CANARY name")
    facts = {"label": "", "category": "other", "category_reason": ""}
    changed = actions.change_subject(officer=fresh(colleague), subject_id=subject.pk, **facts)
    assert "CANARY" not in f"{changed} {changed.called} {changed.reason}"
    assert (read(ana, subject)[0], read(colleague, subject)[0]) == ("CANARY name", "Dario Quintelas")
    actions.change_subject(officer=ana, subject_id=subject.pk, **facts)
    assert read(ana, subject)[0] == "Teodoro Vaz"  # her first mention's: who reads a label may take it back
