"""How a case looks to a machine, and what it may send."""

from cases.casefiles.serializers.casefile import (
    CaseDetailOut,
    CaseFilterIn,
    CaseOut,
    CasesIn,
    CaseStateOut,
    CaseTextOut,
    CaseUnitOut,
    ChangeCaseIn,
    CircleOut,
    DeedOut,
    DeskOut,
    LooksIn,
    NewCaseIn,
    RestIn,
    SinceOut,
    StandingIn,
)
from cases.casefiles.serializers.closings import CloseIn, ClosingOut, ReopenIn
from cases.casefiles.serializers.decisions import CaseDecisionIn, CaseDecisionOut
from cases.casefiles.serializers.facts import OffenceIn, OffenceOut, ReferenceIn, ReferenceOut, SchemeIn
from cases.casefiles.serializers.handovers import AcceptIn, HandoverAnswerIn, HandoverFilterIn, HandoverIn, HandoverOut, HandoverStateOut
from cases.casefiles.serializers.links import LinkCaseIn, LinkedCaseOut, LinkMadeOut, UnlinkIn
from cases.casefiles.serializers.notes import NoteIn, NoteOut, WrittenOut
from cases.casefiles.serializers.people import MemberIn, MemberOut, OfficerOut
from cases.casefiles.serializers.tasks import EndTaskIn, EndTasksIn, TaskFilterIn, TaskIn, TaskOut, TaskStateOut

__all__ = [
    "AcceptIn",
    "CaseDecisionIn",
    "CaseDecisionOut",
    "CaseDetailOut",
    "CaseFilterIn",
    "CaseOut",
    "CaseStateOut",
    "CaseTextOut",
    "CaseUnitOut",
    "CasesIn",
    "ChangeCaseIn",
    "CircleOut",
    "CloseIn",
    "ClosingOut",
    "DeedOut",
    "DeskOut",
    "EndTaskIn",
    "EndTasksIn",
    "HandoverAnswerIn",
    "HandoverFilterIn",
    "HandoverIn",
    "HandoverOut",
    "HandoverStateOut",
    "LinkCaseIn",
    "LinkMadeOut",
    "LinkedCaseOut",
    "LooksIn",
    "MemberIn",
    "MemberOut",
    "NewCaseIn",
    "NoteIn",
    "NoteOut",
    "OffenceIn",
    "OffenceOut",
    "OfficerOut",
    "ReferenceIn",
    "ReferenceOut",
    "ReopenIn",
    "RestIn",
    "SchemeIn",
    "SinceOut",
    "StandingIn",
    "TaskFilterIn",
    "TaskIn",
    "TaskOut",
    "TaskStateOut",
    "UnlinkIn",
    "WrittenOut",
]
