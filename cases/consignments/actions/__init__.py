"""What is done with consignments and seizures: the only place that writes them."""

from cases.consignments.actions.consignments import (
    Box,
    Listed,
    OpenConsignment,
    change_consignment,
    list_consignments,
    note_consignment,
    open_consignment,
)
from cases.consignments.actions.exports import export_consignments, export_seizures
from cases.consignments.actions.route import (
    add_leg,
    change_leg,
    correct_observation,
    note_observation,
    remove_leg,
    view_leg,
    view_observation,
)
from cases.consignments.actions.seizures import (
    OpenSeizure,
    SeizureRow,
    Seizures,
    add_step,
    correct_seizure,
    list_seizures,
    open_seizure,
    record_seizure,
)

__all__ = [
    "Box",
    "Listed",
    "OpenConsignment",
    "OpenSeizure",
    "SeizureRow",
    "Seizures",
    "add_leg",
    "add_step",
    "change_consignment",
    "change_leg",
    "correct_observation",
    "correct_seizure",
    "export_consignments",
    "export_seizures",
    "list_consignments",
    "list_seizures",
    "note_consignment",
    "note_observation",
    "open_consignment",
    "open_seizure",
    "record_seizure",
    "remove_leg",
    "view_leg",
    "view_observation",
]
