"""What is done with agreements: drafted, signed, amended, suspended, resumed and ended; who is not a party learns nothing of any of it."""

from sharing.agreements.actions.amendments import OpenedVersion, draft_amendment, drop_amendment, open_version
from sharing.agreements.actions.pacts import (
    AWAITING,
    CHANGED,
    NOTICES,
    STANDING,
    Opened,
    draft_agreement,
    end_agreement,
    list_agreements,
    open_agreement,
    resume_agreement,
    sign_agreement,
    suspend_agreement,
)

__all__ = [
    "AWAITING",
    "CHANGED",
    "NOTICES",
    "STANDING",
    "Opened",
    "OpenedVersion",
    "draft_agreement",
    "draft_amendment",
    "drop_amendment",
    "end_agreement",
    "list_agreements",
    "open_agreement",
    "open_version",
    "resume_agreement",
    "sign_agreement",
    "suspend_agreement",
]
