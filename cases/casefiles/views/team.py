"""Who is on a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from cases.casefiles import actions
from cases.casefiles.forms import (
    PersonForm,
    colleagues,
    prosecutors,
)
from cases.casefiles.grants import home_audience
from cases.casefiles.views.casefile import case_page


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = PersonForm(sent(request), officer=request.user)
    if form.is_valid():
        person = form.cleaned_data["person"]
        actions.add_to_team(officer=request.user, casefile_id=casefile_id, member_id=person.pk)
        messages.success(request, _("%(name)s is on the team.") % {"name": person.name})
        return redirect("casefiles:team", casefile_id)
    casefile, members = actions.list_team(officer=request.user, casefile_id=casefile_id)
    form.offer(colleagues(request.user).filter(unit=casefile.unit_id).exclude(pk__in=[member.pk for member in members]))
    able = set(prosecutors(request.user).values_list("pk", flat=True)) if casefile.prosecutor_id else set()
    shown = {"members": members, "circles": list(home_audience(casefile)), "form": form, "able": able}
    return case_page(request, "casefiles/team.html", casefile, "team", status=422 if form.is_bound else 200, **shown)


@require_POST
def take_off(request: OfficerRequest, casefile_id: UUID, member_id: UUID) -> HttpResponse:
    actions.take_off_team(officer=request.user, casefile_id=casefile_id, member_id=member_id)
    messages.success(request, _("Taken off the team. It holds from now on."))
    return redirect("casefiles:list") if member_id == request.user.pk else redirect("casefiles:team", casefile_id)


@require_POST
def lead(request: OfficerRequest, casefile_id: UUID, member_id: UUID) -> HttpResponse:
    actions.change_lead(officer=request.user, casefile_id=casefile_id, lead_id=member_id)
    messages.success(request, _("The case has a new lead."))
    return redirect("casefiles:team", casefile_id)


@require_POST
def prosecutor(request: OfficerRequest, casefile_id: UUID, member_id: UUID) -> HttpResponse:
    actions.change_prosecutor(officer=request.user, casefile_id=casefile_id, member_id=member_id)
    messages.success(request, _("The case has another prosecutor."))
    return redirect("casefiles:team", casefile_id)
