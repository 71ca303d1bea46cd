"""Files from outside: sent into a case, mapped, checked, taken in, taken back."""

from __future__ import annotations

from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles.models import CaseFile
from cases.entities import actions, transport
from cases.entities.forms import COLUMNS, SAMPLES, Columns, MappingNameForm, PlanForm, UndoForm, UploadForm, begun
from cases.entities.rules import NAME_WANTED, UNDO_REASON_WANTED
from cases.records.handling import strictest
from cases.records.rules import can_record
from kernel.errors import Invalid

STOP_POLLING = 286
PREVIEWED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    """The files that were sent into a case, and the form for one more."""
    form = UploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        job = actions.upload_file(officer=request.user, casefile_id=casefile_id, name=file.name, content=file)
        return redirect("entities:map-import", job.pk)
    casefile, page = actions.list_imports(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    may_send = bool(can_record(request.user, casefile)) and casefile.status != CaseFile.Status.CLOSED
    context = _case(casefile) | {"page": page, "form": form, "may_send": may_send}
    return render(request, "entities/imports.html", context, status=422 if form.is_bound else 200)


@require_safe
def one_import(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    return _show(request, actions.open_import(officer=request.user, import_id=import_id))


@require_safe
def import_progress(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    """What the open page asks for every few seconds, until there is nothing more to wait for."""
    return _show(request, actions.watch_import(officer=request.user, import_id=import_id))


def _show(request: OfficerRequest, opened: actions.OpenImport) -> HttpResponse:
    job, fragment = opened.job, bool(request.headers.get("HX-Request"))
    left = job.left(timezone.now())
    context = _case(opened.casefile) | {
        "opened": opened,
        "job": job,
        "troubles": actions.troubles_of(job),
        "failure": actions.failure_of(job),
        "minutes": max(1, round(left.total_seconds() / 60)) if left else None,
        "undo": UndoForm(),
        "keep": MappingNameForm(),
    }
    status = STOP_POLLING if fragment and not job.is_worked else 200
    return render(request, "entities/_import.html" if fragment else "entities/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def map_import(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    """What the columns are: guessed, shown beside what stands in them, mended; shown again for another sheet, header or mapping."""
    opened = actions.open_import(officer=request.user, import_id=import_id)
    if request.method != "POST" and opened.job.state not in actions.CHANGEABLE:
        return redirect("entities:import", import_id)
    again = "again" in request.POST
    posted = None if again else sent(request)
    form = PlanForm(posted, initial=request.POST.dict() if again else _usual(opened), opened=opened, officer=request.user)
    reading, header = form.reading(), form.header_row()
    rows = actions.first_rows(opened.job, reading)
    headers = actions.headers_of(rows, header)
    said = {"rows": form.rows_are()}
    at_first = None if posted is not None else begun(headers, form.remembered(), **said)
    columns = Columns(posted, initial=at_first, prefix=COLUMNS, form_kwargs=said)
    if posted is not None and form.is_valid() and columns.is_valid():
        plan = form.plan(reading, columns.named(headers))
        actions.map_import(officer=request.user, import_id=import_id, plan=plan)
        return redirect("entities:import", import_id)
    columns_shown = [
        {"form": each, "header": name, "said": _samples(rows, place, header)}
        for place, (each, name) in enumerate(zip(columns, headers, strict=False))
    ]
    context = {"job": opened.job, "opened": opened, "form": form, "columns": columns, "shown": columns_shown, "rows": rows[:PREVIEWED]}
    return render(request, "entities/map_import.html", _case(opened.casefile) | context, status=422 if posted is not None else 200)


@require_POST
def start_import(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    actions.start_import(officer=request.user, import_id=import_id)
    messages.success(request, _("It runs. You can leave this page; you will find it on your desk when it is done."))
    return redirect("entities:import", import_id)


@require_POST
def cancel_import(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    actions.cancel_import(officer=request.user, import_id=import_id)
    messages.success(request, _("It is stopped. What was in by then is in."))
    return redirect("entities:import", import_id)


@require_POST
def drop_import(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    job = actions.drop_import(officer=request.user, import_id=import_id)
    messages.success(request, _("The file is dropped and will be removed."))
    return redirect("entities:imports", job.casefile_id)


@require_POST
def undo_import(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Invalid(UNDO_REASON_WANTED)
    actions.undo_import(officer=request.user, import_id=import_id, **form.cleaned_data)
    messages.success(request, _("The import is taken back: nobody sees what came in by it."))
    return redirect("entities:import", import_id)


@require_POST
def keep_mapping(request: OfficerRequest, import_id: UUID) -> HttpResponse:
    form = MappingNameForm(request.POST)
    if not form.is_valid():
        raise Invalid(NAME_WANTED)
    actions.keep_mapping(officer=request.user, import_id=import_id, **form.cleaned_data)
    messages.success(request, _("These columns are remembered."))
    return redirect("entities:import", import_id)


def _case(casefile: CaseFile) -> dict[str, Any]:
    return {"casefile": casefile, "tab": "entities", "here": "cases", "marking": casefile.marking}


def _usual(opened: actions.OpenImport) -> dict[str, Any]:
    """What the form says at first: as it was mapped before, else as the file looks."""
    job = opened.job
    first = job.first[job.reading["sheet"]] if job.first else []
    begun_at = {"header": first[0][0] if first else 1, "title": job.name.rpartition(".")[0] or job.name}
    begun_at["handling_code"] = strictest(opened.casefile.agency.handling_scheme)
    begun_at["rows"] = transport.kind_of(first[0][1]) if first else transport.Kind.ENTITIES
    said = {name: value for name, value in job.mapping.items() if name != "columns"} if job.mapping else begun_at
    kept = {"title": job.title, "handling_code": job.handling_code, "handling_text": job.handling_text} if job.title else {}
    return {**job.reading, **said, **kept}


def _samples(rows: list[tuple[int, list[str]]], place: int, header: int) -> list[str]:
    """The first things that stand in a column under its header."""
    said = (cells[place] for number, cells in rows if number > header and place < len(cells) and cells[place])
    return list(islice(said, SAMPLES))
