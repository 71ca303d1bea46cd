"""Taking a case over: the door; the cover it stands on is a page of case files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import OfficerRequest
from cases.casefiles.forms import AcceptForm
from cases.casefiles.views import handover_page
from cases.entities import actions


@require_POST
def accept_handover(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    form = AcceptForm(request.POST, officer=request.user)
    if not form.is_valid():
        return handover_page(request, handover_id, accept=form, status=422)
    actions.accept_handover(officer=request.user, handover_id=handover_id, **form.facts())
    messages.success(request, _("The case is your unit's now. Its new lead has been told."))
    return redirect("casefiles:handover", handover_id)
