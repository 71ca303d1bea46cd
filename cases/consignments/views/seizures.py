"""What was seized: recording, one seizure, correcting it, what became of it, and all that one sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles.http import download
from cases.casefiles.models.casefile import COMPARTMENT, INSIDE
from cases.casefiles.views.casefile import case_page
from cases.consignments import actions
from cases.consignments.forms import CorrectSeizureForm, SeizureForm, SeizuresForm, StepForm


@require_safe
def seizures(request: OfficerRequest) -> HttpResponse:
    form = SeizuresForm(request.GET)
    goods = form.cleaned_data["goods"] if form.is_valid() else ""
    found = actions.list_seizures(officer=request.user, goods=goods, after=request.GET.get("after", ""))
    secret = any(row.seizure.casefile.is_compartment for row in found.page.rows)
    context = {"form": form, "found": found, "marking": COMPARTMENT if secret else INSIDE, "here": "cases"}
    return render(request, "consignments/seizures.html", context)


@require_safe
def export_all(request: OfficerRequest) -> HttpResponseBase:
    form = SeizuresForm(request.GET)
    goods = form.cleaned_data["goods"] if form.is_valid() else ""
    return download(request, actions.export_seizures(officer=request.user, goods=goods))


@require_safe
def export_seizures(request: OfficerRequest, casefile_id: UUID) -> HttpResponseBase:
    return download(request, actions.export_seizures(officer=request.user, casefile_id=casefile_id))


@require_http_methods(["GET", "HEAD", "POST"])
def record_seizure(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = SeizureForm(sent(request), officer=request.user, casefile_id=casefile_id, initial={"leg": request.GET.get("leg")})
    if form.is_valid():
        made = actions.record_seizure(officer=request.user, casefile_id=casefile_id, **form.facts())
        messages.success(request, _("The seizure is recorded."))
        return redirect("consignments:seizure", made.pk)
    casefile, _page = actions.list_consignments(officer=request.user, casefile_id=casefile_id)
    form.offer(casefile)
    return case_page(request, "consignments/record.html", casefile, "consignments", form=form, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def seizure(request: OfficerRequest, seizure_id: UUID) -> HttpResponse:
    form = StepForm(sent(request), officer=request.user)
    if form.is_valid():
        actions.add_step(officer=request.user, seizure_id=seizure_id, **form.cleaned_data)
        return redirect("consignments:seizure", seizure_id)
    opened = actions.open_seizure(officer=request.user, seizure_id=seizure_id)
    shown: dict[str, Any] = {"form": form, "opened": opened, "seizure": opened.seizure, "status": 422 if form.is_bound else 200}
    return case_page(request, "consignments/seizure.html", opened.seizure.casefile, "consignments", **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_seizure(request: OfficerRequest, seizure_id: UUID) -> HttpResponse:
    opened = actions.open_seizure(officer=request.user, seizure_id=seizure_id)
    form = CorrectSeizureForm(sent(request), officer=request.user)
    if form.is_valid():
        actions.correct_seizure(officer=request.user, seizure_id=seizure_id, **form.facts(left_alone=opened.left_alone))
        return redirect("consignments:seizure", seizure_id)
    form.offer(opened.seizure.casefile, opened.version, left_alone=opened.left_alone)
    form.begin(opened.version)
    shown: dict[str, Any] = {"form": form, "seizure": opened.seizure, "status": 422 if form.is_bound else 200}
    return case_page(request, "consignments/record.html", opened.seizure.casefile, "consignments", **shown)
