"""Who may advise, ask, answer and let in, and the sentence that says why not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import may
from cases.casefiles import rules as casefiles
from kernel.errors import Conflict, sentence
from kernel.verdict import ALLOWED, Verdict, refuse
from sharing.joint import rules as joint
from sharing.prosecution.models import Advice
from sharing.prosecution.storage import Place, advisers_of

ADDRESS_IT = sentence("prosecution.address-it", _("Address it to people who see this case: at least one, and at most 20."))
ASK_ADVISERS = sentence("prosecution.ask-advisers", _("Ask a prosecutor on this case."))
NO_ADVISER = sentence("prosecution.no-adviser", _("No prosecutor is on this case whom you could ask."))
SAY_SOMETHING = sentence("prosecution.say-something", _("Write something first."))
AUTHOR_DECIDES = sentence("prosecution.author-decides", _("Who reads this is decided by %(name)s, who wrote it."))
READS_ALREADY = sentence("prosecution.reads-already", _("%(name)s is behind this wall already."))
READS_NOT = sentence("prosecution.reads-not", _("%(name)s is not behind this wall."))
MOST = 20
"""People whom one advice is addressed to at once."""


def can_advise(officer: Officer) -> Verdict:
    """Whose role gives legal advice, by the agency's reviewed data; on whatever case they see."""
    return may(officer, Deed.ADVICE_GIVE)


def can_ask(officer: Officer, place: Place) -> Verdict:
    """Whoever works on the case, or is on the joint case's team, where a prosecutor other than themselves is on it."""
    if place.casefile and not casefiles.works_on(officer, place.casefile):
        return refuse(casefiles.NOT_ON_TEAM, lead=place.casefile.lead.name)
    return ALLOWED if advisers_of(place).exclude(pk=officer.pk).exists() else refuse(NO_ADVISER)


def can_choose_readers(officer: Officer, advice: Advice) -> Verdict:
    """Its author alone: not the case's lead, nor any supervisor."""
    return ALLOWED if advice.author_id == officer.pk else refuse(AUTHOR_DECIDES, name=advice.author.name)


def hold_open(place: Place) -> None:
    """Nothing is added behind the wall of a closed case. Raises Conflict."""
    if place.is_closed:
        raise Conflict(casefiles.CLOSED if place.casefile else joint.CLOSED)
