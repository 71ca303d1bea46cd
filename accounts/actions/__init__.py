"""The deeds of this room, by noun."""

from accounts.actions.desk import end_token, make_token, put_notice_aside, save_display
from accounts.actions.drafts import (
    Hand,
    Kept,
    Place,
    Typed,
    drafts_of,
    forget_drafts,
    keep_draft,
    let_go_of_sent,
    throw_draft_away,
    typed_in,
)
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
    "Hand",
    "Kept",
    "Place",
    "Typed",
    "appoint",
    "change_security",
    "dismiss_officer",
    "drafts_of",
    "drop_reply",
    "end_memberships",
    "end_token",
    "enrol_officer",
    "forget_drafts",
    "forget_replies",
    "found_agency",
    "found_unit",
    "keep_draft",
    "keep_reply",
    "let_go_of_sent",
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
    "throw_draft_away",
    "typed_in",
    "withdraw_role",
]
