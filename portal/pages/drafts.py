"""What an officer began and did not send, over all rooms: which form, of which thing, since when. The text stands on its form's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.http import OfficerRequest
from accounts.models import Draft, Officer
from cases.casefiles.models import CaseFile, Handover, Note, Task
from cases.consignments.models import Consignment, Leg, Observation, Seizure
from cases.entities.models import Subject
from cases.records.models import Rendition
from kernel.querysets import GuardedModel
from sharing.agreements.models import Agreement
from sharing.deconfliction.models import HitSide
from sharing.joint.models import JointCase
from sharing.prosecution.models import Advice
from sharing.releases.models import ApprovalRule, Release

FORMS: dict[str, tuple[str | Promise, str]] = {
    "advice": (_("Advice"), "lock"),
    "advice-answer": (_("Answer behind the wall"), "lock"),
    "agreement": (_("Agreement"), "handshake"),
    "agreement-reason": (_("Suspending or ending an agreement"), "handshake"),
    "approval-rule": (_("Rule of who must approve"), "stamp"),
    "approval-rule-end": (_("Ending a rule of who must approve"), "stamp"),
    "case": (_("Case"), "folder-open"),
    "case-closing": (_("Closing of a case"), "folder-open"),
    "case-reopening": (_("Opening a case again"), "folder-open"),
    "consignment": (_("Consignment"), "package"),
    "dealing": (_("Transaction or call"), "arrow-right"),
    "decision": (_("Decision in a case"), "stamp"),
    "handover": (_("Hand-over of a case"), "arrow-left-right"),
    "handover-answer": (_("Answer to a hand-over"), "arrow-left-right"),
    "hit-answer": (_("Answer to a hit"), "git-merge"),
    "item": (_("Intelligence item"), "file-plus"),
    "joint": (_("Joint case"), "users"),
    "joint-entry": (_("Entry in a joint case"), "users"),
    "leg": (_("Place on the route"), "package"),
    "link": (_("Link between cases"), "link"),
    "mention": (_("Mention"), "user-plus"),
    "merge": (_("Putting two subjects together"), "user"),
    "note": (_("Note in a case"), "notebook-pen"),
    "observation": (_("Observation of a consignment"), "package"),
    "pasted-text": (_("Text to look through"), "search"),
    "release": (_("Release"), "share-2"),
    "release-comment": (_("Word about a release"), "share-2"),
    "release-reason": (_("Reason about a release"), "share-2"),
    "seizure": (_("Seizure"), "package"),
    "seizure-step": (_("What became of seized goods"), "package"),
    "subject": (_("Subject"), "user"),
    "task": (_("Task"), "list-checks"),
    "task-comment": (_("Comment on a task"), "message-square"),
    "tear-line": (_("Tear-line"), "scissors"),
}
"""Every form that keeps what is typed into it, by the name its page gives it: how a list calls it."""
THINGS: dict[str, tuple[type[GuardedModel], str]] = {
    "advice_id": (Advice, "title"),
    "agreement_id": (Agreement, "title"),
    "casefile_id": (CaseFile, "title"),
    "consignment_id": (Consignment, "title"),
    "handover_id": (Handover, "reference"),
    "joint_id": (JointCase, "reference"),
    "leg_id": (Leg, "place"),
    "note_id": (Note, "casefile__title"),
    "observation_id": (Observation, ""),
    "release_id": (Release, "reference"),
    "rendition_id": (Rendition, "title"),
    "rule_id": (ApprovalRule, ""),
    "seizure_id": (Seizure, ""),
    "side_id": (HitSide, ""),
    "subject_id": (Subject, ""),
    "task_id": (Task, "title"),
}
"""What the address of a form may name, and by which of its words a list tells it from others of its kind."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft, what form it is of, and the thing it belongs to; `open` unless that is out of its officer's sight by now."""

    draft: Draft
    label: str | Promise
    icon: str
    thing: str
    open: bool


@require_safe
def drafts(request: OfficerRequest) -> HttpResponse:
    begun = list(_begun(request.user, actions.drafts_of(request.user)))
    return render(request, "drafts/list.html", {"begun": begun, "here": ""})


def _begun(officer: Officer, rows: list[Draft]) -> Iterable[Begun]:
    """Each thing is looked up through the officer's own eyes now, all of a kind at once."""
    named = {draft.pk: _thing_of(draft) for draft in rows}
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for kind, pk in named.values():
        if pk:
            wanted[kind].add(pk)
    seen = {kind: _names(officer, kind, ids) for kind, ids in wanted.items()}
    for draft in rows:
        kind, pk = named[draft.pk]
        label, icon = FORMS.get(draft.form, (_("Form"), "pencil"))
        names = seen.get(kind, {})
        there = kind != "" and (pk is None or pk in names)
        yield Begun(draft, label, icon, names.get(pk, "") if pk else "", there)


def _thing_of(draft: Draft) -> tuple[str, UUID | None]:
    """What a draft's address names, by the name it has there; ("page", None) where it names nothing, ("", None) where no page is."""
    try:
        given = resolve(draft.path).kwargs
    except Resolver404:
        return "", None
    kind = next((name for name in THINGS if name in given), "page")
    return kind, given.get(kind)


def _names(officer: Officer, kind: str, ids: set[UUID]) -> dict[UUID, str]:
    model, word = THINGS[kind]
    rows: Any = model._default_manager.filter(pk__in=ids).visible_to(officer)  # type: ignore[attr-defined]
    return dict(rows.values_list("pk", word)) if word else dict.fromkeys(rows.values_list("pk", flat=True), "")
