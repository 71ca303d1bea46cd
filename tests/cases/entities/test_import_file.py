"""A file from outside: sent, mapped, checked, taken in by a worker, and its file removed."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from accounts.models import Notice
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.casefiles.rules import CLOSED
from cases.entities import actions, rules
from cases.entities.actions import holdings
from cases.entities.models import FileImport, Identifier, Mention, MentionChange
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.pages.notices import waiting_for
from tests.cases.entities.tables import HEADER, PEOPLE, again, checked, csv_of, plan_of, send, taken_in, work
from tests.cases.refusals import refused
from tests.cast import fresh

pytestmark = pytest.mark.django_db
FILE = csv_of(HEADER, *PEOPLE)


def test_a_file_is_sent_mapped_checked_and_taken_in_as_a_register(ana, bela, case):
    job = taken_in(ana, case, FILE)

    assert (job.state, job.total, job.read, job.new, job.known, job.faulty) == ("done", 3, 3, 3, 0, 0)
    register = Rendition.objects.visible_to(ana).get(record__home=case, record__kind=Record.Kind.REGISTER)
    assert (register.title, register.handling_code) == ("Watch list", "H1")
    mentions = {mention.name: mention for mention in Mention.objects.visible_to(ana).filter(rendition=register)}
    assert set(mentions) == {"Dario Quintelas", "Ilaria Vell", "Tio"}
    assert mentions["Dario Quintelas"].attributes == {"given": "Dario", "surname": "Quintelas", "born": ["1990-12-31"]}
    numbers = Identifier.objects.visible_to(ana).filter(mention=mentions["Dario Quintelas"]).values_list("type", "normalised")
    assert set(numbers) == {("passport", "XD114"), ("phone", "+99550147720")}
    assert MentionChange.objects.filter(mention_id__in=[each.pk for each in mentions.values()]).count() == 3
    assert not Mention.objects.visible_to(bela).exists()
    [said] = waiting_for(ana)
    assert (said.waiting.title, said.waiting.text) == ("Watch list", "3 rows are in.")
    assert said.waiting.url.endswith(f"/imports/{job.pk}/")
    told = Event.objects.filter(kind__startswith="entities.import").values_list("kind", flat=True)
    assert {"entities.import.uploaded", "entities.import.mapped", "entities.import.checked", "entities.import.started",
            "entities.import.ended"} <= set(told)  # fmt: skip


def test_checking_takes_nothing_in_and_says_what_is_wrong_where(ana, case):
    bad = [["Ana", "Brin", "2/13/1990", "XD 9", ""], ["", "", "1990", "", ""], ["Rui", "Costa", "", "---", ""]]
    job = checked(ana, case, csv_of(HEADER, *PEOPLE, *bad))
    assert (job.state, job.total, job.faulty) == ("checked", 6, 3)
    assert [(row, column, code) for row, column, code, _params in job.faults] == [
        (5, "Fecha de nacimiento", "entities.bad-date"), (6, "", "entities.row-without"), (7, "Pasaporte", "entities.no-letter"),
    ]  # fmt: skip
    assert not Mention.objects.visible_to(ana).exists()
    actions.start_import(officer=ana, import_id=job.pk)
    work()
    assert again(ana, job).new == 3


def test_a_wrong_check_digit_is_flagged_and_never_refused(ana, case):
    job = taken_in(ana, case, csv_of(["Name", "IBAN"], ["Polar Brisa", "GB82 WEST 1234 5698 7654 33"]))
    assert (job.new, job.faulty) == (1, 0)
    assert checked(ana, case, csv_of(["Name", "IBAN"], ["Polar Brisa", "GB82WEST12345698765433"])).flagged == 1
    assert Identifier.objects.visible_to(ana).get().valid == "no"


def test_a_file_without_one_good_row_is_not_started(ana, case):
    job = checked(ana, case, csv_of(HEADER, ["", "", "x", "", ""]))
    with refused(rules.NO_GOOD_ROW, Invalid):
        actions.start_import(officer=ana, import_id=job.pk)


def test_a_worker_that_is_gone_leaves_its_import_to_the_next_and_nothing_comes_twice(ana, case, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 2)
    job = checked(ana, case, csv_of(HEADER, *PEOPLE, *PEOPLE))
    actions.start_import(officer=ana, import_id=job.pk)
    real, batches = holdings.take_in, []

    def dies(*args, **facts):
        batches.append(1)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return real(*args, **facts)

    monkeypatch.setattr(holdings, "take_in", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.work_on_imports(now=timezone.now())
    monkeypatch.setattr(holdings, "take_in", real)
    assert (again(ana, job).state, again(ana, job).new) == ("running", 2)
    assert not actions.work_on_imports(now=timezone.now())  # the claim still stands
    work(timezone.now() + timedelta(minutes=2))
    job = again(ana, job)
    assert (job.state, job.read, job.new, job.known) == ("done", 6, 6, 0)
    assert Mention.objects.visible_to(ana).count() == 6


def test_a_worker_that_lost_its_claim_writes_nothing_more(ana, case, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 2)
    job = checked(ana, case, FILE)
    actions.start_import(officer=ana, import_id=job.pk)
    real = holdings.take_in

    def stalls(*args, **facts):
        done = real(*args, **facts)
        FileImport.objects.visible_to(ana).update(claim=None)
        return done

    monkeypatch.setattr(holdings, "take_in", stalls)
    actions.work_on_imports(now=timezone.now())
    assert again(ana, job).new == 2


def test_one_that_was_stopped_keeps_what_is_in_and_goes_on_from_there(ana, case, monkeypatch):
    monkeypatch.setattr(holdings, "BATCH", 2)
    job = checked(ana, case, FILE)
    actions.start_import(officer=ana, import_id=job.pk)
    real = holdings.take_in

    def stopped(*args, **facts):
        done = real(*args, **facts)
        FileImport.objects.visible_to(ana).update(state="cancelled", claim=None, claim_ends_at=None)
        return done

    monkeypatch.setattr(holdings, "take_in", stopped)
    work()
    monkeypatch.setattr(holdings, "take_in", real)
    assert again(ana, job).state in {"cancelled", "running"}
    FileImport.objects.visible_to(ana).update(state="running")
    actions.cancel_import(officer=ana, import_id=job.pk)
    assert Mention.objects.visible_to(ana).count() == 2
    with refused(rules.NOT_NOW, Conflict):
        actions.drop_import(officer=ana, import_id=job.pk)
    actions.start_import(officer=ana, import_id=job.pk)
    work()
    assert (again(ana, job).state, again(ana, job).new) == ("done", 3)


def test_the_same_sheet_is_not_taken_in_twice(ana, case):
    taken_in(ana, case, FILE)
    job = checked(ana, case, FILE)
    with refused(rules.ALREADY_IN, Conflict):
        actions.start_import(officer=ana, import_id=job.pk)
    assert Mention.objects.visible_to(ana).count() == 3


def test_a_longer_file_of_the_same_system_adds_to_its_register_by_id(ana, case):
    first = taken_in(ana, case, csv_of(["id", "name"], ["1", "Dario"], ["2", "Tio"]))
    job = taken_in(ana, case, csv_of(["id", "name"], ["1", "Dario"], ["2", "Tia"], ["3", "Rui"]), register_id=first.register_id)
    assert (job.new, job.known, job.faulty) == (1, 1, 1)
    assert [(row, code) for row, _column, code, _params in job.faults] == [(3, "entities.row-changed")]
    assert job.register_id == first.register_id
    assert "1 row is in. 1 was there already. 1 was left out." in {each.waiting.text for each in waiting_for(ana)}
    assert set(Mention.objects.visible_to(ana).values_list("name", flat=True)) == {"Dario", "Tio", "Rui"}


def test_whoever_lost_their_place_in_the_case_lost_the_import(ana, sami, case, colleague):
    job = checked(ana, case, FILE)
    actions.start_import(officer=ana, import_id=job.pk)
    casefiles.change_lead(officer=ana, casefile_id=case.pk, lead_id=sami.pk)
    casefiles.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    work()
    kept = FileImport.objects.visible_to(sami).get()
    assert (kept.state, kept.failure["code"]) == ("failed", "not-found")
    assert not waiting_for(fresh(ana))


def test_a_case_closed_meanwhile_takes_nothing_in(ana, sami, case):
    job = checked(ana, case, FILE)
    actions.start_import(officer=ana, import_id=job.pk)
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Led nowhere.")
    work()
    assert again(ana, job).failure["code"] == CLOSED.code


def test_the_file_is_removed_once_its_rows_are_in_or_it_is_dropped(ana, case):
    done, dropped, waiting = taken_in(ana, case, FILE), send(ana, case, FILE), send(ana, case, FILE)
    actions.drop_import(officer=ana, import_id=dropped.pk)
    assert actions.clear_imports(now=timezone.now()) == 2
    place = storages["imports"]
    assert [place.exists(job.stored) for job in (done, dropped, waiting)] == [False, False, True]
    assert again(ana, dropped).first == []
    with refused(rules.NOT_NOW, Conflict):
        actions.map_import(officer=ana, import_id=dropped.pk, plan=plan_of(waiting))
    assert actions.clear_imports(now=timezone.now() + timedelta(days=8)) == 1
    with refused(rules.FILE_GONE, Conflict):
        actions.map_import(officer=ana, import_id=waiting.pk, plan=plan_of(waiting))
    actions.drop_import(officer=ana, import_id=waiting.pk)


def test_a_file_nobody_names_is_removed_after_a_day(ana, case):
    kept = send(ana, case, FILE)
    name = storages["imports"].save("0" * 32, storages["imports"].open(kept.stored))
    actions.clear_imports(now=timezone.now())
    assert storages["imports"].exists(name)
    actions.clear_imports(now=timezone.now() + timedelta(days=2))
    assert not storages["imports"].exists(name)
    assert storages["imports"].exists(kept.stored)


def test_a_mapping_is_remembered_by_the_agency_under_a_name(ana, bela, case):
    job = checked(ana, case, FILE)
    kept = actions.keep_mapping(officer=ana, import_id=job.pk, name="Registro civil")
    assert [each.pk for each in actions.open_import(officer=ana, import_id=job.pk).mappings] == [kept.pk]
    with refused(rules.NAME_TAKEN, Invalid):
        actions.keep_mapping(officer=ana, import_id=job.pk, name="Registro civil")
    theirs = casefiles.open_case(officer=bela, title="Porto Frio")
    other = send(bela, theirs, FILE)
    assert actions.open_import(officer=bela, import_id=other.pk).mappings == []


def test_who_does_not_work_on_the_case_sends_nothing(ana, alma, bela, sami, case, colleague):
    job = send(ana, case, FILE)
    with pytest.raises(NotFound):
        send(bela, case, FILE)
    with pytest.raises(NotFound):
        actions.open_import(officer=colleague, import_id=job.pk)
    with pytest.raises(NotAllowed):  # a supervisor records no intelligence
        send(sami, case, FILE)
    assert actions.list_imports(officer=sami, casefile_id=case.pk)[1].rows == [job]
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Led nowhere.")
    with refused(CLOSED, Conflict):
        actions.upload_file(officer=ana, casefile_id=case.pk, name="x", content=open_file(FILE))


def open_file(content: bytes) -> ContentFile:
    return ContentFile(content)


def test_what_is_too_large_is_not_kept(ana, case, settings):
    settings.IMPORT_MOST_BYTES = 10
    with refused(rules.FILE_TOO_LARGE, Invalid):
        actions.upload_file(officer=ana, casefile_id=case.pk, name="x", content=open_file(FILE))


def test_columns_that_name_nobody_and_a_sheet_that_is_not_there_are_refused(ana, case):
    job = send(ana, case, FILE)
    nothing = plan_of(job, columns=[])
    with refused(rules.NOT_MAPPED, Invalid):
        actions.map_import(officer=ana, import_id=job.pk, plan=nothing)
    with refused(rules.NO_SUCH_HANDLING, Invalid):
        actions.map_import(officer=ana, import_id=job.pk, plan=plan_of(job, handling_code="H3"))
    actions.map_import(officer=ana, import_id=job.pk, plan=plan_of(job, handling_code="H3", handling_text="For the team."))
    assert Notice.objects.count() == 0
