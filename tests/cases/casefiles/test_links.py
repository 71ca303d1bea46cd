"""Cases that belong together: told to whoever sees both, and to nobody else in any way."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from cases.casefiles import actions, rules
from cases.casefiles.models import LinkedCases
from kernel.errors import Conflict, Invalid, NotFound
from tests.cases.asking import ABSENT, api, bodies, page
from tests.cases.refusals import refused


@pytest.fixture
def other(ana):
    """Ana's alone: Sami, who sees the first case, does not see this one."""
    return actions.open_case(officer=ana, title="Paper Lighthouse")


def link(officer, case, other, kind="related", **more):
    facts = {"reference": other.reference, "kind": kind, "reason": "The same buyer."} | more
    return actions.link_cases(officer=officer, casefile_id=case.pk, **facts)


def told(officer, case):
    return [(each.word, each.case.title) for each in actions.list_links(officer=officer, casefile_id=case.pk).standing]


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("related", "Related to", "Related to"), ("parent", "Parent of", "Child of"), ("split-from", "Split from", "Gave off"),
        ("merged-into", "Merged into", "Took in"), ("same-group", "Same offence group as", "Same offence group as"),
    ],
)  # fmt: skip
def test_each_of_two_linked_cases_says_what_the_other_is_to_it(ana, case, other, kind, here, there):
    link(ana, case, other, kind)
    assert told(ana, case) == [(here, other.title)]
    assert told(ana, other) == [(there, case.title)]
    for one, two in ((case, other), (other, case)):
        assert two.title in page(ana, "get", f"/cases/{one.pk}/").text
        assert [row["case"]["id"] for row in api(ana, "get", f"cases/{one.pk}/").data["linked_cases"]] == [str(two.pk)]


def everything(officer, case):
    """What the officer is told of a case at each of its doors, without what differs each time."""
    shown = [page(officer, "get", f"/cases/{case.pk}/{tab}") for tab in ("", "links/", "activity/", "activity/?looks=1")]
    told = [api(officer, "get", f"cases/{case.pk}/{door}") for door in ("", "linked-cases/", "activity/")]
    told.append(api(officer, "get", f"cases/?q={case.reference}"))
    shown += [page(officer, "get", address) for address in ("/", "/cases/", "/ledger/")]
    return [answer.text for answer in (*shown, *told)]


def test_to_whoever_sees_one_of_the_two_there_is_no_link_at_all(ana, sami, case, other):
    everything(sami, case)
    before = [text.count("Linked two") + text.count("link.made") for text in everything(sami, case)]
    made = link(ana, case, other)
    ended = link(ana, case, other, "parent")
    actions.unlink_cases(officer=ana, link_id=ended.pk, reason="It was wrong.")
    after = everything(sami, case)
    for text in after:
        for word in (other.title, other.reference, str(other.pk), str(made.pk), "The same buyer.", "It was wrong."):
            assert word not in text
    assert [text.count("Linked two") + text.count("link.made") for text in after] == before
    assert told(sami, case) == []
    assert not LinkedCases.objects.visible_to(sami).exists()
    assert "No link that you may see." in page(sami, "get", f"/cases/{case.pk}/links/").text
    assert len(bodies(api, sami, "linked-cases/{}/end/", made.pk, method="post", data={"reason": "Mine."})) == 1


def test_the_activity_of_either_case_tells_of_the_link_to_who_sees_both(ana, sami, case, other):
    link(ana, case, other)
    actions.add_to_team(officer=ana, casefile_id=other.pk, member_id=sami.pk)
    for officer, one in ((ana, case), (ana, other), (sami, other), (sami, case)):
        kinds = [line.kind for line in actions.read_activity(officer=officer, casefile_id=one.pk)[1].rows]
        assert "casefiles.link.made" in kinds
    actions.take_off_team(officer=ana, casefile_id=other.pk, member_id=sami.pk)
    assert "casefiles.link.made" not in [line.kind for line in actions.read_activity(officer=sami, casefile_id=case.pk)[1].rows]
    assert {line.subject_type for line in Event.objects.filter(kind__startswith="casefiles.link.m")} == {"linkedcases"}


def test_linking_does_not_move_the_other_case_in_anybody_s_list(ana, sami, case, other):
    actions.change_case(officer=ana, casefile_id=other.pk, summary="Later.")
    link(ana, case, other)
    assert [row.title for row in actions.list_cases(officer=ana).rows] == [other.title, case.title]


def test_a_reference_out_of_sight_is_answered_as_one_that_nobody_has(ana, sami, bela, case, other):
    foreign = actions.open_case(officer=bela, title="Porto Frio")
    sent = {"kind": "related", "reason": "A guess."}
    pages, programs = set(), set()
    for reference in (other.reference, foreign.reference, "NFIS-2026-ZZZZZZ"):
        with pytest.raises(Invalid) as nothing:
            actions.link_cases(officer=sami, casefile_id=case.pk, reference=reference, **sent)
        assert nothing.value.fields == {"reference": rules.NO_SUCH_REFERENCE}
        typed = page(sami, "post", f"/cases/{case.pk}/links/", sent | {"reference": reference})
        assert typed.status_code == 422
        pages.add(typed.context["form"].errors.as_json())
        answer = api(sami, "post", f"cases/{case.pk}/linked-cases/", sent | {"reference": reference})
        programs.add((answer.status_code, answer.text.replace(answer.headers["X-Request-Id"], "")))
    assert len(pages) == len(programs) == 1
    assert page(sami, "post", f"/cases/{case.pk}/links/", sent | {"near": other.pk}).status_code == 422


def test_a_link_gives_no_sight(ana, sami, case, other):
    link(ana, case, other)
    with pytest.raises(NotFound):
        actions.view_case(officer=sami, casefile_id=other.pk)


