"""Home and the ledger: what waits is said through each room's predicate; lines are read by those who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import notices
from accounts.models import Notice
from accounts.roles import Deed
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from cases.records import grants
from cases.records.models import RecordGrant
from portal.context import Frame
from portal.pages.notices import SPOKEN, STANDING, standing
from tests.cases.intelligence.conftest import said
from tests.cases.released import released
from tests.cast import fresh

pytestmark = pytest.mark.django_db


def test_home_says_what_waits_and_which_cases_are_ones_own(client, ana, sami):
    case = casefiles.open_case(officer=ana, title="Canary Ledger", team=[sami.pk])
    due = timezone.now().date() + timedelta(days=2)
    casefiles.set_task(officer=sami, casefile_id=case.pk, title="Call the forwarder", assignee_id=ana.pk, due_on=due)
    client.force_login(ana)
    page = client.get(reverse("home")).content.decode()
    assert "Call the forwarder" in page
    assert "Canary Ledger" in page


def test_home_says_in_words_that_nothing_waits(client, otto, iris, petra):
    for officer in (otto, iris):
        client.force_login(officer)
        page = client.get(reverse("home")).content.decode()
        assert f"{officer.name}: nothing waits for you" in page
    assert f'href="{reverse("ledger")}">Read the ledger' in page
    client.force_login(petra)
    assert "Start one" not in client.get(reverse("home")).content.decode()  # a prosecutor opens no case


def test_home_says_the_soonest_due_first_and_then_the_newest(client, ana, sami):
    case = casefiles.open_case(officer=ana, title="Canary Ledger", team=[sami.pk])
    for title, days in (("The older one", None), ("The newer one", None), ("In a week", 7), ("In two days", 2)):
        due = timezone.now().date() + timedelta(days=days) if days else None
        casefiles.set_task(officer=sami, casefile_id=case.pk, title=title, assignee_id=ana.pk, due_on=due)
    client.force_login(ana)
    said = [each.waiting.title for each in client.get(reverse("home")).context["waiting"]]
    assert said == ["In two days", "In a week", "The newer one", "The older one"]


def desk(client, officer) -> tuple[list[str], int]:
    """What Home says waits, and the number on the bell."""
    client.force_login(fresh(officer))
    said = [str(each.waiting.title) for each in client.get(reverse("home")).context["waiting"]]
    return said, Frame(fresh(officer)).bell


def test_a_notice_is_neither_said_nor_counted_nor_closed_while_its_thing_is_out_of_sight(client, ana, bela):
    case = casefiles.open_case(officer=ana, title="Harbor Ledger")
    item = intelligence.record_item(officer=ana, casefile_id=case.pk, **said())
    cause = released(item, bela)
    intelligence.open_item(officer=bela, rendition_id=item.pk)
    intelligence.correct_item(officer=ana, rendition_id=item.pk, reason="Typing error.", **said())
    assert desk(client, bela) == ([item.title], 1)
    (agreement_id,) = RecordGrant.objects.filter(cause=cause).values_list("basis", flat=True)
    grants.suspend(agreement_id)
    assert desk(client, bela) == ([], 0)
    grants.resume(agreement_id)
    assert desk(client, bela) == ([item.title], 1)


def test_a_notice_of_an_unknown_kind_is_not_counted_and_does_not_break_home(client, ana):
    notices.post("nowhere.thing.waits", to=[ana], subject_id=ana.pk)
    assert desk(client, ana) == ([], 0)


def test_every_kind_of_notice_that_is_said_is_counted_by_what_its_reader_sees(cast):
    assert STANDING.keys() == SPOKEN.keys()
    for officer in cast.values():
        for kind in STANDING:
            notices.post(kind, to=[officer], subject_id=uuid4())
        notices.post("releases.projection.differs", to=[officer], subject_id=officer.agency_id)
        mine = Notice.objects.filter(officer=officer)
        spoken = [notice for notice in mine if SPOKEN[notice.kind](officer, notice.subject_id)]
        assert standing(fresh(officer)) == spoken
        assert len(spoken) == (Deed.LEDGER_READ in officer.deeds)


def test_counting_takes_a_statement_for_each_kind_however_many_wait(ana, sami, django_assert_num_queries):
    case = casefiles.open_case(officer=sami, title="Harbor Ledger", team=[ana.pk])
    for number in range(12):
        casefiles.set_task(officer=sami, casefile_id=case.pk, title=f"Call {number}", assignee_id=ana.pk)
    officer = fresh(ana)
    assert officer.deeds
    with django_assert_num_queries(2):  # which kinds, and those tasks
        assert Frame(officer).bell == 12


def test_home_opens_for_everybody_of_the_cast(client, cast):
    for officer in cast.values():
        client.force_login(fresh(officer))
        assert client.get(reverse("home")).status_code == 200


def test_the_auditor_reads_the_agencys_lines_and_others_only_their_own(client, ana, iris, bela):
    casefiles.open_case(officer=ana, title="Canary Ledger")
    casefiles.open_case(officer=bela, title="Porto Frio")
    client.force_login(iris)
    page = client.get(reverse("ledger"), {"kind": "casefiles.casefile.opened"}).content.decode()
    assert page.count("Started a case file</span>") == 1
    assert ana.name in page
    assert bela.name not in page
    assert "Canary Ledger" not in page  # the log, not the content
    client.force_login(bela)
    assert ana.name not in client.get(reverse("ledger")).content.decode()
    assert Event.objects.filter(kind="audit.event.listed", actor_id=iris.pk).exists()


def test_a_refusal_is_read_in_the_very_sentence_that_was_shown(client, ana, iris, bela):
    case = casefiles.open_case(officer=ana, title="Canary Ledger")
    client.force_login(bela)
    assert client.get(reverse("casefiles:overview", args=[case.pk])).status_code == 404
    lines = client.get(reverse("ledger"), {"kind": "audit.request.refused"}).content.decode()
    assert "There is nothing here that you may see." in lines


@pytest.mark.parametrize("query", [{"subject": "x"}, {"officer": "x"}, {"kind": "no.such"}, {"after": "broken"}])
def test_a_filter_that_cannot_be_used_is_answered_and_not_a_failure(client, iris, query):
    client.force_login(iris)
    assert client.get(reverse("ledger"), query).status_code == 422
