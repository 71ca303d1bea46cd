"""A joint case of NFIS, SIC and the Fiscalía, open, with Ana and Bela on its team; Sofia's agency was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles.models import CaseFile
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from sharing.agreements import actions as agreements
from sharing.agreements.models import Agreement
from sharing.joint import actions
from sharing.joint.models import Admission, JointCase, Party
from tests.cast import fresh, signed
from tests.sharing.releases.conftest import says


@pytest.fixture
def pact(sami: Officer, breno: Officer, sofia: Officer) -> Agreement:
    """One agreement that the three agencies signed."""
    signers = (sami, breno, sofia)
    agreement = agreements.draft_agreement(
        officer=sami, title="Joint teams", reference="JT-1", parties=[each.agency_id for each in signers],
        handling_codes=["europol:H0", "europol:H1", "europol:H2", "europol:H3", "tlp:RED", "tlp:AMBER+STRICT", "control:NOFORN"],
        articles=[{"number": "7", "text": "For investigations.", "purposes": ["investigation"]}],
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() + timedelta(days=300), covers_deconfliction=True,
    )  # fmt: skip
    for signer in signers:
        agreement = signed(signer, agreement)
    return agreement


@pytest.fixture
def opened(sami: Officer, breno: Officer, sofia: Officer, pact: Agreement) -> JointCase:
    return actions.open_joint_case(
        officer=sami, agreement_id=pact.pk, partner_ids=[breno.agency_id, sofia.agency_id], purpose="investigation",
        title="Operation Two Harbours", summary="Reefers from Porto Almada.",
    )  # fmt: skip


@pytest.fixture
def joint(opened: JointCase, sami: Officer, breno: Officer, sofia: Officer, ana: Officer, bela: Officer) -> JointCase:
    for supervisor in (breno, sofia):
        actions.join_joint_case(officer=supervisor, joint_id=opened.pk)
    actions.admit_officer(officer=sami, joint_id=opened.pk, member_id=ana.pk)
    actions.admit_officer(officer=breno, joint_id=opened.pk, member_id=bela.pk)
    return opened


def seat(joint: JointCase, officer: Officer) -> Party:
    return Party.objects.unscoped("a test looks").select_related("group").get(joint=joint, agency=officer.agency_id)


def admission(joint: JointCase, officer: Officer) -> Admission:
    return Admission.objects.unscoped("a test looks").filter(party__in=[seat(joint, officer).pk], officer=officer).latest("admitted_at")


def recorded(officer: Officer, joint: JointCase, title: str = "Reefer list", code: str = "H1", **facts: Any) -> Rendition:
    """An item in the officer's agency's own file for the joint case."""
    file = seat(joint, officer).casefile_id
    usual: dict[str, Any] = {
        "handling_scheme": "europol",
        "handling_code": code,
        "paragraphs": [says("Seven of them.", handling_scheme=facts.get("handling_scheme", "europol"), handling_code=code)],
    }
    return intelligence.record_item(officer=fresh(officer), casefile_id=file, title=title, **usual | facts)


def sees(officer: Officer, rendition: Rendition) -> bool:
    return Rendition.objects.visible_to(fresh(officer)).filter(pk=rendition.pk).exists()


def inside(officer: Officer, joint: JointCase) -> bool:
    return JointCase.objects.inside(fresh(officer)).filter(pk=joint.pk).exists()


def cover(officer: Officer, joint: JointCase) -> bool:
    return JointCase.objects.visible_to(fresh(officer)).filter(pk=joint.pk).exists()


def own_file(officer: Officer) -> set[str]:
    return set(CaseFile.objects.visible_to(fresh(officer)).values_list("title", flat=True))
