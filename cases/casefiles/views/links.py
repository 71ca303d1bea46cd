"""The cases that a case is linked to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import OfficerRequest, sent
from cases.casefiles import actions, rules
from cases.casefiles.forms import (
    LinkForm,
    UnlinkForm,
)
from cases.casefiles.views.casefile import case_page
from kernel.errors import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = LinkForm(sent(request), officer=request.user, casefile_id=casefile_id)
    if form.is_valid():
        actions.link_cases(officer=request.user, casefile_id=casefile_id, **form.facts())
        messages.success(request, _("The two cases are linked, for whoever sees both."))
        return redirect("casefiles:links", casefile_id)
    found = actions.list_links(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    status = 422 if form.is_bound else 200
    return case_page(
        request, "casefiles/links.html", found.casefile, "overview", form=form, links=found.standing, page=found.ended, status=status
    )


@require_POST
def unlink(request: OfficerRequest, casefile_id: UUID, link_id: UUID) -> HttpResponse:
    form = UnlinkForm(request.POST)
    if not form.is_valid():
        raise Invalid(fields={"reason": rules.REASON_WANTED})
    actions.unlink_cases(officer=request.user, casefile_id=casefile_id, link_id=link_id, reason=form.cleaned_data["reason"])
    messages.success(request, _("No longer linked. That they were, and why no longer, stays here."))
    return redirect("casefiles:links", casefile_id)
