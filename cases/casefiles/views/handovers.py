"""Offering a case to another unit, the cover that its supervisors read, and every answer but taking it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.grants import members
from accounts.http import OfficerRequest, sent
from accounts.models import Unit
from cases.casefiles import actions, rules
from cases.casefiles.forms import (
    AcceptForm,
    AnswerForm,
    HandoverForm,
)
from cases.casefiles.forms.people import colleagues
from cases.casefiles.models import INSIDE
from cases.casefiles.views.casefile import HERE, case_page
from kernel.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = HandoverForm(sent(request), officer=request.user)
    if form.is_valid():
        made = actions.propose_handover(officer=request.user, casefile_id=casefile_id, **form.facts())
        messages.success(request, _("Offered. Nothing moves before a supervisor of %(unit)s takes it.") % {"unit": made.to_unit.name})
        return redirect("casefiles:handover", made.pk)
    casefile, rows = actions.begin_handover(officer=request.user, casefile_id=casefile_id)
    form.offer(Unit.objects.filter(agency=casefile.agency_id).exclude(pk=casefile.unit_id).order_by("name"))
    if casefile.is_compartment:
        del form.fields["shows_title"]
    waiting = next((each for each in rows if each.status == each.Status.PROPOSED), None)
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/hand_over.html", casefile, "overview", form=form, rows=rows, waiting=waiting, status=status)


@require_safe
def handover(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    return handover_page(request, handover_id)


@require_POST
def refuse_handover(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    actions.refuse_handover(officer=request.user, handover_id=handover_id, reason=_reason(request))
    messages.success(request, _("Refused. The case stays where it is, and whoever offered it is told why."))
    return redirect("casefiles:handover", handover_id)


@require_POST
def withdraw_handover(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    actions.withdraw_handover(officer=request.user, handover_id=handover_id, reason=_reason(request))
    messages.success(request, _("Withdrawn. The case stays where it is."))
    return redirect("casefiles:handover", handover_id)


def handover_page(request: OfficerRequest, handover_id: UUID, *, accept: AcceptForm | None = None, status: int = 200) -> HttpResponse:
    """The cover, and what its reader may do about it."""
    opened = actions.read_handover(officer=request.user, handover_id=handover_id)
    accept = accept or AcceptForm(officer=request.user)
    accept.offer(colleagues(request.user).filter(pk__in=members(opened.handover.to_unit.group_id).values("pk")))
    answer = AnswerForm(auto_id="id_answer_%s")
    context = HERE | {"opened": opened, "handover": opened.handover, "accept": accept, "answer": answer, "marking": INSIDE}
    return render(request, "casefiles/handover.html", context, status=status)


def _reason(request: OfficerRequest) -> str:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    return str(form.cleaned_data["reason"])
