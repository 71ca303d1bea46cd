"""The pages of consignments: those of a case, one of them, its route and what was observed."""

from cases.consignments.views.consignments import change, export, new, of_case, one
from cases.consignments.views.deliveries import authorise, coordinate, delivery, end_delivery, plan_delivery, start_delivery
from cases.consignments.views.route import add_leg, change_leg, correct, observe, remove_leg
from cases.consignments.views.seizures import correct_seizure, export_all, export_seizures, record_seizure, seizure, seizures

__all__ = [
    "add_leg",
    "authorise",
    "change",
    "change_leg",
    "coordinate",
    "correct",
    "correct_seizure",
    "delivery",
    "end_delivery",
    "export",
    "export_all",
    "export_seizures",
    "new",
    "observe",
    "of_case",
    "one",
    "plan_delivery",
    "record_seizure",
    "remove_leg",
    "seizure",
    "seizures",
    "start_delivery",
]
