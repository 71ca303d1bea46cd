"""The deeds of this room, by noun."""

from accounts.actions.desk import end_token, make_token, put_notice_aside, save_display
from accounts.actions.people import (
    appoint,
    dismiss_officer,
    end_memberships,
    enrol_officer,
    found_agency,
    found_unit,
    name_adviser,
    name_deputy,
    set_agency_status,
    withdraw_role,
)
from accounts.actions.replies import drop_reply, forget_replies, keep_reply, reserve_reply
from accounts.actions.signing_in import change_security, note_failed_sign_in, note_sign_in, note_sign_out

__all__ = [
    "appoint",
    "change_security",
    "dismiss_officer",
    "drop_reply",
    "end_memberships",
    "end_token",
    "enrol_officer",
    "forget_replies",
    "found_agency",
    "found_unit",
    "keep_reply",
    "make_token",
    "name_adviser",
    "name_deputy",
    "note_failed_sign_in",
    "note_sign_in",
    "note_sign_out",
    "put_notice_aside",
    "reserve_reply",
    "save_display",
    "set_agency_status",
    "withdraw_role",
]
