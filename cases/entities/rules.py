"""Who may judge that two mentions are the same. Who may note what a rendition says is the records' rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import may
from cases.entities.models import Subject
from kernel.errors import sentence
from kernel.verdict import ALLOWED, Verdict, refuse

HAS_LEFT = sentence(
    "entities.has-left", _("This version was released: nothing is added to what it says. Make a new version and note it there.")
)
NOT_ONE_RECORD = sentence("entities.not-one-record", _("Mentions are taken over from another version of the same item."))
NOTHING_TO_COMPARE = sentence("entities.nothing-to-compare", _("An identifier has at least one letter or digit."))
NOBODY_CHOSEN = sentence("entities.nobody-chosen", _("Choose at least one mention."))
MIXED_TYPES = sentence("entities.mixed-types", _("One subject is one kind of thing: these mentions are of different kinds."))
REASON_WANTED = sentence("entities.reason-wanted", _("Say why this person belongs to that category."))
NO_SUCH_HANDLING = sentence(
    "entities.no-such-handling", _("There is no handling code %(code)s in %(scheme)s that can be given without words.")
)
ROW_CHANGED = sentence("entities.row-changed", _("The register has a row of this id that says something else; it stays as it is."))
LATER_FILE = sentence("entities.later-file", _("Rows that a later file added."))
WHO_READS_WORDS = _(
    "Read by those who see every one of its mentions, and so is the reason. Others, or all if you leave it empty, read the name "
    "in the first mention they see."
)


def can_judge(officer: Officer) -> Verdict:
    """A subject is the agency's own judgement, by whoever records its intelligence."""
    return may(officer, Deed.INTELLIGENCE_RECORD)


def is_founded(category: str, reason: str) -> Verdict:
    """To call somebody a suspect, a victim, a witness or a minor takes a reason that can be read later."""
    return ALLOWED if category == Subject.Category.OTHER or reason.strip() else refuse(REASON_WANTED)
