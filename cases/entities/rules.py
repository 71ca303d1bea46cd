"""Who may judge that two mentions are the same. Who may note what a rendition says is the records' rule."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from accounts.roles import Deed
from accounts.rules import may
from cases.entities.models import FileImport, RelationKind, Subject
from cases.entities.transport import Kind, TableMapping
from cases.records import handling
from kernel.errors import Conflict, Invalid, sentence
from kernel.verdict import ALLOWED, Verdict, refuse

HAS_LEFT = sentence(
    "entities.has-left", _("This version was released: nothing is added to what it says. Make a new version and note it there.")
)
NOT_ONE_RECORD = sentence("entities.not-one-record", _("Mentions are taken over from another version of the same item."))
NOTHING_TO_COMPARE = sentence("entities.nothing-to-compare", _("An identifier has at least one letter or digit."))
NOBODY_CHOSEN = sentence("entities.nobody-chosen", _("Choose at least one mention."))
NOTHING_CHOSEN = sentence("entities.nothing-chosen", _("Tick at least one of what was found."))
NUMBERS_ONLY = sentence("entities.numbers-only", _("Only numbers and codes are identifiers: note dates and amounts by themselves."))
MIXED_TYPES = sentence("entities.mixed-types", _("One subject is one kind of thing: these mentions are of different kinds."))
CALLED_DIFFERENTLY = sentence(
    "entities.called-differently",
    _("Their subjects are called differently in the case. First say of both the same, with the reason, and then take them for one."),
)
NO_END = sentence("entities.no-end", _("Say at least one end: who gave, or who took; who called, or who was called."))
NO_AMOUNT = sentence(
    "entities.no-amount", _("An amount is a number from 0 on, of at most 18 digits before the decimal sign and 18 after it.")
)
REASON_WANTED = sentence("entities.reason-wanted", _("Say why this person belongs to that category."))
NO_SUCH_HANDLING = sentence(
    "entities.no-such-handling", _("There is no handling code %(code)s in %(scheme)s that can be given without words.")
)
ROW_CHANGED = sentence("entities.row-changed", _("The register has a row of this id that says something else; it stays as it is."))
LATER_FILE = sentence("entities.later-file", _("Rows that a later file added."))
NOT_MAPPED = sentence("entities.not-mapped", _("Say first what the columns are: a name, a part of one, or a number."))
MONEY_NOT_MAPPED = sentence("entities.money-not-mapped", _("Say first which columns are the amount and the payer or the payee."))
CALLS_NOT_MAPPED = sentence("entities.calls-not-mapped", _("Say first which column is the caller or the called number."))
FILE_TOO_LARGE = sentence("entities.file-too-large", _("A file may have %(most)s megabytes. Split it, or save the sheet alone as CSV."))
ALREADY_IN = sentence("entities.already-in", _("The rows of this sheet are in this case already. Take that import back first."))
NOT_NOW = sentence("entities.import-not-now", _("This import is not at a point where that can be done: it is %(state)s."))
FILE_GONE = sentence("entities.file-gone", _("The file is no longer kept. Send it again."))
NO_SUCH_SHEET = sentence("entities.no-such-sheet", _("This file has no such sheet."))
NO_GOOD_ROW = sentence("entities.no-good-row", _("Not one row of this file could be used."))
HAS_LEFT_ALREADY = sentence(
    "entities.import-has-left", _("What came in by this import was released. It is not taken back: correct it by a new version.")
)
NAME_TAKEN = sentence("entities.mapping-name-taken", _("Your agency has a mapping of this name. Choose another name."))
CONDITIONS_WANTED = sentence("entities.conditions-wanted", _("Say the conditions in words: this handling code wants them."))
UNDO_REASON_WANTED = sentence("entities.undo-reason-wanted", _("Say why this import is taken back."))
NAME_WANTED = sentence("entities.mapping-name-wanted", _("Give these columns a name of at most 80 letters."))
RELATED_TO_ITSELF = sentence("entities.related-to-itself", _("Choose two different subjects."))
MERGE_UNDONE = sentence("entities.merge-undone", _("They were made two again already."))
HELD_APART = sentence("entities.held-apart", _("Mentions of these two are held apart. First take that back, then put them together."))
SUPPORT_WANTED = sentence("entities.support-wanted", _("Tick at least one paragraph that says so."))
NO_SUCH_PARAGRAPH = sentence("entities.no-such-paragraph", _("That version has no paragraph of this number."))
SUPPORT_WITHDRAWN = sentence("entities.support-withdrawn", _("This paragraph was withdrawn already."))
RELATION_ENDED = sentence("entities.relation-ended", _("This relation was taken back already. Judge it anew."))
ANOTHER_DESCRIBED = sentence("entities.another-described", _("Say in words how they are related."))
ENDS_BEFORE = sentence("entities.ends-before", _("The last day is before the first."))
WHO_READS_RELATION = _("This and the days are read by those who see every paragraph you tick. Others read only how they are related.")
WHO_READS_WORDS = _(
    "Read by those who see every one of its mentions, and so is the reason. Others, or all if you leave it empty, read the name "
    "in the first mention they see."
)


def can_judge(officer: Officer) -> Verdict:
    """A subject is the agency's own judgement, by whoever records its intelligence."""
    return may(officer, Deed.INTELLIGENCE_RECORD)


def hold_sound(kind: str, description: str, began_on: date | None, ceased_on: date | None) -> None:
    """A relation of no listed kind is described, and its days are in order. Raises Invalid."""
    if kind == RelationKind.OTHER and not description.strip():
        raise Invalid(fields={"description": ANOTHER_DESCRIBED})
    if began_on and ceased_on and ceased_on < began_on:
        raise Invalid(fields={"ceased_on": ENDS_BEFORE})


def is_handling(scheme: str, code: str, text: str = "") -> bool:
    """Whether a scheme has this code, and it says everything by itself or with the words given; a list of countries cannot be given."""
    known = handling.CODES.get((scheme, code))
    return bool(known and handling.Atom.REL_TO not in known.atoms and (text.strip() or handling.stands_alone(scheme, code)))


def is_mapped(mapping: TableMapping) -> Verdict:
    """Whether the columns of a table say enough to take a row in."""
    lacking = {Kind.MONEY: MONEY_NOT_MAPPED, Kind.CALLS: CALLS_NOT_MAPPED}.get(Kind(mapping.rows), NOT_MAPPED)
    return ALLOWED if mapping.names_something() else refuse(lacking)


def hold_import(job: FileImport, *states: str) -> None:
    """An import is mapped, started, stopped and taken back each at its own time. Raises Conflict."""
    if job.state not in states:
        raise Conflict(NOT_NOW, state=job.get_state_display())


def is_founded(category: str, reason: str) -> Verdict:
    """To call somebody a suspect, a victim, a witness or a minor takes a reason that can be read later."""
    return ALLOWED if category == Subject.Category.OTHER or reason.strip() else refuse(REASON_WANTED)
