"""What the agencies of a joint case agreed to do: who sees it, who may move it on, and what remains when somebody goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice, Officer
from audit.models import Event
from kernel.errors import Conflict, Invalid, NotFound
from portal.pages.notices import standing
from sharing.agreements import actions as agreements
from sharing.joint import actions, rules
from sharing.joint.models import AgreedEntry, AgreedTask, JointCase
from tests.answers import body
from tests.cases.asking import api, page
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.joint.conftest import admission

TITLE, WORDS, SAID = "zqtitle crane", "zqwords at dawn", "zqsaid it is done"


@pytest.fixture
def task(joint: JointCase, ana: Officer, bela: Officer) -> AgreedTask:
    """Ana wrote down what SIC does, and that Bela does it."""
    return actions.set_agreed_task(
        officer=fresh(ana), joint_id=joint.pk, title=TITLE, text=WORDS, agency_id=bela.agency_id, assignee_id=bela.pk,
        due_on=date(2030, 5, 4),
    )  # fmt: skip


def seen(officer: Officer, task: AgreedTask) -> actions.OpenAgreed:
    return actions.open_agreed_task(officer=fresh(officer), task_id=task.pk)


def mine(officer: Officer) -> list[Any]:
    return [row.pk for row in actions.list_my_agreed_tasks(officer=fresh(officer)).rows]


def waits(officer: Officer, kind: str = "joint.task.waits") -> list[Any]:
    """What is on the officer's desk and still said there."""
    return [notice.subject_id for notice in standing(fresh(officer)) if notice.kind == kind]


def test_ana_sets_bela_a_task_who_takes_it_in_hand_speaks_of_it_and_has_done_it(joint, task, ana, bela):
    assert waits(bela) == mine(bela) == [task.pk]
    assert mine(ana) == waits(ana) == []
    assert (seen(bela, task).task.holder, seen(bela, task).moves) == (bela, True)
    actions.move_agreed_task(officer=fresh(bela), task_id=task.pk, state="doing")
    actions.comment_agreed_task(officer=fresh(bela), task_id=task.pk, text=SAID)
    assert waits(ana, "joint.task.commented") == [task.pk]
    assert [(entry.kind, entry.state) for entry in seen(ana, task).page.rows] == [("comment", "doing"), ("state", "doing"), ("set", "open")]
    assert waits(ana, "joint.task.commented") == []
    actions.end_agreed_task(officer=fresh(bela), task_id=task.pk)
    assert waits(bela) == mine(bela) == []
    assert [row.pk for row in actions.list_my_agreed_tasks(officer=fresh(bela), state="").rows] == [task.pk]
    with refused(rules.TASK_ENDED, Conflict):
        actions.end_agreed_task(officer=fresh(bela), task_id=task.pk)
    actions.reopen_agreed_task(officer=fresh(ana), task_id=task.pk, reason="Another crane.")
    assert waits(bela) == [task.pk]


def test_every_member_of_the_joint_case_sees_it_and_nobody_else(joint, task, ana, sami, bela, alma, breno, sofia, tomas, otto, petra):
    actions.comment_agreed_task(officer=fresh(ana), task_id=task.pk, text=SAID)
    for member in (ana, sami, bela):
        assert seen(member, task).task.title == TITLE
        assert [row.pk for row in actions.view_joint_case(officer=fresh(member), joint_id=joint.pk).tasks] == [task.pk]
    for other in (alma, breno, sofia, tomas, otto, petra):
        for deed in (
            lambda o=other: seen(o, task),
            lambda o=other: actions.list_agreed_tasks(officer=fresh(o), joint_id=joint.pk),
            lambda o=other: actions.comment_agreed_task(officer=fresh(o), task_id=task.pk, text="Hello?"),
            lambda o=other: actions.move_agreed_task(officer=fresh(o), task_id=task.pk, state="doing"),
            lambda o=other: actions.change_agreed_task(officer=fresh(o), task_id=task.pk, assignee_id=None, due_on=None, reason="x"),
        ):
            with pytest.raises(NotFound):
                deed()
        assert not AgreedTask.objects.visible_to(fresh(other)).exists()
        assert not AgreedEntry.objects.visible_to(fresh(other)).exists()
    assert actions.view_joint_case(officer=fresh(breno), joint_id=joint.pk).tasks == []


