"""The notes of a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.http import OfficerRequest, sent
from cases.casefiles import actions
from cases.casefiles.forms import (
    NoteForm,
)
from cases.casefiles.views.casefile import case_page


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = NoteForm(sent(request))
    if form.is_valid():
        actions.write_note(officer=request.user, casefile_id=casefile_id, text=form.cleaned_data["text"])
        return redirect("casefiles:notes", casefile_id)
    casefile, page = actions.list_notes(officer=request.user, casefile_id=casefile_id, after=request.GET.get("after", ""))
    return case_page(request, "casefiles/notes.html", casefile, "notes", page=page, form=form, status=422 if form.is_bound else 200)
