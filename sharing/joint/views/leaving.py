"""Leaving a joint case, and what stays visible in those that were left."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proofs
from accounts.http import OfficerRequest
from accounts.roles import Deed
from cases.records.models import strictest
from kernel.errors import Invalid
from sharing.joint import actions
from sharing.joint.forms import LeaveForm, WithdrawForm
from sharing.joint.models import MARKING

HERE = {"here": "joint", "marking": MARKING}


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
    """What leaving takes along; posted to, everything is taken back."""
    if request.method != "POST":
        return _parting(request, joint_id, LeaveForm())
    actions.leave_joint_case(officer=request.user, joint_id=joint_id)
    messages.success(request, _("Left. What your agency gave is withdrawn."))
    return redirect("joint:list")


@require_POST
def leave_some(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
    """Some of it stays: with fresh proof of presence, for what the page showed."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _parting(request, joint_id, form)
    seen = request.POST.get("content_hash", "")
    proof = proofs.check(request.user, Deed.RELEASES_APPROVE, joint_id, seen, request.POST)
    actions.leave_joint_case(officer=request.user, joint_id=joint_id, proof=proof, **form.facts())
    messages.success(request, _("Left. What you chose stays visible to the others until your agency takes it back."))
    return redirect("joint:left-behind")


@require_safe
def left_behind(request: OfficerRequest) -> HttpResponse:
    page = actions.list_left_behind(officer=request.user, after=request.GET.get("after", ""))
    top = strictest(line.rendition for line in page.rows)
    return render(request, "joint/left_behind.html", {"here": "joint", "page": page, "marking": top.marking if top else MARKING})


@require_POST
def take_back(request: OfficerRequest, contribution_id: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Invalid
    actions.take_back_left_behind(officer=request.user, contribution_id=contribution_id, **form.cleaned_data)
    messages.success(request, _("Withdrawn. The other agencies no longer see it."))
    return redirect("joint:left-behind")


def _parting(request: OfficerRequest, joint_id: UUID, form: LeaveForm) -> HttpResponse:
    parting = actions.view_leaving(officer=request.user, joint_id=joint_id)
    top = strictest(line.rendition for line, _may in parting.choices)
    context = {"parting": parting, "joint": parting.joint, "form": form, "marking": top.marking if top else MARKING}
    context["ticked"] = request.POST.getlist("stay")
    if parting.offers:
        asked = proofs.begin(request.user, Deed.RELEASES_APPROVE, joint_id, parting.content_hash)
        context |= {"proof_methods": asked.methods, "passkey_options": asked.passkey_options}
    return render(request, "joint/leave.html", HERE | context, status=422 if form.is_bound else 200)
