"""Who may say what about whom, and when nothing more is added."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import may
from cases.casefiles import rules as casefiles
from cases.casefiles.models import CaseFile
from kernel.errors import sentence
from kernel.verdict import Verdict, refuse

HAS_LEFT = sentence("entities.has-left", _("This version has left your agency, so nothing is added to it. Make a new version."))


def can_import(officer: Officer, casefile: CaseFile) -> Verdict:
    """Whoever works on the file and records intelligence, as long as the case is open."""
    if casefile.status == CaseFile.Status.CLOSED:
        return refuse(casefiles.CLOSED)
    return casefiles.can_work(officer, casefile) and may(officer, Deed.INTELLIGENCE_RECORD)
