"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    SIGNED_IN = "accounts.officer.signed-in", _("Signed in")
    SIGN_IN_FAILED = "accounts.officer.sign-in-failed", _("Sign-in failed")
    SIGNED_OUT = "accounts.officer.signed-out", _("Signed out")
    PROOF_GIVEN = "accounts.proof.given", _("Proved presence")
    PROOF_FAILED = "accounts.proof.failed", _("Proof of presence failed")
    SECURITY_CHANGED = "accounts.officer.security-changed", _("Changed sign-in security")
    TOKEN_MADE = "accounts.token.made", _("Made an API token")
    TOKEN_ENDED = "accounts.token.ended", _("Ended an API token")
    NOTICE_DONE = "accounts.notice.done", _("Put a notice aside")
    DISPLAY_CHANGED = "accounts.officer.display-changed", _("Changed display settings")
    AGENCY_FOUNDED = "accounts.agency.founded", _("Set up an agency")
    UNIT_FOUNDED = "accounts.unit.founded", _("Set up a unit")
    OFFICER_ENROLLED = "accounts.officer.enrolled", _("Enrolled an officer")
    OFFICER_DISMISSED = "accounts.officer.dismissed", _("Ended an officer's access")
    ROLE_CHANGED = "accounts.officer.role-changed", _("Changed an officer's roles")
    DEPUTY_NAMED = "accounts.deputy.named", _("Named a deputy")
    ADVISER_NAMED = "accounts.agency.adviser-named", _("Named an agency's standing legal adviser")
    AGENCY_STATUS_CHANGED = "accounts.agency.status-changed", _("Changed an agency's status")
