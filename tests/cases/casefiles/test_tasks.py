"""Tasks: commented, given to others, moved, ended and taken up again; what was done stays in their history, and is nobody else's."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice
from audit.models import Event
from cases.casefiles import actions, rules
from cases.casefiles.models import Task, TaskEntry, TaskMention
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.asking import ABSENT, api, page
from tests.cases.refusals import refused
from tests.cast import fresh

ASSIGNED, MENTIONED = "casefiles.task.assigned", "casefiles.task.mentioned"


@pytest.fixture
def task(case, ana, sami):
    return actions.set_task(officer=ana, casefile_id=case.pk, title="Ask the port", assignee_id=sami.pk)


def history(officer, task):
    entries = actions.open_task(officer=officer, task_id=task.pk).page.rows
    return [(entry.kind, entry.author.name, entry.text) for entry in reversed(entries)]


def waiting(officer, kind):
    return Notice.objects.filter(officer=officer, kind=kind, done_at=None).count()


def test_all_that_is_done_with_a_task_stands_in_its_history_and_in_the_ledger(task, case, ana, sami):
    actions.comment_task(officer=sami, task_id=task.pk, text="The port **answers** tomorrow.")
    actions.move_task(officer=sami, task_id=task.pk, state="doing")
    actions.change_task(officer=ana, task_id=task.pk, assignee_id=ana.pk, due_on=None, reason="Sami is away.")
    actions.end_task(officer=ana, task_id=task.pk, state="dropped")
    actions.reopen_task(officer=sami, task_id=task.pk, reason="The port wrote after all.")
    assert history(ana, task) == [
        ("set", ana.name, ""),
        ("comment", sami.name, "The port **answers** tomorrow."),
        ("state", sami.name, ""),
        ("changed", ana.name, "Sami is away."),
        ("ended", ana.name, ""),
        ("reopened", sami.name, "The port wrote after all."),
    ]
    kinds = ("commented", "moved", "changed", "ended", "reopened", "viewed")
    for kind in kinds:
        assert Event.objects.get(kind=f"casefiles.task.{kind}").subject_id == case.pk
    assert "Sami is away" not in str(Event.objects.filter(kind="casefiles.activity.listed").values())


def test_what_was_done_with_a_task_is_neither_changed_nor_deleted_whatever_the_code_does(task, ana):
    entries = TaskEntry.objects.visible_to(ana).filter(task=task)
    with pytest.raises(IntegrityError), transaction.atomic():
        entries.update(text="As it never was.")
    with pytest.raises(IntegrityError), transaction.atomic():
        entries.delete()


def test_a_task_that_is_given_to_somebody_else_leaves_one_desk_and_comes_to_another(task, ana, sami):
    due = timezone.localdate() + timedelta(days=3)
    actions.change_task(officer=ana, task_id=task.pk, assignee_id=ana.pk, due_on=due, reason="Mine after all.")
    assert (waiting(sami, ASSIGNED), waiting(ana, ASSIGNED)) == (0, 1)
    assert actions.NOTICES[ASSIGNED](sami, task.pk) is None
    assert actions.NOTICES[ASSIGNED](ana, task.pk).due.date() - due in (timedelta(0), timedelta(days=1))
    line = Event.objects.get(kind="casefiles.task.changed")
    assert Task.objects.visible_to(ana).get().due_on == due
    assert line.actor_id == ana.pk


def test_a_task_is_given_to_nobody_who_has_left_or_does_not_see_the_case(task, case, ana, sami, alma, bela):
    with refused(rules.ASSIGNEE_BLIND):
        actions.change_task(officer=ana, task_id=task.pk, assignee_id=alma.pk, due_on=None, reason="Her matter.")
    actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=alma.pk)
    alma.is_active = False
    alma.save(update_fields=["is_active"])
    for person in (alma, bela):
        with pytest.raises(NotFound):
            actions.change_task(officer=ana, task_id=task.pk, assignee_id=person.pk, due_on=None, reason="Theirs.")
        with pytest.raises(NotFound):
            actions.set_task(officer=ana, casefile_id=case.pk, title="Ask", assignee_id=person.pk)
    assert waiting(sami, ASSIGNED) == 1


def test_a_change_says_why_and_changes_something(task, ana):
    with pytest.raises(Invalid):
        actions.change_task(officer=ana, task_id=task.pk, assignee_id=ana.pk, due_on=None, reason=" ")
    with refused(rules.TASK_STAYS, Conflict):
        actions.change_task(officer=ana, task_id=task.pk, assignee_id=task.assignee_id, due_on=None, reason="Nothing.")
    with refused(rules.TASK_STAYS, Conflict):
        actions.move_task(officer=ana, task_id=task.pk, state="open")
    for state in ("done", "nonsense", ""):
        with pytest.raises(Invalid):
            actions.move_task(officer=ana, task_id=task.pk, state=state)


def test_an_ended_task_says_by_whom_and_is_taken_up_again_for_a_reason(task, ana, sami):
    with refused(rules.TASK_RUNS, Conflict):
        actions.reopen_task(officer=ana, task_id=task.pk, reason="Not yet.")
    actions.end_task(officer=sami, task_id=task.pk)
    ended = actions.open_task(officer=ana, task_id=task.pk).task
    assert (ended.state, ended.ended_by) == ("done", sami)
    for deed, facts in (
        (actions.move_task, {"state": "doing"}), (actions.change_task, {"assignee_id": ana.pk, "due_on": None, "reason": "Mine."})
    ):  # fmt: skip
        with refused(rules.TASK_ENDED, Conflict):
            deed(officer=ana, task_id=task.pk, **facts)
    with pytest.raises(Invalid):
        actions.reopen_task(officer=ana, task_id=task.pk, reason=" ")
    again = actions.reopen_task(officer=ana, task_id=task.pk, reason="Half of it.")
    assert (again.state, again.ended_by, again.ended_at) == ("open", None, None)
    assert waiting(sami, ASSIGNED) == 1


def test_whose_task_it_is_and_whom_a_comment_speaks_to_hear_of_it_until_they_read_it(task, case, ana, sami, alma):
    entry = actions.comment_task(officer=ana, task_id=task.pk, text=f"Ask @{alma.email} too.", tell=[sami.pk])
    assert [person.name for person in entry.untold] == [alma.name]
    assert (waiting(sami, MENTIONED), waiting(alma, MENTIONED), waiting(ana, MENTIONED)) == (1, 0, 0)
    said = actions.NOTICES[MENTIONED](sami, task.pk)
    assert (str(said.title), said.url) == (f"{ana.name} commented on a task", f"/cases/tasks/{task.pk}/")
    assert actions.NOTICES[MENTIONED](alma, task.pk) is None
    actions.open_task(officer=sami, task_id=task.pk)
    assert waiting(sami, MENTIONED) == 0
    assert actions.NOTICES[MENTIONED](sami, task.pk) is None
    actions.comment_task(officer=sami, task_id=task.pk, text="Asked.")  # it comes back to who set it
    assert waiting(ana, MENTIONED) == 1


def test_a_comment_reaches_no_desk_of_who_no_longer_sees_the_case(task, case, ana, sami):
    actions.comment_task(officer=ana, task_id=task.pk, text="Canary.")
    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    assert actions.NOTICES[MENTIONED](sami, task.pk) is None
    actions.comment_task(officer=ana, task_id=task.pk, text="Another.")
    assert TaskMention.objects.visible_to(ana).count() == 1
    with refused(rules.ASSIGNEE_BLIND):
        actions.end_task(officer=ana, task_id=task.pk)
        actions.reopen_task(officer=ana, task_id=task.pk, reason="It came up.")


@pytest.mark.parametrize("who", ["alma", "bela", "otto", "iris", "adam"])
def test_a_task_its_history_and_its_comments_are_nobody_elses(task, case, cast, ana, who):
    actions.comment_task(officer=ana, task_id=task.pk, text="Ours.")
    person = fresh(cast[who])
    for deed, facts in (
        (actions.open_task, {}), (actions.comment_task, {"text": "Theirs."}), (actions.move_task, {"state": "doing"}),
        (actions.change_task, {"assignee_id": person.pk, "due_on": None, "reason": "Theirs."}),
        (actions.reopen_task, {"reason": "Theirs."}),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            deed(officer=person, task_id=task.pk, **facts)
    assert not TaskEntry.objects.visible_to(person).exists()
    assert not TaskMention.objects.visible_to(person).exists()
    assert actions.list_my_tasks(officer=person).rows == []


def test_who_only_reads_the_case_works_on_their_own_tasks_and_on_no_others(sami, ana, alma):
    wide = actions.open_case(officer=sami, title="Wide", audience="unit", audience_reason="All of us.")
    hers = actions.set_task(officer=sami, casefile_id=wide.pk, title="Ask", assignee_id=ana.pk)
    actions.move_task(officer=ana, task_id=hers.pk, state="doing")
    actions.comment_task(officer=ana, task_id=hers.pk, text="Begun.")
    with refused(rules.NOT_ON_TEAM):
        actions.change_task(officer=ana, task_id=hers.pk, assignee_id=alma.pk, due_on=None, reason="Not mine.")
    for deed, facts in ((actions.comment_task, {"text": "I too."}), (actions.move_task, {"state": "open"})):
        with refused(rules.NOT_YOUR_TASK):
            deed(officer=alma, task_id=hers.pk, **facts)
    shown = page(alma, "get", f"/cases/tasks/{hers.pk}/").text
    assert "Add the comment" not in shown
    assert "Take it in hand" not in shown


def test_nothing_is_done_with_the_tasks_of_a_closed_case_which_say_who_dropped_them(task, case, ana, sami):
    actions.move_task(officer=sami, task_id=task.pk, state="doing")
    with pytest.raises(Invalid):
        actions.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Over.")
    actions.close_case(officer=sami, casefile_id=case.pk, outcome="unsolved", reason="Over.", drop_tasks=True)
    ended = actions.open_task(officer=ana, task_id=task.pk).task
    assert (ended.state, ended.ended_by) == ("dropped", sami)
    assert history(ana, task)[-1] == ("ended", sami.name, "")
    for deed, facts in (
        (actions.comment_task, {"text": "Late."}), (actions.move_task, {"state": "open"}), (actions.reopen_task, {"reason": "Late."}),
        (actions.change_task, {"assignee_id": ana.pk, "due_on": None, "reason": "Late."}),
    ):  # fmt: skip
        with refused(rules.CLOSED, Conflict):
            deed(officer=ana, task_id=task.pk, **facts)


def test_overdue_is_said_in_words_where_the_task_is_read(task, case, ana, sami):
    late = timezone.localdate() - timedelta(days=3)
    actions.change_task(officer=ana, task_id=task.pk, assignee_id=sami.pk, due_on=late, reason="It was promised.")
    for address in ("/", "/cases/tasks/", f"/cases/tasks/{task.pk}/", f"/cases/{case.pk}/tasks/", f"/cases/{case.pk}/"):
        assert "Overdue by" in page(sami, "get", address).text, address
    actions.end_task(officer=sami, task_id=task.pk)
    for address in ("/", f"/cases/tasks/{task.pk}/", f"/cases/{case.pk}/tasks/"):
        assert "Overdue by" not in page(sami, "get", address).text, address


def test_ones_own_tasks_in_all_cases_stand_on_home_the_soonest_due_first(case, ana, sami):
    other = actions.open_case(officer=ana, title="Paper Lighthouse", is_compartment=True)
    for file, title, days in ((case, "Later", 9), (other, "Sooner", 2), (case, "Some day", None)):
        due = timezone.localdate() + timedelta(days=days) if days else None
        actions.set_task(officer=ana, casefile_id=file.pk, title=title, assignee_id=ana.pk, due_on=due)
    actions.set_task(officer=ana, casefile_id=case.pk, title="Not mine", assignee_id=sami.pk)
    assert [task.title for task in actions.list_due_tasks(officer=ana)] == ["Sooner", "Later", "Some day"]
    home = page(ana, "get", "/")
    assert [task.title for task in home.context["tasks"]] == ["Sooner", "Later", "Some day"]
    shown = page(ana, "get", "/cases/tasks/").text
    assert "Not mine" not in shown
    assert "Compartment: case team only" in shown  # one of them lies in a compartment
    assert "No task is yours to do." in page(ana, "get", "/cases/tasks/?state=done").text
    assert page(ana, "get", "/cases/tasks/?state=nonsense").status_code == 422


def test_a_task_is_worked_on_at_its_page(task, case, ana, sami):
    at = f"/cases/tasks/{task.pk}/"
    answer = page(ana, "post", at, {"text": "Ask **them**, @alma@nfis.example."})
    assert answer.url == at
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Alma Rydell does not see this case and was not told."]
    assert "<strong>them</strong>" in page(sami, "get", at).text
    assert page(ana, "post", at, {"text": ""}).status_code == 422
    assert page(sami, "post", f"{at}move/", {"state": "doing"}).url == at
    assert page(sami, "post", f"{at}move/", {"state": "x"}).status_code == 422
    assert page(ana, "post", f"{at}change/", {"email": sami.email, "due_on": "2030-01-05", "reason": "It can wait."}).url == at
    assert page(ana, "post", f"{at}change/", {"email": "nobody@nfis.example", "reason": "x"}).status_code == 422
    assert page(sami, "post", f"{at}end/", {"state": "done", "stay": "1"}).url == at
    assert page(sami, "post", f"{at}reopen/", {}).status_code == 422
    assert page(sami, "post", f"{at}reopen/", {"reason": "Half of it."}).url == at
    assert page(sami, "get", at).text.count("Took the task up again") == 1


def test_tasks_at_the_machine_door(task, case, ana, sami):
    at = f"tasks/{task.pk}/"
    made = api(ana, "post", f"{at}entries/", {"text": "Ask them.", "tell": [str(sami.pk)]})
    assert (made.status_code, made.data["untold"]) == (201, [])
    assert [row["kind"] for row in api(sami, "get", f"{at}entries/").data["results"]] == ["comment", "set"]
    assert api(sami, "post", f"{at}move/", {"state": "doing"}).data["state"] == "doing"
    sent = {"assignee_id": str(ana.pk), "due_on": "2020-01-05", "reason": "It was due long ago."}
    assert api(ana, "patch", at, sent).status_code == 200
    assert api(ana, "patch", at, sent | {"assignee_id": str(ABSENT)}).status_code == 404
    one = api(ana, "get", at).data
    assert (one["state"], one["casefile_id"], one["days_late"] > 1000) == ("doing", str(case.pk), True)
    assert [row["title"] for row in api(ana, "get", "tasks/?state=running").data["results"]] == ["Ask the port"]
    assert api(ana, "get", "tasks/?state=done").data["results"] == []
    assert api(ana, "post", f"{at}end/", {}).data["state"] == "done"
    assert api(ana, "post", f"{at}reopen/", {"reason": "Half."}).data["state"] == "open"


def test_the_export_of_tasks_says_who_ended_them_and_what_is_overdue(task, case, ana, sami, client):
    late = timezone.localdate() - timedelta(days=3)
    actions.set_task(officer=ana, casefile_id=case.pk, title="Late one", assignee_id=ana.pk, due_on=late)
    actions.end_task(officer=sami, task_id=task.pk)
    client.force_login(ana)
    text = client.get(f"/cases/{case.pk}/tasks/export/").getvalue().decode("utf-8-sig")
    assert f",{sami.name},\r\n" in text
    row = next(line for line in text.splitlines() if line.startswith("Late one"))
    assert row.rpartition(",")[2] in {"3", "4", "2"}


def test_reading_a_task_costs_the_same_however_much_was_said(task, ana, sami, django_assert_max_num_queries):
    for number in range(12):
        actions.comment_task(officer=sami, task_id=task.pk, text=f"{number}")
    with django_assert_max_num_queries(12):
        actions.open_task(officer=ana, task_id=task.pk)
    with django_assert_max_num_queries(8):
        actions.list_my_tasks(officer=ana)


def test_a_day_whose_end_no_clock_can_say_breaks_nobodys_desk(ana, sami, case):
    actions.set_task(officer=ana, casefile_id=case.pk, title="For ever", assignee_id=sami.pk, due_on=date.max)
    for address in ("/", f"/cases/{case.pk}/tasks/"):
        assert page(sami, "get", address).status_code == 200
