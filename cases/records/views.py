"""The pages of records: the list, one record with who can see it and why, and who at home sees a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles import actions as casefiles
from cases.records import actions
from cases.records.forms import AudienceForm, CheckForm, FilterForm, LinkForm, RenditionForm
from cases.records.models import Rendition
from kernel.errors import NotFound

HERE = {"here": "intelligence"}


def _asked(request: OfficerRequest) -> UUID | None:
    """The version an address asks for. Raises NotFound for what can be none."""
    form = RenditionForm(request.GET)
    if not form.is_valid():
        raise NotFound
    return form.cleaned_data["rendition"] or None


def _marked(rendition: Rendition) -> dict[str, Any]:
    return HERE | {"marking": rendition.marking}


@require_safe
def records(request: OfficerRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    if not form.is_valid():
        return render(request, "records/list.html", HERE | {"form": form}, status=422)
    page = actions.list_records(officer=request.user, after=request.GET.get("after", ""), **form.cleaned_data)
    return render(request, "records/list.html", HERE | {"form": form, "page": page, "filtered": any(form.cleaned_data.values())})


@require_safe
def record(request: OfficerRequest, record_id: UUID) -> HttpResponse:
    opened = actions.open_rendition(officer=request.user, record_id=record_id, rendition_id=_asked(request))
    own = opened.record.agency_id == request.user.agency_id
    form = LinkForm(officer=request.user, besides=[opened.record.home_id, *(link.casefile_id for link in opened.links)])
    more = {"opened": opened, "own": own, "link_form": form}
    return render(request, "records/record.html", _marked(opened.rendition) | more)


@require_safe
def readings(request: OfficerRequest, record_id: UUID) -> HttpResponse:
    found, page = actions.list_readings(officer=request.user, record_id=record_id, after=request.GET.get("after", ""))
    own = found.agency_id == request.user.agency_id
    return render(request, "records/readings.html", HERE | {"record": found, "page": page, "own": own})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: OfficerRequest, record_id: UUID) -> HttpResponse:
    """Asking is a POST: an e-mail address does not belong in the address of a page."""
    form = CheckForm(sent(request), officer=request.user, initial={"rendition": _asked(request)})
    if form.is_valid():
        checked = actions.check_person(officer=request.user, record_id=record_id, **form.facts())
        return render(
            request, "records/check.html", _marked(checked.rendition) | {"checked": checked, "form": form, "record_id": record_id}
        )
    actions.explain_sight(officer=request.user, record_id=record_id)
    return render(request, "records/check.html", HERE | {"form": form, "record_id": record_id}, status=422 if form.is_bound else 200)


@require_POST
def link(request: OfficerRequest, record_id: UUID) -> HttpResponse:
    form = LinkForm(request.POST, officer=request.user)
    if not form.is_valid():
        raise NotFound
    casefile = form.cleaned_data["casefile"]
    actions.link_record(officer=request.user, record_id=record_id, casefile_id=casefile.pk)
    messages.success(request, _("Linked to %(case)s. Who does not see both sees no link.") % {"case": casefile.title})
    return redirect("records:record", record_id)


@require_POST
def unlink(request: OfficerRequest, record_id: UUID, casefile_id: UUID) -> HttpResponse:
    actions.unlink_record(officer=request.user, record_id=record_id, casefile_id=casefile_id)
    messages.success(request, _("The link is taken back."))
    return redirect("records:record", record_id)


@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    """Who at home sees a case and all that is kept in it."""
    casefile = casefiles.view_case(officer=request.user, casefile_id=casefile_id).casefile
    form = AudienceForm(sent(request), casefile=casefile)
    if form.is_valid():
        actions.change_audience(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
        messages.success(request, _("It holds from now on, for the case and all that is kept in it."))
        return redirect("casefiles:overview", casefile_id)
    context = {"here": "cases", "casefile": casefile, "form": form, "marking": casefile.marking}
    return render(request, "records/audience.html", context, status=422 if form.is_bound else 200)
