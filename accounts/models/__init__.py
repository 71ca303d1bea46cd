"""Who: jurisdictions, agencies, units and their desks, officers, roles, memberships, deputies, notices.

None of this is content, but for drafts: sealed, and each for its own officer. Officers and agencies are known to those they work
with; what an officer may see is decided by memberships (principals) and grants, what an officer may do by roles and deeds.
"""

from accounts.models.agencies import Agency, CountryRule, DatedQuerySet, Desk, Jurisdiction, Row, Unit
from accounts.models.desk import ApiReply, ApiToken, Notice, Proof
from accounts.models.drafts import KEPT_FOR, Draft, DraftQuerySet
from accounts.models.memberships import Membership, MembershipQuerySet, Principal, PrincipalQuerySet
from accounts.models.officers import (
    Appointment,
    Deputy,
    DeputyQuerySet,
    Officer,
    OfficerManager,
    OfficerQuerySet,
    RoleDeed,
    StandingAdviser,
    roles_of,
)

__all__ = [
    "KEPT_FOR",
    "Agency",
    "ApiReply",
    "ApiToken",
    "Appointment",
    "CountryRule",
    "DatedQuerySet",
    "Deputy",
    "DeputyQuerySet",
    "Desk",
    "Draft",
    "DraftQuerySet",
    "Jurisdiction",
    "Membership",
    "MembershipQuerySet",
    "Notice",
    "Officer",
    "OfficerManager",
    "OfficerQuerySet",
    "Principal",
    "PrincipalQuerySet",
    "Proof",
    "RoleDeed",
    "Row",
    "StandingAdviser",
    "Unit",
    "roles_of",
]
