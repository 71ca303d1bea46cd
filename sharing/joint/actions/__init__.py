"""What is done with joint cases: the only place that writes them."""

from sharing.joint.actions.approvals import ViewedContribution, approve_contribution, open_contribution
from sharing.joint.actions.contributions import contribute, withdraw_contribution
from sharing.joint.actions.inside import ViewedJoint, list_joint_cases, view_joint_case, write_entry
from sharing.joint.actions.notices import NOTICES, STANDING
from sharing.joint.actions.projection import check_joint_sight
from sharing.joint.actions.seats import (
    admit_officer,
    close_joint_case,
    decline_joint_case,
    end_admission,
    join_joint_case,
    leave_joint_case,
    open_joint_case,
)

__all__ = [
    "NOTICES",
    "STANDING",
    "ViewedContribution",
    "ViewedJoint",
    "admit_officer",
    "approve_contribution",
    "check_joint_sight",
    "close_joint_case",
    "contribute",
    "decline_joint_case",
    "end_admission",
    "join_joint_case",
    "leave_joint_case",
    "list_joint_cases",
    "open_contribution",
    "open_joint_case",
    "view_joint_case",
    "withdraw_contribution",
    "write_entry",
]
