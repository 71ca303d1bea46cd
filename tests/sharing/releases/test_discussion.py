"""What the giving agency says among itself of a release that waits, and what its recipient would see of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Membership
from accounts.roles import Role
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records.models import RecordGrant
from kernel.errors import Conflict, Invalid, NotFound
from sharing.releases import actions, rules
from sharing.releases.models import Comment, Release
from tests.cases.refusals import refused
from tests.cast import fresh
from tests.sharing.releases.conftest import CODES, proven, says, seen_by


def test_those_who_read_it_inside_talk_about_it(ana, sami, alma, asked):
    release = asked()
    actions.discuss_release(officer=sami, release_id=release.pk, text="Is the travel date needed?")
    actions.discuss_release(officer=ana, release_id=release.pk, text=" No. I can take it out. ")
    said = actions.open_release(officer=alma, release_id=release.pk).inside.comments
    assert [(each.officer_id, each.text) for each in said] == [(sami.pk, "Is the travel date needed?"), (ana.pk, "No. I can take it out.")]
    assert Event.objects.filter(kind="releases.release.discussed").count() == 2


def test_nobody_outside_ever_reads_it(sami, bela, asked, casefile, ana, alma, browser_of, machine_of):
    release = asked()
    actions.discuss_release(officer=sami, release_id=release.pk, text="It could lead back to the foreman.")
    with pytest.raises(NotFound):
        actions.discuss_release(officer=bela, release_id=release.pk, text="Hello?")
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    assert not Comment.objects.visible_to(bela).exists()
    assert "foreman" not in browser_of(bela).get(f"/releases/{release.pk}/").content.decode()
    assert machine_of(bela).get(f"/api/v1/releases/{release.pk}/").json()["comments"] is None
    casefiles.take_off_team(officer=ana, casefile_id=casefile.pk, member_id=alma.pk)
    assert not Comment.objects.visible_to(fresh(alma)).exists()
    with refused(rules.NOT_NOW, Conflict):
        actions.discuss_release(officer=sami, release_id=release.pk, text="Too late.")


def test_it_says_something_and_stays(sami, asked):
    release = asked()
    with refused(rules.NOTHING_SAID, Invalid):
        actions.discuss_release(officer=sami, release_id=release.pk, text=" ")
    actions.discuss_release(officer=sami, release_id=release.pk, text="Well.")
    rows = Comment.objects.unscoped("a test tries")
    for deed in (lambda: rows.update(text="Other."), rows.delete):
        with pytest.raises(IntegrityError, match="what was said stays"), transaction.atomic():
            deed()


def test_it_is_said_on_the_page_and_by_a_program(browser_of, machine_of, sami, asked):
    release = asked()
    place = f"/releases/{release.pk}/discuss/"
    assert browser_of(sami).post(place, {"text": " "}).status_code == 422
    page = browser_of(sami).post(place, {"text": "Is <b>that</b> needed?"}, follow=True).content.decode()
    assert "Is &lt;b&gt;that&lt;/b&gt; needed?" in page
    boss = machine_of(sami)
    assert boss.post(f"/api/v1/releases/{release.pk}/discuss/", {"text": "Yes."}).status_code == 201
    assert [each["text"] for each in boss.get(f"/api/v1/releases/{release.pk}/").json()["comments"]] == ["Is <b>that</b> needed?", "Yes."]


# --- preview


def test_the_preview_is_what_the_recipient_then_sees_and_leaves_nothing_behind(ana, sami, bela, item, other_item, asked):
    release = asked(rendition_ids=[item.pk], header="reference")
    grants, members = RecordGrant.objects.count(), Membership.objects.count()
    shown = actions.preview_release(officer=sami, release_id=release.pk)
    assert (RecordGrant.objects.count(), Membership.objects.count()) == (grants, members)
    assert seen_by(bela) == set()
    assert (shown.reader.agency_id, shown.hidden) == (bela.agency_id, frozenset())

    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    actions.accept_release(officer=bela, release_id=release.pk)
    assert {row.rendition.title for row in shown.leaving} == seen_by(bela)


def test_the_preview_of_what_is_over_before_it_is_approved_shows_that_nothing_would_be_seen(sami, asked):
    release = asked()
    Release.objects.unscoped("a test tries").filter(pk=release.pk).update(ends_at=timezone.now() - timedelta(hours=1))
    shown = actions.preview_release(officer=sami, release_id=release.pk)
    assert [row.rendition for row in shown.leaving] == [None]
    assert len(shown.hidden) == 1


def test_nobody_sees_more_by_a_recipients_eyes_than_by_their_own(ana, sami, alma, casefile, item, agreement, plan):
    closer = casefiles.open_case(officer=ana, title="Quiet file", team=[alma.pk])
    apart = intelligence.record_item(officer=ana, casefile_id=closer.pk, title="Dock foreman", paragraphs=[says("He saw it.")], **CODES)
    records.link_record(officer=ana, record_id=apart.record_id, casefile_id=casefile.pk)
    draft = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=[item.pk, apart.pk]))

    def titles(officer):
        rows = actions.preview_release(officer=officer, release_id=draft.pk).leaving
        return {row.rendition.title if row.rendition else None for row in rows}

    assert titles(alma) == {"Invoice set, seven reefers", "Dock foreman"}
    assert titles(sami) == {"Invoice set, seven reefers", None}


def test_where_nobody_there_could_read_it_the_preview_says_so(browser_of, sami, bela, breno, asked):
    release = asked(unit_id=None, officer_ids=[bela.pk])
    accounts.withdraw_role(by=None, officer_id=bela.pk, role=Role.INVESTIGATOR)
    assert actions.preview_release(officer=sami, release_id=release.pk).reader is None
    assert "Nobody at the recipient could read it now" in browser_of(sami).get(f"/releases/{release.pk}/preview/").content.decode()


def test_the_recipient_has_no_preview(bela, machine_of, sami, asked):
    release = asked()
    with pytest.raises(NotFound):
        actions.preview_release(officer=bela, release_id=release.pk)
    seen = machine_of(sami).get(f"/api/v1/releases/{release.pk}/preview/").json()
    assert ([line["title"] for line in seen["lines"]], seen["hidden"]) == (["Invoice set, seven reefers"], 0)
    actions.approve_release(officer=sami, release_id=release.pk, proof=proven(sami, release))
    with pytest.raises(NotFound):
        actions.preview_release(officer=bela, release_id=release.pk)
