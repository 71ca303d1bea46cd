"""What the database holds, whatever the code does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.entities.models import Identifier, Mention
from cases.intelligence.models import Paragraph
from cases.records.models import RecordGrant
from sharing.releases import actions
from sharing.releases.models import Acceptance, Addressee, Decision, Line, Release

TRY = "a test tries"


def releases(release: Release) -> Any:
    return Release.objects.unscoped(TRY).filter(pk=release.pk)


def refuses(match: str) -> Any:
    return pytest.raises(IntegrityError, match=match)


def test_nobody_is_both_pairs_of_eyes(ana, asked):
    release = asked()
    with refuses("four_eyes"), transaction.atomic():
        releases(release).update(status="approved", approved_by=ana, approved_hash=release.content_hash, approved_at=timezone.now())


def test_only_what_was_asked_for_is_approved(sami, asked):
    release = asked()
    with refuses("what_was_approved_is_what_leaves"), transaction.atomic():
        releases(release).update(status="approved", approved_by=sami, approved_hash="0" * 64)
    with refuses("stays as it was approved"), transaction.atomic():
        releases(release).update(status="approved", approved_by=sami, approved_hash="0" * 64, content_hash="0" * 64)
    with refuses("what_was_approved_is_what_leaves"), transaction.atomic():
        releases(release).update(status="approved")


@pytest.mark.parametrize("without", ["rendition", "cause", "expires_at"])
def test_what_a_release_gives_is_one_version_for_a_time(received, without):
    release = received()
    with refuses("a_release_shows_one_version_for_a_time"), transaction.atomic():
        RecordGrant.objects.filter(cause=release.pk).update(**{without: None})
    with refuses("home_sees_all_of_it_and_always"), transaction.atomic():
        RecordGrant.objects.filter(cause=release.pk).update(origin="home", **{without: None})


def test_only_what_awaits_approval_is_approved(ana, sami, casefile, agreement, plan):
    draft = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan())
    facts = {"approved_by": sami, "agreement": agreement, "content_hash": "a" * 64, "approved_hash": "a" * 64}
    with refuses("stays as it was approved"), transaction.atomic():
        releases(draft).update(status="approved", **facts)
    with refuses("begins as a draft"), transaction.atomic():
        Release.objects.create(
            agency=draft.agency, casefile=casefile, reference="X", recipient=draft.recipient, purpose="investigation", legal_basis="x",
            ends_at=timezone.now(), requested_by=ana, group=draft.agency.group, status="approved", **facts,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at": datetime(2031, 1, 1, tzinfo=UTC)},
        {"conditions": []},
        {"further_conditions": ["None."]},
        {"purpose": "prosecution"},
        {"legal_basis": "None."},
        {"cover_note": "Do what you like."},
        {"recipient_unit": None},
        {"content_hash": "0" * 64},
        {"status": "draft"},
        {"status": "awaiting"},
        {"approved_by": None},
        {"approved_at": None},
    ],
    ids=str,
)
def test_what_was_approved_stays(approved, change):
    release = approved()
    with pytest.raises(IntegrityError), transaction.atomic():
        releases(release).update(**change)


def test_an_approved_release_is_not_deleted_and_a_recall_is_final(sami, approved):
    release = approved()
    with refuses("legal record"), transaction.atomic():
        releases(release).delete()
    with refuses("a_recall_has_a_reason"), transaction.atomic():
        releases(release).update(status="recalled", recalled_by=sami)
    actions.recall_release(officer=sami, release_id=release.pk, reason="Mistake.")
    for change in ({"status": "approved"}, {"recall_reason": "Other."}):
        with refuses("stays as it was approved"), transaction.atomic():
            releases(release).update(**change)


@pytest.mark.parametrize("when", ["asked", "approved"])
def test_lines_and_addressees_change_only_in_a_draft(request, when, bela, item, other_item):
    release = request.getfixturevalue(when)(unit_id=None, officer_ids=[bela.pk])
    line = Line.objects.unscoped(TRY).get(release=release)
    with refuses("only in a draft"), transaction.atomic():
        Line.objects.create(release=release, record=other_item.record, rendition=other_item)
    with refuses("only in a draft"), transaction.atomic():
        Line.objects.unscoped(TRY).filter(pk=line.pk).update(conditions=[])
    with refuses("only in a draft"), transaction.atomic():
        Line.objects.unscoped(TRY).filter(pk=line.pk).delete()
    with refuses("only in a draft"), transaction.atomic():
        Addressee.objects.create(release=release, officer=bela)
    with refuses("only in a draft"), transaction.atomic():
        Addressee.objects.filter(release=release)._raw_delete("default")


def test_a_line_names_a_record_and_one_of_its_own_renditions(ana, casefile, agreement, plan, item, other_item):
    draft = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan(rendition_ids=[]))
    with refuses("one of its own renditions"), transaction.atomic():
        Line.objects.create(release=draft, record=item.record, rendition=other_item)


def test_an_addressee_serves_at_the_recipient(ana, otto, casefile, agreement, plan):
    draft = actions.draft_release(officer=ana, casefile_id=casefile.pk, plan=plan())
    with refuses("serves at the recipient"), transaction.atomic():
        Addressee.objects.create(release=draft, officer=otto)


def test_a_decision_and_a_promise_stay_as_they_were_said(sami, received):
    received()
    decisions, promises = Decision.objects.unscoped(TRY), Acceptance.objects.unscoped(TRY)
    with refuses("stays as it was said"), transaction.atomic():
        decisions.update(answer="refused")
    decisions.update(voided_at=timezone.now())
    with refuses("stays as it was said"), transaction.atomic():
        decisions.update(voided_at=None)
    for rows in (decisions, promises):
        with refuses("stays"), transaction.atomic():
            rows.delete()
    with refuses("a promise stays"), transaction.atomic():
        promises.update(content_hash="0" * 64)


def test_nothing_is_added_to_what_has_left(ana, item, approved):
    facts = {"rendition": item, "agency": ana.agency, "unit": ana.unit, "etype": "person"}
    mention = Mention.objects.create(**facts, name="Rosa Quintela")
    approved()
    with refuses("has left"), transaction.atomic():
        Mention.objects.create(**facts, name="Davi Quintelas")
    with refuses("has left"), transaction.atomic():
        Identifier.objects.create(mention=mention, type="phone", raw="1", normalised="1")
    with refuses("has left"), transaction.atomic():
        Paragraph.objects.create(
            rendition=item, number=2, text="More.", scheme="admiralty", source_code="B", information_code="2", handling_scheme="europol",
            handling_code="H0",
        )  # fmt: skip
