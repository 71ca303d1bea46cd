"""Agreements: drafted, signed by every party, suspended, resumed, ended; what rests on them follows with the next request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice, Officer
from audit.models import Event
from kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from sharing.agreements import actions, rules
from sharing.agreements.models import Agreement, Article, Party, Purpose
from tests.cases.refusals import refused
from tests.cast import in_force, signed

Status = Agreement.Status


def draft(officer: Officer, *others: Officer, **facts: Any) -> Agreement:
    now = timezone.now()
    usual = {
        "title": "Mutual assistance treaty", "reference": "MLAT 2026/1", "parties": [officer.agency_id, *(o.agency_id for o in others)],
        "articles": [{"number": "12", "text": "Money laundering.", "purposes": [Purpose.INVESTIGATION, Purpose.ASSET_RECOVERY]}],
        "handling_codes": ["europol:H1", "tlp:GREEN"], "starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=400),
    }  # fmt: skip
    return actions.draft_agreement(officer=officer, **usual | facts)


def in_force_now(agreement: Agreement) -> bool:
    return Agreement.objects.unscoped("a test looks").in_force().filter(pk=agreement.pk).exists()


def test_the_last_signature_brings_it_into_force(sami, breno):
    agreement = draft(sami, breno)
    assert agreement.purposes == ["asset-recovery", "investigation"]
    signed(sami, agreement)
    assert not in_force_now(agreement)
    done = signed(breno, agreement)
    assert done.status == Status.IN_FORCE
    assert in_force_now(agreement)
    kinds = list(Event.objects.filter(subject_id=agreement.pk).order_by("id").values_list("kind", flat=True))
    assert kinds == [
        "agreements.agreement.drafted", "agreements.agreement.signed", "agreements.agreement.signed", "agreements.agreement.in-force",
    ]  # fmt: skip


def test_the_other_party_is_asked_to_sign_and_told_of_the_rest(sami, alma, breno, bela):
    agreement = draft(sami, breno)
    asked = Notice.objects.filter(kind=actions.AWAITING, subject_id=agreement.pk, done_at=None)
    assert set(asked.values_list("officer", flat=True)) == {alma.pk, breno.pk}
    signed(breno, agreement)
    assert set(asked.values_list("officer", flat=True)) == {alma.pk}
    signed(sami, agreement)
    assert not asked.exists()
    told = Notice.objects.filter(kind=actions.CHANGED, officer=breno, done_at=None)
    assert actions.NOTICES[actions.CHANGED](breno, agreement.pk).chip == "In force"
    assert told.count() == 1
    actions.open_agreement(officer=breno, agreement_id=agreement.pk)
    assert not told.exists()


def test_it_begins_and_ends_on_its_days(sami, breno, sofia):
    now = timezone.now()
    later = in_force(sami, breno, starts_at=now + timedelta(days=1))
    over = in_force(sami, sofia, starts_at=now - timedelta(days=9), ends_at=now + timedelta(seconds=1))
    assert not in_force_now(later)
    assert in_force_now(over)
    with transaction.atomic():
        assert not Agreement.objects.unscoped("a test looks").in_force().filter(pk=over.pk, ends_at__lte=timezone.now()).exists()


def test_who_is_no_party_learns_nothing_of_it(sami, breno, sofia, otto, petra):
    agreement = draft(sami, breno)
    for stranger in (sofia, otto, petra):
        with pytest.raises(NotFound):
            actions.open_agreement(officer=stranger, agreement_id=agreement.pk)
        assert actions.list_agreements(officer=stranger).rows == []
        assert actions.NOTICES[actions.AWAITING](stranger, agreement.pk) is None
    assert [row.pk for row in actions.list_agreements(officer=breno).rows] == [agreement.pk]


def test_an_auditor_reads_it_and_signs_nothing(iris, sami, breno):
    agreement = draft(sami, breno)
    assert actions.open_agreement(officer=iris, agreement_id=agreement.pk).deeds == []
    with pytest.raises(NotAllowed, match="Your role"):
        signed(iris, agreement)


def test_an_investigator_signs_nothing(ana, sami, breno):
    agreement = draft(sami, breno)
    with pytest.raises(NotAllowed, match="Your role"):
        signed(ana, agreement)
    with pytest.raises(NotAllowed, match="Your role"):
        draft(ana, breno)


def test_an_agency_signs_once(sami, alma, breno):
    agreement = draft(sami, breno)
    signed(sami, agreement)
    with refused(rules.SIGNED_ALREADY):
        signed(alma, agreement)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"articles": []}, "articles", rules.NO_ARTICLE),
        ({"articles": [{"number": "1", "text": "x", "purposes": []}]}, "articles", rules.NO_ARTICLE),
        ({"articles": [{"number": "1", "text": "x", "purposes": ["gossip"]}]}, "articles", rules.UNKNOWN_PURPOSE),
        ({"articles": 2 * [{"number": "1", "text": "x", "purposes": ["investigation"]}]}, "articles", rules.ONE_NUMBER),
        ({"handling_codes": []}, "handling_codes", rules.NO_CODE),
        ({"handling_codes": ["europol:H9"]}, "handling_codes", rules.UNKNOWN_CODE),
        ({"handling_codes": ["H1"]}, "handling_codes", rules.UNKNOWN_CODE),
        ({"ends_at": timezone.now() - timedelta(days=30)}, "ends_at", rules.ENDS_BEFORE),
    ],
)
def test_a_draft_that_says_too_little_is_not_kept(sami, breno, changes, field, said):
    with pytest.raises(Invalid) as caught:
        draft(sami, breno, **changes)
    assert caught.value.fields[field] == said
    assert not Agreement.objects.unscoped("a test looks").exists()


def test_nobody_drafts_for_others_or_alone(sami, breno, sofia):
    with refused(rules.OWN_AGENCY_MISSING):
        draft(sami, parties=[breno.agency_id, sofia.agency_id])
    for alone in ([sami.agency_id], [sami.agency_id, sami.agency_id]):
        with pytest.raises(Invalid):
            draft(sami, parties=alone)


def test_any_party_suspends_and_only_that_party_resumes(sami, breno, agreement):
    suspended = actions.suspend_agreement(officer=breno, agreement_id=agreement.pk, reason="A leak is being looked into.")
    assert (suspended.status, suspended.suspended_by) == (Status.SUSPENDED, breno.agency)
    assert not in_force_now(agreement)
    with refused(rules.OTHER_PARTY_SUSPENDED):
        actions.resume_agreement(officer=sami, agreement_id=agreement.pk, reason="We need it.")
    actions.resume_agreement(officer=breno, agreement_id=agreement.pk, reason="Closed.")
    assert in_force_now(agreement)


def test_suspending_takes_a_reason_and_an_agreement_in_force(sami, breno, agreement):
    with refused(rules.REASON_MISSING, Invalid):
        actions.suspend_agreement(officer=sami, agreement_id=agreement.pk, reason=" ")
    actions.end_agreement(officer=breno, agreement_id=agreement.pk, reason="Denounced.")
    for deed in (actions.suspend_agreement, actions.end_agreement):
        with refused(rules.NOT_NOW, Conflict):
            deed(officer=sami, agreement_id=agreement.pk, reason="Too late.")


def test_an_agreement_whose_end_has_passed_is_not_signed(sami, breno):
    now = timezone.now()
    agreement = draft(sami, breno, starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=1))
    with refused(rules.ENDED_BY_DATE, Conflict):
        signed(sami, agreement)


@pytest.mark.parametrize(
    "change",
    [
        lambda a: Agreement.objects.unscoped("a test tries").filter(pk=a.pk).update(ends_at=timezone.now() + timedelta(days=9_000)),
        lambda a: Agreement.objects.unscoped("a test tries").filter(pk=a.pk).update(handling_codes=["europol:H3"]),
        lambda a: Agreement.objects.unscoped("a test tries").filter(pk=a.pk).delete(),
        lambda a: Article.objects.filter(agreement=a).update(purposes=["prevention"]),
        lambda a: Article.objects.create(agreement=a, number="99", text="Everything.", purposes=["prevention"]),
        lambda a: Article.objects.filter(agreement=a)._raw_delete("default"),
        lambda a: Party.objects.filter(agreement=a).update(signed_at=None),
        lambda a: Party.objects.filter(agreement=a).delete(),
    ],
)
def test_the_database_keeps_what_was_signed(agreement, change):
    with pytest.raises(IntegrityError, match="agreement"), transaction.atomic():
        change(agreement)


def test_no_party_is_added_to_what_somebody_signed(agreement, otto):
    with pytest.raises(IntegrityError, match="takes nothing in"), transaction.atomic():
        Party.objects.create(agreement=agreement, agency=otto.agency)


def test_what_has_ended_does_not_come_back(sami, agreement):
    actions.end_agreement(officer=sami, agreement_id=agreement.pk, reason="Denounced.")
    with pytest.raises(IntegrityError, match="keeps its words"), transaction.atomic():
        Agreement.objects.unscoped("a test tries").filter(pk=agreement.pk).update(status=Status.IN_FORCE)
