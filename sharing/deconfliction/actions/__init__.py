"""The deeds of this room, by noun."""

from sharing.deconfliction.actions.comparison import compare_changes
from sharing.deconfliction.actions.hits import NOTICES, STANDING, Contact, Listed, View, answer_hit, list_hits, mark_urgent, open_hit

__all__ = ["NOTICES", "STANDING", "Contact", "Listed", "View", "answer_hit", "compare_changes", "list_hits", "mark_urgent", "open_hit"]
