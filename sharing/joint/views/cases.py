"""Joint cases, for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proofs
from accounts.http import OfficerRequest, sent
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.casefiles.models import Counsel
from cases.records.models import strictest
from kernel.errors import NotFound
from sharing.joint import actions, rules
from sharing.joint.forms import AboutForm, EntryForm, MemberForm, NewJointForm, WithdrawForm
from sharing.joint.models import MARKING

HERE = {"here": "joint", "marking": MARKING}


@require_safe
def joint_cases(request: OfficerRequest) -> HttpResponse:
    page, titles = actions.list_joint_cases(officer=request.user, after=request.GET.get("after", ""))
    rows = [(joint, titles.get(joint.pk, "")) for joint in page.rows]
    context = {"rows": rows, "cursor": page.cursor, "may_open": rules.can_lead(request.user)}
    return render(request, "joint/list.html", HERE | context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    rules.can_lead(request.user).enforce()
    form = NewJointForm(sent(request), officer=request.user)
    if form.is_valid():
        joint = actions.open_joint_case(officer=request.user, **form.facts())
        messages.success(request, _("Opened. The other agencies see its cover until they join."))
        return redirect("joint:one", joint.pk)
    counsel = None if form.is_bound else _begun(request, form)
    return render(request, "joint/new.html", HERE | {"form": form, "counsel": counsel}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
    """The case; what is posted to it is written in it for the whole team."""
    form = EntryForm(sent(request))
    if form.is_valid():
        actions.write_entry(officer=request.user, joint_id=joint_id, **form.cleaned_data)
        messages.success(request, _("Written. Everybody on the team reads it."))
        return redirect("joint:one", joint_id)
    return _shown(request, joint_id, form, MemberForm(officer=request.user), status=422 if form.is_bound else 200)


@require_POST
def admit(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
    form = MemberForm(request.POST, officer=request.user)
    if not form.is_valid():
        return _shown(request, joint_id, EntryForm(), form, status=422)
    member = form.cleaned_data["member"]
    actions.admit_officer(officer=request.user, joint_id=joint_id, member_id=member.pk)
    messages.success(request, _("%(name)s is admitted from the next request on.") % {"name": member.name})
    return redirect("joint:one", joint_id)


@require_POST
def end_admission(request: OfficerRequest, joint_id: UUID, admission_id: UUID) -> HttpResponse:
    actions.end_admission(officer=request.user, joint_id=joint_id, admission_id=admission_id)
    messages.success(request, _("Taken off the team."))
    return redirect("joint:list")


@require_POST
def give(request: OfficerRequest, joint_id: UUID, rendition_id: UUID) -> HttpResponse:
    asked = actions.contribute(officer=request.user, joint_id=joint_id, rendition_id=rendition_id)
    messages.success(request, _("Asked for. Nothing crosses before somebody else of your agency approves it."))
    return redirect("joint:contribution", joint_id, asked.pk)


@require_safe
def contribution(request: OfficerRequest, joint_id: UUID, contribution_id: UUID) -> HttpResponse:
    """What is to be given, for its own agency, with the decision for whoever may take it."""
    return _to_be_given(request, joint_id, contribution_id, WithdrawForm())


@require_POST
def approve(request: OfficerRequest, joint_id: UUID, contribution_id: UUID) -> HttpResponse:
    """With fresh proof of presence, for the content that the page showed."""
    seen = request.POST.get("content_hash", "")
    proof = proofs.check(request.user, Deed.RELEASES_APPROVE, contribution_id, seen, request.POST)
    actions.approve_contribution(officer=request.user, joint_id=joint_id, contribution_id=contribution_id, proof=proof)
    messages.success(request, _("Given. The teams of the other agencies read this version."))
    return redirect("joint:contribution", joint_id, contribution_id)


@require_POST
def withdraw(request: OfficerRequest, joint_id: UUID, contribution_id: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _to_be_given(request, joint_id, contribution_id, form)
    line = actions.withdraw_contribution(officer=request.user, joint_id=joint_id, contribution_id=contribution_id, **form.cleaned_data)
    crossed = _("Withdrawn. The other agencies no longer see it.")
    messages.success(request, crossed if line.approved_at else _("Withdrawn. It was not given."))
    return redirect("joint:one", joint_id)


def _answer(deed: Callable[..., Any], said: Callable[[], str], back: str) -> Callable[..., HttpResponse]:
    """A deed on the whole case that takes nothing but a confirmation."""

    @require_POST
    def door(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
        deed(officer=request.user, joint_id=joint_id)
        messages.success(request, said())
        return redirect("joint:list") if back == "list" else redirect("joint:one", joint_id)

    return door


join = _answer(actions.join_joint_case, lambda: _("Joined. Name the officers of your agency who work on it."), "one")
decline = _answer(actions.decline_joint_case, lambda: _("Declined. Your agency sees nothing of it any more."), "list")
close = _answer(actions.close_joint_case, lambda: _("Closed. Its teams keep reading it."), "one")


def _begun(request: OfficerRequest, form: NewJointForm) -> Counsel | None:
    """The form filled with what a case of one's own gives; the counsel it waits for."""
    asked = AboutForm(request.GET)
    if not asked.is_valid():
        raise NotFound
    if not asked.cleaned_data["case"]:
        return None
    seen = casefiles.view_case(officer=request.user, casefile_id=asked.cleaned_data["case"])
    form.begin(seen.casefile, seen.counsel)
    return seen.counsel


def _to_be_given(request: OfficerRequest, joint_id: UUID, contribution_id: UUID, form: WithdrawForm) -> HttpResponse:
    viewed = actions.open_contribution(officer=request.user, joint_id=joint_id, contribution_id=contribution_id)
    line = viewed.contribution
    context = {"viewed": viewed, "joint": viewed.joint, "line": line, "form": form, "marking": line.rendition.marking}
    if viewed.waits and viewed.may_approve and viewed.allowed:
        asked = proofs.begin(request.user, Deed.RELEASES_APPROVE, line.pk, viewed.content_hash)
        context |= {"proof_methods": asked.methods, "passkey_options": asked.passkey_options}
    return render(request, "joint/contribution.html", HERE | context, status=422 if form.is_bound else 200)


def _shown(request: OfficerRequest, joint_id: UUID, entry: EntryForm, member: MemberForm, *, status: int) -> HttpResponse:
    viewed = actions.view_joint_case(officer=request.user, joint_id=joint_id, after=request.GET.get("after", ""))
    top = strictest(line.rendition for line in viewed.given)
    marking = top.marking if top and top.handling_level > 2 else MARKING  # noqa: PLR2004
    context = {"viewed": viewed, "joint": viewed.joint, "form": entry, "member_form": member, "marking": marking}
    return render(request, "joint/one.html", HERE | context, status=status)
