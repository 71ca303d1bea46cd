"""The tasks of a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from accounts.roles import Deed
from cases.casefiles import actions, rules
from cases.casefiles.forms import (
    ChangeTaskForm,
    CommentForm,
    EndTaskForm,
    EndTasksForm,
    MoveTaskForm,
    MyTasksForm,
    ReopenForm,
    TaskForm,
)
from cases.casefiles.grants import readers
from cases.casefiles.http import download
from cases.casefiles.models.casefile import COMPARTMENT, INSIDE
from cases.casefiles.views.casefile import case_page
from cases.casefiles.views.notes import say_untold
from kernel.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = TaskForm(sent(request), officer=request.user)
    if form.is_valid():
        title, due_on, person = (form.cleaned_data[name] for name in ("title", "due_on", "person"))
        actions.set_task(officer=request.user, casefile_id=casefile_id, title=title, assignee_id=person.pk, due_on=due_on)
        messages.success(request, _("The task is on the desk of %(name)s.") % {"name": person.name})
        return redirect("casefiles:tasks", casefile_id)
    casefile, page = actions.list_tasks(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    form.offer(readers(casefile.team_id, Deed.CASES_READ).order_by("name"))
    return case_page(request, "casefiles/tasks.html", casefile, "tasks", page=page, form=form, status=422 if form.is_bound else 200)


@require_safe
def my_tasks(request: OfficerRequest) -> HttpResponse:
    form = MyTasksForm(request.GET if "state" in request.GET else {"state": actions.RUNNING})
    if not form.is_valid():
        raise Invalid
    page = actions.list_my_tasks(officer=request.user, state=form.cleaned_data["state"], after=request.GET.get("after", ""))
    marking = COMPARTMENT if any(task.casefile.is_compartment for task in page.rows) else INSIDE
    context = {"page": page, "form": form, "here": "cases", "marking": marking}
    return render(request, "casefiles/my_tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    form = CommentForm(sent(request), officer=request.user)
    if form.is_valid():
        entry = actions.comment_task(officer=request.user, task_id=task_id, **form.facts())
        say_untold(request, entry.untold)
        return redirect("casefiles:task", task_id)
    opened = actions.open_task(officer=request.user, task_id=task_id, after=request.GET.get("after", ""))
    form.offer(readers(opened.task.casefile.team_id, Deed.CASES_READ).order_by("name"), opened.task)
    shown = {"opened": opened, "task": opened.task, "form": form, "works": bool(rules.can_work_on_task(request.user, opened.task))}
    return case_page(request, "casefiles/task.html", opened.task.casefile, "tasks", status=422 if form.is_bound else 200, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change_task(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    form = ChangeTaskForm(sent(request), officer=request.user)
    if form.is_valid():
        actions.change_task(officer=request.user, task_id=task_id, **form.facts())
        messages.success(request, _("The task is changed."))
        return redirect("casefiles:task", task_id)
    shown = actions.open_task(officer=request.user, task_id=task_id).task
    form.initial = {"person": shown.assignee_id, "due_on": shown.due_on}
    form.offer(readers(shown.casefile.team_id, Deed.CASES_READ).order_by("name"))
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/change_task.html", shown.casefile, "tasks", form=form, task=shown, status=status)


@require_POST
def move_task(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    form = MoveTaskForm(request.POST)
    actions.move_task(officer=request.user, task_id=task_id, state=form.cleaned_data["state"] if form.is_valid() else "")
    return redirect("casefiles:task", task_id)


@require_POST
def reopen_task(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    form = ReopenForm(request.POST)
    actions.reopen_task(officer=request.user, task_id=task_id, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    return redirect("casefiles:task", task_id)


@require_safe
def export_tasks(request: OfficerRequest, casefile_id: UUID) -> HttpResponseBase:
    return download(request, actions.export_tasks(officer=request.user, casefile_id=casefile_id))


@require_POST
def end_tasks(request: OfficerRequest) -> HttpResponse:
    form = EndTasksForm(request.POST)
    if not form.is_valid():
        raise Invalid(rules.NOTHING_TICKED)
    facts = form.cleaned_data
    ended = actions.end_tasks(officer=request.user, task_ids=facts["tasks"], state=facts["state"])
    messages.success(request, _("The tasks are ended."))
    return redirect("casefiles:tasks", ended[0].casefile_id)


@require_POST
def end_task(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    form = EndTaskForm(request.POST)
    task = actions.end_task(officer=request.user, task_id=task_id, state=form.cleaned_data["state"] if form.is_valid() else "")
    return redirect("casefiles:task", task.pk) if "stay" in request.POST else redirect("casefiles:tasks", task.casefile_id)
