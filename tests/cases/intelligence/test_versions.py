"""Correcting an item and making a tear-line of it: new renditions, and nothing changes under anybody's feet."""

import pytest

from accounts.models import Notice
from accounts.rules import OTHER_AGENCY
from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.casefiles.rules import CLOSED, NOT_ON_TEAM
from cases.intelligence import actions, rules
from cases.intelligence.models import Paragraph
from cases.records.actions import change_audience
from cases.records.models import Rendition
from kernel.errors import Conflict, NotFound
from tests.cases.intelligence.conftest import BERTH, said
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh

WRONG_TERMINAL = "The pilot corrected the terminal."


def correct(officer, rendition, text="The vessel moved to terminal 5."):
    return actions.correct_item(
        officer=officer, rendition_id=rendition.pk, reason=WRONG_TERMINAL, **said(paragraphs=[BERTH | {"text": text}])
    )


def told(officer):
    return list(Notice.objects.filter(officer=officer, kind=actions.CORRECTED, done_at=None).values_list("subject_id", flat=True))


def test_a_correction_is_the_next_version_and_the_old_one_stays(ana, item):
    new = correct(ana, item)
    assert (new.number, new.record_id, new.reason) == (2, item.record_id, WRONG_TERMINAL)
    old = actions.open_item(officer=ana, rendition_id=item.pk)
    assert old.paragraphs[0].text == BERTH["text"]
    assert old.newer == new
    assert actions.open_item(officer=ana, rendition_id=new.pk).newer is None
    assert Line.objects.filter(subject_id=new.pk, kind="intelligence.item.corrected").exists()


def test_whoever_read_the_old_version_is_told_and_no_longer_when_they_have_looked(ana, sami, item):
    actions.open_item(officer=sami, rendition_id=item.pk)
    correct(ana, item)
    assert told(sami) == [item.pk]
    assert told(ana) == []
    waiting = actions.NOTICES[actions.CORRECTED](sami, item.pk)
    newer = Rendition.objects.visible_to(sami).get(number=2)
    assert (waiting.title, waiting.url) == (item.title, f"/intelligence/{newer.pk}/compare/{item.pk}/")
    assert actions.open_item(officer=sami, rendition_id=item.pk).corrected
    assert told(sami) == []


def test_nobody_is_told_who_did_not_read_it(ana, sami, item):
    correct(ana, item)
    assert told(sami) == []


def test_a_partner_who_read_the_old_version_is_told_of_that_one_and_sees_no_other(ana, bela, breno, item):
    released(item, bela, breno)
    actions.open_item(officer=bela, rendition_id=item.pk)
    new = correct(ana, item, text="CANARY terminal 5")
    assert told(bela) == [item.pk]
    assert told(breno) == []
    shown = actions.open_item(officer=bela, rendition_id=item.pk)
    assert shown.corrected
    assert shown.versions == [item]
    assert shown.newer is None
    with pytest.raises(NotFound):
        actions.open_item(officer=bela, rendition_id=new.pk)


def test_a_notice_says_nothing_once_the_reader_may_no_longer_see_the_item(ana, sami, case, item):
    actions.open_item(officer=sami, rendition_id=item.pk)
    correct(ana, item)
    casefiles.take_off_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    assert actions.NOTICES[actions.CORRECTED](fresh(sami), item.pk) is None


def test_a_later_correction_reaches_those_who_read_the_first_version_alone(ana, sami, item):
    actions.open_item(officer=sami, rendition_id=item.pk)
    second = correct(ana, item)
    actions.open_item(officer=sami, rendition_id=item.pk)
    correct(ana, second)
    assert told(sami) == [item.pk]


def test_only_the_newest_version_is_corrected(ana, item):
    correct(ana, item)
    with refused(rules.NOT_NEWEST, Conflict):
        correct(ana, item)


def test_a_partner_does_not_correct_what_it_received(bela, item):
    released(item, bela)
    with refused(OTHER_AGENCY):
        correct(bela, item)
    with refused(OTHER_AGENCY):
        actions.make_tear_line(officer=bela, rendition_id=item.pk, **said())


def test_who_only_sees_the_case_does_not_correct(sami, alma, case, item):
    change_audience(officer=sami, casefile_id=case.pk, audience="agency", reason="All look for the caller.")
    with refused(NOT_ON_TEAM):
        correct(alma, item)


def test_nobody_corrects_what_they_may_not_know_of(otto, item):
    with pytest.raises(NotFound):
        correct(otto, item)


def test_nothing_is_corrected_in_a_closed_case(ana, sami, case, item):
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    with refused(CLOSED, Conflict):
        correct(ana, item)


def test_a_tear_line_has_words_and_handling_of_its_own_and_replaces_nothing(ana, item):
    line = actions.make_tear_line(
        officer=ana,
        rendition_id=item.pk,
        **said(title="Berth change", handling_code="H0", paragraphs=[BERTH | {"text": "A vessel changed berth."}]),
    )
    assert (line.number, line.kind, line.handling_code, line.handling_atoms) == (2, "tear-line", "H0", ["LE_ONLY"])
    assert actions.open_item(officer=ana, rendition_id=item.pk).newer is None
    assert actions.list_items(officer=ana).rows[0].rendition == item
    assert Line.objects.filter(subject_id=line.pk, kind="intelligence.item.tear-line-made").exists()


def test_who_received_the_tear_line_sees_no_word_of_the_original(ana, bela, item):
    line = actions.make_tear_line(officer=ana, rendition_id=item.pk, **said(paragraphs=[BERTH | {"text": "A vessel changed berth."}]))
    released(line, bela)
    assert list(Paragraph.objects.visible_to(bela).values_list("text", flat=True)) == ["A vessel changed berth."]
    assert list(Rendition.objects.visible_to(bela)) == [line]
    with pytest.raises(NotFound):
        actions.open_item(officer=bela, rendition_id=item.pk)
