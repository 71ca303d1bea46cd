"""Petra advises Ana behind a wall; Sami, who supervises, and Bela, on the same joint case, are told nothing of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sharing.agreements import actions as agreements
from sharing.joint import actions as joints
from tests.cast import signed
from tests.journeys.desk import Desk

TITLE, WORDS, ANSWER = "The quay register as evidence", "Do not put the register before the court.", "I take it out of the draft."


def begun(cast) -> str:
    """The address of a joint case of NFIS, SIC and the prosecution service, with the four of them on its team."""
    sami, breno, petra = signers = [cast[key] for key in ("sami", "breno", "petra")]
    agreement = agreements.draft_agreement(
        officer=sami, title="Joint teams", reference="JT-2", parties=[each.agency_id for each in signers], handling_codes=["europol:H1"],
        articles=[{"number": "7", "text": "For investigations.", "purposes": ["investigation"]}],
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() + timedelta(days=300),
    )  # fmt: skip
    for signer in signers:
        signed(signer, agreement)
    partners = [breno.agency_id, petra.agency_id]
    case = joints.open_joint_case(officer=sami, agreement_id=agreement.pk, partner_ids=partners, purpose="investigation", title="Two Quays")
    for supervisor in (breno, petra):
        joints.join_joint_case(officer=supervisor, joint_id=case.pk)
    for supervisor, key in ((sami, "ana"), (breno, "bela"), (petra, "petra")):
        joints.admit_officer(officer=supervisor, joint_id=case.pk, member_id=cast[key].pk)
    return f"/joint-cases/{case.pk}/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_petra_advises_ana_who_answers_and_nobody_else_learns_of_it(cast, sit, scripts):
    joint = begun(cast)
    petra, ana, sami, bela = (sit(key, scripts=scripts) for key in ("petra", "ana", "sami", "bela"))
    for desk in (petra, ana, sami, bela):
        desk.sign_in()
    before = {desk.key: [everywhere(desk, joint) for _look in range(2)][-1] for desk in (sami, bela)}
    advice = advises(petra, joint)
    reads_and_answers(ana)
    petra.go("/")
    petra.follow("An answer behind the wall")
    petra.reads(ANSWER)
    petra.reads("first read")
    for desk in (sami, bela):
        assert desk.go(advice).status == 404
        assert everywhere(desk, joint) == before[desk.key]


def advises(petra: Desk, joint: str) -> str:
    petra.go(joint)
    petra.follow("Advice", exact=True)
    petra.page.get_by_label("What it is about").fill(TITLE)
    petra.page.get_by_label("Advice", exact=True).fill(WORDS)
    petra.page.get_by_label("Ana Whitcombe, NFIS").check()
    petra.press("Send it behind the wall")
    petra.is_told("Only those it is addressed to read it.")
    petra.reads("not read yet")
    return petra.page.url


def reads_and_answers(ana: Desk) -> None:
    ana.go("/")
    ana.follow("Petra Vance gives you legal advice")
    ana.reads(WORDS)
    assert "Legal privilege: prosecutor's advice" in ana.page.locator(".marking").first.inner_text()
    ana.page.get_by_label("Your answer").fill(ANSWER)
    ana.press("Answer behind the wall")
    ana.is_told("All who are behind this wall read it.")


def everywhere(desk: Desk, joint: str) -> list[str]:
    """What they read at home, in the joint case, and where they might look for advice."""
    read = []
    for address in ("/", joint, f"{joint}advice/", "/joint-cases/", "/cases/", "/records/"):
        desk.go(address)
        read.append(re.sub(r"\d\d:\d\d", "", desk.text()))
    return read
