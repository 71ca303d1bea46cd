"""The pages of entities: who and what a case and a version name, and the subjects an agency takes them for."""

from cases.entities.views.mentions import note, notice_mode, of_case, of_rendition, take_over
from cases.entities.views.subjects import change_subject, group, new_subject, subject, subjects, ungroup

__all__ = [
    "change_subject",
    "group",
    "new_subject",
    "note",
    "notice_mode",
    "of_case",
    "of_rendition",
    "subject",
    "subjects",
    "take_over",
    "ungroup",
]
