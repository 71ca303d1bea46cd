"""What officers do with intelligence."""

from cases.intelligence.actions.items import correct_item, make_tear_line, record_item
from cases.intelligence.actions.reading import ItemRow, OpenItem, Part, list_items, list_items_of_case, open_item
from cases.intelligence.actions.versions import CORRECTED, NOTICES, STANDING, Change, Compared, compare_versions, corrected_notice

__all__ = [
    "CORRECTED",
    "NOTICES",
    "STANDING",
    "Change",
    "Compared",
    "ItemRow",
    "OpenItem",
    "Part",
    "compare_versions",
    "correct_item",
    "corrected_notice",
    "list_items",
    "list_items_of_case",
    "make_tear_line",
    "open_item",
    "record_item",
]
