"""The names this room writes in the ledger."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    AGREEMENTS_LISTED = "agreements.agreement.listed", _("Listed agreements")
    AGREEMENT_VIEWED = "agreements.agreement.viewed", _("Opened an agreement")
    AGREEMENT_DRAFTED = "agreements.agreement.drafted", _("Drafted an agreement")
    AGREEMENT_SIGNED = "agreements.agreement.signed", _("Signed an agreement")
    AGREEMENT_IN_FORCE = "agreements.agreement.in-force", _("An agreement came into force")
    AGREEMENT_SUSPENDED = "agreements.agreement.suspended", _("Suspended an agreement")
    AGREEMENT_RESUMED = "agreements.agreement.resumed", _("Resumed an agreement")
    AGREEMENT_ENDED = "agreements.agreement.ended", _("Ended an agreement")
    AMENDMENT_DRAFTED = "agreements.amendment.drafted", _("Drafted an amendment of an agreement")
    AMENDMENT_DROPPED = "agreements.amendment.dropped", _("Dropped an amendment of an agreement")
    AMENDMENT_AGREED = "agreements.amendment.agreed", _("An amendment of an agreement was signed by all")
    VERSION_VIEWED = "agreements.version.viewed", _("Opened a version of an agreement")
