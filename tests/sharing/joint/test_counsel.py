"""A joint case with the prosecution service, opened out of a case that waits for it. The case file stays shut to the service."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.actions import enrol_officer, found_unit, name_adviser
from accounts.models import Notice
from accounts.roles import Role
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile, Counsel
from cases.casefiles.rules import NOT_LEAD
from cases.records import actions as records
from kernel.errors import NotAllowed, NotFound
from sharing.joint import actions
from sharing.joint.models import JointCase
from tests.answers import body
from tests.cast import fresh, in_force
from tests.sharing.joint.conftest import inside

LAW = "Northmark, Prosecution Service Act, s. 9"


@pytest.fixture
def protocol(sami, petra):
    return in_force(sami, petra)


@pytest.fixture
def waiting(protocol, ana, sami, petra) -> CaseFile:
    name_adviser(agency=ana.agency, service=petra.agency, law=LAW, reviewed_on=date(2026, 9, 1))
    return casefiles.open_case(officer=ana, title="Harbor Ledger", summary="Reefers.", team=[sami.pk])


def counsel(case: CaseFile) -> Counsel:
    return Counsel.objects.unscoped("a test looks").get(casefile=case)


def opened(officer, protocol, case: CaseFile, *partners) -> JointCase:
    return actions.open_joint_case(
        officer=officer, agreement_id=protocol.pk, partner_ids=[each.agency_id for each in partners], purpose="prosecution",
        title="Reefers", casefile_id=case.pk,
    )  # fmt: skip


def test_sami_is_led_from_the_case_to_a_form_that_is_filled_and_the_step_is_done(browser_of, waiting, sami, petra, protocol):
    desk = browser_of(sami)
    form = desk.get(f"/joint-cases/new/?case={waiting.pk}").context["form"]
    assert form.initial == {
        "casefile": waiting.pk, "title": "Harbor Ledger", "partners": [petra.agency_id], "agreement": protocol, "purpose": "prosecution",
    }  # fmt: skip
    typed = {"agreement": protocol.pk, "partners": [petra.agency_id], "purpose": "prosecution", "title": "Reefers", "casefile": waiting.pk}
    assert desk.post("/joint-cases/new/", typed).status_code == 302
    joint = JointCase.objects.visible_to(sami).get()
    assert counsel(waiting).joint_id == joint.pk
    assert not Notice.objects.filter(kind="casefiles.counsel.wanted", done_at=None).exists()
    shown = body(desk.get(f"/cases/{waiting.pk}/"))
    assert "was asked to a joint case about this one" in shown
    assert "Open the joint case" not in shown


def test_the_service_sees_the_joint_case_it_is_let_into_and_never_the_file(browser_of, waiting, sami, petra, protocol):
    joint = opened(sami, protocol, waiting, petra)
    actions.join_joint_case(officer=petra, joint_id=joint.pk)
    actions.admit_officer(officer=petra, joint_id=joint.pk, member_id=petra.pk)
    assert inside(petra, joint)
    desk = browser_of(petra)
    assert desk.get(f"/cases/{waiting.pk}/").status_code == 404
    assert str(waiting.pk) not in body(desk.get(f"/joint-cases/{joint.pk}/"))
    assert str(waiting.pk) not in body(desk.get(f"/api/v1/joint-cases/{joint.pk}/"))


def test_the_title_of_a_compartment_is_not_filled_in(browser_of, waiting, ana, sami):
    shut = casefiles.open_case(officer=ana, title="Quiet Water", team=[sami.pk], is_compartment=True)
    assert browser_of(sami).get(f"/joint-cases/new/?case={shut.pk}").context["form"].initial["title"] == ""


def test_a_service_that_declines_or_leaves_is_waited_for_again(waiting, sami, petra, protocol):
    joint = opened(sami, protocol, waiting, petra)
    actions.decline_joint_case(officer=petra, joint_id=joint.pk)
    assert counsel(waiting).joint_id is None
    assert casefiles.NOTICES["casefiles.counsel.wanted"](fresh(sami), waiting.pk) is not None
    joint = opened(sami, protocol, waiting, petra)
    actions.join_joint_case(officer=petra, joint_id=joint.pk)
    assert counsel(waiting).joint_id == joint.pk
    actions.leave_joint_case(officer=petra, joint_id=joint.pk)
    assert counsel(waiting).joint_id is None
    assert Notice.objects.filter(officer=sami, kind="casefiles.counsel.wanted", done_at=None).exists()


def test_a_joint_case_with_others_alone_leaves_it_waiting(waiting, sami, breno, agreement):
    actions.open_joint_case(
        officer=sami, agreement_id=agreement.pk, partner_ids=[breno.agency_id], purpose="investigation", title="Two Quays",
        casefile_id=waiting.pk,
    )  # fmt: skip
    assert counsel(waiting).joint_id is None


def test_a_case_out_of_sight_is_answered_as_none(browser_of, waiting, alma, sami, petra, protocol):
    with pytest.raises(NotFound):
        opened(alma, protocol, waiting, petra)
    assert browser_of(alma).get(f"/joint-cases/new/?case={waiting.pk}").status_code == 404
    assert browser_of(sami).get("/joint-cases/new/?case=nonsense").status_code == 404


def test_who_only_reads_the_case_does_not_take_its_wait_away(waiting, ana, sami, petra, protocol):
    unit = found_unit(agency=ana.agency, name="Ports", desk={"name": "Ports", "phone": "+1 202 555 0177", "languages": ["en"]})
    far = enrol_officer(unit=unit, email="far@nfis.example", name="Fia Brandt", password=None, roles=[Role.SUPERVISOR])
    records.change_audience(officer=sami, casefile_id=waiting.pk, audience="agency", reason="All hands.")
    with pytest.raises(NotAllowed) as refused:
        opened(fresh(far), protocol, waiting, petra)
    assert refused.value.said is NOT_LEAD
    assert counsel(waiting).joint_id is None