def test_no_page_and_no_answer_says_a_word_of_it_to_whoever_is_not_admitted(joint, task, ana, bela, breno, alma, sofia, otto):
    actions.comment_agreed_task(officer=fresh(bela), task_id=task.pk, text=SAID)
    addresses = [
        "/", reverse("joint:list"), reverse("joint:one", args=[joint.pk]), reverse("joint:tasks", args=[joint.pk]),
        reverse("joint:task", args=[task.pk]), reverse("joint:change-task", args=[task.pk]), reverse("casefiles:my-tasks"),
        f"/api/v1/joint-cases/{joint.pk}/", f"/api/v1/joint-cases/{joint.pk}/tasks/", "/api/v1/agreed-tasks/",
        f"/api/v1/agreed-tasks/{task.pk}/", f"/api/v1/agreed-tasks/{task.pk}/entries/", "/api/v1/notices/", "/ledger/",
    ]  # fmt: skip

    def met(officer: Officer) -> set[str]:
        client = Client()
        client.force_login(fresh(officer))
        text = "".join(body(client.get(address)) for address in addresses)
        return {word for word in ("zqtitle", "zqwords", "zqsaid") if word in text}

    assert met(ana) == met(bela) == {"zqtitle", "zqwords", "zqsaid"}
    for other in (breno, alma, sofia, otto):
        assert met(other) == set(), other.name


def test_a_notice_of_it_says_no_word_of_it(task, joint, bela):
    said = actions.NOTICES["joint.task.waits"](fresh(bela), task.pk)
    assert joint.reference in str(said.title)
    assert "zq" not in f"{said.title} {said.text}"


def test_the_team_of_its_agency_and_whoever_set_it_move_it_on_and_the_rest_of_the_team_speaks(
    joint, task, ana, sami, bela, breno, sofia, tomas
):
    actions.admit_officer(officer=fresh(sofia), joint_id=joint.pk, member_id=tomas.pk)
    actions.admit_officer(officer=fresh(breno), joint_id=joint.pk, member_id=breno.pk)
    for other in (sami, tomas):  # of the agency of whoever set it, too
        for deed in (
            lambda o=other: actions.move_agreed_task(officer=fresh(o), task_id=task.pk, state="doing"),
            lambda o=other: actions.end_agreed_task(officer=fresh(o), task_id=task.pk),
            lambda o=other: actions.change_agreed_task(officer=fresh(o), task_id=task.pk, assignee_id=None, due_on=None, reason="x"),
        ):
            with refused(rules.NOT_YOUR_TASK):
                deed()
        assert not seen(other, task).moves
        assert actions.comment_agreed_task(officer=fresh(other), task_id=task.pk, text="Noted.").pk
    actions.move_agreed_task(officer=fresh(breno), task_id=task.pk, state="doing")
    actions.move_agreed_task(officer=fresh(ana), task_id=task.pk, state="open")


