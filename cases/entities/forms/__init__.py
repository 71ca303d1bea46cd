"""What an officer types about persons and things, and about the subjects they take them for."""

from cases.entities.forms.mentions import (
    LONGEST_LIST,
    MOST_IDENTIFIERS,
    OWN,
    PREFIX,
    CaseMentionsForm,
    IdentifierForm,
    Identifiers,
    IdentifierSet,
    LinesField,
    MentionForm,
    MentionsForm,
    NoticeModeForm,
    typed,
)
from cases.entities.forms.subjects import MOST_SUBJECTS, NewSubjectForm, SubjectForm, SubjectsForm

__all__ = [
    "LONGEST_LIST",
    "MOST_IDENTIFIERS",
    "MOST_SUBJECTS",
    "OWN",
    "PREFIX",
    "CaseMentionsForm",
    "IdentifierForm",
    "IdentifierSet",
    "Identifiers",
    "LinesField",
    "MentionForm",
    "MentionsForm",
    "NewSubjectForm",
    "NoticeModeForm",
    "SubjectForm",
    "SubjectsForm",
    "typed",
]
