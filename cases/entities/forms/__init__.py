"""What an officer types about persons and things, and about the subjects they take them for."""

from cases.entities.forms.dealings import CallForm, DealingsForm, MomentForm, TransactionForm
from cases.entities.forms.imports import COLUMNS, SAMPLES, Columns, MappingNameForm, PlanForm, UndoForm, UploadForm, begun
from cases.entities.forms.mentions import (
    LONGEST_LIST,
    MOST_IDENTIFIERS,
    OWN,
    PREFIX,
    AlikeForm,
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
from cases.entities.forms.relations import OthersForm, RelationForm, SupportsForm, WhyForm
from cases.entities.forms.subjects import MOST_SUBJECTS, NewSubjectForm, SubjectForm, SubjectsForm
from cases.entities.forms.suggestions import ChosenForm, PastedForm

__all__ = [
    "COLUMNS",
    "LONGEST_LIST",
    "MOST_IDENTIFIERS",
    "MOST_SUBJECTS",
    "OWN",
    "PREFIX",
    "SAMPLES",
    "AlikeForm",
    "CallForm",
    "CaseMentionsForm",
    "ChosenForm",
    "Columns",
    "DealingsForm",
    "IdentifierForm",
    "IdentifierSet",
    "Identifiers",
    "LinesField",
    "MappingNameForm",
    "MentionForm",
    "MentionsForm",
    "MomentForm",
    "NewSubjectForm",
    "NoticeModeForm",
    "OthersForm",
    "PastedForm",
    "PlanForm",
    "RelationForm",
    "SubjectForm",
    "SubjectsForm",
    "SupportsForm",
    "TransactionForm",
    "UndoForm",
    "UploadForm",
    "WhyForm",
    "begun",
    "typed",
]
