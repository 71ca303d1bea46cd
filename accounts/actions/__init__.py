"""The deeds of this room, by noun."""

from accounts.actions.people import (
    appoint,
    dismiss_officer,
    enrol_officer,
    found_agency,
    found_unit,
    name_deputy,
    set_agency_status,
    withdraw_role,
)
from accounts.actions.replies import drop_reply, keep_reply, reserve_reply

__all__ = [
    "appoint",
    "dismiss_officer",
    "drop_reply",
    "enrol_officer",
    "found_agency",
    "found_unit",
    "keep_reply",
    "name_deputy",
    "reserve_reply",
    "set_agency_status",
    "withdraw_role",
]
