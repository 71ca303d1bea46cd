"""The notes of a case."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from accounts.models import Officer
from accounts.roles import Deed
from cases.casefiles import actions
from cases.casefiles.forms import ChangeNoteForm, NoteForm, NotesForm, VersionsForm
from cases.casefiles.grants import readers
from cases.casefiles.views.casefile import case_page
from kernel.errors import NotFound

LONGEST = 20_000
"""Of a note; more is never written."""


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    previewed = "preview" in request.POST
    form = NoteForm(sent(request), officer=request.user)
    if form.is_valid() and not previewed:
        say_untold(request, actions.write_note(officer=request.user, casefile_id=casefile_id, **form.facts()).untold)
        return redirect("casefiles:notes", casefile_id)
    if previewed and request.headers.get("HX-Request"):
        return _previewed(request)
    asked = NotesForm(request.GET)
    q = asked.cleaned_data["q"] if asked.is_valid() else ""
    listed = actions.list_notes(officer=request.user, casefile_id=casefile_id, q=q, after=request.GET.get("after", ""))
    form.offer(readers(listed.casefile.team_id, Deed.CASES_READ).order_by("name"))
    shown = {"listed": listed, "form": form, "asked": asked, "q": q, "preview": _typed(request) if previewed else ""}
    status = 422 if form.is_bound and not previewed else 200
    return case_page(request, "casefiles/notes.html", listed.casefile, "notes", status=status, **shown)


@require_safe
def note(request: OfficerRequest, note_id: UUID) -> HttpResponse:
    form = VersionsForm(request.GET)
    if not form.is_valid():
        raise NotFound
    opened = actions.open_note(officer=request.user, note_id=note_id, **form.cleaned_data)
    return case_page(request, "casefiles/note.html", opened.note.casefile, "notes", opened=opened, note=opened.note)


@require_http_methods(["GET", "HEAD", "POST"])
def change_note(request: OfficerRequest, note_id: UUID) -> HttpResponse:
    previewed = "preview" in request.POST
    form = ChangeNoteForm(sent(request), officer=request.user)
    if form.is_valid() and not previewed:
        say_untold(request, actions.change_note(officer=request.user, note_id=note_id, **form.facts()).untold)
        return redirect("casefiles:note", note_id)
    if previewed and request.headers.get("HX-Request"):
        return _previewed(request)
    shown = actions.open_note(officer=request.user, note_id=note_id).note
    if not form.is_bound:
        form = ChangeNoteForm(initial={"text": shown.text, "number": shown.number}, officer=request.user)
    form.offer(readers(shown.casefile.team_id, Deed.CASES_READ).order_by("name"))
    context = {"form": form, "note": shown, "preview": _typed(request) if previewed else ""}
    status = 422 if form.is_bound and not previewed else 200
    return case_page(request, "casefiles/change_note.html", shown.casefile, "notes", status=status, **context)


@require_POST
def pin_note(request: OfficerRequest, note_id: UUID) -> HttpResponse:
    deed = actions.unpin_note if request.POST.get("off") else actions.pin_note
    return redirect("casefiles:notes", deed(officer=request.user, note_id=note_id).casefile_id)


def _previewed(request: OfficerRequest) -> HttpResponse:
    return render(request, "casefiles/_note_preview.html", {"preview": _typed(request)})


def _typed(request: OfficerRequest) -> str:
    """What a preview renders: no more than a note may hold, however much was sent."""
    return request.POST.get("text", "")[:LONGEST]


def say_untold(request: OfficerRequest, untold: Iterable[Officer]) -> None:
    """Tell the author whom their words did not reach."""
    for each in untold:
        messages.warning(request, _("%(name)s does not see this case and was not told.") % {"name": each.name})
