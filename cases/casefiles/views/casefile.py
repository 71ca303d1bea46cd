"""The list of cases, a new one, and its first tab."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from accounts.roles import Deed
from cases.casefiles import actions, rules
from cases.casefiles.forms import (
    ChangeCaseForm,
    FilterForm,
    NewCaseForm,
    PinForm,
    RestForm,
)
from cases.casefiles.grants import home_audience
from cases.casefiles.http import download
from cases.casefiles.models import CaseFile
from kernel.errors import Invalid

HERE = {"here": "cases"}
ON_DESK = 5


def case_page(request: OfficerRequest, template: str, casefile: CaseFile, tab: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """One tab of a case, with what this officer may do there."""
    is_open, works = casefile.status != CaseFile.Status.CLOSED, bool(rules.can_work(request.user, casefile))
    may = {
        "work": works and is_open,
        "lead": bool(rules.can_lead(request.user, casefile)),
        "close": bool(rules.can_close(request.user, casefile)),
    }
    context = HERE | {"casefile": casefile, "tab": tab, "may": may, "marking": casefile.marking}
    return render(request, template, context | more, status=status)


@require_safe
def cases(request: OfficerRequest) -> HttpResponse:
    form = FilterForm(request.GET, officer=request.user)
    if not form.is_valid():
        return render(request, "casefiles/list.html", HERE | {"form": form}, status=422)
    page = actions.list_cases(officer=request.user, after=request.GET.get("after", ""), **form.facts())
    desk = actions.list_desk(officer=request.user, size=ON_DESK)
    offers = actions.list_handovers(officer=request.user, waiting=True).rows if Deed.CASES_LEAD in request.user.deeds else []
    context = {"form": form, "page": page, "desk": desk, "offers": offers, "filtered": any(form.cleaned_data.values())}
    return render(request, "casefiles/list.html", HERE | context)


@require_safe
def export(request: OfficerRequest) -> HttpResponseBase:
    form = FilterForm(request.GET, officer=request.user)
    return download(request, actions.export_cases(officer=request.user, **(form.facts() if form.is_valid() else {})))


@require_POST
def pin(request: OfficerRequest) -> HttpResponse:
    """Pin, or unpin, the cases that were ticked."""
    form = PinForm(request.POST)
    if not form.is_valid():
        raise Invalid(rules.NOTHING_TICKED)
    if request.POST.get("off"):
        actions.unpin_cases(officer=request.user, casefile_ids=form.cleaned_data["casefiles"])
        messages.success(request, _("No longer pinned."))
    else:
        actions.pin_cases(officer=request.user, casefile_ids=form.cleaned_data["casefiles"])
        messages.success(request, _("Pinned to your desk. Nobody else sees that."))
    if request.POST.get("stay"):
        return redirect("casefiles:overview", form.cleaned_data["casefiles"][0])
    return _listed(request)


@require_POST
def rest(request: OfficerRequest) -> HttpResponse:
    """Let the cases that were ticked rest, or take them up again."""
    form = RestForm(request.POST)
    if not form.is_valid():
        raise Invalid(rules.NOTHING_TICKED)
    actions.rest_cases(officer=request.user, casefile_ids=form.cleaned_data["casefiles"], status=form.cleaned_data["status"])
    messages.success(request, _("Saved."))
    return _listed(request)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    form = NewCaseForm(sent(request), officer=request.user)
    if form.is_valid():
        casefile = actions.open_case(officer=request.user, **form.facts())
        messages.success(request, _("The case is open under %(reference)s.") % {"reference": casefile.reference})
        return redirect("casefiles:overview", casefile.pk)
    return render(request, "casefiles/new.html", HERE | {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def standing(request: OfficerRequest) -> HttpResponse:
    casefile = actions.keep_standing_file(officer=request.user, unit_id=request.user.unit_id)
    return redirect("casefiles:overview", casefile.pk)


@require_safe
def overview(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    seen = actions.view_case(officer=request.user, casefile_id=casefile_id)
    circles = list(home_audience(seen.casefile))
    return case_page(
        request, "casefiles/overview.html", seen.casefile, "overview", seen=seen, tasks=seen.tasks, pinned=seen.is_pinned, circles=circles
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = ChangeCaseForm(sent(request))
    if form.is_valid():
        actions.change_case(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("casefiles:overview", casefile_id)
    casefile = actions.view_case(officer=request.user, casefile_id=casefile_id).casefile
    if not form.is_bound:
        form = ChangeCaseForm(initial={"title": casefile.title, "summary": casefile.summary, "status": casefile.status})
    return case_page(request, "casefiles/change.html", casefile, "overview", form=form, status=422 if form.is_bound else 200)


@require_safe
def activity(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    looks = request.GET.get("looks") == "1"
    casefile, page = actions.read_activity(officer=request.user, casefile_id=casefile_id, looks=looks, after=request.GET.get("after", ""))
    return case_page(request, "casefiles/activity.html", casefile, "activity", page=page, looks=looks)


def _listed(request: OfficerRequest) -> HttpResponse:
    """Back to the list as it was narrowed."""
    return redirect(f"{reverse('casefiles:list')}?{QueryDict(request.POST.get('shown', '')).urlencode()}")
