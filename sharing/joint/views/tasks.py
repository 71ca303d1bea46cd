"""What the agencies of a joint case agreed to do, for people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from sharing.joint import actions
from sharing.joint.forms import AgreedCommentForm, AgreedReasonForm, AgreedTaskForm, ChangeAgreedForm, EndAgreedForm, MoveAgreedForm
from sharing.joint.models import MARKING

HERE = {"here": "joint", "marking": MARKING}


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: OfficerRequest, joint_id: UUID) -> HttpResponse:
    form = AgreedTaskForm(sent(request), officer=request.user, joint_id=joint_id)
    if form.is_valid():
        actions.set_agreed_task(officer=request.user, joint_id=joint_id, **form.facts())
        messages.success(request, _("Set. Everybody on the team reads it."))
        return redirect("joint:tasks", joint_id)
    joint, page, may_set = actions.list_agreed_tasks(officer=request.user, joint_id=joint_id, after=request.GET.get("after", ""))
    context = {"joint": joint, "page": page, "may_set": may_set, "form": form}
    return render(request, "joint/tasks.html", HERE | context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: OfficerRequest, agreed_id: UUID) -> HttpResponse:
    """The task; what is posted to it is said of it, to the whole team."""
    form = AgreedCommentForm(sent(request))
    if form.is_valid():
        actions.comment_agreed_task(officer=request.user, task_id=agreed_id, **form.cleaned_data)
        return redirect("joint:task", agreed_id)
    opened = actions.open_agreed_task(officer=request.user, task_id=agreed_id, after=request.GET.get("after", ""))
    context = {"opened": opened, "task": opened.task, "joint": opened.task.joint, "form": form}
    return render(request, "joint/task.html", HERE | context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_task(request: OfficerRequest, agreed_id: UUID) -> HttpResponse:
    shown = actions.open_agreed_task(officer=request.user, task_id=agreed_id, size=1).task
    form = ChangeAgreedForm(sent(request), officer=request.user, task=shown)
    if form.is_valid():
        actions.change_agreed_task(officer=request.user, task_id=agreed_id, **form.facts())
        messages.success(request, _("The task is changed."))
        return redirect("joint:task", agreed_id)
    context = {"task": shown, "joint": shown.joint, "form": form}
    return render(request, "joint/change_task.html", HERE | context, status=422 if form.is_bound else 200)


@require_POST
def move_task(request: OfficerRequest, agreed_id: UUID) -> HttpResponse:
    form = MoveAgreedForm(request.POST)
    actions.move_agreed_task(officer=request.user, task_id=agreed_id, state=form.cleaned_data["state"] if form.is_valid() else "")
    return redirect("joint:task", agreed_id)


@require_POST
def end_task(request: OfficerRequest, agreed_id: UUID) -> HttpResponse:
    form = EndAgreedForm(request.POST)
    facts = form.cleaned_data if form.is_valid() else {"state": ""}
    actions.end_agreed_task(officer=request.user, task_id=agreed_id, **facts)
    return redirect("joint:task", agreed_id)


@require_POST
def reopen_task(request: OfficerRequest, agreed_id: UUID) -> HttpResponse:
    form = AgreedReasonForm(request.POST)
    actions.reopen_agreed_task(officer=request.user, task_id=agreed_id, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("joint:task", agreed_id)
