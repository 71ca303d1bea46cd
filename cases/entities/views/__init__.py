"""The pages of entities: who and what a case and a version name, and the subjects an agency takes them for."""

from cases.entities.views.dealings import (
    dealings_of_case,
    dealings_of_rendition,
    dealings_of_subject,
    export_dealings,
    note_dealing,
    take_over_dealings,
)
from cases.entities.views.handovers import accept_handover
from cases.entities.views.imports import (
    cancel_import,
    drop_import,
    import_progress,
    imports,
    keep_mapping,
    map_import,
    one_import,
    start_import,
    undo_import,
)
from cases.entities.views.likely import alike, apart, compare, compare_again, same
from cases.entities.views.mentions import export, note, notice_mode, of_case, of_rendition, take_over
from cases.entities.views.merges import merge, undo_merge
from cases.entities.views.relations import end_relation, relate, relate_to, relation, support_relation, withdraw_support
from cases.entities.views.subjects import change_subject, group, new_subject, subject, subjects, ungroup

__all__ = [
    "accept_handover",
    "alike",
    "apart",
    "cancel_import",
    "change_subject",
    "compare",
    "compare_again",
    "dealings_of_case",
    "dealings_of_rendition",
    "dealings_of_subject",
    "drop_import",
    "end_relation",
    "export",
    "export_dealings",
    "group",
    "import_progress",
    "imports",
    "keep_mapping",
    "map_import",
    "merge",
    "new_subject",
    "note",
    "note_dealing",
    "notice_mode",
    "of_case",
    "of_rendition",
    "one_import",
    "relate",
    "relate_to",
    "relation",
    "same",
    "start_import",
    "subject",
    "subjects",
    "support_relation",
    "take_over",
    "take_over_dealings",
    "undo_import",
    "undo_merge",
    "ungroup",
    "withdraw_support",
]
