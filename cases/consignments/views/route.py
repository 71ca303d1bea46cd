"""The route of a consignment, and what was observed along it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from cases.casefiles.views.casefile import case_page
from cases.consignments import actions
from cases.consignments.forms import CorrectForm, LegForm, ObservationForm


@require_http_methods(["GET", "HEAD", "POST"])
def add_leg(request: OfficerRequest, consignment_id: UUID) -> HttpResponse:
    form = LegForm(sent(request), officer=request.user, consignment_id=consignment_id)
    if form.is_valid():
        actions.add_leg(officer=request.user, consignment_id=consignment_id, **form.facts())
        return redirect("consignments:one", consignment_id)
    shown = actions.open_consignment(officer=request.user, consignment_id=consignment_id).consignment
    status = 422 if form.is_bound else 200
    return case_page(request, "consignments/leg.html", shown.casefile, "consignments", form=form, consignment=shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_leg(request: OfficerRequest, leg_id: UUID) -> HttpResponse:
    form = LegForm(sent(request), officer=request.user)
    if form.is_valid():
        leg = actions.change_leg(officer=request.user, leg_id=leg_id, **form.facts())
        return redirect("consignments:one", leg.consignment_id)
    leg = actions.view_leg(officer=request.user, leg_id=leg_id)
    form.begin(leg)
    shown: dict[str, Any] = {"form": form, "leg": leg, "consignment": leg.consignment, "status": 422 if form.is_bound else 200}
    return case_page(request, "consignments/leg.html", leg.consignment.casefile, "consignments", **shown)


@require_POST
def remove_leg(request: OfficerRequest, leg_id: UUID) -> HttpResponse:
    consignment_id = actions.remove_leg(officer=request.user, leg_id=leg_id)
    messages.success(request, _("The place is no longer on the route."))
    return redirect("consignments:one", consignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def observe(request: OfficerRequest, consignment_id: UUID) -> HttpResponse:
    shown = actions.open_consignment(officer=request.user, consignment_id=consignment_id).consignment
    initial = {"leg": request.GET.get("leg"), "kind": request.GET.get("kind", "arrived")}
    form = ObservationForm(sent(request), officer=request.user, consignment=shown, initial=initial)
    if form.is_valid():
        actions.note_observation(officer=request.user, consignment_id=consignment_id, **form.facts())
        return redirect("consignments:one", consignment_id)
    status = 422 if form.is_bound else 200
    return case_page(request, "consignments/observe.html", shown.casefile, "consignments", form=form, consignment=shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OfficerRequest, observation_id: UUID) -> HttpResponse:
    old = actions.view_observation(officer=request.user, observation_id=observation_id)
    form = CorrectForm(sent(request), officer=request.user, consignment=old.consignment)
    form.begin(old)
    if form.is_valid():
        actions.correct_observation(officer=request.user, observation_id=observation_id, **form.facts())
        return redirect("consignments:one", old.consignment_id)
    shown: dict[str, Any] = {"form": form, "old": old, "consignment": old.consignment, "status": 422 if form.is_bound else 200}
    return case_page(request, "consignments/observe.html", old.consignment.casefile, "consignments", **shown)