def test_no_case_is_its_own_ancestor_as_far_as_the_officer_sees(ana, case, other):
    third = actions.open_case(officer=ana, title="Third")
    link(ana, case, other, "parent")
    link(ana, other, third, "parent")
    for child, parent in ((other, case), (third, case), (third, other)):
        with pytest.raises(Conflict):
            link(ana, child, parent, "parent")
    link(ana, case, third, "parent")
    with pytest.raises(Invalid) as itself:
        link(ana, case, case)
    assert itself.value.fields == {"reference": rules.LINKED_TO_ITSELF}


def test_a_circle_through_a_case_out_of_sight_is_not_told_of(ana, sami, case, other):
    top = actions.open_case(officer=ana, title="Top", team=[sami.pk])
    link(ana, top, other, "parent")
    link(ana, other, case, "parent")
    link(sami, case, top, "parent")
    assert told(sami, case) == [("Parent of", "Top")]


def test_two_cases_are_linked_in_one_way_once_whichever_is_named_first(ana, case, other):
    link(ana, case, other)
    with refused(rules.LINKED_ALREADY, Conflict):
        link(ana, other, case)
    link(ana, other, case, "split-from")
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkedCases.objects.create(casefile=other, other=case, kind="related", reason="Twice.", made_by=ana)


def test_a_link_is_taken_back_with_a_reason_and_stays_in_the_history(ana, case, other):
    made = link(ana, case, other)
    with pytest.raises(Invalid):
        actions.unlink_cases(officer=ana, link_id=made.pk, reason=" ")
    actions.unlink_cases(officer=ana, link_id=made.pk, reason="Another buyer.")
    assert told(ana, case) == told(ana, other) == []
    [gone] = actions.list_links(officer=ana, casefile_id=other.pk).ended.rows
    assert (gone.case.title, gone.link.end_reason, gone.link.ended_by) == (case.title, "Another buyer.", ana)
    with refused(rules.UNLINKED_ALREADY, Conflict):
        actions.unlink_cases(officer=ana, link_id=made.pk, reason="Twice.")
    link(ana, other, case)
    assert len(told(ana, case)) == 1


def test_the_database_lets_a_link_be_ended_and_nothing_else(ana, case, other):
    made, rows = link(ana, case, other), LinkedCases.objects.visible_to(ana)
    for deed in (lambda: rows.update(reason="Better"), lambda: rows.update(ended_at=timezone.now()), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    actions.unlink_cases(officer=ana, link_id=made.pk, reason="Another buyer.")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(ended_at=None, ended_by=None, end_reason="")


def test_whoever_only_sees_a_case_neither_links_nor_unlinks(ana, sami, second, case, other):
    wide = actions.open_case(officer=sami, title="Wide", audience="unit", audience_reason="All of us.")
    with refused(rules.NOT_ON_TEAM):
        link(ana, wide, case)
    made = link(sami, wide, case)
    actions.add_to_team(officer=ana, casefile_id=case.pk, member_id=second.pk)
    assert told(second, case) == [("Related to", "Wide")]
    assert told(ana, wide) == [("Related to", case.title)]
    assert page(ana, "post", f"/cases/{wide.pk}/links/{made.pk}/end/", {"reason": ""}).status_code == 422
    assert page(ana, "post", f"/cases/{other.pk}/links/{made.pk}/end/", {"reason": "Not so."}).status_code == 404
    assert page(ana, "post", f"/cases/{case.pk}/links/{made.pk}/end/", {"reason": "Not so."}).url == f"/cases/{case.pk}/links/"


def test_a_closed_case_is_linked_from_the_open_one_alone(ana, sami, case, other):
    actions.close_case(officer=sami, casefile_id=case.pk, outcome="merged", reason="See the other.")
    with refused(rules.CLOSED, Conflict):
        link(ana, case, other)
    link(ana, other, case)
    assert told(ana, case) == [("Related to", other.title)]


def test_cases_are_linked_on_the_page_by_what_is_at_hand_or_by_reference_and_by_a_program(ana, case, other):
    actions.view_case(officer=ana, casefile_id=other.pk)
    address = f"/cases/{case.pk}/links/"
    assert [row.pk for row in page(ana, "get", address).context["form"]["near"].field.queryset] == [other.pk]
    assert page(ana, "post", address, {"kind": "related", "near": other.pk, "reason": "One buyer."}).status_code == 302
    typed = {"kind": "split-from", "reference": other.reference.lower(), "reason": "Its second half."}
    assert page(ana, "post", address, typed).status_code == 302
    assert page(ana, "post", address, {"kind": "related", "reference": "", "reason": "kept words"}).status_code == 422
    sent = {"kind": "same-group", "reference": other.reference, "reason": "One group."}
    made = api(ana, "post", f"cases/{case.pk}/linked-cases/", sent)
    assert made.status_code == 201
    assert api(ana, "post", f"linked-cases/{made.data['id']}/end/", {"reason": "Two groups."}).data["ended_at"]
    rows = api(ana, "get", f"cases/{case.pk}/linked-cases/").data["results"]
    assert [(row["word"], bool(row["ended_at"])) for row in rows] == [
        ("Split from", False), ("Related to", False), ("Same offence group as", True),
    ]  # fmt: skip
    assert api(ana, "post", f"linked-cases/{ABSENT}/end/", {"reason": "x"}).status_code == 404


def test_the_list_of_links_costs_the_same_however_many_there_are(ana, case, other, django_assert_max_num_queries):
    for number in range(3):
        link(ana, case, actions.open_case(officer=ana, title=f"Case {number}"))
    link(ana, case, other)
    with django_assert_max_num_queries(16):
        assert len(actions.list_links(officer=ana, casefile_id=case.pk).standing) == 4
