"""The first page of a case: what others did since its reader was here last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles import actions
from tests.cases.asking import api, page


@pytest.fixture
def now():
    return timezone.now()


def look(officer, case, when):
    return actions.view_case(officer=officer, casefile_id=case.pk, now=when).since


def test_the_first_visit_tells_of_nothing_and_the_next_of_what_others_did(case, ana, sami, now):
    assert look(ana, case, now - timedelta(hours=5)) is None
    actions.write_note(officer=sami, casefile_id=case.pk, text="The foreman will talk again.")
    actions.write_note(officer=sami, casefile_id=case.pk, text="On Thursday.")
    actions.set_task(officer=sami, casefile_id=case.pk, title="Ask the bank", assignee_id=ana.pk)
    actions.write_note(officer=ana, casefile_id=case.pk, text="My own words.")
    since = look(ana, case, now)
    assert since.at == now - timedelta(hours=5)
    assert [note.text for note in since.notes] == ["On Thursday.", "The foreman will talk again."]
    assert [task.title for task in since.tasks] == ["Ask the bank"]
    # what stands before her first visit is not news: the case itself was opened by herself
    assert {change.kind: (change.count, change.names) for change in since.changes} == {
        "casefiles.note.written": (2, [sami.name]), "casefiles.task.set": (1, [sami.name]),
    }  # fmt: skip


def test_what_is_new_stays_new_while_it_is_read_and_is_old_at_the_next_visit(case, ana, sami, now):
    look(ana, case, now - timedelta(hours=5))
    actions.write_note(officer=sami, casefile_id=case.pk, text="The foreman will talk again.")
    first = look(ana, case, now)
    again = look(ana, case, now + timedelta(minutes=20))
    assert [len(each.notes) for each in (first, again)] == [1, 1]
    assert first.at == again.at
    later = look(ana, case, now + timedelta(hours=2))
    assert later.at == now + timedelta(minutes=20)
    assert not later


def test_news_are_what_the_reader_sees_now_and_of_this_case_alone(case, ana, sami, now):
    other = actions.open_case(officer=ana, title="Paper Lighthouse")
    look(sami, case, now - timedelta(hours=5))
    actions.link_cases(officer=ana, casefile_id=case.pk, reference=other.reference, kind="related", reason="One buyer.")
    actions.write_note(officer=ana, casefile_id=other.pk, text="Elsewhere.")
    since = look(sami, case, now)
    assert "casefiles.link.made" not in [change.kind for change in since.changes]
    assert since.notes == []
    look(ana, case, now - timedelta(hours=5))
    actions.add_to_team(officer=ana, casefile_id=other.pk, member_id=sami.pk)
    assert "casefiles.link.made" in [change.kind for change in look(sami, case, now + timedelta(minutes=1)).changes]


def test_the_page_and_the_machine_door_say_it(case, ana, sami, now):
    look(ana, case, now - timedelta(hours=5))
    assert "Nobody else has changed anything in it." in page(ana, "get", f"/cases/{case.pk}/").text
    actions.write_note(officer=sami, casefile_id=case.pk, text="The foreman will talk again.")
    shown = page(ana, "get", f"/cases/{case.pk}/").text
    assert "Since you were here last" in shown
    assert "The foreman will talk again." in shown
    assert f'href="/cases/{case.pk}/intelligence/?since=' in shown
    told = api(ana, "get", f"cases/{case.pk}/").data["since"]
    assert [(change["kind"], change["count"]) for change in told["changes"]] == [("casefiles.note.written", 1)]
    assert api(sami, "get", f"cases/{case.pk}/").data["since"] is None


def test_the_first_page_costs_the_same_however_much_is_new(case, ana, sami, now, django_assert_max_num_queries):
    look(ana, case, now - timedelta(hours=5))
    for number in range(8):
        actions.write_note(officer=sami, casefile_id=case.pk, text=f"Note {number}.")
    reader = Officer.objects.select_related("agency", "unit").get(pk=ana.pk)
    with django_assert_max_num_queries(24):
        since = look(reader, case, now)
        assert (len(since.notes), since.changes[0].count, since.notes[0].author.name) == (5, 8, sami.name)
