"""Between the last approval and the recipient's eyes: ten minutes to stop it; and what nobody approves in three days lapses."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice, Officer
from audit.models import Event
from cases.records.models import RecordGrant
from kernel.errors import Conflict, NotAllowed, NotFound
from sharing.releases import actions, rules, tasks
from sharing.releases.actions import notices
from sharing.releases.models import ApprovalRule, Release
from tests.cases.refusals import refused
from tests.sharing.releases.conftest import proven, seen_by

Status = Release.Status
TRY = "a test tries"


def rows(release: Release) -> Any:
    return Release.objects.unscoped(TRY).filter(pk=release.pk)


def told(officer: Officer, kind: str) -> bool:
    return Notice.objects.filter(officer=officer, kind=kind, done_at=None).exists()


@pytest.fixture
def leaving(settings: Any, approved: Callable[..., Release]) -> Release:
    """Approved a moment ago; it leaves in ten minutes."""
    settings.RELEASE_STOP_SECONDS = 600
    return approved()


@pytest.fixture
def soon(settings: Any, asked: Callable[..., Release], sami: Officer) -> Callable[[], Release]:
    """Approved; it leaves after a second."""

    def made() -> Release:
        release = asked()
        settings.RELEASE_STOP_SECONDS = 1
        return actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))

    return made


def test_until_it_leaves_its_recipients_see_and_hear_nothing(bela, leaving, browser_of):
    assert timedelta(minutes=9) < leaving.leaves_at - timezone.now() < timedelta(minutes=10)
    assert not Release.objects.visible_to(bela).filter(pk=leaving.pk).exists()
    with pytest.raises(NotFound):
        actions.accept_release(officer=bela, release_id=leaving.pk)
    assert browser_of(bela).get(f"/releases/{leaving.pk}/").status_code == 404
    assert actions.tell_recipients() == 0
    assert not told(bela, notices.RECEIVED)
    assert seen_by(bela) == set()
    assert not Release.objects.unscoped(TRY).live().exists()


def test_it_leaves_by_the_databases_clock_and_the_task_only_tells(bela, soon):
    release = soon()
    assert not Release.objects.visible_to(bela).filter(pk=release.pk).exists()
    time.sleep(1.1)
    assert Release.objects.visible_to(bela).filter(pk=release.pk).exists()
    assert (tasks.tell_recipients(), tasks.tell_recipients()) == (1, 0)
    assert told(bela, notices.RECEIVED)
    assert Event.objects.filter(kind="releases.release.left").count() == 1
    actions.accept_release(officer=bela, release_id=release.pk)
    assert seen_by(bela) == {"Invoice set, seven reefers"}


@pytest.mark.parametrize("who", ["ana", "sami", "alma"])
def test_who_asked_who_approved_and_another_supervisor_stop_it(request, who, ana, sami, bela, leaving):
    officer = request.getfixturevalue(who)
    stopped = actions.stop_release(officer=officer, release_id=leaving.pk)
    assert (stopped.status, stopped.stopped_by_id) == (Status.STOPPED, officer.pk)
    assert not RecordGrant.objects.live().filter(cause=leaving.pk).exists()
    assert not Release.objects.visible_to(bela).filter(pk=leaving.pk).exists()
    assert all(told(each, notices.DECIDED) for each in (ana, sami) if each != officer)
    assert Event.objects.get(kind="releases.release.stopped").actor_id == officer.pk
    with refused(rules.NOT_NOW, Conflict):
        actions.stop_release(officer=officer, release_id=leaving.pk)


def test_nobody_else_stops_it(ana, breno, leaving, casefile, bela):
    with pytest.raises(NotFound):
        actions.stop_release(officer=breno, release_id=leaving.pk)


def test_an_investigator_who_did_not_ask_does_not_stop_it(ana, sami, alma, settings, casefile, agreement, plan):
    settings.RELEASE_STOP_SECONDS = 600
    release = actions.request_release(officer=sami, release_id=actions.draft_release(officer=sami, casefile_id=casefile.pk, plan=plan()).pk)
    actions.approve_release(officer=alma, release_id=release.pk, proof=proven(alma, release))
    with pytest.raises(NotAllowed, match="Your role"):
        actions.stop_release(officer=ana, release_id=release.pk)


def test_what_is_about_to_leave_is_stopped_not_recalled_and_what_has_left_the_other_way_round(sami, leaving, approved, settings):
    with refused(rules.NOT_LEFT_YET, Conflict):
        actions.recall_release(officer=sami, release_id=leaving.pk, reason="Mistake.")
    settings.RELEASE_STOP_SECONDS = 0
    gone = approved()
    with refused(rules.LEFT_ALREADY, Conflict):
        actions.stop_release(officer=sami, release_id=gone.pk)


def test_nothing_changes_between_approval_and_leaving(ana, leaving, plan, other_item):
    with refused(rules.NOT_NOW, Conflict):
        actions.change_release(officer=ana, release_id=leaving.pk, plan=plan(rendition_ids=[other_item.pk]))
    for change in ({"leaves_at": timezone.now()}, {"cover_note": "Other."}, {"status": "draft"}):
        with pytest.raises(IntegrityError, match="stays as it was approved"), transaction.atomic():
            rows(leaving).update(**change)


def test_the_database_lets_nothing_be_stopped_that_has_left_nor_start_again(ana, approved, leaving, settings):
    settings.RELEASE_STOP_SECONDS = 0
    gone, facts = approved(), {"status": "stopped", "stopped_by": ana, "stopped_at": timezone.now()}
    with pytest.raises(IntegrityError, match="stays as it was approved"), transaction.atomic():
        rows(gone).update(**facts)
    with pytest.raises(IntegrityError, match="somebody_stopped_it"), transaction.atomic():
        rows(leaving).update(status="stopped")
    actions.stop_release(officer=ana, release_id=leaving.pk)
    for status in ("approved", "draft", "awaiting"):
        with pytest.raises(IntegrityError, match="stays as it was approved"), transaction.atomic():
            rows(leaving).update(status=status)
    with pytest.raises(IntegrityError, match="legal record"), transaction.atomic():
        rows(leaving).delete()


def test_it_is_stopped_on_its_page_and_by_a_program(browser_of, machine_of, ana, sami, leaving, approved):
    page = browser_of(ana).get(f"/releases/{leaving.pk}/").content.decode()
    assert "Approved, about to leave" in page
    assert "Take it back" not in page
    said = browser_of(ana).post(f"/releases/{leaving.pk}/stop/", follow=True).content.decode()
    assert "Ana Whitcombe stopped it before it left" in said
    other = approved()
    answer = machine_of(sami).post(f"/api/v1/releases/{other.pk}/stop/").json()
    assert (answer["status"], bool(answer["leaves_at"])) == ("stopped", True)


# --- lapsing


def age(release: Release, hours: float) -> None:
    rows(release).update(requested_at=timezone.now() - timedelta(hours=hours))


def test_what_nobody_approved_in_three_days_is_not_approved_any_more(sami, asked):
    release = asked()
    age(release, 71.9)
    assert actions.lapse_releases() == 0
    age(release, 72)
    for deed in (
        lambda: actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release)),
        lambda: actions.refuse_release(officer=sami, release_id=release.pk, reason="No."),
    ):
        with refused(rules.LAPSED, Conflict):
            deed()
    assert rows(release).get().status == Status.AWAITING


def test_it_lapses_with_a_word_to_who_asked_and_who_could_decide_and_is_asked_for_again(ana, sami, alma, asked):
    ApprovalRule.objects.create(agency_id=sami.agency_id, supervisors=2, reason="Two.", added_by=sami)
    release = asked()
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    age(release, 73)
    assert (tasks.lapse_releases(), tasks.lapse_releases()) == (1, 0)
    assert rows(release).get().status == Status.LAPSED
    assert all(told(each, notices.LAPSED) for each in (ana, sami, alma))
    assert not Notice.objects.filter(kind=notices.AWAITING, done_at=None).exists()
    assert Event.objects.filter(kind="releases.release.lapsed").count() == 1
    assert "has lapsed" in str(notices.NOTICES[notices.LAPSED](ana, release.pk).title)

    again = actions.request_release(officer=ana, release_id=release.pk)
    assert again.status == Status.AWAITING
    assert not told(sami, notices.LAPSED)
    assert actions.approve_release(officer=alma, release_id=release.pk, proof=proven(alma, again)).status == Status.AWAITING


def test_a_lapsed_release_says_so_on_its_page(browser_of, ana, asked):
    release = asked()
    age(release, 73)
    actions.lapse_releases()
    page = browser_of(ana).get(f"/releases/{release.pk}/").content.decode()
    assert "Nobody approved it in time: the request lapsed" in page
    assert "Send for approval" in page


def test_a_program_reads_nothing_of_it_before_it_leaves(machine_of, bela, leaving):
    theirs = machine_of(bela)
    assert theirs.get(f"/api/v1/releases/{leaving.pk}/").status_code == 404
    assert theirs.get("/api/v1/releases/", {"side": "received"}).json()["results"] == []
    assert str(leaving.reference) not in theirs.get("/api/v1/records/").content.decode()
