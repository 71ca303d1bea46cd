"""Who may be the same: while a mention is written, and once it is noted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import OfficerRequest
from cases.entities import actions
from cases.entities.forms import PREFIX, AlikeForm, Identifiers, MentionForm, typed
from cases.entities.views.mentions import HERE, marked
from cases.records.models import marking_of
from kernel.errors import Invalid


@require_POST
def alike(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    """Who may be the same as what is being typed: a panel for htmx, else the form as it stands with the panel in it."""
    asked, numbers = AlikeForm(request.POST), Identifiers(request.POST, prefix=PREFIX)
    if not asked.is_valid():
        raise Invalid
    written = numbers.facts() if numbers.is_valid() else []
    found = actions.find_likely(officer=request.user, rendition_id=rendition_id, identifiers=written, **asked.cleaned_data)
    context: dict[str, Any] = {"likely": found, "sought": True}
    if request.headers.get("HX-Request"):
        return render(request, "entities/_likely.html", context)
    named = actions.list_mentions(officer=request.user, rendition_id=rendition_id)
    context |= marked(named.rendition) | {"named": named, "form": MentionForm(initial=request.POST.dict())}
    return render(request, "entities/note.html", context | {"identifiers": Identifiers(initial=typed(request.POST)[:-1], prefix=PREFIX)})


@require_safe
def compare(request: OfficerRequest, mention_id: UUID) -> HttpResponse:
    compared = actions.compare_mention(officer=request.user, mention_id=mention_id)
    mention = compared.row.mention
    shown = marking_of([mention.rendition, *(each.mention.rendition for each in compared.likely)])
    return render(request, "entities/compare.html", HERE | shown | {"compared": compared, "mention": mention})


@require_POST
def same(request: OfficerRequest, mention_id: UUID, other_id: UUID) -> HttpResponse:
    subject = actions.take_for_one(officer=request.user, mention_id=mention_id, other_id=other_id)
    messages.success(request, _("Your agency now takes them for one. Nobody else is told, and it can be taken back."))
    return redirect("entities:subject", subject.pk)


@require_POST
def apart(request: OfficerRequest, mention_id: UUID, other_id: UUID) -> HttpResponse:
    actions.hold_apart(officer=request.user, mention_id=mention_id, other_id=other_id)
    messages.success(request, _("They are held apart and not offered to each other again. It can be taken back here."))
    return redirect("entities:compare", mention_id)


@require_POST
def compare_again(request: OfficerRequest, pair_id: UUID) -> HttpResponse:
    held = actions.compare_again(officer=request.user, pair_id=pair_id)
    return redirect("entities:compare", held.one_id)
