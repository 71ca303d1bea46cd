"""The tasks of a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from accounts.roles import Deed
from cases.casefiles import actions, rules
from cases.casefiles.forms import (
    EndTaskForm,
    EndTasksForm,
    TaskForm,
)
from cases.casefiles.grants import readers
from cases.casefiles.http import download
from cases.casefiles.views.casefile import case_page
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
    return redirect("casefiles:tasks", task.casefile_id)
