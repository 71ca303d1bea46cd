"""Closing a case with its outcome, opening it again, and letting several rest."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from cases.casefiles import actions, rules
from cases.casefiles.models import CaseClosing, CaseFile, NoticeMode, Task
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.asking import ABSENT, api, bodies, page
from tests.cases.refusals import refused

ENDED = {"outcome": "charged", "reason": "Indicted at Grayhaven."}


def close(officer, case, **more):
    return actions.close_case(officer=officer, casefile_id=case.pk, **ENDED | more)


def history(officer, case):
    return [(row.outcome, row.reason) for row in actions.list_closings(officer=officer, casefile_id=case.pk)[1].rows]


def test_a_supervisor_closes_a_case_nobody_works_on_it_then_and_it_can_be_opened_again(case, ana, sami):
    close(sami, case)
    for deed in (
        lambda: actions.change_case(officer=ana, casefile_id=case.pk, title="After"),
        lambda: actions.write_note(officer=ana, casefile_id=case.pk, text="After"),
        lambda: actions.rest_cases(officer=ana, casefile_ids=[case.pk], status="dormant"),
        lambda: close(sami, case),
    ):
        with refused(rules.CLOSED, Conflict):
            deed()
    actions.reopen_case(officer=sami, casefile_id=case.pk, reason="A new witness.")
    actions.write_note(officer=ana, casefile_id=case.pk, text="Again.")
    with refused(rules.NOT_CLOSED, Conflict):
        actions.reopen_case(officer=sami, casefile_id=case.pk, reason="Twice.")
    close(sami, case, outcome="convicted", reason="Twelve years.")
    assert history(ana, case) == [("convicted", "Twelve years."), ("", "A new witness."), ("charged", "Indicted at Grayhaven.")]
    assert CaseFile.objects.visible_to(ana).one(case.pk).outcome == "convicted"
    kinds = list(Event.objects.about(case.pk).filter(kind__endswith="closed").values_list("actor_id", flat=True))
    assert kinds == [sami.pk, sami.pk]


def test_open_tasks_are_shown_first_and_fall_with_the_case_or_keep_it_open(case, ana, sami):
    for title in ("Ask the bank", "Call the harbour"):
        actions.set_task(officer=ana, casefile_id=case.pk, title=title, assignee_id=ana.pk, due_on=date(2026, 12, 1))
    done = actions.set_task(officer=ana, casefile_id=case.pk, title="Long done", assignee_id=ana.pk)
    actions.end_task(officer=ana, task_id=done.pk)
    shown = page(sami, "get", f"/cases/{case.pk}/close/").text
    assert "2 tasks are still open" in shown
    assert "Call the harbour" in shown
    assert "Long done" not in shown
    with pytest.raises(Invalid) as kept:
        close(sami, case)
    assert kept.value.fields == {"drop_tasks": rules.TASKS_OPEN}
    assert CaseFile.objects.visible_to(sami).one(case.pk).status == "open"
    close(sami, case, drop_tasks=True)
    assert sorted(Task.objects.visible_to(ana).values_list("title", "state")) == [
        ("Ask the bank", "dropped"), ("Call the harbour", "dropped"), ("Long done", "done"),
    ]  # fmt: skip
    assert not ana.notices.filter(done_at=None).exists()
    assert "2 open tasks were dropped with it." in page(ana, "get", f"/cases/{case.pk}/").text


def test_nothing_in_the_history_is_changed_or_deleted(case, sami):
    close(sami, case)
    rows = CaseClosing.objects.visible_to(sami)
    for deed in (lambda: rows.update(reason="Better"), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_the_database_wants_an_outcome_of_a_closed_case_and_of_no_other(case, sami):
    rows = CaseFile.objects.visible_to(sami).filter(pk=case.pk)
    for facts in ({"outcome": "charged"}, {"status": "closed", "closed_at": case.opened_at}, {"outcome": "eaten"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**facts)


@pytest.mark.parametrize("facts", [{"outcome": ""}, {"outcome": "eaten"}, {"reason": "  "}])
def test_a_closing_says_what_came_of_it_and_why(case, sami, facts):
    with pytest.raises(Invalid):
        close(sami, case, **facts)
    assert history(sami, case) == []


def test_an_opening_again_says_why(case, sami):
    close(sami, case)
    with pytest.raises(Invalid):
        actions.reopen_case(officer=sami, casefile_id=case.pk, reason=" ")


def test_an_investigator_neither_closes_a_case_nor_opens_it_again(case, ana, sami):
    with refused(rules.SUPERVISOR_CLOSES):
        close(ana, case)
    with refused(rules.SUPERVISOR_CLOSES):
        actions.begin_closing(officer=ana, casefile_id=case.pk)
    close(sami, case)
    with refused(rules.SUPERVISOR_CLOSES):
        actions.reopen_case(officer=ana, casefile_id=case.pk, reason="Mine.")
    assert "Open it again" not in page(ana, "get", f"/cases/{case.pk}/reopen/").text


def test_a_standing_file_is_never_closed(sami):
    standing = actions.keep_standing_file(officer=sami, unit_id=sami.unit_id)
    assert standing.notice_mode == NoticeMode.BOTH
    with refused(rules.STANDING_STAYS):
        close(sami, standing)


@pytest.mark.parametrize("who", ["alma", "bela", "otto"])
def test_whoever_does_not_see_a_case_finds_no_history_of_it(case, cast, sami, who):
    close(sami, case)
    for door in ("close", "reopen"):
        assert len(bodies(page, cast[who], f"/cases/{{}}/{door}/", case.pk)) == 1
        assert len(bodies(api, cast[who], f"cases/{{}}/{door}/", case.pk, method="post", data=ENDED)) == 1
    assert len(bodies(api, cast[who], "cases/{}/closings/", case.pk)) == 1


def test_a_case_is_closed_and_opened_on_its_pages_which_say_what_follows(case, ana, sami):
    assert "Releases given to other agencies stay in force" in page(sami, "get", f"/cases/{case.pk}/close/").text
    half = page(sami, "post", f"/cases/{case.pk}/close/", {"outcome": "", "reason": "kept words"})
    assert half.status_code == 422
    assert "kept words" in half.text
    assert page(sami, "post", f"/cases/{case.pk}/close/", ENDED).status_code == 302
    shown = page(ana, "get", f"/cases/{case.pk}/").text
    assert "Closed: Charged" in shown
    assert "Indicted at Grayhaven." in shown
    assert page(sami, "post", f"/cases/{case.pk}/reopen/", {"reason": ""}).status_code == 422
    assert page(sami, "post", f"/cases/{case.pk}/reopen/", {"reason": "A new witness."}).status_code == 302
    assert "Opened again" in page(ana, "get", f"/cases/{case.pk}/reopen/").text


def test_the_machine_door_closes_tells_the_history_and_opens_again(case, ana, sami):
    assert api(sami, "post", f"cases/{case.pk}/close/", {"outcome": "eaten", "reason": "x"}).status_code == 422
    assert api(sami, "post", f"cases/{case.pk}/close/", ENDED).data["status"] == "closed"
    assert api(sami, "post", f"cases/{case.pk}/reopen/", {"reason": "A new witness."}).data["status"] == "open"
    told = api(ana, "get", f"cases/{case.pk}/closings/?size=1").data
    assert [(row["outcome"], row["made_by"]["name"]) for row in told["results"]] == [("", sami.name)]
    assert [row["outcome"] for row in api(ana, "get", f"cases/{case.pk}/").data["closings"]] == ["", "charged"]


def test_the_list_is_narrowed_to_an_outcome(case, ana, sami):
    actions.open_case(officer=ana, title="Paper Lighthouse", team=[sami.pk])
    close(sami, case, outcome="no-offence")
    assert [row.title for row in actions.list_cases(officer=ana, outcome="no-offence").rows] == [case.title]
    assert case.title not in page(ana, "get", "/cases/?outcome=convicted").text.partition("<table")[2]
    assert [row["outcome"] for row in api(ana, "get", "cases/?outcome=no-offence").data["results"]] == ["no-offence"]


def test_several_cases_rest_and_are_taken_up_again_all_or_none(case, ana, sami):
    other = actions.open_case(officer=ana, title="Paper Lighthouse", team=[sami.pk])
    both = [case.pk, other.pk]
    sent = {"casefiles": both, "status": "dormant", "shown": "mine=on"}
    assert page(ana, "post", "/cases/rest/", sent).url == "/cases/?mine=on"
    assert {row.status for row in actions.list_cases(officer=ana).rows} == {"dormant"}
    with refused(rules.RESTS_ALREADY, Conflict):
        actions.rest_cases(officer=ana, casefile_ids=both, status="dormant")
    assert {row["status"] for row in api(ana, "post", "cases/rest/", {"casefiles": list(map(str, both)), "status": "open"}).data} == {
        "open"
    }
    close(sami, other)
    with refused(rules.CLOSED, Conflict):
        actions.rest_cases(officer=ana, casefile_ids=both, status="dormant")
    assert CaseFile.objects.visible_to(ana).one(case.pk).status == "open"
    assert Event.objects.about(case.pk).filter(kind="casefiles.casefile.rested").count() == 2


def test_who_does_not_work_on_one_of_them_lets_none_rest(case, ana, alma, sami):
    wide = actions.open_case(officer=sami, title="Wide", audience="unit", audience_reason="All of us.")
    with refused(rules.NOT_ON_TEAM):
        actions.rest_cases(officer=ana, casefile_ids=[case.pk, wide.pk], status="dormant")
    for ids in ([case.pk], [ABSENT], []):
        with pytest.raises(NotFound):
            actions.rest_cases(officer=alma, casefile_ids=ids, status="dormant")
    with pytest.raises(Invalid):
        actions.rest_cases(officer=ana, casefile_ids=[case.pk], status="closed")
    assert page(ana, "post", "/cases/rest/", {"status": "dormant"}).status_code == 422
