"""The deeds of this room, by noun."""

from cases.entities.actions.holdings import Source, Taken, import_holdings
from cases.entities.actions.mentions import (
    Named,
    NamedIn,
    change_notice_mode,
    list_mentions,
    list_mentions_of_case,
    note_mention,
    take_over_mentions,
)
from cases.entities.actions.subjects import (
    Portrait,
    SubjectRow,
    change_subject,
    group_mentions,
    list_subjects,
    make_subject,
    open_subject,
    ungroup_mention,
)

__all__ = [
    "Named",
    "NamedIn",
    "Portrait",
    "Source",
    "SubjectRow",
    "Taken",
    "change_notice_mode",
    "change_subject",
    "group_mentions",
    "import_holdings",
    "list_mentions",
    "list_mentions_of_case",
    "list_subjects",
    "make_subject",
    "note_mention",
    "open_subject",
    "take_over_mentions",
    "ungroup_mention",
]
