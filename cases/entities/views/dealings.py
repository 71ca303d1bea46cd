"""Money and calls: of a version, of a case, of a subject. Each view serves both; its address says which."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles.http import download
from cases.entities import actions, currencies
from cases.entities.actions import CALLS, MONEY, Dealings
from cases.entities.forms import CallForm, DealingsForm, TransactionForm
from cases.entities.views.mentions import HERE, marked
from cases.records.models import marking_of

BOOKS = {book.name: book for book in (MONEY, CALLS)}
LONGEST_PART = 5
CODES = sorted(currencies.ISO_4217) + sorted(currencies.TOKENS)


@require_safe
def dealings_of_case(request: OfficerRequest, casefile_id: UUID, book: str) -> HttpResponse:
    form = DealingsForm(request.GET, book=BOOKS[book])
    shown = actions.list_dealings_of_case(
        officer=request.user, book=BOOKS[book], casefile_id=casefile_id, asked=form.asked(), **_place(request)
    )
    context = {"casefile": shown.casefile, "tab": "entities", "here": "cases", **marking_of(shown.handled, shown.casefile)}
    return render(request, "entities/dealings_of_case.html", context | _shown(shown, form))


@require_safe
def export_dealings(request: OfficerRequest, casefile_id: UUID, book: str) -> HttpResponseBase:
    asked = DealingsForm(request.GET, book=BOOKS[book]).asked()
    return download(request, actions.export_dealings(officer=request.user, book=BOOKS[book], casefile_id=casefile_id, asked=asked))


@require_safe
def dealings_of_rendition(request: OfficerRequest, rendition_id: UUID, book: str) -> HttpResponse:
    form = DealingsForm(request.GET, book=BOOKS[book])
    shown = actions.list_dealings(officer=request.user, book=BOOKS[book], rendition_id=rendition_id, asked=form.asked(), **_place(request))
    context = _marked(shown) | {"rendition": shown.rendition}
    return render(request, "entities/dealings_of_rendition.html", context | _shown(shown, form))


@require_safe
def dealings_of_subject(request: OfficerRequest, subject_id: UUID, book: str) -> HttpResponse:
    form = DealingsForm(request.GET, book=BOOKS[book])
    shown = actions.list_dealings_of_subject(
        officer=request.user, book=BOOKS[book], subject_id=subject_id, asked=form.asked(), **_place(request)
    )
    context = HERE | marking_of(shown.handled) | {"subject": shown.subject}
    return render(request, "entities/dealings_of_subject.html", context | _shown(shown, form))


@require_http_methods(["GET", "HEAD", "POST"])
def note_dealing(request: OfficerRequest, rendition_id: UUID, book: str) -> HttpResponse:
    """The form for one row; what was typed is never lost."""
    kind = CallForm if book == CALLS.name else TransactionForm
    begun = {"paragraph": request.GET.get("paragraph", "")}
    form: Any = kind(sent(request), initial=begun, officer=request.user, rendition_id=rendition_id)
    if form.is_valid():
        note = actions.note_call if book == CALLS.name else actions.note_transaction
        note(officer=request.user, rendition_id=rendition_id, **form.facts())
        messages.success(request, _("The call is noted.") if book == CALLS.name else _("The transaction is noted."))
        return redirect(f"entities:{book}", rendition_id)
    shown = actions.list_dealings(officer=request.user, book=BOOKS[book], rendition_id=rendition_id)
    context = _marked(shown) | {"form": form, "shown": shown, "codes": CODES}
    return render(request, "entities/note_dealing.html", context | {"rendition": shown.rendition}, status=422 if form.is_bound else 200)


@require_POST
def take_over_dealings(request: OfficerRequest, rendition_id: UUID, earlier_id: UUID, book: str) -> HttpResponse:
    count = actions.take_over_dealings(officer=request.user, book=BOOKS[book], rendition_id=rendition_id, from_rendition_id=earlier_id)
    messages.success(request, ngettext("%(count)d row taken over.", "%(count)d rows taken over.", count) % {"count": count})
    return redirect(f"entities:{book}", rendition_id)


def _marked(shown: Dealings) -> dict[str, Any]:
    """As the version itself, as its other pages are."""
    return marked(shown.rendition) if shown.rendition else HERE


def _place(request: OfficerRequest) -> dict[str, Any]:
    """Which page of the rows, and which part of the totals."""
    part = request.GET.get("part", "")[:LONGEST_PART]
    return {"after": request.GET.get("after", ""), "part": int(part) if part.isascii() and part.isdigit() else 1}


def _shown(shown: Dealings, form: DealingsForm) -> dict[str, Any]:
    return {"shown": shown, "book": shown.book, "form": form, "filtered": any(form.cleaned_data.values())}
