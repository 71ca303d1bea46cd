"""The log of decisions of a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import OfficerRequest, sent
from accounts.roles import Deed
from cases.casefiles import actions
from cases.casefiles.forms import (
    DecisionForm,
)
from cases.casefiles.grants import readers
from cases.casefiles.views.casefile import case_page


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = DecisionForm(sent(request), officer=request.user, initial={"corrects": request.GET.get("corrects", "")})
    if form.is_valid():
        actions.enter_decision(officer=request.user, casefile_id=casefile_id, **form.facts())
        messages.success(request, _("The decision is entered. It stays as it is."))
        return redirect("casefiles:decisions", casefile_id)
    casefile, page = actions.list_decisions(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    form.offer(readers(casefile.team_id, Deed.CASES_READ).order_by("name"))
    status = 422 if form.is_bound else 200
    return case_page(request, "casefiles/decisions.html", casefile, "decisions", page=page, form=form, status=status)
