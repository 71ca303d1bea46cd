"""The pages of consignments: those of a case, one of them, its route and what was observed."""

from cases.consignments.views.consignments import change, export, new, of_case, one
from cases.consignments.views.route import add_leg, change_leg, correct, observe, remove_leg
from cases.consignments.views.seizures import correct_seizure, export_all, export_seizures, record_seizure, seizure, seizures

__all__ = [
    "add_leg",
    "change",
    "change_leg",
    "correct",
    "correct_seizure",
    "export",
    "export_all",
    "export_seizures",
    "new",
    "observe",
    "of_case",
    "one",
    "record_seizure",
    "remove_leg",
    "seizure",
    "seizures",
]
