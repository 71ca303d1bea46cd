"""Each night it is asked whether sight is what it rests on; whatever nobody caused is said aloud, and left as it is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import grants as memberships
from accounts.models import Membership, Notice
from audit import models as audit
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile, CaseGrant
from cases.intelligence import actions as intelligence
from cases.records.models import Record, RecordGrant
from kernel import grants
from sharing.agreements import actions as agreements
from sharing.agreements.models import Agreement
from sharing.releases import actions, tasks
from sharing.releases.actions.notices import PROJECTION
from sharing.releases.events import Event
from sharing.releases.models import Release
from tests.cast import fresh
from tests.sharing.releases.conftest import CODES, says

pytestmark = pytest.mark.django_db


def alarms():
    """What was alarmed of, by agency."""
    lines = audit.Event.objects.filter(kind=Event.PROJECTION_DIFFERS)
    bodies = dict(audit.Payload.objects.filter(event_id__in=lines.values("pk")).values_list("event_id", "body"))
    return {(line.owner_id, json.loads(bodies[line.pk])["difference"]): json.loads(bodies[line.pk])["count"] for line in lines}


def test_ordinary_work_raises_no_alarm(ana, sami, casefile, received):
    casefiles.open_case(officer=sami, title="For the unit", audience="unit", audience_reason="Everybody works on it.")
    casefiles.keep_standing_file(officer=ana, unit_id=ana.unit_id)
    release = received()
    assert actions.check_projection() == 0
    agreements.suspend_agreement(officer=sami, agreement_id=release.agreement_id, reason="A leak is looked into.")
    assert actions.check_projection() == 0
    agreements.resume_agreement(officer=sami, agreement_id=release.agreement_id, reason="It was none.")
    assert actions.check_projection() == 0
    actions.recall_release(officer=sami, release_id=release.pk, reason="Wrong case.")
    assert actions.check_projection() == 0
    assert tasks.check_projection() == 0
    assert alarms() == {}


def a_stranger_is_let_into_a_file(otto, release, item):
    view = grants.permission_id(CaseFile, "view")
    CaseGrant.objects.bulk_create([CaseGrant(group=otto.personal_group, permission_id=view, content_object_id=release.casefile_id)])


def a_reader_may_work_on_a_file(otto, release, item):
    work = grants.permission_id(CaseFile, "work")
    files = CaseFile.objects.unscoped("test").filter(pk=release.casefile_id)
    files.update(audience="agency", audience_reason="Everybody reads it.")
    group = files.values_list("agency__group", flat=True).get()
    CaseGrant.objects.bulk_create([CaseGrant(group_id=group, permission_id=work, content_object_id=release.casefile_id)])


def a_stranger_is_let_into_a_record(otto, release, item):
    RecordGrant.objects.create(group=otto.personal_group, permission_id=grants.permission_id(Record, "view"), content_object=item.record)


def a_released_grant_names_another_rendition(otto, release, item):
    facts = {"title": item.title, "paragraphs": [says("Prices differ by 390 per cent.")], "reason": "A slip.", **CODES}
    later = intelligence.correct_item(officer=fresh(item.made_by), rendition_id=item.pk, **facts)
    RecordGrant.objects.filter(cause=release.pk).update(rendition=later)


def a_released_grant_ends_too_late(otto, release, item):
    RecordGrant.objects.filter(cause=release.pk).update(expires_at=release.ends_at + timedelta(days=1))


def a_grant_outlives_its_agreement(otto, release, item):
    Agreement.objects.unscoped("test").filter(pk=release.agreement_id).update(status="suspended")


def an_emergency_nobody_declared(otto, release, item):
    facts = {"permission_id": grants.permission_id(Record, "view"), "content_object": item.record, "origin": "break-glass"}
    RecordGrant.objects.create(group=otto.personal_group, expires_at=timezone.now() + timedelta(hours=1), **facts)


def a_reader_who_promised_nothing(otto, release, item):
    memberships.join(otto, release.group)


def a_reader_stays_after_the_recall(otto, release, item):
    Release.objects.unscoped("test").filter(pk=release.pk).update(expired_at=timezone.now())
    RecordGrant.objects.filter(cause=release.pk).update(ended_at=timezone.now())


def a_released_record_is_not_seen(otto, release, item):
    RecordGrant.objects.filter(cause=release.pk).update(ended_at=timezone.now())


def a_record_is_lost_to_its_team(otto, release, item):
    RecordGrant.objects.filter(content_object=item.record, cause=None).update(ended_at=timezone.now())


@pytest.mark.parametrize(
    ("damage", "difference"),
    [
        (a_stranger_is_let_into_a_file, "case-grants-without-audience"),
        (a_reader_may_work_on_a_file, "case-work-without-team"),
        (a_reader_may_work_on_a_file, "records-unseen-by-their-agency"),
        (a_stranger_is_let_into_a_record, "home-grants-without-audience"),
        (a_released_grant_names_another_rendition, "release-grants-without-line"),
        (a_released_grant_ends_too_late, "release-grants-without-line"),
        (a_grant_outlives_its_agreement, "release-grants-without-line"),
        (an_emergency_nobody_declared, "release-grants-without-line"),
        (a_reader_who_promised_nothing, "readers-without-acceptance"),
        (a_reader_stays_after_the_recall, "readers-without-acceptance"),
        (a_released_record_is_not_seen, "lines-without-grant"),
        (a_record_is_lost_to_its_team, "records-unseen-by-their-team"),
    ],
)
def test_what_nobody_caused_is_said_aloud_and_left_as_it_is(cast, item, received, damage, difference):
    release = received()
    damage(cast["otto"], release, item)
    before = list(RecordGrant.objects.order_by("pk").values()), list(CaseGrant.objects.order_by("pk").values()), Membership.objects.count()
    assert actions.check_projection() > 0
    assert (release.agency_id, difference) in alarms()
    assert {agency for agency, _name in alarms()} == {release.agency_id}
    assert before == (
        list(RecordGrant.objects.order_by("pk").values()), list(CaseGrant.objects.order_by("pk").values()), Membership.objects.count()
    )  # fmt: skip


def test_those_who_read_the_ledger_are_told_until_it_is_right_again(cast, item, received):
    iris, release = fresh(cast["iris"]), received()
    a_stranger_is_let_into_a_record(cast["otto"], release, item)
    for _night in range(2):
        actions.check_projection()
    (notice,) = Notice.objects.filter(kind=PROJECTION, done_at=None)
    assert notice.officer == iris
    assert str(Event.PROJECTION_DIFFERS) in actions.NOTICES[PROJECTION](iris, notice.subject_id).url
    assert actions.NOTICES[PROJECTION](fresh(cast["bela"]), notice.subject_id) is None
    RecordGrant.objects.filter(group=cast["otto"].personal_group).update(ended_at=timezone.now())
    assert actions.check_projection() == 0
    assert not Notice.objects.filter(kind=PROJECTION, done_at=None).exists()
