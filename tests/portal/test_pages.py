"""Home and the ledger: what waits is said through each room's predicate; lines are read by those who may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import notices
from accounts.models import Notice
from audit.models import Event
from cases.casefiles import actions as casefiles
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


def test_what_has_gone_out_of_sight_is_put_aside_unsaid(client, ana, sami):
    case = casefiles.open_case(officer=sami, title="Canary Ledger", team=[ana.pk])
    casefiles.set_task(officer=sami, casefile_id=case.pk, title="Call the forwarder", assignee_id=ana.pk)
    casefiles.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    client.force_login(ana)
    page = client.get(reverse("home")).content.decode()
    assert "Call the forwarder" not in page
    assert "Canary Ledger" not in page
    assert not Notice.objects.filter(officer=ana, done_at=None).exists()


def test_a_notice_of_an_unknown_kind_does_not_break_home(client, ana):
    notices.post("nowhere.thing.waits", to=[ana], subject_id=ana.pk)
    client.force_login(ana)
    assert client.get(reverse("home")).status_code == 200


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
