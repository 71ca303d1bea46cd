"""What stands round every page: one's own rooms, what waits, and nothing of anybody else's."""

import pytest
from django.db import DatabaseError
from django.test import RequestFactory

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from portal.context import LIMITED, OPEN, Frame, frame
from portal.problems import OUT_OF_ORDER, answer, describe


def places(officer: Officer) -> set[str]:
    return {place.entry.id for _title, group in Frame(officer).groups for place in group}


def test_an_administrator_finds_no_room_with_content_on_the_rail(adam: Officer):
    assert not places(adam) & {"cases", "intelligence", "deconfliction", "approvals", "releases", "ledger"}


def test_only_those_who_approve_find_approvals(ana: Officer):
    assert "approvals" not in places(ana)


def test_what_waits_is_counted_for_its_officer_alone(ana: Officer, sami: Officer):
    case = casefiles.open_case(officer=sami, title="Harbor Ledger", team=[ana.pk])
    for title in ("Call the port authority", "Read the invoices"):
        casefiles.set_task(officer=sami, casefile_id=case.pk, title=title, assignee_id=ana.pk)

    assert Frame(ana).bell == 2
    assert Frame(sami).bell == 0


def test_whoever_is_signed_out_gets_no_surroundings(rf: RequestFactory):
    assert frame(rf.get("/")) == {"marking": OPEN}


def test_a_page_without_a_marking_of_its_own_is_limited(rf: RequestFactory, ana: Officer):
    request = rf.get("/")
    request.user = ana
    assert frame(request)["marking"] == LIMITED


def test_a_page_can_be_shown_while_the_database_is_away(rf: RequestFactory):
    class Away:
        @property
        def __class__(self) -> type:
            raise DatabaseError

    request = rf.get("/")
    request.user = Away()  # type: ignore[assignment]
    assert frame(request) == {"marking": OPEN}


@pytest.mark.parametrize("status", [404, 503])
def test_a_problem_says_what_and_what_next(rf: RequestFactory, ana: Officer, status: int):
    request = rf.get("/x/")
    request.user = ana
    page = answer(request, describe(request, status, OUT_OF_ORDER)).content.decode()
    assert "This cannot be done right now" in page
    assert ('class="rail"' in page) is (status < 500)
