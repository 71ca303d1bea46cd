"""A version is given to a joint case as it has to be: asked for by one officer, approved by another."""

from typing import Any

from accounts import proofs
from accounts.models import Officer
from accounts.roles import Deed
from cases.records.models import Rendition
from portal.demo.cast import PASSWORD
from sharing.joint import actions
from sharing.joint.models import Contribution, JointCase
from tests.cast import fresh


def approve(officer: Officer, contribution: Contribution) -> Contribution:
    """A second officer of the same agency gives what was asked for, confirming that it is they."""
    seen: dict[str, Any] = {"officer": fresh(officer), "joint_id": contribution.joint_id, "contribution_id": contribution.pk}
    content_hash = actions.open_contribution(**seen).content_hash
    proof = proofs.check(seen["officer"], Deed.RELEASES_APPROVE, contribution.pk, content_hash, {"proof_password": PASSWORD})
    return actions.approve_contribution(**seen, proof=proof)


def give(officer: Officer, supervisor: Officer, joint: JointCase, rendition: Rendition) -> Contribution:
    """Asked for by one, approved by the other, who reads the agency's own file too."""
    asked = actions.contribute(officer=fresh(officer), joint_id=joint.pk, rendition_id=rendition.pk)
    return approve(supervisor, asked)
