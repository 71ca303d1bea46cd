"""Who may set up whom, and why nobody came in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer
from accounts.roles import WITHOUT_CONTENT, Deed, Role
from kernel.errors import sentence
from kernel.verdict import ALLOWED, Verdict, refuse

NOT_YOUR_DEED = sentence("accounts.not-your-deed", _("Your role does not do this in your agency."))
OTHER_AGENCY = sentence("accounts.other-agency", _("This is another agency's to decide."))
NOT_THEIRS_TO_LEND = sentence("accounts.not-theirs-to-lend", _("%(name)s does not hold that role."))
KEPT_APART = sentence(
    "accounts.kept-apart", _("Whoever runs accounts or machines, or oversees, holds no role that sees content beside it.")
)
WRONG_PASSWORD = sentence("accounts.wrong-password", _("The e-mail address or the password was wrong."))
WRONG_CODE = sentence("accounts.wrong-code", _("The code or the passkey was wrong."))
NOT_SERVING = sentence("accounts.not-serving", _("The account or the agency is not active."))
KEY_HELD = sentence(
    "accounts.idempotency-key-held",
    _("The first request with this key is still running or was cut off. See whether it was done before you use a new key."),
)
TOO_MANY_LINES = sentence("accounts.too-many-lines", _("So many of your windows listen already that this one does not. Close one of them."))
DRAFT_TOO_LONG = sentence(
    "accounts.draft-too-long", _("This is longer than a draft can be. It stays on this page: send it, or keep a copy of your own.")
)
TOO_MANY_DRAFTS = sentence(
    "accounts.too-many-drafts",
    _("You keep as many drafts as one officer can. Throw some away under “Your drafts”; this one is not kept yet."),
)
DRAFTS_TOO_OFTEN = sentence("accounts.drafts-too-often", _("This was kept very often just now. It is kept again in a minute."))
OWN_DEPUTY = sentence("accounts.own-deputy", _("Nobody stands in for themselves."))


def may(officer: Officer, deed: Deed) -> Verdict:
    """Role × deed, from the agency's reviewed data."""
    return Verdict() if deed in officer.deeds else refuse(NOT_YOUR_DEED)


def can_manage_officers(officer: Officer, agency: Agency) -> Verdict:
    """An administrator of the same agency; administrators never see content (accounts.roles)."""
    if officer.agency_id != agency.pk:
        return refuse(OTHER_AGENCY)
    return may(officer, Deed.OFFICERS_MANAGE)


def can_hold(roles: Iterable[str]) -> Verdict:
    """Roles that go together in one person: accounts, machines and oversight on one side, content on the other."""
    held = set(roles)
    return refuse(KEPT_APART) if held & WITHOUT_CONTENT and held - WITHOUT_CONTENT else ALLOWED


def can_name_deputy(by: Officer, officer: Officer, deputy: Officer, role: Role) -> Verdict:
    """An administrator, or the officer who goes away, inside one agency, for a role the officer holds themselves."""
    if officer.agency_id != deputy.agency_id or by.agency_id != officer.agency_id:
        return refuse(OTHER_AGENCY)
    if officer == deputy:
        return refuse(OWN_DEPUTY)
    if not officer.appointments.active().filter(role=role).exists():
        return refuse(NOT_THEIRS_TO_LEND, name=officer.name)
    together = can_hold(deputy.roles | {role})
    if not together:
        return together
    return ALLOWED if by == officer else may(by, Deed.OFFICERS_MANAGE)
