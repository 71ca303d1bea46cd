"""Notes, tasks and activity: the inside of a case, which never crosses a border."""

from datetime import date

import pytest

from accounts.models import Notice
from cases.casefiles import actions, rules
from cases.casefiles.models import Note, Task
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.refusals import refused
from tests.cast import fresh

ASSIGNED = "casefiles.task.assigned"


def test_a_note_is_read_by_the_team_the_newest_first(case, ana, sami):
    for text in ("First.", "Second."):
        actions.write_note(officer=ana, casefile_id=case.pk, text=text)
    listed = actions.list_notes(officer=sami, casefile_id=case.pk)
    assert [(note.text, note.author.name) for note in listed.page.rows] == [("Second.", "Ana Whitcombe"), ("First.", "Ana Whitcombe")]


@pytest.mark.parametrize("who", ["alma", "bela", "otto", "iris", "adam"])
def test_the_inside_of_a_case_is_nobody_elses(case, cast, ana, who):
    actions.write_note(officer=ana, casefile_id=case.pk, text="Ours.")
    task = actions.set_task(officer=ana, casefile_id=case.pk, title="Ours", assignee_id=ana.pk)
    person = fresh(cast[who])
    for deed in (actions.list_notes, actions.list_tasks, actions.read_activity, actions.list_team):
        with pytest.raises(NotFound):
            deed(officer=person, casefile_id=case.pk)
    with pytest.raises(NotFound):
        actions.write_note(officer=person, casefile_id=case.pk, text="Mine.")
    with pytest.raises(NotFound):
        actions.end_task(officer=person, task_id=task.pk)
    assert not Note.objects.visible_to(person).exists()
    assert not Task.objects.visible_to(person).exists()


def test_a_task_waits_on_its_assignees_desk_until_it_is_ended(case, ana, sami):
    task = actions.set_task(officer=ana, casefile_id=case.pk, title="Ask the port", assignee_id=sami.pk, due_on=date(2026, 12, 1))
    assert Notice.objects.get(officer=sami, kind=ASSIGNED, done_at=None).due_at.isoformat() == "2026-12-02T04:59:00+00:00"
    said = actions.NOTICES[ASSIGNED](sami, task.pk)
    assert (said.title, said.url) == ("Ask the port", f"/cases/tasks/{task.pk}/")

    actions.end_task(officer=sami, task_id=task.pk)
    assert not Notice.objects.filter(officer=sami, done_at=None).exists()
    assert actions.NOTICES[ASSIGNED](sami, task.pk) is None
    with refused(rules.TASK_ENDED, Conflict):
        actions.end_task(officer=sami, task_id=task.pk, state="dropped")


def test_a_task_is_not_given_to_who_does_not_see_the_case(case, ana, alma, bela):
    with refused(rules.ASSIGNEE_BLIND):
        actions.set_task(officer=ana, casefile_id=case.pk, title="Ask", assignee_id=alma.pk)
    with pytest.raises(NotFound):
        actions.set_task(officer=ana, casefile_id=case.pk, title="Ask", assignee_id=bela.pk)
    assert not Notice.objects.exists()


def test_a_task_is_ended_by_its_assignee_or_the_team_and_by_nobody_else(sami, ana, alma):
    wide = actions.open_case(officer=sami, title="Wide", audience="unit", audience_reason="All of us.")
    task = actions.set_task(officer=sami, casefile_id=wide.pk, title="Ask", assignee_id=ana.pk)
    with refused(rules.NOT_YOUR_TASK):
        actions.end_task(officer=alma, task_id=task.pk)
    with pytest.raises(Invalid):
        actions.end_task(officer=ana, task_id=task.pk, state="open")
    assert actions.end_task(officer=ana, task_id=task.pk).state == "done"


def test_tasks_are_listed_by_state(case, ana):
    one = actions.set_task(officer=ana, casefile_id=case.pk, title="One", assignee_id=ana.pk)
    actions.set_task(officer=ana, casefile_id=case.pk, title="Two", assignee_id=ana.pk)
    actions.end_task(officer=ana, task_id=one.pk, state="dropped")
    _case, page = actions.list_tasks(officer=ana, casefile_id=case.pk, state="open")
    assert [task.title for task in page.rows] == ["Two"]


def test_activity_tells_what_was_done_and_by_whom_and_on_request_who_looked(case, ana, sami):
    actions.view_case(officer=sami, casefile_id=case.pk)
    actions.write_note(officer=ana, casefile_id=case.pk, text="Canary of the note.")
    _case, page = actions.read_activity(officer=sami, casefile_id=case.pk)
    assert [(line.kind, line.name) for line in page.rows] == [
        ("casefiles.note.written", "Ana Whitcombe"),
        ("casefiles.casefile.opened", "Ana Whitcombe"),
    ]
    _case, page = actions.read_activity(officer=sami, casefile_id=case.pk, looks=True)
    assert ("casefiles.casefile.viewed", "Sami Okonjo-Hale") in [(line.kind, line.name) for line in page.rows]
