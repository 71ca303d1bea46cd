"""What a person typed about a case, cleaned."""

from cases.casefiles.forms.casefile import AUDIENCES, MODES, ChangeCaseForm, FilterForm, NewCaseForm, PinForm, RestForm
from cases.casefiles.forms.closings import CloseForm, ReopenForm
from cases.casefiles.forms.decisions import DecisionForm
from cases.casefiles.forms.facts import OffenceForm, ReferenceForm
from cases.casefiles.forms.fields import SeveralField, day
from cases.casefiles.forms.handovers import AcceptForm, AnswerForm, HandoverForm
from cases.casefiles.forms.links import LinkForm, UnlinkForm
from cases.casefiles.forms.notes import ChangeNoteForm, NoteForm, NotesForm, VersionsForm
from cases.casefiles.forms.people import PersonForm, colleagues, prosecutors
from cases.casefiles.forms.tasks import ChangeTaskForm, CommentForm, EndTaskForm, EndTasksForm, MoveTaskForm, MyTasksForm, TaskForm

__all__ = [
    "AUDIENCES",
    "MODES",
    "AcceptForm",
    "AnswerForm",
    "ChangeCaseForm",
    "ChangeNoteForm",
    "ChangeTaskForm",
    "CloseForm",
    "CommentForm",
    "DecisionForm",
    "EndTaskForm",
    "EndTasksForm",
    "FilterForm",
    "HandoverForm",
    "LinkForm",
    "MoveTaskForm",
    "MyTasksForm",
    "NewCaseForm",
    "NoteForm",
    "NotesForm",
    "OffenceForm",
    "PersonForm",
    "PinForm",
    "ReferenceForm",
    "ReopenForm",
    "RestForm",
    "SeveralField",
    "TaskForm",
    "UnlinkForm",
    "VersionsForm",
    "colleagues",
    "day",
    "prosecutors",
]
