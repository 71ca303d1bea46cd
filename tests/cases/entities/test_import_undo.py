"""An import taken back: nobody sees what came in by it, nothing is deleted, and nothing that has left is taken back."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.models import Payload
from cases.entities import actions, rules
from cases.entities.models import Mention, Subject, SubjectMention
from cases.records import actions as records
from cases.records.models import Rendition
from kernel.errors import Conflict, NotAllowed, NotFound
from sharing.deconfliction import matching
from tests.cases.entities.conftest import note
from tests.cases.entities.tables import HEADER, PEOPLE, again, csv_of, send, taken_in
from tests.cases.refusals import refused
from tests.cases.released import released

pytestmark = pytest.mark.django_db
FILE = csv_of(HEADER, *PEOPLE)
WHY = {"reason": "The list of another case."}


def version(job) -> Rendition:
    return Rendition.objects.unscoped("a test").get(record=job.register_id)


def test_what_came_in_is_seen_by_nobody_and_stays_in_the_database(ana, sami, case):
    job = taken_in(ana, case, FILE)
    mentions = list(Mention.objects.visible_to(ana))
    whole = actions.make_subject(officer=ana, mention_ids=[mentions[0].pk], label="Dario")

    actions.undo_import(officer=ana, import_id=job.pk, **WHY)

    job = again(ana, job)
    assert (job.state, job.undone_by, job.undone_reason) == ("undone", ana, WHY["reason"])
    for officer in (ana, sami):
        assert not Mention.objects.visible_to(officer).exists()
        assert not Subject.objects.visible_to(officer).exists()
        assert actions.list_mentions_of_case(officer=officer, casefile_id=case.pk)[1].rows == []
        assert records.list_records(officer=officer).rows == []
        with pytest.raises(NotFound):
            records.open_rendition(officer=officer, record_id=job.register_id)
    assert Mention.objects.unscoped("a test").filter(rendition=version(job)).count() == 3
    grouping = SubjectMention.objects.unscoped("a test").get(subject=whole)
    assert (grouping.ended_by, bool(grouping.ended_at)) == (ana, True)
    assert Payload.objects.filter(body__contains=WHY["reason"]).exists()


def test_what_its_page_showed_of_the_file_is_gone_with_it(ana, case, client):
    job = taken_in(ana, case, FILE)
    client.force_login(ana)
    assert "Quintelas" in client.get(f"/api/v1/imports/{job.pk}/").content.decode()
    actions.undo_import(officer=ana, import_id=job.pk, **WHY)
    assert "Quintelas" not in client.get(f"/api/v1/imports/{job.pk}/").content.decode()


def test_a_subject_keeps_what_it_has_from_elsewhere(ana, case, item):
    job = taken_in(ana, case, FILE)
    imported = Mention.objects.visible_to(ana).get(name="Dario Quintelas")
    noted = note(ana, item)
    subject = actions.make_subject(officer=ana, mention_ids=[imported.pk, noted.pk])
    actions.undo_import(officer=ana, import_id=job.pk, **WHY)
    assert [row.mention.pk for row in actions.open_subject(officer=ana, subject_id=subject.pk).rows] == [noted.pk]


def test_it_can_be_sent_and_taken_in_again(ana, case):
    job = taken_in(ana, case, FILE)
    actions.undo_import(officer=ana, import_id=job.pk, **WHY)
    assert taken_in(ana, case, FILE).new == 3
    with refused(rules.NOT_NOW, Conflict):
        actions.undo_import(officer=ana, import_id=job.pk, **WHY)


def test_only_what_this_import_added_to_a_register_is_taken_back(ana, case):
    first = taken_in(ana, case, csv_of(["id", "name"], ["1", "Dario"]))
    second = taken_in(ana, case, csv_of(["id", "name"], ["1", "Dario"], ["2", "Tio"]), register_id=first.register_id)
    actions.undo_import(officer=ana, import_id=second.pk, **WHY)
    assert [mention.name for mention in Mention.objects.visible_to(ana)] == ["Dario"]


def test_what_was_released_is_not_taken_back(ana, bela, case):
    job = taken_in(ana, case, FILE)
    released(version(job), bela)
    with refused(rules.HAS_LEFT_ALREADY, Conflict):
        actions.undo_import(officer=ana, import_id=job.pk, **WHY)
    assert Mention.objects.visible_to(bela).count() == 3


def test_nor_does_the_database_let_it_whatever_the_code_does(ana, bela, case):
    gone, left = taken_in(ana, case, FILE), taken_in(ana, case, csv_of(HEADER, ["A", "B", "", "", ""]))
    actions.undo_import(officer=ana, import_id=gone.pk, **WHY)
    released(version(left), bela)
    for job, change in ((left, "withdrawn_at = now()"), (gone, "withdrawn_at = NULL"), (gone, "title = 'x'"), (gone, "made_at = now()")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE records_rendition SET {change} WHERE id = %s", [version(job).pk])


def test_what_is_taken_back_is_compared_no_more(ana, bela, case, theirs, agreement):
    note(bela, theirs, identifiers=[{"type": "phone", "country": "", "raw": PEOPLE[0][4]}])
    job = taken_in(ana, case, FILE)
    ids = list(Mention.objects.visible_to(ana).values_list("pk", flat=True))
    assert matching.meetings(ids, matching.covered_pairs())
    actions.undo_import(officer=ana, import_id=job.pk, **WHY)
    assert not matching.meetings(ids, matching.covered_pairs())


def test_who_does_not_record_in_the_case_takes_nothing_back(ana, sami, bela, case):
    job = taken_in(ana, case, FILE)
    with pytest.raises(NotAllowed):
        actions.undo_import(officer=sami, import_id=job.pk, **WHY)
    with pytest.raises(NotFound):
        actions.undo_import(officer=bela, import_id=job.pk, **WHY)
    waiting = send(ana, case, FILE)
    with refused(rules.NOT_NOW, Conflict):
        actions.undo_import(officer=ana, import_id=waiting.pk, **WHY)
    assert timezone.now() > again(ana, job).ended_at
