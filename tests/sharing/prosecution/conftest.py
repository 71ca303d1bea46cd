"""A joint case of NFIS, SIC and the prosecution service, with Ana, Sami, Bela and Petra on its team; and a case of the Fiscalía's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Officer
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile
from sharing.agreements import actions as agreements
from sharing.agreements.models import Agreement
from sharing.joint import actions as joints
from sharing.joint.models import JointCase
from sharing.prosecution import actions
from sharing.prosecution.models import Advice
from tests.cast import fresh, signed

WORDS: dict[str, Any] = {"title": "zqtitle of a search", "text": "zqtext: ask for a warrant first."}


@pytest.fixture
def pact(sami: Officer, breno: Officer, petra: Officer) -> Agreement:
    signers = (sami, breno, petra)
    agreement = agreements.draft_agreement(
        officer=sami, title="Joint teams", reference="JT-2", parties=[each.agency_id for each in signers], handling_codes=["europol:H1"],
        articles=[{"number": "7", "text": "For investigations.", "purposes": ["investigation"]}],
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() + timedelta(days=300),
    )  # fmt: skip
    for signer in signers:
        agreement = signed(signer, agreement)
    return agreement


@pytest.fixture
def joint(pact: Agreement, sami: Officer, breno: Officer, petra: Officer, ana: Officer, bela: Officer) -> JointCase:
    case = joints.open_joint_case(
        officer=sami, agreement_id=pact.pk, partner_ids=[breno.agency_id, petra.agency_id], purpose="investigation", title="Two Quays"
    )
    for supervisor in (breno, petra):
        joints.join_joint_case(officer=supervisor, joint_id=case.pk)
    for supervisor, member in ((sami, ana), (breno, bela), (petra, petra)):
        joints.admit_officer(officer=supervisor, joint_id=case.pk, member_id=member.pk)
    return case


@pytest.fixture
def case(sofia: Officer, tomas: Officer) -> CaseFile:
    """Sofía leads it, Tomás is its prosecutor."""
    return casefiles.open_case(officer=sofia, title="Muelle Sur", prosecutor_id=tomas.pk)


@pytest.fixture
def advice(joint: JointCase, petra: Officer, ana: Officer) -> Advice:
    """Petra advises Ana."""
    return actions.give_advice(officer=petra, joint_id=joint.pk, to=[ana.pk], **WORDS)


def sees(officer: Officer, advice: Advice) -> bool:
    return Advice.objects.visible_to(fresh(officer)).filter(pk=advice.pk).exists()
