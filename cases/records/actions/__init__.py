"""What is done with records whatever their kind: listing, opening, explaining who sees them, and saying who shall."""

from cases.records.actions.audience import change_audience, link_record, unlink_record
from cases.records.actions.reading import OpenRecord, Reading, RecordRow, list_readings, list_records, open_rendition
from cases.records.actions.sight import Checked, check_person, explain_sight

__all__ = [
    "Checked",
    "OpenRecord",
    "Reading",
    "RecordRow",
    "change_audience",
    "check_person",
    "explain_sight",
    "link_record",
    "list_readings",
    "list_records",
    "open_rendition",
    "unlink_record",
]
