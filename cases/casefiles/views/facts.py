"""What a case is about."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from cases.casefiles import actions
from cases.casefiles.forms import (
    OffenceForm,
    ReferenceForm,
)
from cases.casefiles.views.casefile import case_page


@require_http_methods(["GET", "HEAD", "POST"])
def offences(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = OffenceForm(sent(request))
    if form.is_valid():
        actions.add_offence(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
        return redirect("casefiles:offences", casefile_id)
    seen = actions.view_case(officer=request.user, casefile_id=casefile_id)
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/offences.html", seen.casefile, "overview", form=form, seen=seen, status=status)


@require_POST
def remove_offence(request: OfficerRequest, casefile_id: UUID, offence_id: UUID) -> HttpResponse:
    actions.remove_offence(officer=request.user, casefile_id=casefile_id, offence_id=offence_id)
    return redirect("casefiles:offences", casefile_id)


@require_http_methods(["GET", "HEAD", "POST"])
def references(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = ReferenceForm(sent(request))
    if form.is_valid():
        actions.add_reference(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
        return redirect("casefiles:references", casefile_id)
    seen = actions.view_case(officer=request.user, casefile_id=casefile_id)
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/references.html", seen.casefile, "overview", form=form, seen=seen, status=status)


@require_POST
def remove_reference(request: OfficerRequest, casefile_id: UUID, reference_id: UUID) -> HttpResponse:
    actions.remove_reference(officer=request.user, casefile_id=casefile_id, reference_id=reference_id)
    return redirect("casefiles:references", casefile_id)
