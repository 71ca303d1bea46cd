"""Roles and deeds. Which role may do which deed is reviewed data of each agency (RoleDeed); what no data may allow is fixed here.

Prosecutors direct investigations in some countries and may not touch intelligence in others, so no table fits all. The
separations of duty do: whoever runs accounts or machines never sees content, and auditors see the log, not content.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    INVESTIGATOR = "investigator", _("Investigator")
    ANALYST = "analyst", _("Analyst")
    SUPERVISOR = "supervisor", _("Supervisor")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    CUSTODIAN = "custodian", _("Source custodian")
    AUDITOR = "auditor", _("Auditor")
    INTEGRITY = "integrity", _("Integrity officer")
    WATCH = "watch", _("Watch officer")
    LIAISON = "liaison", _("Liaison officer")
    AGENCY_ADMIN = "agency-admin", _("Agency administrator")
    OPERATOR = "operator", _("Platform operator")


def in_words(roles: Collection[str]) -> str:
    """The roles in the reader's language, in one order."""
    return ", ".join(str(role.label) for role in Role if role in roles)


class Deed(TextChoices):
    CASES_READ = "cases.read", _("Read case files")
    CASES_WORK = "cases.work", _("Open and work on case files")
    CASES_LEAD = "cases.lead", _("Widen a case's audience and close it")
    CASES_DIRECT = "cases.direct", _("Be the prosecutor on a case from its first day")
    ADVICE_GIVE = "advice.give", _("Give legal advice behind a wall")
    INTELLIGENCE_READ = "intelligence.read", _("Read records and intelligence")
    INTELLIGENCE_RECORD = "intelligence.record", _("Record and grade intelligence")
    RELEASES_READ = "releases.read", _("Read releases given and received")
    RELEASES_REQUEST = "releases.request", _("Ask for a release")
    RELEASES_APPROVE = "releases.approve", _("Approve, refuse and recall releases")
    RELEASES_ACCEPT = "releases.accept", _("Accept conditions and open what was released")
    AGREEMENTS_READ = "agreements.read", _("Read agreements")
    AGREEMENTS_SIGN = "agreements.sign", _("Draft, sign and suspend agreements")
    DECONFLICTION_READ = "deconfliction.read", _("See and answer deconfliction hits")
    LEDGER_READ = "ledger.read", _("Read the agency's ledger")
    OFFICERS_MANAGE = "officers.manage", _("Manage officers, units and roles")


CONTENT_DEEDS = frozenset(
    {
        Deed.CASES_READ, Deed.CASES_WORK, Deed.CASES_LEAD, Deed.CASES_DIRECT, Deed.ADVICE_GIVE, Deed.INTELLIGENCE_READ,
        Deed.INTELLIGENCE_RECORD, Deed.RELEASES_READ, Deed.RELEASES_REQUEST, Deed.RELEASES_APPROVE, Deed.RELEASES_ACCEPT,
        Deed.DECONFLICTION_READ,
    }
)  # fmt: skip
WITHOUT_CONTENT = frozenset({Role.AGENCY_ADMIN, Role.OPERATOR, Role.AUDITOR, Role.CUSTODIAN, Role.INTEGRITY})
"""Roles that no agency's data may give a deed on content to; a check constraint on RoleDeed holds it as well."""

READER = frozenset({Deed.CASES_READ, Deed.INTELLIGENCE_READ, Deed.RELEASES_READ, Deed.RELEASES_ACCEPT, Deed.AGREEMENTS_READ})
USUAL_DEEDS: dict[Role, frozenset[Deed]] = {
    Role.INVESTIGATOR: READER | {Deed.CASES_WORK, Deed.INTELLIGENCE_RECORD, Deed.RELEASES_REQUEST, Deed.DECONFLICTION_READ},
    Role.ANALYST: READER | {Deed.CASES_WORK, Deed.INTELLIGENCE_RECORD, Deed.DECONFLICTION_READ},
    Role.SUPERVISOR: READER
    | {Deed.CASES_WORK, Deed.CASES_LEAD, Deed.RELEASES_REQUEST, Deed.RELEASES_APPROVE, Deed.AGREEMENTS_SIGN, Deed.DECONFLICTION_READ},
    Role.PROSECUTOR: READER | {Deed.ADVICE_GIVE},
    Role.LIAISON: frozenset({Deed.RELEASES_READ, Deed.RELEASES_ACCEPT, Deed.AGREEMENTS_READ, Deed.DECONFLICTION_READ}),
    Role.WATCH: frozenset({Deed.DECONFLICTION_READ}),
    Role.AUDITOR: frozenset({Deed.LEDGER_READ, Deed.AGREEMENTS_READ}),
    Role.INTEGRITY: frozenset({Deed.LEDGER_READ, Deed.AGREEMENTS_READ}),
    Role.AGENCY_ADMIN: frozenset({Deed.OFFICERS_MANAGE}),
    Role.CUSTODIAN: frozenset(),
    Role.OPERATOR: frozenset(),
}
"""Where an agency starts when it is set up; from then on its own RoleDeed rows count."""
