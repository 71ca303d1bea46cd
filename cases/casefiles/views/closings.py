"""Closing a case, and opening it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import OfficerRequest, sent
from cases.casefiles import actions
from cases.casefiles.forms import (
    CloseForm,
    ReopenForm,
)
from cases.casefiles.views.casefile import case_page


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = CloseForm(sent(request))
    if form.is_valid():
        actions.close_case(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
        messages.success(request, _("The case is closed. It can be read, and opened again."))
        return redirect("casefiles:overview", casefile_id)
    casefile, tasks = actions.begin_closing(officer=request.user, casefile_id=casefile_id)
    form.offer(tasks)
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/close.html", casefile, "overview", form=form, tasks=tasks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = ReopenForm(sent(request))
    if form.is_valid():
        actions.reopen_case(officer=request.user, casefile_id=casefile_id, reason=form.cleaned_data["reason"])
        messages.success(request, _("The case is open again."))
        return redirect("casefiles:overview", casefile_id)
    casefile, page = actions.list_closings(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/reopen.html", casefile, "overview", form=form, page=page, status=status)
