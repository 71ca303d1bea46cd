"""The pages of case files: the list, a new one, and the tabs of one that belong to this room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from accounts.roles import Deed
from cases.casefiles import actions, rules
from cases.casefiles.forms import (
    ChangeCaseForm,
    DecisionForm,
    EndTaskForm,
    EndTasksForm,
    FilterForm,
    NewCaseForm,
    NoteForm,
    OffenceForm,
    PersonForm,
    PinForm,
    ReferenceForm,
    TaskForm,
    colleagues,
)
from cases.casefiles.grants import home_audience, readers
from cases.casefiles.models import CaseFile
from kernel.errors import Invalid

HERE = {"here": "cases"}
ON_DESK = 5


def case_page(request: OfficerRequest, template: str, casefile: CaseFile, tab: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """One tab of a case, with what this officer may do there."""
    is_open, works = casefile.status != CaseFile.Status.CLOSED, bool(rules.can_work(request.user, casefile))
    may = {
        "work": works and is_open,
        "lead": bool(rules.can_lead(request.user, casefile)),
        "close": bool(rules.can_close(request.user, casefile)),
    }
    context = HERE | {"casefile": casefile, "tab": tab, "may": may, "marking": casefile.marking}
    return render(request, template, context | more, status=status)


@require_safe
def cases(request: OfficerRequest) -> HttpResponse:
    form = FilterForm(request.GET, officer=request.user)
    if not form.is_valid():
        return render(request, "casefiles/list.html", HERE | {"form": form}, status=422)
    page = actions.list_cases(officer=request.user, after=request.GET.get("after", ""), **form.facts())
    desk = actions.list_desk(officer=request.user, size=ON_DESK)
    context = {"form": form, "page": page, "desk": desk, "filtered": any(form.cleaned_data.values())}
    return render(request, "casefiles/list.html", HERE | context)


@require_POST
def pin(request: OfficerRequest) -> HttpResponse:
    """Pin, or unpin, the cases that were ticked."""
    form = PinForm(request.POST)
    if not form.is_valid():
        raise Invalid(rules.NOTHING_TICKED)
    if request.POST.get("off"):
        actions.unpin_cases(officer=request.user, casefile_ids=form.cleaned_data["casefiles"])
        messages.success(request, _("No longer pinned."))
    else:
        actions.pin_cases(officer=request.user, casefile_ids=form.cleaned_data["casefiles"])
        messages.success(request, _("Pinned to your desk. Nobody else sees that."))
    if request.POST.get("stay"):
        return redirect("casefiles:overview", form.cleaned_data["casefiles"][0])
    return redirect(f"{reverse('casefiles:list')}?{QueryDict(request.POST.get('shown', '')).urlencode()}")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    form = NewCaseForm(sent(request), officer=request.user)
    if form.is_valid():
        casefile = actions.open_case(officer=request.user, **form.facts())
        messages.success(request, _("The case is open under %(reference)s.") % {"reference": casefile.reference})
        return redirect("casefiles:overview", casefile.pk)
    return render(request, "casefiles/new.html", HERE | {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def standing(request: OfficerRequest) -> HttpResponse:
    casefile = actions.keep_standing_file(officer=request.user, unit_id=request.user.unit_id)
    return redirect("casefiles:overview", casefile.pk)


@require_safe
def overview(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    seen = actions.view_case(officer=request.user, casefile_id=casefile_id)
    circles = list(home_audience(seen.casefile))
    return case_page(
        request, "casefiles/overview.html", seen.casefile, "overview", seen=seen, tasks=seen.tasks, pinned=seen.is_pinned, circles=circles
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = ChangeCaseForm(sent(request))
    if form.is_valid():
        actions.change_case(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("casefiles:overview", casefile_id)
    casefile = actions.view_case(officer=request.user, casefile_id=casefile_id).casefile
    if not form.is_bound:
        form = ChangeCaseForm(initial={"title": casefile.title, "summary": casefile.summary, "status": casefile.status})
    return case_page(request, "casefiles/change.html", casefile, "overview", form=form, status=422 if form.is_bound else 200)


@require_POST
def close(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    actions.close_case(officer=request.user, casefile_id=casefile_id)
    messages.success(request, _("The case is closed. It can be read, and opened again."))
    return redirect("casefiles:overview", casefile_id)


@require_POST
def reopen(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    actions.reopen_case(officer=request.user, casefile_id=casefile_id)
    messages.success(request, _("The case is open again."))
    return redirect("casefiles:overview", casefile_id)


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = NoteForm(sent(request))
    if form.is_valid():
        actions.write_note(officer=request.user, casefile_id=casefile_id, text=form.cleaned_data["text"])
        return redirect("casefiles:notes", casefile_id)
    casefile, page = actions.list_notes(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    return case_page(request, "casefiles/notes.html", casefile, "notes", page=page, form=form, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = TaskForm(sent(request), officer=request.user)
    if form.is_valid():
        title, due_on, person = (form.cleaned_data[name] for name in ("title", "due_on", "person"))
        actions.set_task(officer=request.user, casefile_id=casefile_id, title=title, assignee_id=person.pk, due_on=due_on)
        messages.success(request, _("The task is on the desk of %(name)s.") % {"name": person.name})
        return redirect("casefiles:tasks", casefile_id)
    casefile, page = actions.list_tasks(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    form.offer(readers(casefile.team_id, Deed.CASES_READ).order_by("name"))
    return case_page(request, "casefiles/tasks.html", casefile, "tasks", page=page, form=form, status=422 if form.is_bound else 200)


@require_POST
def end_tasks(request: OfficerRequest) -> HttpResponse:
    form = EndTasksForm(request.POST)
    if not form.is_valid():
        raise Invalid(rules.NOTHING_TICKED)
    facts = form.cleaned_data
    ended = actions.end_tasks(officer=request.user, task_ids=facts["tasks"], state=facts["state"])
    messages.success(request, _("The tasks are ended."))
    return redirect("casefiles:tasks", ended[0].casefile_id)


@require_POST
def end_task(request: OfficerRequest, task_id: UUID) -> HttpResponse:
    form = EndTaskForm(request.POST)
    task = actions.end_task(officer=request.user, task_id=task_id, state=form.cleaned_data["state"] if form.is_valid() else "")
    return redirect("casefiles:tasks", task.casefile_id)


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
    status, circles = 422 if form.is_bound else 200, list(home_audience(casefile))
    return case_page(request, "casefiles/team.html", casefile, "team", status=status, members=members, circles=circles, form=form)


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


@require_safe
def activity(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    looks = request.GET.get("looks") == "1"
    casefile, page = actions.read_activity(officer=request.user, casefile_id=casefile_id, looks=looks, after=request.GET.get("after", ""))
    return case_page(request, "casefiles/activity.html", casefile, "activity", page=page, looks=looks)


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
