"""The cases at hand: pinned, opened last, narrowed in the list, and several at once."""

import pytest

from audit.models import Event
from cases.casefiles import actions
from cases.casefiles.models import Bookmark
from kernel.errors import NotFound
from tests.cases.asking import ABSENT, api, page


def titles(cases):
    return [case.title for case in cases]


@pytest.fixture
def other(ana, sami):
    return actions.open_case(officer=ana, title="Paper Lighthouse", team=[sami.pk])


def test_what_was_opened_last_is_resumed_from_home_in_one_click(ana, case, other):
    for one in (case, other, case):
        actions.view_case(officer=ana, casefile_id=one.pk)
    assert titles(actions.list_desk(officer=ana).recent) == [case.title, other.title]
    home = page(ana, "get", "/").text
    assert f'href="/cases/{case.pk}/"' in home
    assert f"Resume {case.title}" in home


def test_cases_are_pinned_and_unpinned_for_oneself_alone(ana, sami, case, other):
    assert actions.pin_cases(officer=ana, casefile_ids=[case.pk, other.pk]) == 2
    assert len(actions.list_desk(officer=ana).pinned) == 2
    assert actions.list_desk(officer=sami).pinned == []
    assert not Bookmark.objects.visible_to(sami).exists()
    assert titles(actions.list_cases(officer=ana, pinned=True).rows) == [other.title, case.title]
    actions.unpin_cases(officer=ana, casefile_ids=[case.pk])
    assert titles(actions.list_cases(officer=ana, pinned=True).rows) == [other.title]
    assert Event.objects.filter(kind="casefiles.casefile.pinned").count() == 2


def test_a_case_out_of_sight_is_not_pinned_and_leaves_the_desk(ana, sami, alma, case, other):
    for ids in ([case.pk], [ABSENT], []):
        with pytest.raises(NotFound):
            actions.pin_cases(officer=alma, casefile_ids=ids)
    with pytest.raises(NotFound):
        actions.pin_cases(officer=ana, casefile_ids=[case.pk, ABSENT])
    assert actions.list_desk(officer=ana).pinned == []
    actions.pin_cases(officer=sami, casefile_ids=[case.pk, other.pk])
    actions.view_case(officer=sami, casefile_id=case.pk)
    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    desk = actions.list_desk(officer=sami)
    assert (titles(desk.pinned), titles(desk.recent)) == ([other.title], [])


def test_the_list_is_narrowed_by_every_filter_and_keeps_them_from_page_to_page(ana, alma, case, other):
    assert titles(actions.list_cases(officer=ana, unit_id=ana.unit_id).rows) == [other.title, case.title]
    assert actions.list_cases(officer=ana, unit_id=ABSENT).rows == []
    for _number in range(52):
        actions.open_case(officer=ana, title="Quay")
    shown = page(ana, "get", f"/cases/?q=Quay&status=open&unit={ana.unit_id}&mine=on").text
    assert f"?q=Quay&amp;status=open&amp;unit={ana.unit_id}&amp;mine=on&amp;after=" in shown
    assert page(ana, "get", "/cases/?unit=nonsense").status_code == 422


def test_several_are_pinned_from_the_list_which_stays_as_it_was_narrowed(ana, case, other):
    sent = {"casefiles": [case.pk, other.pk], "shown": "status=open&q=a"}
    assert page(ana, "post", "/cases/pin/", sent).url == "/cases/?status=open&q=a"
    assert page(ana, "get", "/cases/?pinned=on").text.count('name="casefiles"') == 2
    assert page(ana, "post", "/cases/pin/", {"casefiles": [case.pk], "off": "1", "stay": "1"}).url == f"/cases/{case.pk}/"
    assert page(ana, "post", "/cases/pin/", {}).status_code == 422
    assert page(ana, "post", "/cases/pin/", {"casefiles": ["x"]}).status_code == 422


def test_several_tasks_are_ended_at_once_or_none(ana, sami, case):
    tasks = [actions.set_task(officer=ana, casefile_id=case.pk, title=title, assignee_id=sami.pk) for title in ("One", "Two", "Three")]
    sent = {"tasks": [task.pk for task in tasks[:2]], "state": "done"}
    assert page(ana, "post", "/cases/tasks/end/", sent).url == f"/cases/{case.pk}/tasks/"
    assert page(ana, "post", "/cases/tasks/end/", {"tasks": [tasks[1].pk, tasks[2].pk], "state": "done"}).status_code == 409
    assert page(ana, "post", "/cases/tasks/end/", {"tasks": [tasks[2].pk, ABSENT], "state": "done"}).status_code == 404
    assert [task.title for task in actions.list_tasks(officer=ana, casefile_id=case.pk, state="open")[1].rows] == ["Three"]
    with pytest.raises(NotFound):
        actions.end_tasks(officer=ana, task_ids=[])


def test_the_desk_over_the_machine_door(ana, case, other):
    assert api(ana, "post", "cases/pin/", {"casefiles": [str(case.pk)]}).status_code == 204
    assert [row["title"] for row in api(ana, "get", "cases/desk/").data["pinned"]] == [case.title]
    assert [row["title"] for row in api(ana, "get", f"cases/?pinned=true&unit_id={ana.unit_id}").data["results"]] == [case.title]
    assert api(ana, "post", "cases/unpin/", {"casefiles": [str(case.pk)]}).status_code == 204
    task = actions.set_task(officer=ana, casefile_id=case.pk, title="One", assignee_id=ana.pk)
    assert api(ana, "post", "tasks/end-several/", {"tasks": [str(task.pk)]}).data[0]["state"] == "done"


def test_the_lists_cost_the_same_however_many_cases_there_are(ana, case, other, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        actions.list_desk(officer=ana)
    with django_assert_max_num_queries(14):
        actions.list_cases(officer=ana, pinned=True)
