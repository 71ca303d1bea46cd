"""The consignments of a case, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles.http import download
from cases.casefiles.views.casefile import case_page
from cases.consignments import actions
from cases.consignments.forms import ConsignmentForm


@require_safe
def of_case(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    casefile, page = actions.list_consignments(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    found = actions.list_seizures(officer=request.user, casefile_id=casefile_id)
    return case_page(request, "consignments/of_case.html", casefile, "consignments", page=page, found=found)


@require_safe
def export(request: OfficerRequest, casefile_id: UUID) -> HttpResponseBase:
    return download(request, actions.export_consignments(officer=request.user, casefile_id=casefile_id))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = ConsignmentForm(sent(request), officer=request.user)
    if form.is_valid():
        made = actions.note_consignment(officer=request.user, casefile_id=casefile_id, **form.facts())
        messages.success(request, _("The consignment is noted. Now add the places of its route."))
        return redirect("consignments:one", made.pk)
    casefile, _page = actions.list_consignments(officer=request.user, casefile_id=casefile_id)
    form.offer(casefile)
    return case_page(request, "consignments/form.html", casefile, "consignments", form=form, status=422 if form.is_bound else 200)


@require_safe
def one(request: OfficerRequest, consignment_id: UUID) -> HttpResponse:
    opened = actions.open_consignment(officer=request.user, consignment_id=consignment_id)
    found = actions.list_seizures(officer=request.user, consignment_id=consignment_id)
    deliveries = actions.list_deliveries(officer=request.user, consignment_id=consignment_id)
    shown: dict[str, Any] = {"opened": opened, "consignment": opened.consignment, "found": found, "deliveries": deliveries}
    return case_page(request, "consignments/one.html", opened.consignment.casefile, "consignments", **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficerRequest, consignment_id: UUID) -> HttpResponse:
    opened = actions.open_consignment(officer=request.user, consignment_id=consignment_id)
    form = ConsignmentForm(sent(request), officer=request.user)
    if form.is_valid():
        facts = form.facts(left_alone=opened.left_alone)
        actions.change_consignment(officer=request.user, consignment_id=consignment_id, **facts)
        return redirect("consignments:one", consignment_id)
    shown, status = opened.consignment, 422 if form.is_bound else 200
    form.offer(shown.casefile, shown, left_alone=opened.left_alone)
    form.begin(shown)
    return case_page(request, "consignments/form.html", shown.casefile, "consignments", form=form, consignment=shown, status=status)
