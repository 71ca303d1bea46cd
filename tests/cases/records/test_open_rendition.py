"""Opening a record: exactly the renditions one was given, each look in the ledger by its hash and by what right."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event as Line
from cases.casefiles import actions as casefiles
from cases.records import actions, rules
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, NotFound
from tests.cases.records.conftest import keep
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh


def test_the_team_opens_every_rendition_and_the_ledger_keeps_hash_and_right(original, tear_line, sami):
    opened = actions.open_rendition(officer=sami, record_id=original.record_id)
    assert opened.rendition == original
    assert [r.number for r in opened.renditions] == [2, 1]
    assert opened.home
    line = Line.objects.filter(subject_id=original.record_id).newest().first()
    assert (line.kind, line.actor_id, line.owner_id) == ("records.rendition.opened", sami.pk, sami.agency_id)
    assert bytes(line.rendition_hash).hex() == original.content_hash
    assert line.via == list(opened.why.rests_on) != []
    assert opened.why.said is rules.BY_TEAM


def test_a_recipient_opens_the_one_rendition_that_was_released_and_nothing_beside_it(original, tear_line, bela):
    release_id = released(tear_line, bela)
    opened = actions.open_rendition(officer=fresh(bela), record_id=original.record_id)
    assert opened.rendition == tear_line
    assert opened.renditions == [tear_line]
    assert (opened.home, opened.links) == (None, [])
    assert {sight.agency for sight in opened.sights} == {bela.agency}
    assert Line.objects.filter(actor_id=bela.pk).newest().first().via == [f"release:{release_id}"]
    with pytest.raises(NotFound):
        actions.open_rendition(officer=fresh(bela), record_id=original.record_id, rendition_id=original.pk)


@pytest.mark.parametrize("who", ["alma", "iris", "adam", "petra", "bela", "otto"])
def test_whoever_was_given_nothing_finds_nothing(original, cast, who):
    person = fresh(cast[who])
    for record_id in (original.record_id, uuid4()):
        with pytest.raises(NotFound):
            actions.open_rendition(officer=person, record_id=record_id)
        with pytest.raises(NotFound):
            actions.explain_sight(officer=person, record_id=record_id)
        with pytest.raises(NotFound):
            actions.list_readings(officer=person, record_id=record_id)
        with pytest.raises(NotFound):
            actions.check_person(officer=person, record_id=record_id, person_id=person.pk)
    assert actions.list_records(officer=person).rows == []


def test_a_rendition_of_another_record_is_not_opened_under_this_one(ana, case, original):
    other = keep(ana, case, "Other")
    with pytest.raises(NotFound):
        actions.open_rendition(officer=ana, record_id=original.record_id, rendition_id=other.pk)


def test_the_owner_learns_by_name_of_its_own_readers_and_of_others_by_agency_role_and_time(original, tear_line, ana, sami, bela):
    released(tear_line, bela)
    actions.open_rendition(officer=sami, record_id=original.record_id)
    actions.open_rendition(officer=fresh(bela), record_id=original.record_id)
    _record, page = actions.list_readings(officer=ana, record_id=original.record_id)
    assert [(r.agency.short_name, r.name, r.role, r.rendition.number) for r in page.rows] == [
        ("SIC", "", "Investigator", 2),
        ("NFIS", "Sami Okonjo-Hale", "Supervisor", 1),
    ]


def test_a_recipient_learns_of_its_own_readers_alone(original, tear_line, ana, bela, tomas):
    released(tear_line, bela)
    released(tear_line, tomas)
    for reader in (ana, fresh(bela), fresh(tomas)):
        actions.open_rendition(officer=reader, record_id=original.record_id)
    _record, page = actions.list_readings(officer=fresh(bela), record_id=original.record_id)
    assert [(r.agency.short_name, r.name) for r in page.rows] == [("SIC", "Bela Arouche")]


def test_a_recipient_does_not_learn_that_a_colleague_reads_another_version(original, tear_line, bela, breno):
    released(tear_line, bela)
    released(original, breno)
    for reader in (fresh(bela), fresh(breno)):
        actions.open_rendition(officer=reader, record_id=original.record_id)
    _record, page = actions.list_readings(officer=fresh(bela), record_id=original.record_id)
    assert [(r.name, r.rendition) for r in page.rows] == [("Bela Arouche", tear_line)]


def test_a_record_is_linked_to_a_further_case_and_that_shows_it_to_nobody(ana, sami, original, second_case, bystander):
    actions.link_record(officer=ana, record_id=original.record_id, casefile_id=second_case.pk)
    assert [link.casefile for link in actions.open_rendition(officer=ana, record_id=original.record_id).links] == [second_case]
    assert actions.open_rendition(officer=sami, record_id=original.record_id).links == []  # Sami does not see the further case
    assert not Record.objects.visible_to(bystander).exists()  # nor does who sees only that case see the record
    with pytest.raises(NotFound):
        actions.link_record(officer=bystander, record_id=original.record_id, casefile_id=second_case.pk)
    actions.unlink_record(officer=ana, record_id=original.record_id, casefile_id=second_case.pk)
    assert actions.open_rendition(officer=ana, record_id=original.record_id).links == []


@pytest.fixture
def second_case(ana, alma):
    return casefiles.open_case(officer=ana, title="Cold store fires", team=[alma.pk])


@pytest.fixture
def bystander(alma, second_case):
    return fresh(alma)


def test_a_record_is_in_a_case_once(ana, original, second_case):
    with refused(rules.ALREADY_THERE, Conflict):
        actions.link_record(officer=ana, record_id=original.record_id, casefile_id=original.record.home_id)
    actions.link_record(officer=ana, record_id=original.record_id, casefile_id=second_case.pk)
    with refused(rules.ALREADY_THERE, Conflict):
        actions.link_record(officer=ana, record_id=original.record_id, casefile_id=second_case.pk)


def test_a_rendition_never_changes(original):
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        Rendition.objects.unscoped("test").filter(pk=original.pk).update(title="Other")