def test_it_is_set_for_an_agency_that_joined_and_an_officer_whom_that_agency_admitted(opened, joint, ana, sami, bela, breno, sofia, otto):
    facts: dict[str, Any] = {"officer": fresh(ana), "joint_id": joint.pk, "title": "Watch", "agency_id": bela.agency_id}
    for wrong, field in (
        ({"agency_id": otto.agency_id}, "agency_id"), ({"title": "  "}, "title"), ({"assignee_id": breno.pk}, "assignee_id"),
        ({"assignee_id": sami.pk}, "assignee_id"), ({"assignee_id": otto.pk}, "assignee_id"), ({"assignee_id": joint.pk}, "assignee_id"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as flaw:
            actions.set_agreed_task(**facts | wrong)
        assert set(flaw.value.fields) == {field}
    with refused(rules.NOT_ON_TEAM):
        actions.set_agreed_task(**facts | {"officer": fresh(breno)})
    assert not AgreedTask.objects.visible_to(fresh(ana)).exists()
    actions.leave_joint_case(officer=fresh(sofia), joint_id=joint.pk)
    with pytest.raises(Invalid):
        actions.set_agreed_task(**facts | {"agency_id": sofia.agency_id})


def test_an_agency_that_was_only_asked_is_given_nothing_to_do(opened, sami, breno):
    with pytest.raises(Invalid):
        actions.set_agreed_task(officer=fresh(sami), joint_id=opened.pk, title="Watch", agency_id=breno.agency_id)


def test_what_nobody_holds_waits_with_the_team_of_its_agency_until_somebody_holds_it(joint, ana, sami, bela, breno):
    task = actions.set_agreed_task(officer=fresh(bela), joint_id=joint.pk, title="Ask the port", agency_id=ana.agency_id)
    assert waits(ana) == waits(sami) == [task.pk]
    assert waits(bela) == waits(breno) == mine(ana) == []
    actions.change_agreed_task(officer=fresh(sami), task_id=task.pk, assignee_id=ana.pk, due_on=date(2030, 1, 2), reason="Ana knows them.")
    assert (waits(ana), waits(sami), mine(ana)) == ([task.pk], [], [task.pk])
    with refused(rules.TASK_STAYS, Conflict):
        actions.change_agreed_task(officer=fresh(sami), task_id=task.pk, assignee_id=ana.pk, due_on=date(2030, 1, 2), reason="Again.")
    with pytest.raises(Invalid):
        actions.change_agreed_task(officer=fresh(sami), task_id=task.pk, assignee_id=bela.pk, due_on=None, reason="Not ours.")


def test_whose_admission_ended_holds_nothing_and_it_waits_with_the_others_of_the_agency(joint, task, ana, bela, breno):
    actions.admit_officer(officer=fresh(breno), joint_id=joint.pk, member_id=breno.pk)
    actions.end_admission(officer=fresh(breno), joint_id=joint.pk, admission_id=admission(joint, bela).pk)
    shown = seen(ana, task).task
    assert (shown.holder, shown.title) == (None, TITLE)
    assert mine(bela) == waits(bela) == []
    assert waits(breno) == [task.pk]
    assert "Nobody holds it" in body(page(ana, "get", reverse("joint:task", args=[task.pk])))
    assert api(ana, "get", f"agreed-tasks/{task.pk}/").json()["assignee"] is None


def test_the_tasks_of_an_agency_that_left_stay_readable_and_nobody_holds_them(joint, task, ana, sami, bela, breno):
    actions.comment_agreed_task(officer=fresh(bela), task_id=task.pk, text=SAID)
    actions.leave_joint_case(officer=fresh(breno), joint_id=joint.pk)
    shown = seen(sami, task)
    assert (shown.task.holder, shown.task.title, shown.page.rows[0].text) == (None, TITLE, SAID)
    assert api(ana, "get", f"agreed-tasks/{task.pk}/").json()["agency_left"] is True
    for former in (bela, breno):
        assert mine(former) == waits(former) == []
        with pytest.raises(NotFound):
            seen(former, task)
    actions.end_agreed_task(officer=fresh(ana), task_id=task.pk, state="dropped", reason="SIC has left.")


def test_in_a_closed_joint_case_it_is_read_and_nothing_is_added(joint, task, ana, sami, bela):
    actions.close_joint_case(officer=fresh(sami), joint_id=joint.pk)
    assert seen(bela, task).task.state == "open"
    assert (seen(bela, task).moves, seen(bela, task).writes) == (False, False)
    assert mine(bela) == waits(bela) == []
    for deed in (
        lambda: actions.set_agreed_task(officer=fresh(ana), joint_id=joint.pk, title="More", agency_id=ana.agency_id),
        lambda: actions.move_agreed_task(officer=fresh(bela), task_id=task.pk, state="doing"),
        lambda: actions.end_agreed_task(officer=fresh(bela), task_id=task.pk),
        lambda: actions.comment_agreed_task(officer=fresh(bela), task_id=task.pk, text="More."),
        lambda: actions.change_agreed_task(officer=fresh(bela), task_id=task.pk, assignee_id=None, due_on=None, reason="x"),
        lambda: actions.reopen_agreed_task(officer=fresh(bela), task_id=task.pk, reason="x"),
    ):
        with refused(rules.CLOSED, Conflict):
            deed()


def test_while_trust_is_suspended_nobody_sees_it(joint, task, pact, ana, bela, breno):
    agreements.suspend_agreement(officer=fresh(breno), agreement_id=pact.pk, reason="A leak is feared.")
    for member in (ana, bela):
        assert mine(member) == waits(member) == []
        with pytest.raises(NotFound):
            seen(member, task)
    agreements.resume_agreement(officer=fresh(breno), agreement_id=pact.pk, reason="It was not.")
    assert mine(bela) == [task.pk]


def test_what_is_dropped_changed_or_taken_up_again_says_why(task, bela):
    own = {"officer": fresh(bela), "task_id": task.pk}
    for deed in (
        lambda: actions.end_agreed_task(**own, state="dropped", reason="  "),
        lambda: actions.change_agreed_task(**own, assignee_id=None, due_on=None, reason=" "),
        lambda: actions.comment_agreed_task(**own, text="  "),
        lambda: actions.move_agreed_task(**own, state="done"),
        lambda: actions.end_agreed_task(**own, state="doing"),
    ):
        with pytest.raises(Invalid):
            deed()
    assert seen(bela, task).task.state == "open"
    actions.end_agreed_task(**own, state="dropped", reason="The crane is gone.")
    assert seen(bela, task).page.rows[0].text == "The crane is gone."
    with pytest.raises(Invalid):
        actions.reopen_agreed_task(**own, reason=" ")


def test_the_database_keeps_the_history_and_what_was_agreed(task, bela, sami):
    why = "a test breaks in"
    for deed in (
        lambda: AgreedEntry.objects.unscoped(why).update(text="Other words."),
        lambda: AgreedEntry.objects.unscoped(why).delete(),
        lambda: AgreedTask.objects.unscoped(why).update(title="Another"),
        lambda: AgreedTask.objects.unscoped(why).delete(),
        lambda: AgreedTask.objects.unscoped(why).update(state="done"),
        lambda: AgreedEntry.objects.create(task=task, kind="ended", state="dropped", author=bela, agency=bela.agency),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_each_agency_has_a_line_of_every_deed_and_none_has_its_words(joint, task, ana, bela, sofia):
    own = {"officer": fresh(bela), "task_id": task.pk}
    actions.move_agreed_task(**own, state="doing")
    actions.comment_agreed_task(**own, text=SAID)
    actions.change_agreed_task(**own, assignee_id=None, due_on=None, reason="zqreason")
    actions.end_agreed_task(**own)
    actions.reopen_agreed_task(**own, reason="zqagain")
    for kind in ("set", "moved", "commented", "changed", "ended", "reopened"):
        owners = set(Event.objects.filter(kind=f"joint.task.{kind}").values_list("owner_id", flat=True))
        assert owners == {ana.agency_id, bela.agency_id, sofia.agency_id}, kind


def test_on_the_page_it_is_set_spoken_of_changed_dropped_and_taken_up_again(joint, browser_of, ana, bela):
    host, partner = browser_of(ana), browser_of(bela)
    there = reverse("joint:tasks", args=[joint.pk])
    typed = {"title": TITLE, "text": WORDS, "agency": bela.agency_id, "assignee": admission(joint, bela).pk, "due_on": "2030-05-04"}
    assert host.post(there, typed)["Location"] == there
    [row] = actions.list_my_agreed_tasks(officer=fresh(bela)).rows
    page = reverse("joint:task", args=[row.pk])
    assert TITLE in body(partner.get(reverse("casefiles:my-tasks")))
    assert TITLE in body(partner.get("/"))
    assert TITLE in body(partner.get(reverse("joint:one", args=[joint.pk])))
    assert partner.post(reverse("joint:move-task", args=[row.pk]), {"state": "doing"})["Location"] == page
    assert partner.post(page, {"text": SAID})["Location"] == page
    change = reverse("joint:change-task", args=[row.pk])
    assert partner.post(change, {"assignee": "", "due_on": "", "reason": "Later."})["Location"] == page
    assert partner.post(reverse("joint:end-task", args=[row.pk]), {"state": "dropped", "reason": "Gone."})["Location"] == page
    assert host.post(reverse("joint:reopen-task", args=[row.pk]), {"reason": "Back."})["Location"] == page
    shown = body(host.get(page))
    for word in (TITLE, WORDS, SAID, "Later.", "Gone.", "Back.", "Nobody holds it"):
        assert word in shown


def test_wrong_forms_come_back_with_what_was_typed_and_nothing_is_written(joint, task, browser_of, ana, bela):
    client = browser_of(bela)
    there = reverse("joint:tasks", args=[joint.pk])
    for typed in (
        {"title": ""}, {"title": "zqkept", "agency": "x"}, {"title": "zqkept", "agency": bela.agency_id, "due_on": "2030-02-31"},
        {"title": "zqkept", "agency": ana.agency_id, "assignee": admission(joint, bela).pk},
    ):  # fmt: skip
        answer = client.post(there, typed)
        assert answer.status_code == 422
        assert typed["title"] in body(answer)
    assert client.post(reverse("joint:task", args=[task.pk]), {"text": ""}).status_code == 422
    assert client.post(reverse("joint:change-task", args=[task.pk]), {"reason": ""}).status_code == 422
    for name, typed in (
        ("move-task", {"state": "done"}), ("move-task", {}), ("end-task", {"state": "open"}), ("end-task", {"state": "dropped"}),
        ("end-task", {"state": "dropped", "reason": "x" * 501}), ("reopen-task", {"reason": "x" * 501}),
    ):  # fmt: skip
        assert client.post(reverse(f"joint:{name}", args=[task.pk]), typed).status_code in {409, 422}, (name, typed)
    assert AgreedTask.objects.visible_to(fresh(bela)).count() == 1
    assert [entry.kind for entry in seen(bela, task).page.rows] == ["set"]


@pytest.mark.parametrize("day", [date.min, date.max, date(1999, 12, 31), date(2100, 1, 1)])
def test_a_day_on_which_nothing_is_due_is_refused_and_breaks_nobodys_desk(joint, task, ana, bela, day):
    """The last day there is ends, west of Greenwich, after the last moment there is: every page of whoever was told of it broke."""
    facts = {"agency_id": bela.agency_id, "assignee_id": bela.pk, "due_on": day}
    with pytest.raises(Invalid) as flaw:
        actions.set_agreed_task(officer=fresh(ana), joint_id=joint.pk, title="Then", **facts)
    assert set(flaw.value.fields) == {"due_on"}
    with pytest.raises(Invalid):
        actions.change_agreed_task(officer=fresh(bela), task_id=task.pk, assignee_id=bela.pk, due_on=day, reason="Then.")
    typed = {"title": "Then", "agency": bela.agency_id, "due_on": day.isoformat()}
    assert page(ana, "post", reverse("joint:tasks", args=[joint.pk]), typed).status_code == 422
    sent = {"title": "Then", "agency_id": str(bela.agency_id), "due_on": day.isoformat()}
    assert api(ana, "post", f"joint-cases/{joint.pk}/tasks/", sent).status_code == 422
    assert page(bela, "get", "/").status_code == 200


def test_a_program_does_the_same(joint, ana, bela, otto):
    path = f"joint-cases/{joint.pk}/tasks/"
    made = api(ana, "post", path, {"title": TITLE, "agency_id": str(bela.agency_id), "assignee_id": str(bela.pk), "due_on": "2030-05-04"})
    assert made.status_code == 201
    own = f"agreed-tasks/{made.json()['id']}/"
    assert [row["title"] for row in api(bela, "get", "agreed-tasks/?state=running").json()["results"]] == [TITLE]
    assert [row["title"] for row in api(ana, "get", path).json()["results"]] == [TITLE]
    assert api(bela, "get", own).json()["may_move"] is True
    assert api(bela, "post", f"{own}move/", {"state": "doing"}).json()["state"] == "doing"
    assert api(bela, "post", f"{own}entries/", {"text": SAID}).status_code == 201
    assert api(bela, "patch", own, {"assignee_id": None, "due_on": None, "reason": "Later."}).status_code == 200
    assert api(bela, "post", f"{own}end/", {"state": "dropped"}).status_code == 422
    assert api(bela, "post", f"{own}end/", {"state": "dropped", "reason": "Gone."}).json()["state"] == "dropped"
    assert api(bela, "post", f"{own}reopen/", {"reason": "Back."}).json()["state"] == "open"
    kinds = [row["kind"] for row in api(ana, "get", f"{own}entries/").json()["results"]]
    assert kinds == ["reopened", "ended", "changed", "comment", "state", "set"]
    for address in (own, f"{own}entries/", path):
        assert api(otto, "get", address).status_code == 404
    assert api(ana, "post", path, {"title": "x", "agency_id": str(otto.agency_id)}).status_code == 422


def test_what_is_late_says_so_and_other_peoples_notices_stay(joint, ana, bela):
    past = (timezone.now() - timedelta(days=3)).date()
    task = actions.set_agreed_task(officer=fresh(ana), joint_id=joint.pk, title="Late", agency_id=bela.agency_id, due_on=past)
    assert seen(ana, task).task.is_late
    assert Notice.objects.get(officer=bela, kind="joint.task.waits", done_at=None).due_at
