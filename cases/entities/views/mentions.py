"""Who and what a case and a version name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import OfficerRequest, sent
from cases.casefiles.http import download
from cases.casefiles.rules import can_lead
from cases.entities import actions
from cases.entities.forms import (
    PREFIX,
    CaseMentionsForm,
    Identifiers,
    MentionForm,
    MentionsForm,
    NoticeModeForm,
    typed,
)
from cases.entities.rules import NOBODY_CHOSEN
from cases.records.models import Rendition, marking_of
from kernel.errors import Invalid

HERE: dict[str, Any] = {"here": "intelligence"}


@require_safe
def of_case(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = CaseMentionsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    after = request.GET.get("after", "")
    casefile, page = actions.list_mentions_of_case(officer=request.user, casefile_id=casefile_id, after=after, **asked)
    context: dict[str, Any] = {
        "casefile": casefile,
        "page": page,
        "form": form,
        "tab": "entities",
        "here": "cases",
        "filtered": any(asked.values()),
    }
    if can_lead(request.user, casefile):
        context["mode"] = NoticeModeForm(initial={"notice_mode": casefile.notice_mode})
    return render(request, "entities/of_case.html", context | marking_of((row.mention.rendition for row in page.rows), casefile))


@require_safe
def export(request: OfficerRequest, casefile_id: UUID) -> HttpResponseBase:
    form = CaseMentionsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    return download(request, actions.export_mentions(officer=request.user, casefile_id=casefile_id, **asked))


@require_POST
def notice_mode(request: OfficerRequest, casefile_id: UUID) -> HttpResponse:
    form = NoticeModeForm(request.POST)
    if not form.is_valid():
        raise Invalid
    actions.change_notice_mode(officer=request.user, casefile_id=casefile_id, **form.cleaned_data)
    messages.success(request, _("From now on this is who hears of a match."))
    return redirect("entities:of-case", casefile_id)


@require_safe
def of_rendition(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    named = actions.list_mentions(officer=request.user, rendition_id=rendition_id, after=request.GET.get("after", ""))
    template = "entities/_named.html" if request.headers.get("HX-Request") else "entities/of_rendition.html"
    return render(request, template, marked(named.rendition) | {"named": named})


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: OfficerRequest, rendition_id: UUID) -> HttpResponse:
    """The form for one mention, grown by an identifier, or sent; what was typed is never lost."""
    grows = "grow" in request.POST
    posted = None if grows else sent(request)
    begun = request.POST.dict() if grows else {"paragraph": request.GET.get("paragraph", "")}
    form = MentionForm(posted, initial=begun)
    identifiers = Identifiers(posted, initial=typed(request.POST) if posted is None else None, prefix=PREFIX)
    if posted is not None and form.is_valid() and identifiers.is_valid():
        noted = actions.note_mention(officer=request.user, rendition_id=rendition_id, identifiers=identifiers.facts(), **form.facts())
        messages.success(request, _("The mention is noted."))
        likely = actions.compare_mention(officer=request.user, mention_id=noted.pk).likely
        return redirect("entities:compare", noted.pk) if likely else redirect("entities:of-rendition", rendition_id)
    named = actions.list_mentions(officer=request.user, rendition_id=rendition_id)
    template = "entities/_identifiers.html" if grows and request.headers.get("HX-Request") else "entities/note.html"
    context = marked(named.rendition) | {"form": form, "identifiers": identifiers, "named": named}
    return render(request, template, context, status=422 if posted is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: OfficerRequest, rendition_id: UUID, earlier_id: UUID) -> HttpResponse:
    """The mentions of an older version, to choose those that the newer one says too."""
    if request.method == "POST":
        chosen = MentionsForm(request.POST, officer=request.user)
        if not chosen.is_valid():
            raise Invalid(NOBODY_CHOSEN)
        taken = actions.take_over_mentions(
            officer=request.user, rendition_id=rendition_id, from_rendition_id=earlier_id, mention_ids=chosen.mention_ids
        )
        messages.success(request, _("%(count)d mentions taken over.") % {"count": len(taken)})
        return redirect("entities:of-rendition", rendition_id)
    named = actions.list_mentions(officer=request.user, rendition_id=earlier_id, size=200)
    return render(request, "entities/take_over.html", marked(named.rendition) | {"named": named, "rendition_id": rendition_id})


def marked(rendition: Rendition) -> dict[str, Any]:
    return HERE | {"marking": rendition.marking}
