"""A controlled delivery: planning it, one as it stands, what countries answered, starting and ending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles.views.casefile import case_page
from cases.consignments import actions
from cases.consignments.forms import AuthorisationForm, CoordinatorForm, DeliveryForm, EndForm


@require_http_methods(["GET", "HEAD", "POST"])
def plan_delivery(request: OfficerRequest, consignment_id: UUID) -> HttpResponse:
    shown = actions.open_consignment(officer=request.user, consignment_id=consignment_id).consignment
    form = DeliveryForm(sent(request), casefile=shown.casefile, initial={"coordinator": request.user.pk})
    if form.is_valid():
        made = actions.plan_delivery(officer=request.user, consignment_id=consignment_id, **form.facts())
        messages.success(request, _("The controlled delivery is planned. Now note what each country on its route answers."))
        return redirect("consignments:delivery", made.pk)
    status = 422 if form.is_bound else 200
    return case_page(request, "consignments/plan.html", shown.casefile, "consignments", form=form, consignment=shown, status=status)


@require_safe
def delivery(request: OfficerRequest, delivery_id: UUID) -> HttpResponse:
    return _shown(request, actions.open_delivery(officer=request.user, delivery_id=delivery_id))


@require_POST
def authorise(request: OfficerRequest, delivery_id: UUID) -> HttpResponse:
    opened = actions.open_delivery(officer=request.user, delivery_id=delivery_id)
    form = AuthorisationForm(request.POST, officer=request.user, countries=_countries(opened))
    if form.is_valid():
        actions.note_authorisation(officer=request.user, delivery_id=delivery_id, **form.cleaned_data)
        messages.success(request, _("Noted for good. The newest answer of a country counts."))
        return redirect("consignments:delivery", delivery_id)
    return _shown(request, opened, status=422, answer=form)


@require_POST
def coordinate(request: OfficerRequest, delivery_id: UUID) -> HttpResponse:
    opened = actions.open_delivery(officer=request.user, delivery_id=delivery_id)
    form = CoordinatorForm(request.POST, casefile=opened.delivery.consignment.casefile)
    if form.is_valid():
        actions.name_coordinator(officer=request.user, delivery_id=delivery_id, **form.facts())
        return redirect("consignments:delivery", delivery_id)
    return _shown(request, opened, status=422, coordinator=form)


@require_POST
def start_delivery(request: OfficerRequest, delivery_id: UUID) -> HttpResponse:
    actions.start_delivery(officer=request.user, delivery_id=delivery_id)
    messages.success(request, _("It is under way. You are told when an authorisation lapses or it is overdue."))
    return redirect("consignments:delivery", delivery_id)


@require_POST
def end_delivery(request: OfficerRequest, delivery_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if form.is_valid():
        actions.end_delivery(officer=request.user, delivery_id=delivery_id, **form.cleaned_data)
        return redirect("consignments:delivery", delivery_id)
    return _shown(request, actions.open_delivery(officer=request.user, delivery_id=delivery_id), status=422, end=form)


def _countries(opened: actions.OpenDelivery) -> list[str]:
    return [each.country for each in opened.passages]


def _shown(request: OfficerRequest, opened: actions.OpenDelivery, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = opened.delivery
    forms = {
        "answer": AuthorisationForm(officer=request.user, countries=_countries(opened)),
        "coordinator": CoordinatorForm(casefile=shown.consignment.casefile, initial={"coordinator": shown.coordinator_id}),
        "end": EndForm(),
    } | forms
    context: dict[str, Any] = {"opened": opened, "delivery": shown, "consignment": shown.consignment, "status": status, **forms}
    return case_page(request, "consignments/delivery.html", shown.consignment.casefile, "consignments", **context)
