"""What a version's paragraphs, or a text pasted beside it, seem to name: the room of entities does not know the paragraphs itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import OfficerRequest
from cases.entities import actions
from cases.entities.actions import Part, Suggested, Suggestion
from cases.entities.forms import ChosenForm, PastedForm
from cases.intelligence.models import Paragraph
from kernel.errors import Invalid

AROUND = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A find with the words around it."""

    row: Suggestion
    before: str
    after: str


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    """The finds in the version's own paragraphs or in a pasted text; after a deed the same again, with what is left of them."""
    posted = request.method == "POST"
    pasted = PastedForm(request.POST) if "text" in request.POST else None
    valid = pasted is None or pasted.is_valid()
    parts = _parts(request, rendition_id, pasted if valid else None)
    if posted and valid and "look" not in request.POST:
        _do(request, rendition_id, parts)
        if pasted is None:
            return redirect("suggestions", rendition_id)
    suggested = actions.suggest(officer=request.user, rendition_id=rendition_id, parts=parts if valid else [])
    context = {
        "here": "intelligence",
        "marking": suggested.rendition.marking,
        "suggested": suggested,
        "rows": list(_shown(suggested)),
        "texts": list(_marked(suggested)),
        "pasted": pasted,
        "form": pasted or PastedForm(),
    }
    return render(request, "entities/suggestions.html", context, status=200 if valid else 422)


def _parts(request: OfficerRequest, rendition_id: UUID, pasted: PastedForm | None) -> list[Part]:
    if pasted is not None:
        return [Part(pasted.cleaned_data["paragraph"], pasted.cleaned_data["text"])]
    own = Paragraph.objects.visible_to(request.user).filter(rendition=rendition_id)
    return [Part(each.number, each.text) for each in own.order_by("number")]


def _do(request: OfficerRequest, rendition_id: UUID, parts: list[Part]) -> None:
    """One deed, by the button that was pressed. Raises Invalid for what no button sends."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise Invalid
    here: dict[str, Any] = {"officer": request.user, "rendition_id": rendition_id}
    if "again" in request.POST:
        actions.offer_again(**here)
        return
    if "decline" in request.POST:
        count = actions.decline_suggestions(**here, parts=parts, **form.facts())
        said = ngettext("%(count)d find is not offered again.", "%(count)d finds are not offered again.", count)
    else:
        count = len(actions.accept_suggestions(**here, parts=parts, mention_id=form.mention_id, **form.facts()))
        said = ngettext("%(count)d mention is noted.", "%(count)d mentions are noted.", count)
        said = _("The identifiers are added.") if form.mention_id else said
    messages.success(request, said % {"count": count})


def _shown(suggested: Suggested) -> Iterator[Shown]:
    for row in suggested.offered():
        text, found = suggested.parts[row.at].text, row.found
        yield Shown(row, text[max(0, found.start - AROUND) : found.start], text[found.end : found.end + AROUND])


def _marked(suggested: Suggested) -> Iterator[tuple[int | None, list[tuple[str, bool]]]]:
    """Each part in pieces: what was found, and what lies between. Of finds that overlap the first is marked here."""
    for at, part in enumerate(suggested.parts):
        pieces: list[tuple[str, bool]] = []
        end = 0
        for found in (row.found for row in suggested.offered() if row.at == at):
            if found.start >= end:
                pieces += [(part.text[end : found.start], False), (part.text[found.start : found.end], True)]
                end = found.end
        yield part.number, [*pieces, (part.text[end:], False)]
