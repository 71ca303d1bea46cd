"""Noting what a rendition says of persons and things, and taking it over into a newer version."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.rules import OTHER_AGENCY
from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.casefiles.models import NoticeMode
from cases.casefiles.rules import CLOSED, NOT_LEAD
from cases.entities import actions, outbox, rules
from cases.entities.models import Identifier, Mention, MentionChange
from cases.intelligence import actions as intelligence
from cases.records import storage
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cases.entities.conftest import LAGOON, note
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cases.released import released


def test_a_mention_keeps_its_words_numbers_and_desk_and_is_queued_for_comparison(ana, case, item):
    facts = {"aliases": ["Tio"], "born": ["1961"], "given": ""}
    mention = note(ana, item, attributes=facts, identifiers=[LAGOON, LAGOON | {"raw": "+999 (55) 0147720"}])
    assert (mention.rendition_id, mention.paragraph, mention.attributes) == (item.pk, 1, {"aliases": ["Tio"], "born": ["1961"]})
    assert (mention.agency_id, mention.unit_id, mention.notice_mode) == (ana.agency_id, case.unit_id, case.notice_mode)
    number = Identifier.objects.visible_to(ana).get(mention=mention)
    assert (number.raw, number.normalised, number.valid) == ("+999 55 014 7720", "+999550147720", "unknown")
    assert outbox.claim(10) == [mention.pk]
    line = Line.objects.filter(kind="entities.mention.noted").newest().first()
    assert (line.subject_id, bytes(line.rendition_hash).hex()) == (item.pk, item.content_hash)


def test_a_wrong_check_digit_is_flagged_and_never_refused(ana, item):
    false_paper = {"type": "national-id", "country": "Mexico", "raw": "GAMR501027HSLXDG01"}
    mention = note(ana, item, identifiers=[false_paper])
    assert Identifier.objects.visible_to(ana).values_list("country", "valid").get(mention=mention) == ("MX", "no")


def test_an_identifier_without_letter_or_digit_is_none(ana, item):
    with refused(rules.NOTHING_TO_COMPARE, Invalid):
        note(ana, item, identifiers=[LAGOON | {"raw": "--"}])
    assert not Mention.objects.visible_to(ana).exists()
    assert not MentionChange.objects.exists()


def test_nothing_is_added_to_what_was_released(ana, bela, item):
    before = note(ana, item)
    released(item, bela)
    with refused(rules.HAS_LEFT, Conflict):
        note(ana, item, name="CANARY added later")
    assert list(Mention.objects.visible_to(bela)) == [before]
    assert actions.list_mentions(officer=ana, rendition_id=item.pk).may_note.code == "entities.has-left"


def test_the_database_itself_adds_nothing_to_what_was_released(ana, bela, case, item):
    released(item, bela)
    with pytest.raises(IntegrityError, match="has left"), transaction.atomic():
        Mention.objects.create(rendition=item, agency=ana.agency, unit=case.unit, etype="person", name="CANARY")


@pytest.mark.parametrize("deed", ["UPDATE entities_mention SET name = 'Other'", "DELETE FROM entities_identifier"])
def test_what_was_noted_does_not_change(ana, item, deed):
    note(ana, item)
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


def test_a_partner_reads_the_mentions_of_what_it_was_given_and_notes_nothing_there(ana, bela, item):
    mention = note(ana, item)
    released(item, bela)
    shown = actions.list_mentions(officer=bela, rendition_id=item.pk)
    assert [row.mention for row in shown.page.rows] == [mention]
    assert (shown.own, bool(shown.may_note), shown.earlier) == (False, False, None)
    with refused(OTHER_AGENCY):
        note(bela, item)


@pytest.mark.parametrize("who", ["alma", "petra", "bela", "otto", "iris", "adam"])
def test_nobody_notes_or_reads_what_they_may_not_know_of(cast, ana, case, item, who):
    note(ana, item)
    for deed in (
        lambda officer: note(officer, item),
        lambda officer: actions.list_mentions(officer=officer, rendition_id=item.pk),
        lambda officer: actions.list_mentions_of_case(officer=officer, casefile_id=case.pk),
    ):
        with pytest.raises(NotFound):
            deed(cast[who])
    assert not Mention.objects.visible_to(cast[who]).exists()
    assert not Identifier.objects.visible_to(cast[who]).exists()


def test_who_only_reads_intelligence_notes_none(sami, item):
    with pytest.raises(NotAllowed):
        note(sami, item)


def test_nothing_is_noted_in_a_closed_case(ana, sami, case, item):
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    with refused(CLOSED, Conflict):
        note(ana, item)


def test_a_case_header_names_nobody(ana, case):
    with transaction.atomic():
        header = storage.keep_case_header(officer=ana, casefile=case, titled=True)
    with pytest.raises(NotFound):
        note(ana, header)


def test_a_newer_version_takes_over_what_is_chosen_with_its_subjects_and_doubles_nothing(ana, item):
    tio, polar = note(ana, item, name="Tio"), note(ana, item, name="Polar Brisa", etype="organisation", identifiers=[])
    subject = actions.make_subject(officer=ana, mention_ids=[tio.pk])
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Typing error.", **said())
    outbox.claim(10)

    (taken,) = actions.take_over_mentions(officer=ana, rendition_id=newer.pk, from_rendition_id=item.pk, mention_ids=[tio.pk])
    assert (taken.name, taken.rendition_id, taken.paragraph) == ("Tio", newer.pk, 1)
    assert Identifier.objects.visible_to(ana).get(mention=taken).normalised == "+999550147720"
    assert {row.mention for row in actions.open_subject(officer=ana, subject_id=subject.pk).rows} == {tio, taken}
    assert outbox.claim(10) == [taken.pk]

    rest = actions.take_over_mentions(officer=ana, rendition_id=newer.pk, from_rendition_id=item.pk)
    assert [mention.name for mention in rest] == [polar.name]
    assert actions.take_over_mentions(officer=ana, rendition_id=newer.pk, from_rendition_id=item.pk) == []


def test_mentions_are_taken_over_within_one_record_alone(ana, case, item):
    note(ana, item)
    other = intelligence.record_item(officer=ana, casefile_id=case.pk, **said())
    with refused(rules.NOT_ONE_RECORD, Invalid):
        actions.take_over_mentions(officer=ana, rendition_id=other.pk, from_rendition_id=item.pk)


def test_a_tear_line_that_left_takes_nothing_over(ana, bela, item):
    note(ana, item, name="CANARY source")
    line = intelligence.make_tear_line(officer=ana, rendition_id=item.pk, **said())
    released(line, bela)
    with refused(rules.HAS_LEFT, Conflict):
        actions.take_over_mentions(officer=ana, rendition_id=line.pk, from_rendition_id=item.pk)
    assert not Mention.objects.visible_to(bela).exists()


def test_a_case_shows_whom_its_newest_versions_name(ana, case, item):
    note(ana, item, name="Old")
    newer = intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Wrong man.", **said())
    note(ana, newer, name="New", identifiers=[{"type": "plate", "country": "NM", "raw": "GH 417"}])
    names = lambda **asked: [  # noqa: E731
        row.mention.name for row in actions.list_mentions_of_case(officer=ana, casefile_id=case.pk, **asked)[1].rows
    ]
    assert names() == names(q="gh 41") == names(q="new") == names(etype="person") == ["New"]
    assert names(q="Old") == names(etype="vessel") == []


def test_a_list_takes_the_same_few_queries_however_long_it_is(ana, case, item, django_assert_num_queries):
    for number in range(5):
        note(ana, item, name=f"Man {number}", identifiers=[LAGOON | {"raw": f"+999 55 014 77{number:02}"}])
    actions.make_subject(officer=ana, mention_ids=Mention.objects.visible_to(ana).values_list("pk", flat=True))
    assert ana.deeds
    with django_assert_num_queries(10):  # savepoint, case, page, identifiers, groupings, subjects, line, payload, release
        _case, page = actions.list_mentions_of_case(officer=ana, casefile_id=case.pk)
        assert {row.mention.rendition.record.reference for row in page.rows} == {item.record.reference}


def test_a_change_of_who_hears_reaches_every_mention_and_is_compared_again(ana, bela, case, item):
    mention = note(ana, item)
    released(item, bela)
    outbox.claim(10)
    changed = actions.change_notice_mode(officer=ana, casefile_id=case.pk, notice_mode=NoticeMode.BOTH)
    assert changed.notice_mode == NoticeMode.BOTH
    assert Mention.objects.visible_to(ana).get(pk=mention.pk).notice_mode == NoticeMode.BOTH
    assert outbox.claim(10) == [mention.pk]
    actions.change_notice_mode(officer=ana, casefile_id=case.pk, notice_mode=NoticeMode.BOTH)
    assert outbox.claim(10) == []


def test_only_who_leads_a_case_says_who_hears(ana, bela, colleague, case):
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=colleague.pk)
    with refused(NOT_LEAD):
        actions.change_notice_mode(officer=colleague, casefile_id=case.pk, notice_mode=NoticeMode.BOTH)
    with pytest.raises(NotFound):
        actions.change_notice_mode(officer=bela, casefile_id=case.pk, notice_mode=NoticeMode.BOTH)
